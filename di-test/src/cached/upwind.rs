//! Upwind schemes by finite volumes.

use super::memory::{Cotangents, Tangents};
use super::{ClosedForm, number};
use di_core::{AdjointFn, Cache, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;
use std::array::from_fn;

/// `y_i = n (F_i − F_{i+1})`, the change of the mean in each of n cells on a periodic unit interval.
///
/// The flux `F_i` at the left face of cell i is that of the cell which the flow comes from; the fluxes are in a buffer.
#[derive(Clone, Debug, Shadow)]
pub struct Upwind {
    law: Law,
    flux: Cache,
}

#[derive(Clone, Copy, Debug, Shadow)]
enum Law {
    /// `F(u) = u²/2`.
    Burgers,
    /// `F(u) = c u`.
    Advection(f64),
}

impl Upwind {
    /// The equation of Burgers, `u̇ + (u²/2)' = 0`.
    #[must_use]
    pub fn burgers() -> Self {
        Self { law: Law::Burgers, flux: Cache::new() }
    }

    /// Linear advection, `u̇ + c u' = 0` with the velocity c.
    #[must_use]
    pub fn advection(velocity: f64) -> Self {
        Self { law: Law::Advection(velocity), flux: Cache::new() }
    }

    fn evaluate<T: Scalar>(&self, x: &[T], y: Option<&mut [T]>) {
        let n = x.len();
        let mut flux = self.flux.buffer::<T>(n);
        for (i, flux) in flux.iter_mut().enumerate() {
            *flux = self.law.flux(x[self.law.donor(x, i)]);
        }
        for (i, y) in y.into_iter().flatten().enumerate() {
            *y = T::lift(number(n)) * (flux[i] - flux[(i + 1) % n]);
        }
    }
}

impl Law {
    /// The cell on the upwind side of the left face of cell i.
    fn donor<T: Scalar>(self, x: &[T], i: usize) -> usize {
        let left = if i > 0 { i - 1 } else { x.len() - 1 };
        let rightwards = match self {
            Self::Burgers => x[left] + x[i] >= T::zero(),
            Self::Advection(velocity) => velocity >= 0.0,
        };
        if rightwards { left } else { i }
    }

    fn flux<T: Scalar>(self, u: T) -> T {
        match self {
            Self::Burgers => u * u / T::lift(2.0),
            Self::Advection(velocity) => T::lift(velocity) * u,
        }
    }

    /// `F'(u)`.
    fn speed<T: Scalar>(self, u: T) -> T {
        match self {
            Self::Burgers => u,
            Self::Advection(velocity) => T::lift(velocity),
        }
    }
}

impl ClosedForm for Upwind {
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let n = x.len();
        let mut jacobian = Array2::zeros((n, n));
        for right in 0..n {
            let left = (right + n - 1) % n;
            let upwind = |velocity: f64| if velocity >= 0.0 { left } else { right };
            let (from, speed) = match self.law {
                Law::Burgers => {
                    let from = upwind(f64::midpoint(x[left], x[right]));
                    (from, x[from])
                }
                Law::Advection(velocity) => (upwind(velocity), velocity),
            };
            jacobian[[right, from]] += number(n) * speed;
            jacobian[[left, from]] -= number(n) * speed;
        }
        jacobian
    }

    /// One cell that flows into itself does not change.
    fn second(&self, x: &[f64]) -> Option<Array2<f64>> {
        (x.len() == 1).then(|| Array2::zeros((1, 1)))
    }
}

impl<T: Scalar> VectorFn<T> for Upwind {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.evaluate(x, Some(y));
    }
}

impl<T: Scalar> TangentFn<T> for Upwind {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let n = x.len();
        let shadow = enclosed.shadow();
        let mut dflux = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.flux), n);
        for i in 0..n {
            let donor = self.law.donor(x, i);
            let speed = self.law.speed(x[donor]);
            dflux.set(i, dx[donor].map(|dx| speed * dx));
        }
        for (i, dy) in dy.iter_mut().enumerate() {
            let (entering, leaving) = (dflux.get(i), dflux.get((i + 1) % n));
            *dy = from_fn(|k| T::lift(number(n)) * (entering[k] - leaving[k]));
        }
        self.evaluate(x, y);
    }
}

impl<T: Scalar> AdjointFn<T> for Upwind {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        self.evaluate(x, y);
        let n = x.len();
        let shadow = enclosed.shadow();
        let mut dflux = Cotangents::beside(shadow.map(|shadow| &shadow.flux), n);
        for (i, &dy) in dy.iter().enumerate() {
            dflux.add(i, T::lift(number(n)) * dy);
            dflux.add((i + 1) % n, -T::lift(number(n)) * dy);
        }
        for i in (0..n).rev() {
            let donor = self.law.donor(x, i);
            dx[donor] += self.law.speed(x[donor]) * dflux.take(i);
        }
    }
}
