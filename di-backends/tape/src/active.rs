//! The recordings that are active on this thread.
//!
//! The one place of this crate with unsafe code: a variable carries no reference to its recording, so that it can be
//! `Copy` and made from a constant; operations find the recording through a thread-local pointer, one for each depth of
//! nesting. With a checked, safe look-up by type in its place, recording took about twice as long.
#![expect(unsafe_code, reason = "see above")]

use crate::recording::{CONSTANT, Header, LOST, Node, Recording, SINK};
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

/// The identifier of a result with one operand; `partial` is asked only if that is a variable.
#[inline]
pub(crate) fn unary<T: Scalar>(id: u64, partial: impl FnOnce() -> T) -> u64 {
    if id == CONSTANT {
        return CONSTANT;
    }
    let active = active::<T>();
    if active.is_null() {
        return LOST;
    }
    // SAFETY: the pointer is not null, so `record` holds the recording, whose first field is its header.
    let header = unsafe { &*active };
    let Some(a) = header.slot(id) else {
        header.note(id);
        return LOST;
    };
    let da = partial();
    // SAFETY: see `recording`; an identifier of this recording was passed in.
    unsafe { recording(active) }.push(Node { da, db: T::zero(), a, b: SINK })
}

/// The identifier of a result with two operands; a partial is asked only if its operand is a variable.
#[inline]
pub(crate) fn binary<T: Scalar>(ids: [u64; 2], da: impl FnOnce() -> T, db: impl FnOnce() -> T) -> u64 {
    if ids == [CONSTANT; 2] {
        return CONSTANT;
    }
    let active = active::<T>();
    if active.is_null() {
        return LOST;
    }
    // SAFETY: the pointer is not null, so `record` holds the recording, whose first field is its header.
    let header = unsafe { &*active };
    let node = match ids.map(|id| header.slot(id)) {
        [Some(a), Some(b)] => Node { da: da(), db: db(), a, b },
        [Some(a), None] => {
            header.note(ids[1]);
            Node { da: da(), db: T::zero(), a, b: SINK }
        }
        [None, Some(b)] => {
            header.note(ids[0]);
            Node { da: db(), db: T::zero(), a: b, b: SINK }
        }
        [None, None] => {
            header.foreign.set(true);
            return LOST;
        }
    };
    // SAFETY: see `recording`; one of the two identifiers is of this recording.
    unsafe { recording(active) }.push(node)
}

/// The identifier of a result with any number of operands, each an identifier and its partial.
pub(crate) fn nary<T: Scalar>(operands: impl Iterator<Item = (u64, T)> + Clone) -> u64 {
    if operands.clone().all(|(id, _)| id == CONSTANT) {
        return CONSTANT;
    }
    let active = active::<T>();
    if active.is_null() {
        return LOST;
    }
    // SAFETY: the pointer is not null, so `record` holds the recording, whose first field is its header. The reference
    // is made anew each time, because one to the whole recording comes in between.
    let header = || unsafe { &*active };
    if operands.clone().all(|(id, _)| header().slot(id).is_none()) {
        header().foreign.set(true);
        return LOST;
    }
    for (id, partial) in operands {
        match header().slot(id) {
            // SAFETY: see `recording`; the identifier is of this recording.
            Some(slot) => unsafe { recording(active) }.operand(slot, partial),
            None => header().note(id),
        }
    }
    // SAFETY: see `recording`; one of the identifiers was of this recording.
    unsafe { recording::<T>(active) }.push_span()
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
