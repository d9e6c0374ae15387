//! The functions of the catalogue, as data, generic over their scalar.

use crate::cached::Cached;
use crate::elementary::Elementary;
use crate::program::Program;
use di_core::{LocalFn, Scalar, Shadow, VectorFn};
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};
use num_traits::Float;

/// A function `R^n → R^m` with closed-form derivatives ([`jacobian`](Self::jacobian), [`second`](Self::second)).
#[derive(Clone, Debug, Shadow)]
pub enum Formula {
    /// `y_i = sin x_i`.
    Sine,
    /// `y_i = sin(c_i x)` of one variable.
    Harmonics(Vec<f64>),
    /// `Σ_ij x_i⁴ x_j⁶`, the input seen as a matrix of so many rows.
    QuarticSextic {
        /// The number of rows.
        rows: usize,
    },
    /// `sin x` above `cos x`.
    SinCos {
        /// Whether the input is read as a matrix of two rows.
        matrix_input: bool,
        /// Whether the output is written as a matrix of two rows.
        matrix_output: bool,
    },
    /// `y = x`, one by one.
    Identity,
    /// `y = x`, as a block.
    Copy,
    /// `Σ x_i`.
    Sum,
    /// `Σ 100 (x_{i+1} - x_i²)² + (1 - x_i)²`.
    Rosenbrock,
    /// `3 + Σ x_i⁴ + Σ (x_i - x_{i+1})⁴`.
    ChainedQuartic,
    /// `s (x·x + Σ x_i) + Σ sin(x_i x_{i+1})` with `s = Σ w_i x_i`, by the reductions and local terms of [`Scalar`].
    Reductions(Vec<f64>),
    /// `ln(1 + x·x)`, written for any `Float` with the dot product of `ndarray`.
    FloatOnly,
    /// `y_i = sin(Σ_j a_ij x_j)`.
    Mixing {
        /// The number of rows of the weights.
        outputs: usize,
        /// The weights, row by row.
        weights: Vec<f64>,
    },
    /// An elementary function of one to three numbers.
    Elementary(Elementary),
    /// A function with enclosed caches.
    Cached(Cached),
    /// A list of operations.
    Program(Program),
}

/// `sin(a b)`.
struct SineOfProduct;

impl LocalFn<2> for SineOfProduct {
    fn call<T: Scalar>(&self, [a, b]: [T; 2]) -> T {
        (a * b).sin()
    }
}

impl Formula {
    /// The number of outputs for `n` inputs.
    #[must_use]
    pub fn outputs(&self, n: usize) -> usize {
        match self {
            Self::Sine | Self::Identity | Self::Copy => n,
            Self::SinCos { .. } => 2 * n,
            Self::Harmonics(factors) => factors.len(),
            Self::Mixing { outputs, .. } => *outputs,
            Self::Cached(function) => function.outputs(n),
            Self::Program(program) => program.outputs(),
            _ => 1,
        }
    }
}

impl<T: Scalar> VectorFn<T> for Formula {
    fn output_len(&self, input_len: usize) -> usize {
        self.outputs(input_len)
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        match self {
            Self::Sine => fill(y, x.iter().map(|x| x.sin())),
            Self::Harmonics(factors) => fill(y, factors.iter().map(|&c| (T::lift(c) * x[0]).sin())),
            Self::QuarticSextic { rows } => y[0] = quartic_sextic(x, *rows),
            Self::SinCos { matrix_input, matrix_output } => sin_cos(x, y, *matrix_input, *matrix_output),
            Self::Identity => fill(y, x.iter().copied()),
            Self::Copy => y.copy_from_slice(x),
            Self::Sum => y[0] = x.iter().copied().sum(),
            Self::Rosenbrock => {
                let term = |w: &[T]| {
                    let (steep, flat) = (w[1] - w[0] * w[0], T::one() - w[0]);
                    T::lift(100.0) * steep * steep + flat * flat
                };
                y[0] = x.windows(2).map(term).sum();
            }
            Self::ChainedQuartic => {
                let links: T = x.windows(2).map(|w| (w[0] - w[1]).powi(4)).sum();
                y[0] = T::lift(3.0) + x.iter().map(|x| x.powi(4)).sum::<T>() + links;
            }
            Self::Reductions(weights) => {
                let s = T::linear_combination(&weights[..x.len()], x);
                let mut sum = s * (T::dot(x, x) + T::sum_of(x));
                for w in x.windows(2) {
                    sum += T::local([w[0], w[1]], &SineOfProduct);
                }
                y[0] = sum;
            }
            Self::FloatOnly => y[0] = float_only(x),
            Self::Mixing { weights, .. } => {
                let row = |i: usize| T::linear_combination(&weights[i * x.len()..][..x.len()], x).sin();
                fill(y, (0..).map(row));
            }
            Self::Elementary(function) => y[0] = function.call(x),
            Self::Cached(function) => function.call_into(x, y),
            Self::Program(program) => program.call_into(x, y),
        }
    }
}

fn fill<T>(y: &mut [T], values: impl Iterator<Item = T>) {
    for (y, value) in y.iter_mut().zip(values) {
        *y = value;
    }
}

/// Code that knows nothing of this interface.
fn float_only<T: Float + 'static>(x: &[T]) -> T {
    let x = ArrayView1::from(x);
    x.dot(&x).ln_1p()
}

fn quartic_sextic<T: Scalar>(x: &[T], rows: usize) -> T {
    let Ok(x) = ArrayView2::from_shape((rows, x.len() / rows), x) else { return T::nan() };
    let mut sum = T::zero();
    for &a in x {
        for &b in x {
            sum += a.powi(4) * b.powi(6);
        }
    }
    sum
}

fn sin_cos<T: Scalar>(x: &[T], y: &mut [T], matrix_input: bool, matrix_output: bool) {
    let n = x.len();
    let input = if matrix_input { (2, n / 2) } else { (n, 1) };
    let output = if matrix_output { (2, n) } else { (2 * n, 1) };
    let (Ok(x), Ok(mut y)) = (ArrayView2::from_shape(input, x), ArrayViewMut2::from_shape(output, y)) else { return };
    for (y, value) in y.iter_mut().zip(x.iter().map(|x| x.sin()).chain(x.iter().map(|x| x.cos()))) {
        *y = value;
    }
}
