//! The recordings that are active on this thread.
//!
//! The one place of this crate with unsafe code: a variable carries no reference to its recording, so that it can be
//! `Copy` and made from a constant; operations find the recording through the thread, where what they need of it lies
//! open, once for each depth of nesting. With a safe look-up by type in its place (`RefCell`, `Any`) recording took three
//! times as long (measured: 8 against 30 times the plain function for Rosenbrock's of 1000 inputs, 14 against 40 for a
//! Brusselator of 2048); with a pointer to the recording and a `Vec::push` for each node, a third more than now.
#![expect(unsafe_code, reason = "see above")]

use crate::TapeError;
use crate::recording::{CONSTANT, LOST, MAX_SLOTS, Node, Recording, SPAN};
use di_core::Scalar;
use std::cell::Cell;
use std::ptr;

/// The deepest nesting: a recording whose scalar carries one derivative less.
const DEPTH: usize = 8;

thread_local! {
    /// For each order of the base scalar, the recording that is active on this thread.
    static ACTIVE: [Head; DEPTH] = const { [const { Head::idle() }; DEPTH] };
}

/// What operations need of the active recording.
///
/// Every identifier in `base .. base + MAX_SLOTS` that exists was given out by this recording since it started, because
/// a recording starts only where so many identifiers of its own are left. So one comparison says that a variable belongs
/// here.
struct Head {
    /// The identifier of slot 0.
    base: Cell<u64>,
    /// The identifier of the next node.
    next: Cell<u64>,
    /// The identifier of the first node that there is no room for.
    end: Cell<u64>,
    /// Where the node of identifier 0 would be; only those from the first node's on are stored.
    nodes: Cell<*mut ()>,
    /// The recording, a `Recording<T>`, or null.
    recording: Cell<*mut ()>,
    /// Why dependencies were lost.
    error: Cell<Option<TapeError>>,
}

impl Head {
    /// Without a recording: no identifier is of the range from 1, which is never given out.
    const fn idle() -> Self {
        Self {
            base: Cell::new(1),
            next: Cell::new(1),
            end: Cell::new(1),
            nodes: Cell::new(ptr::null_mut()),
            recording: Cell::new(ptr::null_mut()),
            error: Cell::new(None),
        }
    }

    fn swap(&self, other: &Self) {
        self.base.swap(&other.base);
        self.next.swap(&other.next);
        self.end.swap(&other.end);
        self.nodes.swap(&other.nodes);
        self.recording.swap(&other.recording);
        self.error.swap(&other.error);
    }

    /// The identifier of a result with an operand of another recording.
    fn lost(&self) -> u64 {
        self.error.set(self.error.get().or(Some(TapeError::ForeignVariable)));
        LOST
    }

    /// The slots of two operands, if both are of this recording.
    #[inline]
    fn operands(&self, ids: [u64; 2]) -> Option<[u32; 2]> {
        let [a, b] = ids.map(|id| id.wrapping_sub(self.base.get()));
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer than 2³² slots")]
        ((a | b) < MAX_SLOTS).then_some([a as u32, b as u32])
    }

    /// Points at the storage of nodes; the list's own length is set when it is looked at, see [`keep`].
    fn point_at<T: Scalar>(&self, recording: &mut Recording<T>) {
        #[expect(clippy::cast_possible_truncation, reason = "pointers wrap around just like identifiers")]
        let first = (recording.base + recording.first) as usize;
        self.nodes.set(recording.nodes.as_mut_ptr().wrapping_sub(first).cast());
        self.end.set(recording.base + MAX_SLOTS.min(recording.first + recording.nodes.capacity() as u64));
    }
}

/// The active recording for base scalars of the type `T`.
#[inline]
fn with_active<T: Scalar, R>(f: impl FnOnce(&Head) -> R) -> R {
    const { assert!(T::ORDER < DEPTH, "tapes are nested too deep") };
    ACTIVE.with(|heads| f(&heads[T::ORDER]))
}

