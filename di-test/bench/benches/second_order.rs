//! What second derivatives cost, by each way to combine the engines.

use di_backends::ndarray::{Array1, ArrayViewMut2};
use di_backends::{
    EnzymeStyle, FiniteDiff, FromPrimitive, Hessian, Hvp, NumDual, PrepareHessian, PrepareHvp, ScalarFn,
};
use di_backends::{SecondOrder, Tape};
use di_bench::Suite;
use di_bench::problem::Rosenbrock;

/// A prepared Hessian-vector product along `dx` as a row.
fn product<'f, B: PrepareHvp<&'f Rosenbrock>>(
    backend: &B,
    x: &[f64],
    dx: &[f64],
) -> impl FnMut(&[f64], &mut [f64]) + use<'f, B> {
    let mut prepared = backend.prepare_hvp(&Rosenbrock, x).expect("the backend has products");
    let dx = dx.to_vec();
    move |x, dg| prepared.hvp_into(x, &dx, dg).expect("lengths fit")
}

/// A prepared Hessian as a row.
fn matrix<'f, B: PrepareHessian<&'f Rosenbrock>>(
    backend: &B,
    x: &[f64],
) -> impl FnMut(&[f64], &mut [f64]) + use<'f, B> {
    let mut prepared = backend.prepare_hessian(&Rosenbrock, x).expect("the backend has Hessians");
    move |x, hess| {
        let hess = ArrayViewMut2::from_shape((x.len(), x.len()), hess).expect("the matrix has as many entries");
        prepared.hessian_into(x, hess).expect("lengths fit");
    }
}

/// Calls a macro-like closure for each way to get second derivatives.
macro_rules! rows {
    ($problem:ident, $backend:ident => $row:expr) => {{
        let (forward, reverse, differences) = (NumDual::default(), Tape::default(), FiniteDiff::central());
        let $backend = SecondOrder { outer: forward, inner: reverse };
        $problem.row("NumDual over Tape", $row);
        let $backend = SecondOrder { outer: reverse, inner: forward };
        $problem.row("Tape over NumDual", $row);
        let $backend = reverse;
        $problem.row("Tape over Tape", $row);
        let $backend = forward;
        $problem.row("NumDual, its own", $row);
        let $backend = FromPrimitive(forward);
        $problem.row("NumDual over NumDual", $row);
        let $backend = EnzymeStyle::default();
        $problem.row("EnzymeStyle", $row);
        let $backend = differences;
        $problem.row_within("FiniteDiff", 1e-4, $row);
    }};
}

fn main() {
    let mut suite = Suite::from_args();
    for n in [10, 100] {
        let x = Rosenbrock::point(n);
        let dx: Vec<f64> = x.iter().map(|x| 1.0 - x * x).collect();
        let hess = Rosenbrock::hessian(&x);
        let along = hess.dot(&Array1::from(dx.clone())).to_vec();
        let name = format!("Rosenbrock {n}, Hessian-vector product");
        let mut problem = suite.problem(&name, x.clone(), along, |x: &[f64]| Rosenbrock.call(x));
        rows!(problem, backend => product(&backend, &x, &dx));
        let outer = SecondOrder { outer: Tape::default(), inner: Tape::default() };
        let mut prepared = outer.prepare_hvp(&Rosenbrock, &x).expect("the backend has products");
        let mut fixed = prepared.at(&x).expect("lengths fit");
        problem.row("Tape over Tape, same point", |_, dg| fixed.hvp_into(&dx, dg).expect("lengths fit"));
        problem.finish();

        let entries = hess.into_raw_vec_and_offset().0;
        let name = format!("Rosenbrock {n}, Hessian");
        let mut problem = suite.problem(&name, x.clone(), entries, |x: &[f64]| Rosenbrock.call(x));
        rows!(problem, backend => matrix(&backend, &x));
        problem.finish();
    }
    suite.finish();
}
