//! All sparse scenarios as tests, in one line.

/// Writes the tests of sparse Jacobians and Hessians by a backend: every scenario of the
/// [`sparse_catalogue`](crate::sparse_catalogue), patterns and values entry by entry.
///
/// The tests are in a module `sparse_conformance`, so invoke it once in a module. The test's crate also says
/// [`count_allocations!`](crate::count_allocations), once. `hessians_up_to` leaves out larger Hessians: for engines whose
/// gradients cost as many passes as there are unknowns.
///
/// ```
/// # use di_core::Zero;
/// di_test::count_allocations!();
///
/// let suite = di_test::SparseSuite::<_, f64>::new(&Zero, di_test::Tolerance::EXACT);
/// // Its derivatives are all zero, and the suite sees it.
/// assert!(!suite.with_hessians_up_to(9).run(di_test::Check::Agreement, di_test::SparseOperator::Hessian).is_clean());
/// ```
#[macro_export]
macro_rules! sparse_conformance {
    (backend: $backend:expr, tolerance: $tolerance:expr $(, hessians_up_to: $largest:expr)? $(,)?) => {
        mod sparse_conformance {
            #[allow(unused_imports, reason = "the backend is named as in the module around")]
            use super::*;

            $crate::sparse_conformance! { @tests $backend, $tolerance, [$($largest)?],
                jacobian_f64: f64, Agreement, Jacobian;
                jacobian_f32: f32, Agreement, Jacobian;
                hessian_f64: f64, Agreement, Hessian;
                hessian_f32: f32, Agreement, Hessian;
                jacobian_lengths: f64, Lengths, Jacobian;
                hessian_lengths: f64, Lengths, Hessian;
                jacobian_allocations: f64, Allocations, Jacobian;
                hessian_allocations: f64, Allocations, Hessian;
                jacobian_panics: f64, Panics, Jacobian;
                hessian_panics: f64, Panics, Hessian;
                jacobian_verification: f64, Verification, Jacobian;
                hessian_verification: f64, Verification, Hessian;
            }
        }
    };
    (@tests $backend:expr, $tolerance:expr, $largest:tt,
        $($name:ident: $scalar:ty, $check:ident, $operator:ident;)*) => {$(
        #[test]
        fn $name() {
            let suite = $crate::SparseSuite::<_, $scalar>::new(&$backend, $tolerance);
            let suite = $crate::sparse_conformance!(@largest suite, $largest);
            suite.run($crate::Check::$check, $crate::SparseOperator::$operator).assert_clean();
        }
    )*};
    (@largest $suite:ident, []) => {
        $suite
    };
    (@largest $suite:ident, [$largest:expr]) => {
        $suite.with_hessians_up_to($largest)
    };
}
