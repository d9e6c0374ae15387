//! The recordings that are active on this thread.
//!
//! The one place of this crate with unsafe code: a variable carries no reference to its recording, so that it can be
//! `Copy` and made from a constant; operations find the recording through a thread-local pointer, one for each depth of
//! nesting. With a safe look-up by type in its place (`RefCell`, `Any`) recording took three times as long (measured: 8
//! against 30 times the plain function for Rosenbrock's of 1000 inputs, 14 against 40 for a Brusselator of 2048).
#![expect(unsafe_code, reason = "see above")]

use crate::recording::{CONSTANT, Header, LOST, Recording};
use di_core::Scalar;
use std::cell::Cell;
use std::ptr;

/// The deepest nesting: a recording whose scalar carries one derivative less.
const DEPTH: usize = 8;

thread_local! {
    /// For each order of the base scalar, the recording that is active on this thread, or null.
    ///
    /// A pointer that is not null comes from the exclusive reference that [`record`] holds for as long as it is here.
    static ACTIVE: [Cell<*mut Header>; DEPTH] = const { [const { Cell::new(ptr::null_mut()) }; DEPTH] };
}

/// The active recording for base scalars of the type `T`.
#[inline]
fn active<T: Scalar>() -> *mut Header {
    const { assert!(T::ORDER < DEPTH, "tapes are nested too deep") };
    ACTIVE.with(|slots| slots[T::ORDER].get())
}

/// Runs `f` while `recording` is active on this thread.
pub(crate) fn record<T: Scalar, R>(recording: &mut Recording<T>, f: impl FnOnce() -> R) -> R {
    /// Puts back what was active before, also when `f` panics.
    struct Restore(usize, *mut Header);
    impl Drop for Restore {
        fn drop(&mut self) {
            ACTIVE.with(|slots| slots[self.0].set(self.1));
        }
    }
    let before = active::<T>();
    let _restore = Restore(T::ORDER, before);
    ACTIVE.with(|slots| slots[T::ORDER].set(ptr::from_mut(recording).cast()));
    f()
}

/// The identifier of a result with two operands, neither of them constant.
#[inline]
pub(crate) fn binary<T: Scalar>(ids: [u64; 2], da: T, db: T) -> u64 {
    let active = active::<T>();
    if active.is_null() {
        return LOST;
    }
    // SAFETY: the pointer is not null, so `record` holds the recording, whose first field is its header.
    let header = unsafe { &*active };
    let [Some(a), Some(b)] = ids.map(|id| header.slot(id)) else {
        header.foreign.set(true);
        return LOST;
    };
    // SAFETY: see `recording`; the identifiers are of this recording.
    unsafe { recording(active) }.push([a, b], da, db)
}

/// The identifier of a result with any number of operands, each an identifier and its partial.
///
/// Partials are computed while no reference to the recording exists. A scalar whose arithmetic comes back to this
/// recording meanwhile would mix its operands with these; that is an error of the recording, like a foreign variable.
pub(crate) fn nary<T: Scalar>(operands: impl Iterator<Item = (u64, T)> + Clone) -> u64 {
    if operands.clone().all(|(id, _)| id == CONSTANT) {
        return CONSTANT;
    }
    let active = active::<T>();
    if active.is_null() {
        return LOST;
    }
    // SAFETY: the pointer is not null, so `record` holds the recording, whose first field is its header.
    let (base, slots) = unsafe { ((*active).base.get(), (*active).slots.get()) };
    let is_here = |id: u64| id.wrapping_sub(base) < slots;
    if !operands.clone().any(|(id, _)| is_here(id)) {
        // SAFETY: as above.
        unsafe { (*active).foreign.set(true) };
        return LOST;
    }
    // SAFETY: see `recording`; one of the identifiers is of this recording. The list is taken out, so that no reference to
    // the recording exists while scalars compute.
    let mut list = unsafe { recording::<T>(active) }.take_operands();
    // SAFETY: as above. A panic of a scalar loses the list, so the recording is good for nothing until this is undone.
    let mut foreign = unsafe { (*active).foreign.replace(true) };
    operands.for_each(|(id, partial)| {
        if is_here(id) {
            #[expect(clippy::cast_possible_truncation, reason = "there are fewer than 2³² slots")]
            list.push(((id - base) as u32, partial));
        } else {
            foreign |= id != CONSTANT;
        }
    });
    // SAFETY: as above.
    let recording = unsafe { recording::<T>(active) };
    let came_back = recording.header.slots.get() != slots;
    recording.put_operands(list);
    recording.header.foreign.set(foreign || came_back);
    if foreign || came_back {
        return LOST;
    }
    recording.push_span()
}

/// The active recording with its scalar.
///
/// # Safety
///
/// `active` must be the pointer that [`active`] returned on this thread, with no call of foreign code in between that
/// could end the recording; a variable of the type `Var<T>` must have an identifier of this recording; and the reference
/// must be dropped before any other is made.
///
/// Then the recording is alive, because `record` holds it exclusively and puts the pointer away before it returns. It is
/// a `Recording<T>`, because identifiers are given out once in the life of the program, each by one recording, and a
/// recording of scalar `U` gives them to variables of the type `Var<U>` only. No other reference to it exists, because
/// methods of `Recording` run no code of scalars that could come back here: they only move `Copy` values.
#[inline]
unsafe fn recording<'a, T: Scalar>(active: *mut Header) -> &'a mut Recording<T> {
    // SAFETY: as said above; the pointer was made from a reference to the whole recording.
    unsafe { &mut *active.cast::<Recording<T>>() }
}
