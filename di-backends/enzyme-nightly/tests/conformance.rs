//! The suite for values and first derivatives, and for second derivatives by differences of Enzyme's.
//!
//! Everything is in one binary, so what one function of the suite asks of Enzyme can fail the build of all.

use di_core::{ChunkWidth, SecondOrder};
use di_enzyme_nightly::Enzyme;
use di_finite_diff::FiniteDiff;
use di_test::{Evaluations, Tolerance, Width, conformance, count_allocations};

/// One direction in each run.
const ONE: Width = Width::of::<()>(ChunkWidth::Fixed(1), &[]);

count_allocations!();
conformance! {
    backend: SecondOrder { outer: FiniteDiff::central(), inner: Enzyme::default() },
    tolerance: Tolerance { first_f64: 1e-9, second_f64: 1e-5, first_f32: 1e-3, second_f32: 0.1 },
    evaluations: Evaluations::code(ONE, ONE),
    not_from_primitive: "Enzyme differentiates no buffers of an engine, and so no gradient that an engine makes",
    exclude: [
        "elementary functions" => "Enzyme has conventions of its own at awkward points: the smooth ones stand in `first_order`",
        "not finite" => "derivative code is compiled with fast-math, which assumes that every number is finite",
        "panics" => "a panic inside derivative code is not caught: it ends the process",
        "adversarial/panics *" => "a panic inside derivative code is not caught: it ends the process",
        "adversarial/many threads*" => "a panic inside derivative code is not caught: it ends the process",
        "adversarial/moved between threads*" => "a panic inside derivative code is not caught: it ends the process",
        "adversarial/* no numbers*" => "derivative code is compiled with fast-math, which assumes that every number is finite",
        "adversarial/unwritten outputs*" => "derivative code is compiled with fast-math, which does not keep NaN",
        "empty/*/calls" => "preparation runs no derivative code where there is nothing to differentiate",
        "sizes/* 0/*/calls" => "preparation runs no derivative code where there is nothing to differentiate",
        "*/second_derivative/*/calls" => "differences of derivatives call the function more than once",
        "*/hvp/*/calls" => "differences of gradients call the function twice for each product",
        "*/hessian/*/calls" => "differences of gradients call the function twice for each column",
    ],
}
