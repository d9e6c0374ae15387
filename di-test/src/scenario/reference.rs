//! Closed-form derivatives of the formulas, in double precision and by no engine.

use super::Formula;
use di_core::VectorFn;
use ndarray::Array2;

impl Formula {
    /// The values at `x`.
    #[must_use]
    pub fn value(&self, x: &[f64]) -> Vec<f64> {
        let mut y = vec![f64::NAN; self.outputs(x.len())];
        self.call_into(x, &mut y);
        y
    }

    /// The Jacobian at `x`, m × n.
    #[must_use]
    pub fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let n = x.len();
        let entry = |f: &dyn Fn(usize, usize) -> f64| Array2::from_shape_fn((self.outputs(n), n), |(i, j)| f(i, j));
        match self {
            Self::Sine => entry(&|i, j| if i == j { x[j].cos() } else { 0.0 }),
            Self::Harmonics(c) => entry(&|i, j| c[i] * (c[i] * x[j]).cos()),
            Self::QuarticSextic { .. } => {
                let (s4, s6) = (power_sum(x, 4), power_sum(x, 6));
                entry(&|_, j| 4.0 * x[j].powi(3) * s6 + 6.0 * x[j].powi(5) * s4)
            }
            Self::SinCos { .. } => entry(&|i, j| match i {
                _ if i == j => x[j].cos(),
                _ if i == n + j => -x[j].sin(),
                _ => 0.0,
            }),
            Self::Identity | Self::Copy => entry(&|i, j| f64::from(u8::from(i == j))),
            Self::Sum => entry(&|_, _| 1.0),
            Self::Rosenbrock => entry(&|_, j| {
                let own = if j + 1 < n { -400.0 * x[j] * (x[j + 1] - x[j] * x[j]) - 2.0 * (1.0 - x[j]) } else { 0.0 };
                let next = if j > 0 { 200.0 * (x[j] - x[j - 1] * x[j - 1]) } else { 0.0 };
                own + next
            }),
            Self::ChainedQuartic => {
                entry(&|_, j| 4.0 * x[j].powi(3) + neighbours(x, j, |own, other| 4.0 * (own - other).powi(3)))
            }
            Self::Reductions(w) => {
                let (s, q) = (weighted_sum(w, x), power_sum(x, 2) + power_sum(x, 1));
                entry(&|_, j| {
                    (2.0 * x[j] + 1.0) * s + w[j] * q + neighbours(x, j, |own, other| (own * other).cos() * other)
                })
            }
            Self::FloatOnly => {
                let q = 1.0 + power_sum(x, 2);
                entry(&|_, j| 2.0 * x[j] / q)
            }
            Self::Mixing { weights, .. } => entry(&|i, j| {
                let row = &weights[i * n..][..n];
                weighted_sum(row, x).cos() * row[j]
            }),
            Self::Elementary(function) => {
                let gradient = function.gradient(x);
                entry(&|_, j| gradient[j])
            }
            Self::Cached(function) => function.jacobian(x),
            Self::Program(program) => program.jacobian(x),
        }
    }

    /// The second derivatives at `x`: with one output the Hessian, n × n; else, with one input, those of each output,
    /// m × 1. `None` if there are several of both, or no closed form.
    #[must_use]
    pub fn second(&self, x: &[f64]) -> Option<Array2<f64>> {
        let n = x.len();
        let entry = |f: &dyn Fn(usize, usize) -> f64| Some(Array2::from_shape_fn((n, n), |(i, j)| f(i, j)));
        match self {
            Self::Sine if n == 1 => entry(&|_, _| -x[0].sin()),
            Self::Harmonics(c) => {
                Some(Array2::from_shape_fn((c.len(), 1), |(i, _)| -c[i] * c[i] * (c[i] * x[0]).sin()))
            }
            Self::QuarticSextic { .. } => {
                let (s4, s6) = (power_sum(x, 4), power_sum(x, 6));
                entry(&|i, j| {
                    let mixed = 24.0 * (x[i].powi(3) * x[j].powi(5) + x[j].powi(3) * x[i].powi(5));
                    let own = 12.0 * x[i].powi(2) * s6 + 30.0 * x[i].powi(4) * s4;
                    if i == j { own + mixed } else { mixed }
                })
            }
            Self::Sum => entry(&|_, _| 0.0),
            Self::Identity | Self::Copy if n == 1 => entry(&|_, _| 0.0),
            Self::Rosenbrock => entry(&|i, j| {
                let (low, high) = (i.min(j), i.max(j));
                match high - low {
                    0 => {
                        let own = if i + 1 < n { 1200.0 * x[i] * x[i] - 400.0 * x[i + 1] + 2.0 } else { 0.0 };
                        own + if i > 0 { 200.0 } else { 0.0 }
                    }
                    1 => -400.0 * x[low],
                    _ => 0.0,
                }
            }),
            Self::ChainedQuartic => entry(&|i, j| match i.abs_diff(j) {
                0 => 12.0 * x[i].powi(2) + neighbours(x, i, |own, other| 12.0 * (own - other).powi(2)),
                1 => -12.0 * (x[i] - x[j]).powi(2),
                _ => 0.0,
            }),
            Self::Reductions(w) => {
                let s = weighted_sum(w, x);
                entry(&|i, j| {
                    let product = (2.0 * x[i] + 1.0) * w[j] + (2.0 * x[j] + 1.0) * w[i];
                    match i.abs_diff(j) {
                        0 => 2.0 * s + product - neighbours(x, i, |own, other| (own * other).sin() * other * other),
                        1 => product + (x[i] * x[j]).cos() - (x[i] * x[j]).sin() * x[i] * x[j],
                        _ => product,
                    }
                })
            }
            Self::FloatOnly => {
                let q = 1.0 + power_sum(x, 2);
                entry(&|i, j| (if i == j { 2.0 / q } else { 0.0 }) - 4.0 * x[i] * x[j] / (q * q))
            }
            Self::Mixing { outputs: 1, weights } => {
                let sine = weighted_sum(weights, x).sin();
                entry(&|i, j| -sine * weights[i] * weights[j])
            }
            Self::Elementary(function) => function.hessian(x),
            Self::Cached(function) => function.second(x),
            Self::Program(program) => program.second(x),
            _ => None,
        }
    }
}

fn power_sum(x: &[f64], power: i32) -> f64 {
    x.iter().map(|x| x.powi(power)).sum()
}

fn weighted_sum(weights: &[f64], x: &[f64]) -> f64 {
    weights.iter().zip(x).map(|(w, x)| w * x).sum()
}

/// The sum over the one or two neighbours of entry `i`.
fn neighbours(x: &[f64], i: usize, term: impl Fn(f64, f64) -> f64) -> f64 {
    let before = if i > 0 { term(x[i], x[i - 1]) } else { 0.0 };
    let after = if i + 1 < x.len() { term(x[i], x[i + 1]) } else { 0.0 };
    before + after
}
