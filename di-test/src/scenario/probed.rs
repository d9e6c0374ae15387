//! A caller's function with instruments.

use super::Instrument;
use crate::allocator::count_allocations_of;
use di_core::{AdjointFn, CurveFn, Enclosed, Scalar, ScalarFn, Shadow, TangentFn, UnaryFn, VectorFn};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A function that counts its calls and its own allocations, and panics when told to; has derivative code if the
/// function has. Clones share the counts and the fuse.
///
/// The counts are those of one thread: of calls on several threads at once, some may be lost.
#[derive(Clone, Debug)]
pub struct Probed<F> {
    function: F,
    counts: Arc<Counts>,
    fuse: Fuse,
}

#[derive(Debug, Default)]
struct Counts {
    calls: AtomicUsize,
    allocations: AtomicUsize,
}

impl<F> Probed<F> {
    /// Puts instruments around `function`.
    pub fn new(function: F) -> Self {
        Self { function, counts: Arc::default(), fuse: Fuse::default() }
    }

    /// Counts a call and what it allocates, which is the function's own; then panics if it should.
    fn watch<R>(&self, call: impl FnOnce(&F) -> R) -> R {
        add(&self.counts.calls, 1);
        let (allocations, result) = count_allocations_of(|| call(&self.function));
        add(&self.counts.allocations, allocations);
        self.fuse.burn();
        result
    }
}

/// Much cheaper than an atomic addition, which would show in the time of short functions.
fn add(count: &AtomicUsize, more: usize) {
    count.store(count.load(Ordering::Relaxed).wrapping_add(more), Ordering::Relaxed);
}

/// Burns through at the call that it is set to; clones burn together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fuse(Arc<AtomicUsize>);

impl Fuse {
    /// The call that is to panic, counted from now on and from 1; 0 for none.
    pub(crate) fn set(&self, call: usize) {
        self.0.store(call, Ordering::Relaxed);
    }

    /// Panics, without a message on the terminal, if this is the call that should.
    pub(crate) fn burn(&self) {
        let left = self.0.load(Ordering::Relaxed);
        if left > 0 {
            self.0.store(left - 1, Ordering::Relaxed);
            if left == 1 {
                resume_unwind(Box::new("the function panics, as it was told to"));
            }
        }
    }
}

impl<F> Instrument for Probed<F> {
    /// Does nothing: a caller's function is not multiplied by anything.
    fn set_factor(&mut self, _factor: f64) {}

    fn calls(&self) -> usize {
        self.counts.calls.load(Ordering::Relaxed)
    }

    fn reset_calls(&self) {
        self.counts.calls.store(0, Ordering::Relaxed);
    }

    fn own_allocations(&self) -> usize {
        self.counts.allocations.load(Ordering::Relaxed)
    }

    fn panic_at(&self, call: usize) {
        self.fuse.set(call);
    }
}

impl<T, F: UnaryFn<T>> UnaryFn<T> for Probed<F> {
    fn call(&self, x: T) -> T {
        self.watch(|f| f.call(x))
    }
}

impl<T, F: CurveFn<T>> CurveFn<T> for Probed<F> {
    fn output_len(&self) -> usize {
        self.function.output_len()
    }

    fn call_into(&self, x: T, y: &mut [T]) {
        self.watch(|f| f.call_into(x, y));
    }
}

impl<T, F: ScalarFn<T>> ScalarFn<T> for Probed<F> {
    fn call(&self, x: &[T]) -> T {
        self.watch(|f| f.call(x))
    }
}

impl<T, F: VectorFn<T>> VectorFn<T> for Probed<F> {
    fn output_len(&self, input_len: usize) -> usize {
        self.function.output_len(input_len)
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.watch(|f| f.call_into(x, y));
    }
}

impl<F: Shadow> Shadow for Probed<F> {
    type Shadow = F::Shadow;

    fn make_zero(&self) -> F::Shadow {
        self.function.make_zero()
    }

    fn remake_zero(&self, shadow: &mut F::Shadow) {
        self.function.remake_zero(shadow);
    }
}

impl<T: Scalar, F: TangentFn<T>> TangentFn<T> for Probed<F> {
    const STEADY: bool = F::STEADY;

    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, F::Shadow>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        add(&self.counts.calls, 1);
        self.function.tangent_into(enclosed, x, dx, y, dy);
        self.fuse.burn();
    }
}

impl<T: Scalar, F: AdjointFn<T>> AdjointFn<T> for Probed<F> {
    const STEADY: bool = F::STEADY;

    fn adjoint_into(
        &self,
        enclosed: Enclosed<'_, F::Shadow>,
        x: &[T],
        dx: &mut [T],
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) {
        add(&self.counts.calls, 1);
        self.function.adjoint_into(enclosed, x, dx, y, dy);
        self.fuse.burn();
    }
}
