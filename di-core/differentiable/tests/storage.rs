//! Loops whose iterations are independent save nothing; what is overwritten and read later is saved.
#![allow(
    clippy::pedantic,
    clippy::style,
    clippy::complexity,
    reason = "code is written in as many ways as authors may write it"
)]

use di_backends::di_core::storage::{high_water, reset_high_water};
use di_backends::{AdjointFn, Enclosed, Real, ScalarFn, Shadow, VectorFn, differentiable};

#[macro_use]
#[path = "shared/scalars.rs"]
mod written;

scalars! {
    Reduction(x) { x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2)).sum() }
    Limited(x) {
        let mut sum = T::zero();
        for &x in x {
            let v = if x > T::one() { x * x } else { x.exp() };
            let mut w = v * x;
            w *= v;
            sum += w;
        }
        sum.sqrt()
    }
    ThroughBuffer(x) {
        let mut a = vec![T::zero(); x.len()];
        for i in 0..x.len() { a[i] = x[i] * x[i]; }
        let mut sum = T::zero();
        for i in 0..x.len() { sum += a[i] * x[i]; }
        sum
    }
    Chain(x) {
        let mut v = T::one();
        for &x in x { v = v.sin() * x; }
        v
    }
}

/// A chain, which saves what each step begins with.
#[differentiable]
fn decay<T: Real>(p: &[T], steps: usize) -> T {
    let mut state = p[0];
    for i in 0..steps {
        state = state * p[i % 2].sin();
    }
    state
}

/// Compared with a chain of so many steps at as many observations.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Decays {
    steps: usize,
    observations: usize,
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Decays {
    fn call(&self, p: &[T]) -> T {
        let mut sum = T::zero();
        for i in 0..self.observations {
            let mut powers = [T::one(); 3];
            for j in 1..3 {
                powers[j] = powers[j - 1] * p[0];
            }
            let residual = decay(p, self.steps) * powers[2] - i as f64;
            sum += residual * residual;
        }
        sum * 0.5
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Stencil;

#[differentiable]
impl<T: Real> VectorFn<T> for Stencil {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        for i in 0..n {
            let left = x[(i + n - 1) % n];
            y[i] = left * x[i];
        }
        for i in 0..n {
            y[i] += x[i] * x[i];
        }
    }
}

fn saved(f: &impl AdjointFn<f64>, n: usize, m: usize) -> usize {
    reset_high_water();
    f.adjoint_into(Enclosed::Constant, &vec![1.1; n], &mut vec![0.0; n], None, &mut vec![1.0; m]);
    high_water()
}

#[test]
fn independent_iterations_save_nothing() {
    assert_eq!(saved(&Reduction, 20, 1), 0);
    assert_eq!(saved(&Limited, 20, 1), 0);
    assert_eq!(saved(&ThroughBuffer, 20, 1), 0);
    assert_eq!(saved(&Stencil, 20, 20), 0);
}

#[test]
fn a_chain_saves_what_an_iteration_begins_with_and_what_is_dear() {
    assert_eq!(saved(&Chain, 20, 1), 2 * 20);
}

#[test]
fn a_sum_saves_what_one_term_needs() {
    let needs = |steps, observations| saved(&Decays { steps, observations }, 2, 1);
    let one = needs(10, 1);
    assert!(one >= 10, "{one}");
    assert_eq!(needs(10, 1000), one);
    assert!(needs(20, 3) >= one + 10);
}
