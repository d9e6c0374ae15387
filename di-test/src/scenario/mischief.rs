//! What a function can do wrong.

use di_core::Scalar;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What is done in the middle of an evaluation.
type Hook = Arc<dyn Fn() + Send + Sync>;

/// Where the count of evaluations starts.
const TURN: usize = 2;

/// What a function does wrong from now on; nothing at first.
#[derive(Default)]
pub(crate) struct Mischief {
    /// The output that is not written, counted from 1.
    unwritten: AtomicUsize,
    /// Counts evaluations from an even number on if the output is not written in every other one only; else 0.
    turn: AtomicUsize,
    /// The output that is not a number, counted from 1.
    poisoned: AtomicUsize,
    /// How many outputs too many are promised.
    promise: AtomicIsize,
    /// Whether only every other promise is wrong.
    wavers: AtomicBool,
    promises: AtomicUsize,
    hook: Mutex<Option<Hook>>,
}

impl fmt::Debug for Mischief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mischief")
            .field("unwritten", &self.unwritten)
            .field("promise", &self.promise)
            .finish_non_exhaustive()
    }
}

impl Mischief {
    /// Leaves the output of this index unwritten; `None` for none.
    pub(crate) fn leave_unwritten(&self, output: Option<usize>) {
        self.unwritten.store(output.map_or(0, |output| output + 1), Ordering::Relaxed);
        self.turn.store(0, Ordering::Relaxed);
    }

    /// Leaves it unwritten in every other evaluation only, from the first or the second on.
    pub(crate) fn leave_unwritten_in_turn(&self, output: usize, first: bool) {
        self.leave_unwritten(Some(output));
        self.turn.store(if first { TURN } else { TURN + 1 }, Ordering::Relaxed);
    }

    /// Lets the output of this index be NaN; `None` for none.
    pub(crate) fn poison(&self, output: Option<usize>) {
        self.poisoned.store(output.map_or(0, |output| output + 1), Ordering::Relaxed);
    }

    /// Promises so many outputs more than there are; at every other question only, if it wavers.
    pub(crate) fn promise_more(&self, by: isize, wavers: bool) {
        self.promise.store(by, Ordering::Relaxed);
        self.wavers.store(wavers, Ordering::Relaxed);
        self.promises.store(0, Ordering::Relaxed);
    }

    /// Does this in every evaluation; `None` for nothing.
    pub(crate) fn hook(&self, hook: Option<Hook>) {
        *self.hook.lock().unwrap_or_else(PoisonError::into_inner) = hook;
    }

    /// The number of outputs that is promised in place of `outputs`.
    pub(super) fn promise(&self, outputs: usize) -> usize {
        let even = self.promises.fetch_add(1, Ordering::Relaxed).is_multiple_of(2);
        if self.wavers.load(Ordering::Relaxed) && even {
            return outputs;
        }
        outputs.saturating_add_signed(self.promise.load(Ordering::Relaxed))
    }

    /// Evaluates, with what is done wrong to `y` and in between.
    pub(super) fn around<T: Scalar>(&self, y: &mut [T], evaluate: impl FnOnce(&mut [T])) {
        self.call_hook();
        self.spoiling(y, |y| *y *= T::nan(), evaluate);
    }

    /// As [`around`](Self::around), of a value that may not be wanted.
    pub(super) fn around_value<T: Scalar>(&self, y: Option<&mut [T]>, evaluate: impl FnOnce(Option<&mut [T]>)) {
        match y {
            None => {
                self.call_hook();
                evaluate(None);
            }
            Some(y) => self.around(y, |y| evaluate(Some(y))),
        }
    }

    /// As [`around`](Self::around), of tangents, with a value that may not be wanted.
    pub(super) fn around_tangent<T: Scalar, const K: usize>(
        &self,
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
        evaluate: impl FnOnce(Option<&mut [T]>, &mut [[T; K]]),
    ) {
        let spoil = |dy: &mut [T; K]| dy.iter_mut().for_each(|dy| *dy *= T::nan());
        self.spoiling(dy, spoil, |dy| self.around_value(y, |y| evaluate(y, dy)));
    }

    /// The cotangent, before the adjoint: an output that is not written takes none, one that is not a number spoils it.
    pub(super) fn before_adjoint<T: Scalar>(&self, dy: &mut [T]) {
        if let Some(index) = index(&self.unwritten, dy) {
            dy[index] = T::zero();
        }
        if let Some(index) = index(&self.poisoned, dy).filter(|&index| !dy[index].is_identically_zero()) {
            dy[index] *= T::nan();
        }
    }

    fn spoiling<Y: Copy>(&self, y: &mut [Y], spoil: impl FnOnce(&mut Y), evaluate: impl FnOnce(&mut [Y])) {
        let kept = index(&self.unwritten, y).filter(|_| self.is_turn()).map(|index| (index, y[index]));
        evaluate(y);
        if let Some((index, before)) = kept {
            y[index] = before;
        }
        if let Some(index) = index(&self.poisoned, y) {
            spoil(&mut y[index]);
        }
    }

    /// Whether this evaluation leaves the output unwritten.
    fn is_turn(&self) -> bool {
        self.turn.load(Ordering::Relaxed) == 0 || self.turn.fetch_add(1, Ordering::Relaxed).is_multiple_of(2)
    }

    fn call_hook(&self) {
        let hook = self.hook.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(hook) = hook {
            hook();
        }
    }
}

/// The index that stands one higher in `number`, if there is such an output.
fn index<Y>(number: &AtomicUsize, y: &[Y]) -> Option<usize> {
    number.load(Ordering::Relaxed).checked_sub(1).filter(|&index| index < y.len())
}