/// Runs `f` while `recording` is active on this thread.
pub(crate) fn record<T: Scalar, R>(recording: &mut Recording<T>, f: impl FnOnce() -> R) -> R {
    /// Puts back what was active before, also when `f` panics, and keeps what was recorded.
    struct Restore<T: Scalar>(Head, *mut Recording<T>);
    impl<T: Scalar> Drop for Restore<T> {
        fn drop(&mut self) {
            let Self(head, recording) = self;
            with_active::<T, _>(|active| active.swap(head));
            // SAFETY: the pointer is of the exclusive reference that `record` holds; what is active in `f` is gone.
            let recording = unsafe { &mut **recording };
            recording.error = head.error.get();
            // SAFETY: these are the recording and its head.
            unsafe { keep(recording, head) };
        }
    }
    let head = Head::idle();
    head.base.set(recording.base);
    head.next.set(recording.base + recording.slots);
    head.point_at(recording);
    let recording = ptr::from_mut(recording);
    head.recording.set(recording.cast());
    let restore = Restore(head, recording);
    with_active::<T, _>(|active| active.swap(&restore.0));
    f()
}

/// The identifier of a result with two operands, neither of them constant.
#[inline]
pub(crate) fn binary<T: Scalar>(ids: [u64; 2], da: T, db: T) -> u64 {
    with_active::<T, _>(|active| {
        let id = active.next.get();
        if id != active.end.get()
            && let Some(operands) = active.operands(ids)
        {
            // SAFETY: the operands are variables of this recording with the type `Var<T>`, and there is room.
            return unsafe { write(active, id, operands, da, db) };
        }
        let [a, b] = ids;
        binary_slowly(a, b, da, db)
    })
}

/// Writes a node that there is room for; returns its identifier.
///
/// # Safety
///
/// `id` must be the active recording's next identifier, but not its end, and a variable of the type `Var<T>` must have an
/// identifier of this recording.
#[inline]
unsafe fn write<T: Scalar>(active: &Head, id: u64, [a, b]: [u32; 2], da: T, db: T) -> u64 {
    #[expect(clippy::cast_possible_truncation, reason = "pointers wrap around just like identifiers")]
    let node = active.nodes.get().cast::<Node<T>>().wrapping_add(id as usize);
    // SAFETY: `id` is before the end, so this is within the storage; it is of nodes of `T`, see `recording`. Fields are
    // written one by one, as a whole node would go through memory first.
    unsafe {
        (&raw mut (*node).da).write(da);
        (&raw mut (*node).db).write(db);
        (&raw mut (*node).a).write(a);
        (&raw mut (*node).b).write(b);
    }
    active.next.set(id + 1);
    id
}

/// Defines [`binary_slowly`] with a calling convention.
macro_rules! binary_slowly {
    ($convention:literal) => {
        /// As [`binary`], where there may be no room, or operands of other recordings.
        ///
        /// Operations are written out where they stand, many of them together, and an ordinary call, even one that never
        /// happens, would make all of them keep their numbers in memory: a function may change every vector register.
        /// By the convention of Windows on x86-64 it may not, nor by those of other processors. That is a tenth of the
        /// time of recording.
        #[cold]
        #[inline(never)]
        extern $convention fn binary_slowly<T: Scalar>(a: u64, b: u64, da: T, db: T) -> u64 {
            with_active::<T, _>(|active| match active.operands([a, b]) {
                // SAFETY: the operands are variables of this recording with the type `Var<T>`.
                Some(operands) => unsafe { push(active, operands, da, db) },
                None => active.lost(),
            })
        }
    };
}
#[cfg(target_arch = "x86_64")]
binary_slowly!("win64");
#[cfg(not(target_arch = "x86_64"))]
binary_slowly!("C");

