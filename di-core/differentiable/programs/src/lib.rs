//! Random programs in the language of `#[differentiable]`, written by the build script; their derivatives are compared with dual
//! numbers in the tests.
//!
//! `DI_PROGRAMS=3000` sets their number, `DI_PROGRAMS_SEED=7` another seed than 1.
#![forbid(unsafe_code)]
#![allow(
    warnings,
    unconditional_panic,
    arithmetic_overflow,
    clippy::all,
    clippy::pedantic,
    reason = "the programs are written by a build script"
)]

mod case;
mod library;

pub use case::{Case, DIRECTIONS, Scalars, Vectors};
use di_backends::num_traits::FloatConst;
use di_backends::{Cache, Real, Scalar, ScalarFn, Shadow, VectorFn, differentiable};
use library::*;

/// A program, with passive data.
#[derive(Clone, Debug, Shadow)]
pub struct Program<const NUMBER: usize> {
    #[shadow(constant)]
    weights: [f64; 6],
    #[shadow(constant)]
    order: Vec<usize>,
    #[shadow(constant)]
    mode: usize,
    #[shadow(constant)]
    power: i32,
    #[shadow(constant)]
    on: bool,
    cache: Cache,
}

impl<const NUMBER: usize> Default for Program<NUMBER> {
    fn default() -> Self {
        Self {
            weights: [0.5, -1.25, 0.75, 1.5, -0.5, 0.25],
            order: vec![2, 0, 3, 1, 2],
            mode: NUMBER % 5,
            power: 3 - (NUMBER % 4) as i32,
            on: NUMBER % 2 == 0,
            cache: Cache::new(),
        }
    }
}

/// A struct of numbers.
#[derive(Clone, Copy)]
struct Point<T> {
    u: T,
    v: T,
}

include!(concat!(env!("OUT_DIR"), "/programs.rs"));
