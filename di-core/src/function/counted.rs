//! Counting how often a function is called.

use super::{CurveFn, ScalarFn, UnaryFn, VectorFn};
use crate::{AdjointFn, Enclosed, Scalar, Shadow, TangentFn};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A function that counts its calls, runs of its derivative code among them; clones share the count.
///
/// ```
/// use di_core::{Counted, UnaryFn, from_fn};
///
/// let f = Counted::new(from_fn(|x: f64| x * x));
/// f.call(3.0);
/// f.call(4.0);
/// assert_eq!(f.calls(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Counted<F> {
    function: F,
    calls: Arc<AtomicUsize>,
}

impl<F> Counted<F> {
    /// Counts the calls of `function` from now on.
    pub fn new(function: F) -> Self {
        Self { function, calls: Arc::default() }
    }

    /// The number of calls since the last [`reset`](Self::reset).
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// Starts again at zero.
    pub fn reset(&self) {
        self.calls.store(0, Ordering::Relaxed);
    }

    /// The function, to change its constants.
    pub fn function_mut(&mut self) -> &mut F {
        &mut self.function
    }

    fn count(&self) -> &F {
        self.calls.fetch_add(1, Ordering::Relaxed);
        &self.function
    }
}

impl<T, F: UnaryFn<T>> UnaryFn<T> for Counted<F> {
    fn call(&self, x: T) -> T {
        self.count().call(x)
    }
}

impl<T, F: CurveFn<T>> CurveFn<T> for Counted<F> {
    fn output_len(&self) -> usize {
        self.function.output_len()
    }

    fn call_into(&self, x: T, y: &mut [T]) {
        self.count().call_into(x, y);
    }
}

impl<T, F: ScalarFn<T>> ScalarFn<T> for Counted<F> {
    fn call(&self, x: &[T]) -> T {
        self.count().call(x)
    }
}

impl<T, F: VectorFn<T>> VectorFn<T> for Counted<F> {
    fn output_len(&self, input_len: usize) -> usize {
        self.function.output_len(input_len)
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.count().call_into(x, y);
    }
}

impl<F: Shadow> Shadow for Counted<F> {
    type Shadow = F::Shadow;

    fn make_zero(&self) -> F::Shadow {
        self.function.make_zero()
    }

    fn remake_zero(&self, shadow: &mut F::Shadow) {
        self.function.remake_zero(shadow);
    }
}

impl<T: Scalar, F: TangentFn<T>> TangentFn<T> for Counted<F> {
    const STEADY: bool = F::STEADY;

    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, F::Shadow>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        self.count().tangent_into(enclosed, x, dx, y, dy);
    }
}

impl<T: Scalar, F: AdjointFn<T>> AdjointFn<T> for Counted<F> {
    const STEADY: bool = F::STEADY;

    fn adjoint_into(
        &self,
        enclosed: Enclosed<'_, F::Shadow>,
        x: &[T],
        dx: &mut [T],
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) {
        self.count().adjoint_into(enclosed, x, dx, y, dy);
    }
}
