//! Functions of a line.

use di_backends::{Real, Shadow, UnaryFn, VectorFn, differentiable};
use ndarray::Array2;

/// `sin x`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Sine;

#[differentiable]
impl<T: Real> UnaryFn<T> for Sine {
    fn call(&self, x: T) -> T {
        x.sin()
    }
}

impl Sine {
    /// First and second derivative, by hand.
    #[must_use]
    pub fn derivatives(x: f64) -> [Vec<f64>; 2] {
        [vec![x.cos()], vec![-x.sin()]]
    }
}

/// `(sin x_1, …, sin x_n, cos x_1, …, cos x_n)`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct SineCosine;

#[differentiable]
impl<T: Real> VectorFn<T> for SineCosine {
    fn output_len(&self, input_len: usize) -> usize {
        2 * input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let (sines, cosines) = y.split_at_mut(x.len());
        for ((&x, sine), cosine) in x.iter().zip(sines).zip(cosines) {
            (*sine, *cosine) = x.sin_cos();
        }
    }
}

impl SineCosine {
    /// The Jacobian, by hand: two diagonals, `cos x` over `-sin x`.
    #[must_use]
    pub fn jacobian(x: &[f64]) -> Array2<f64> {
        let n = x.len();
        let mut jac = Array2::zeros((2 * n, n));
        for (j, &x) in x.iter().enumerate() {
            jac[(j, j)] = x.cos();
            jac[(n + j, j)] = -x.sin();
        }
        jac
    }
}
