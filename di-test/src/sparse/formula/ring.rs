//! Banded systems that close to a ring.

use super::Reference;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// Upwind differences of the flux `u²/2` on a ring: `y_i = 5 (x_{i-1}² - x_i²)`.
///
/// # References
///
/// `LeVeque`, *Finite Volume Methods for Hyperbolic Problems* (2002), chapter 4.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct UpwindRing;

/// `y_i = x_i² x_{i+1} - sin x_{i-1} + x_i x_{i+2}` on a ring: four diagonals, and what of them goes around.
#[derive(Clone, Copy, Debug, Default, Shadow)]
#[shadow(constant)]
pub struct BandedRing;

#[differentiable]
impl<T: Scalar> VectorFn<T> for UpwindRing {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        for i in 0..n {
            let before = x[(i + n - 1) % n];
            y[i] = (before * before - x[i] * x[i]) * T::lift(5.0);
        }
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for BandedRing {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        for i in 0..n {
            let (before, after, second) = (x[(i + n - 1) % n], x[(i + 1) % n], x[(i + 2) % n]);
            y[i] = x[i] * x[i] * after - before.sin() + x[i] * second;
        }
    }
}

impl Reference for UpwindRing {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for i in 0..x.len() {
            let before = (i + x.len() - 1) % x.len();
            add(i, before, 10.0 * x[before]);
            add(i, i, -10.0 * x[i]);
        }
    }
}

impl Reference for BandedRing {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        let n = x.len();
        for i in 0..n {
            let [before, after, second] = [n - 1, 1, 2].map(|step| (i + step) % n);
            add(i, i, 2.0 * x[i] * x[after] + x[second]);
            add(i, after, x[i] * x[i]);
            add(i, before, -x[before].cos());
            add(i, second, x[i]);
        }
    }
}
