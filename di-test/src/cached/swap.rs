//! Two buffers that are source and target in turn.

use super::ClosedForm;
use super::memory::{Cotangents, Tangents};
use di_core::{AdjointFn, Cache, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;
use std::array::from_fn;
use std::mem::swap;

/// The length of a step.
const STEP: f64 = 0.25;

/// Steps `u_i ← u_i + sin(u_{i+1})/4` from `u = x`, periodic, between two buffers; `y = u` at the end.
///
/// After a step the buffers swap their roles, after every third one their contents.
#[derive(Clone, Debug, Shadow)]
pub struct Swap {
    #[shadow(constant)]
    steps: usize,
    front: Cache,
    back: Cache,
    #[shadow(constant)]
    history: Cache,
}

impl Swap {
    /// So many steps.
    #[must_use]
    pub fn new(steps: usize) -> Self {
        Self { steps, front: Cache::new(), back: Cache::new(), history: Cache::new() }
    }

    /// Hands the state before each step out.
    fn evaluate<T: Scalar>(&self, x: &[T], y: Option<&mut [T]>, mut before: impl FnMut(usize, &[T])) {
        let (mut front, mut back) = (self.front.buffer::<T>(x.len()), self.back.buffer::<T>(x.len()));
        let (mut source, mut target) = (&mut *front, &mut *back);
        source.copy_from_slice(x);
        for step in 0..self.steps {
            before(step, source);
            advance(source, target);
            if contents(step) {
                source.swap_with_slice(target);
            } else {
                swap(&mut source, &mut target);
            }
        }
        if let Some(y) = y {
            y.copy_from_slice(source);
        }
    }

    /// The states before each step, and the last.
    fn states(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let step = |u: &Vec<f64>| Some((0..u.len()).map(|i| u[i] + STEP * u[(i + 1) % u.len()].sin()).collect());
        std::iter::successors(Some(x.to_vec()), step).take(self.steps + 1).collect()
    }
}

impl ClosedForm for Swap {
    /// The product of the steps' Jacobians.
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let n = x.len();
        let mut jacobian = Array2::eye(n);
        for u in &self.states(x)[..self.steps] {
            let mut step = Array2::eye(n);
            (0..n).for_each(|i| step[[i, (i + 1) % n]] += STEP * u[(i + 1) % n].cos());
            jacobian = step.dot(&jacobian);
        }
        jacobian
    }

    /// For one number: `f'' ← φ'' f'² + φ' f''` with each step `φ`.
    fn second(&self, x: &[f64]) -> Option<Array2<f64>> {
        if x.len() != 1 {
            return None;
        }
        let (mut first, mut second) = (1.0, 0.0);
        for u in &self.states(x)[..self.steps] {
            let (s, c) = u[0].sin_cos();
            second = -STEP * s * first * first + (1.0 + STEP * c) * second;
            first *= 1.0 + STEP * c;
        }
        Some(Array2::from_elem((1, 1), second))
    }
}

/// Whether the contents are swapped after the step instead of the roles.
fn contents(step: usize) -> bool {
    step % 3 == 2
}

fn advance<T: Scalar>(source: &[T], target: &mut [T]) {
    let n = source.len();
    for i in 0..n {
        target[i] = source[i] + T::lift(STEP) * source[(i + 1) % n].sin();
    }
}

impl<T: Scalar> VectorFn<T> for Swap {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.evaluate(x, Some(y), |_, _| ());
    }
}

impl<T: Scalar> TangentFn<T> for Swap {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let n = x.len();
        let shadow = enclosed.shadow().map(|shadow| &*shadow);
        let (mut front, mut back) = (self.front.buffer::<T>(n), self.back.buffer::<T>(n));
        let mut front_tangents = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.front), n);
        let mut back_tangents = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.back), n);
        let (mut source, mut target) = (&mut *front, &mut *back);
        let (mut dsource, mut dtarget) = (&mut front_tangents, &mut back_tangents);
        source.copy_from_slice(x);
        (0..n).for_each(|i| dsource.set(i, dx[i]));
        for step in 0..self.steps {
            advance(source, target);
            for i in 0..n {
                let next = (i + 1) % n;
                let (c, own, other) = (source[next].cos(), dsource.get(i), dsource.get(next));
                dtarget.set(i, from_fn(|k| own[k] + T::lift(STEP) * c * other[k]));
            }
            if contents(step) {
                source.swap_with_slice(target);
                dsource.swap(dtarget);
            } else {
                swap(&mut source, &mut target);
                swap(&mut dsource, &mut dtarget);
            }
        }
        if let Some(y) = y {
            y.copy_from_slice(source);
        }
        (0..n).for_each(|i| dy[i] = dsource.get(i));
    }
}

impl<T: Scalar> AdjointFn<T> for Swap {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let n = x.len();
        // The states that the steps overwrite.
        let mut history = self.history.buffer::<T>(n * self.steps);
        self.evaluate(x, y, |step, source| history[n * step..][..n].copy_from_slice(source));
        let shadow = enclosed.shadow().map(|shadow| &*shadow);
        let mut front = Cotangents::beside(shadow.map(|shadow| &shadow.front), n);
        let mut back = Cotangents::beside(shadow.map(|shadow| &shadow.back), n);
        let (mut dsource, mut dtarget) = (&mut front, &mut back);
        (0..n).for_each(|i| dsource.add(i, dy[i]));
        for step in (0..self.steps).rev() {
            if contents(step) {
                dsource.swap(dtarget);
            } else {
                swap(&mut dsource, &mut dtarget);
            }
            let source = &history[n * step..][..n];
            for i in (0..n).rev() {
                let (next, through) = ((i + 1) % n, dtarget.take(i));
                dsource.add(i, through);
                dsource.add(next, T::lift(STEP) * source[next].cos() * through);
            }
        }
        (0..n).for_each(|i| dx[i] += dsource.take(i));
    }
}
