//! A random case.

use crate::program::{Program, programs};
use crate::scenario::FunctionShape;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy};
use std::fmt;

/// Which functions a law is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `R → R`.
    Unary,
    /// `R → R^m`.
    Curves,
    /// `R^n → R`.
    Scalars,
    /// `R^n → R^m`.
    Vectors,
}

impl Family {
    /// The most inputs and outputs.
    pub(super) fn most(self) -> (usize, usize) {
        match self {
            Self::Unary => (1, 1),
            Self::Curves => (1, 5),
            Self::Scalars => (9, 1),
            Self::Vectors => (9, 5),
        }
    }

    /// What the functions are.
    pub(super) fn shape(self) -> FunctionShape {
        match self {
            Self::Unary => FunctionShape::Unary,
            Self::Curves => FunctionShape::Curve,
            Self::Scalars => FunctionShape::Scalar,
            Self::Vectors => FunctionShape::Vector,
        }
    }

    /// Random cases.
    pub(super) fn trials(self) -> impl Strategy<Value = Trial> {
        let (most_n, most_m) = self.most();
        (1..=most_n, 1..=most_m, 1..=most_m.min(3)).prop_flat_map(|(n, m, outer_m)| {
            let batch = (0..12_usize).prop_flat_map(move |k| vec(vector(n.max(m)), k));
            let points = (vector(n), vector(n));
            let seeds = ([vector(n), vector(n)], [vector(m), vector(m)], batch);
            let factors = (Just(2.0), (-64_i8..64).prop_map(|i| f64::from(i) / 32.0));
            (programs(n, m), programs(m, outer_m), points, seeds, factors, 0..64_usize).prop_map(
                |(f, outer, (x, prepared_x), (tangents, cotangents, batch), (a, b), way)| Trial {
                    f,
                    outer,
                    x,
                    prepared_x,
                    tangents,
                    cotangents,
                    batch,
                    factors: [a, b],
                    way,
                },
            )
        })
    }
}

/// Multiples of 1/64 between -1.5 and 1.5, which are exact in single precision.
fn vector(len: usize) -> impl Strategy<Value = Vec<f64>> {
    vec((-96_i8..=96).prop_map(|i| f64::from(i) / 64.0), len)
}

/// A function, a point and seeds.
#[derive(Clone)]
pub(super) struct Trial {
    pub(super) f: Program,
    /// A function of the outputs of `f`.
    pub(super) outer: Program,
    pub(super) x: Vec<f64>,
    pub(super) prepared_x: Vec<f64>,
    pub(super) tangents: [Vec<f64>; 2],
    pub(super) cotangents: [Vec<f64>; 2],
    /// Seeds as long as the longer of input and output.
    pub(super) batch: Vec<Vec<f64>>,
    pub(super) factors: [f64; 2],
    /// Which of the ways to call an operator is taken.
    pub(super) way: usize,
}

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { f: function, outer, x, prepared_x, tangents, cotangents, batch, factors, way } = self;
        write!(
            f,
            "smallest case: f is {{{function}}} at x = {x:?}, prepared at {prepared_x:?}, dx = {tangents:?}, \
             dy = {cotangents:?}, factors {factors:?}, batch of {}, g is {{{outer}}}, way {way}",
            batch.len()
        )
    }
}

impl fmt::Debug for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
