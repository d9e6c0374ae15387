//! The suite by Enzyme alone: second derivatives by an annotated function that calls a generated one.
//!
//! A binary of its own: nightlies on which Enzyme does not accept that fail to build it, and `conformance` all the same
//! tells how first derivatives fare.

use di_core::ChunkWidth;
use di_enzyme_nightly::Enzyme;
use di_test::{Evaluations, Tolerance, Width, conformance, count_allocations};

/// One direction in each run.
const ONE: Width = Width::of::<()>(ChunkWidth::Fixed(1), &[]);

count_allocations!();
conformance! {
    backend: Enzyme::default(),
    tolerance: Tolerance { first_f64: 1e-9, second_f64: 1e-8, first_f32: 1e-3, second_f32: 1e-2 },
    evaluations: Evaluations::code(ONE, ONE),
    not_from_primitive: "Enzyme differentiates no buffers of an engine, and so no gradient that an engine makes",
    exclude: [
        "elementary functions" => "Enzyme has conventions of its own at awkward points: the smooth ones stand in `first_order`",
        "not finite" => "derivative code is compiled with fast-math, which assumes that every number is finite",
        "empty/*/calls" => "preparation runs no derivative code where there is nothing to differentiate",
        "sizes/* 0/*/calls" => "preparation runs no derivative code where there is nothing to differentiate",
        "*/second_derivative/*/calls" => "preparation evaluates the function as it is, and then by derivative code",
        "*/hvp/*/calls" => "preparation evaluates the function as it is, and then by derivative code",
        "*/hessian/*/calls" => "preparation evaluates the function as it is, and then by derivative code",
        "panics" => "a panic inside derivative code is not caught: it ends the process",
    ],
}
