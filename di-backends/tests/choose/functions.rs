//! Functions to choose an engine for.

use di_backends::{CurveFn, Real, ScalarFn, Shadow, UnaryFn, VectorFn, differentiable};

/// `Σ (x_i² - i)²`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub(crate) struct Wells;

#[differentiable]
impl<T: Real> ScalarFn<T> for Wells {
    fn call(&self, x: &[T]) -> T {
        let mut sum = T::zero();
        let mut depth = 0.0;
        for &x in x {
            sum += (x * x - depth).powi(2);
            depth += 1.0;
        }
        sum
    }
}

/// `(x_0 x_1, exp x_0, sin x_1)`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub(crate) struct Sheet;

#[differentiable]
impl<T: Real> VectorFn<T> for Sheet {
    fn output_len(&self, _input_len: usize) -> usize {
        3
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        y[0] = x[0] * x[1];
        y[1] = x[0].exp();
        y[2] = x[1].sin();
    }
}

/// `sin x`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub(crate) struct Wave;

#[differentiable]
impl<T: Real> UnaryFn<T> for Wave {
    fn call(&self, x: T) -> T {
        x.sin()
    }
}

/// `(cos x, sin x, x²)`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub(crate) struct Helix;

#[differentiable]
impl<T: Real> CurveFn<T> for Helix {
    fn output_len(&self) -> usize {
        3
    }

    fn call_into(&self, x: T, y: &mut [T]) {
        y[0] = x.cos();
        y[1] = x.sin();
        y[2] = x * x;
    }
}