/// Adds a node, if the recording may be longer; returns its identifier. It never panics.
///
/// # Safety
///
/// A variable of the type `Var<T>` must have an identifier of the active recording.
unsafe fn push<T: Scalar>(active: &Head, operands: [u32; 2], da: T, db: T) -> u64 {
    if active.next.get() == active.end.get() {
        // SAFETY: as demanded of the caller; nothing else refers to the recording here.
        let recording = unsafe { recording::<T>(active) };
        // SAFETY: this is its head.
        unsafe { keep(recording, active) };
        if recording.slots >= MAX_SLOTS || recording.nodes.try_reserve(1).is_err() {
            active.error.set(active.error.get().or(Some(TapeError::TooLong)));
            return LOST;
        }
        active.point_at(recording);
    }
    // SAFETY: as demanded of the caller, and there is room.
    unsafe { write(active, active.next.get(), operands, da, db) }
}

/// Tells the recording how much was recorded.
///
/// # Safety
///
/// The head must be that of the recording.
unsafe fn keep<T: Scalar>(recording: &mut Recording<T>, head: &Head) {
    recording.slots = head.next.get() - recording.base;
    let nodes = usize::try_from(recording.slots - recording.first).unwrap_or(0);
    // SAFETY: `push` wrote the nodes of all identifiers from the first node's to the next one, and there was room.
    unsafe { recording.nodes.set_len(nodes) };
}

/// The identifier of a result with any number of operands, each an identifier and its partial.
///
/// Partials are computed while no reference to the recording exists. A scalar whose arithmetic comes back to this
/// recording meanwhile would mix its operands with these; that is an error of the recording, like a foreign variable.
pub(crate) fn nary<T: Scalar>(operands: impl Iterator<Item = (u64, T)> + Clone) -> u64 {
    if operands.clone().all(|(id, _)| id == CONSTANT) {
        return CONSTANT;
    }
    with_active::<T, _>(|active| {
        let (base, next) = (active.base.get(), active.next.get());
        let is_here = |id: u64| id.wrapping_sub(base) < MAX_SLOTS;
        if !operands.clone().any(|(id, _)| is_here(id)) {
            return active.lost();
        }
        // SAFETY: one of the identifiers is of this recording. The list is taken out, so that no reference to the
        // recording exists while scalars compute.
        let mut list = unsafe { recording::<T>(active) }.take_operands();
        // A panic of a scalar loses the list, so the recording is good for nothing until this is undone.
        let before = active.error.replace(Some(TapeError::ForeignVariable));
        let mut foreign = false;
        operands.for_each(|(id, partial)| {
            if is_here(id) {
                #[expect(clippy::cast_possible_truncation, reason = "there are fewer than 2³² slots")]
                list.push(((id - base) as u32, partial));
            } else {
                foreign |= id != CONSTANT;
            }
        });
        let came_back = active.next.get() != next;
        // SAFETY: as above.
        let recording = unsafe { recording::<T>(active) };
        recording.put_operands(list);
        if foreign || came_back {
            return LOST;
        }
        active.error.set(before);
        match recording.push_span() {
            // SAFETY: as above.
            Ok((index, unused)) => unsafe { push(active, [index, SPAN], unused, unused) },
            Err(error) => {
                active.error.set(Some(error));
                LOST
            }
        }
    })
}

/// The active recording with its scalar.
///
/// # Safety
///
/// A variable of the type `Var<T>` must have an identifier of the active recording, and the reference must be dropped
/// before any other is made.
///
/// Then the recording is alive, because `record` holds it exclusively and puts the pointer away before it returns. It is
/// a `Recording<T>`, because identifiers are given out once in the life of the program, each by one recording, and a
/// recording of scalar `U` gives them to variables of the type `Var<U>` only. No other reference to it exists, because
/// methods of `Recording` run no code of scalars that could come back here: they only move `Copy` values.
#[inline]
unsafe fn recording<'a, T: Scalar>(active: &Head) -> &'a mut Recording<T> {
    // SAFETY: as said above; the pointer was made from a reference to the whole recording.
    unsafe { &mut *active.recording.get().cast::<Recording<T>>() }
}
