//! Random programs in the language of `#[differentiable]`, written by the build script; their derivatives are compared with dual
//! numbers in the tests.
//!
//! `DI_PROGRAMS=3000` sets their number, `DI_PROGRAMS_SEED=7` another seed than 1.
#![forbid(unsafe_code)]
#![allow(warnings, clippy::all, clippy::pedantic, reason = "the programs are written by a build script")]

use di_backends::{AdjointFn, Partials, Real, ScalarFn, Shadow, TangentFn, differentiable};

/// How many inputs each program has.
pub const INPUTS: usize = 4;

/// A program: the plain function, with duals, and its derivative code.
pub struct Program {
    /// The source.
    pub text: &'static str,
    /// The value.
    pub value: fn(&[f64]) -> f64,
    /// Value and gradient by dual numbers.
    pub dual: fn(&[Partials<f64, INPUTS>]) -> Partials<f64, INPUTS>,
    /// The tangent of two directions.
    pub tangent: fn(&[f64], &[[f64; 2]], &mut [f64], &mut [[f64; 2]]),
    /// The adjoint.
    pub adjoint: fn(&[f64], &mut [f64], Option<&mut [f64]>, &mut [f64]),
}

#[differentiable]
fn blend<T: Real>(a: T, b: T) -> T {
    if a > b { a * b * 0.5 } else { (a - b).sin() }
}

#[differentiable]
fn energy<T: Real>(a: &[T], weight: T) -> T {
    let mut sum = T::zero();
    for (i, &v) in a.iter().enumerate() {
        if i == 2 {
            continue;
        }
        sum += (v * weight).tanh();
    }
    sum
}

#[differentiable]
fn mix<T: Real>(x: &[T], factor: T, a: &mut [T]) {
    for i in 0..a.len() {
        a[i] = (a[i] * factor + x[i] * x[(i + 1) % x.len()]).sin();
    }
    a[0] += a[1] * factor;
}

#[differentiable]
fn turn<T: Real>(a: T, b: T) -> (T, T) {
    let (s, c) = b.sin_cos();
    (a * c, a * s)
}

include!(concat!(env!("OUT_DIR"), "/programs.rs"));
