//! The suite for values and first derivatives, and for second derivatives by differences of Enzyme's.
//!
//! Everything is in one binary, so what one function of the suite asks of Enzyme can fail the build of all.

use di_core::SecondOrder;
use di_enzyme_nightly::Enzyme;
use di_finite_diff::FiniteDiff;
use di_test::{Tolerance, conformance, count_allocations};

count_allocations!();
conformance! {
    backend: SecondOrder { outer: FiniteDiff::central(), inner: Enzyme::default() },
    tolerance: Tolerance { first_f64: 1e-9, second_f64: 1e-5, first_f32: 1e-3, second_f32: 0.1 },
    not_from_primitive: "Enzyme differentiates no buffers of an engine, and so no gradient that an engine makes",
    exclude: [
        "elementary functions" => "Enzyme has conventions of its own at awkward points: the smooth ones stand in `first_order`",
        "not finite" => "derivative code is compiled with fast-math, which assumes that every number is finite",
        "panics" => "a panic inside derivative code is not caught: it ends the process",
        "*/second_derivative/*/calls" => "differences of derivatives call the function more than once",
        "*/hvp/*/calls" => "differences of gradients call the function twice for each product",
        "*/hessian/*/calls" => "differences of gradients call the function twice for each column",
    ],
}
