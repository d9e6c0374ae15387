//! Counting allocations, thread by thread.

#![expect(unsafe_code, reason = "a global allocator is an unsafe trait; this one hands every call to the system's")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

thread_local! {
    /// What this thread has asked for so far; without a destructor, so that it can be counted up at any time.
    static ASKED: Cell<Allocations> = const { Cell::new(Allocations { count: 0, bytes: 0 }) };

    /// Bytes that this thread has asked for less those that it has given back.
    static HELD: Cell<isize> = const { Cell::new(0) };
}

/// Adds what a call asked for less what it gave back.
fn hold(asked: usize, given_back: usize) {
    let change = asked.cast_signed().wrapping_sub(given_back.cast_signed());
    let _ = HELD.try_with(|held| held.set(held.get().wrapping_add(change)));
}

/// What was asked of the allocator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allocations {
    /// Allocations and reallocations.
    pub count: usize,
    /// The sizes asked for, added up; of a reallocation the new one.
    pub bytes: usize,
}

/// The system's allocator, which counts how often each thread asks it for memory.
///
/// Install it in a test by [`count_allocations!`](crate::count_allocations).
#[derive(Clone, Copy, Debug, Default)]
pub struct CountingAllocator;

fn count(size: usize) {
    let add =
        |Allocations { count, bytes }: Allocations| Allocations { count: count + 1, bytes: bytes.wrapping_add(size) };
    // A thread that is being torn down has no count any more.
    let _ = ASKED.try_with(|asked| asked.set(add(asked.get())));
}

// SAFETY: each method passes its arguments on to `System` unchanged, whose contract is the same; counting neither
// allocates nor unwinds.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        hold(layout.size(), 0);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        hold(layout.size(), 0);
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(new_size);
        hold(new_size, layout.size());
        // SAFETY: the caller keeps the contract of `realloc`, and `pointer` came from `System`.
        unsafe { System.realloc(pointer, layout, new_size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        hold(0, layout.size());
        // SAFETY: the caller keeps the contract of `dealloc`, and `pointer` came from `System`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The number of allocations and reallocations of this thread during `body`, and what it returns; 0 if the counting
/// allocator is not installed.
pub fn count_allocations_of<R>(body: impl FnOnce() -> R) -> (usize, R) {
    let (allocations, result) = allocations_of(body);
    (allocations.count, result)
}

/// The allocations of this thread during `body`, and what it returns; none if the counting allocator is not installed.
pub fn allocations_of<R>(body: impl FnOnce() -> R) -> (Allocations, R) {
    let before = ASKED.get();
    let result = body();
    let after = ASKED.get();
    (Allocations { count: after.count - before.count, bytes: after.bytes.wrapping_sub(before.bytes) }, result)
}

/// The bytes by which `body` lets grow what this thread holds: asked for and not given back. Memory that another thread
/// gives back counts as held; 0 if the counting allocator is not installed.
pub fn growth_of(body: impl FnOnce()) -> isize {
    let before = HELD.get();
    body();
    HELD.get().wrapping_sub(before)
}

/// Whether the counting allocator is installed.
#[must_use]
pub fn is_counting() -> bool {
    count_allocations_of(|| drop(black_box(Box::new(black_box(1_u8))))).0 > 0
}

/// Installs the [`CountingAllocator`] in a test; once, at the root of the test's crate.
///
/// ```
/// di_test::count_allocations!();
///
/// let (count, _) = di_test::count_allocations_of(|| vec![1, 2, 3]);
/// assert_eq!(count, 1);
/// ```
#[macro_export]
macro_rules! count_allocations {
    () => {
        #[global_allocator]
        static COUNTING_ALLOCATOR: $crate::CountingAllocator = $crate::CountingAllocator;
    };
}
