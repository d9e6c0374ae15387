//! The whole test of an engine in one line.

/// Writes the tests that prove a backend right: one for each operator and scalar, and one for each further check.
///
/// The tests are in a module `conformance`, so invoke it once in a module. The exclusions are optional; each needs a
/// reason, and one that excludes nothing fails: see [`Exclusions`](crate::Exclusions).
///
/// `evaluations`, if given, is how often the engine documents to evaluate the function, as
/// [`Evaluations`](crate::Evaluations) of whatever scalar: calls are then counted exactly, else they are bounded by what the
/// engine's mode needs. The test's crate also says [`count_allocations!`](crate::count_allocations), once.
///
/// `not_from_primitive`, if given, says why the operators cannot all be made from the engine's primitive alone.
///
/// ```
/// # use di_core::Zero;
/// # use di_test::{Evaluations, Width};
/// di_test::count_allocations!();
/// di_test::conformance! {
///     backend: Zero,
///     tolerance: di_test::Tolerance::EXACT,
///     evaluations: Evaluations::mixed(Width::UNBOUNDED),
///     exclude: ["*" => "its derivatives are all zero"],
/// }
/// ```
#[macro_export]
macro_rules! conformance {
    (backend: $backend:expr, tolerance: $tolerance:expr $(, evaluations: $evaluations:expr)?
        $(, not_from_primitive: $why:literal)?
        $(, exclude: [$($pattern:expr => $reason:expr),* $(,)?])? $(,)?) => {
        mod conformance {
            #[allow(unused_imports, reason = "the backend is named as in the module around")]
            use super::*;

            fn exclusions() -> $crate::Exclusions {
                $crate::Exclusions(&[$($(($pattern, $reason)),*)?])
            }

            #[test]
            fn exclusions_have_reasons_and_are_needed() {
                exclusions().assert_needed();
            }

            $crate::conformance! { @tests $backend, $tolerance, [$($evaluations)?],
                pushforward_f64: f64, agreement($crate::Operator::Pushforward);
                pushforward_f32: f32, agreement($crate::Operator::Pushforward);
                pullback_f64: f64, agreement($crate::Operator::Pullback);
                pullback_f32: f32, agreement($crate::Operator::Pullback);
                derivative_f64: f64, agreement($crate::Operator::Derivative);
                derivative_f32: f32, agreement($crate::Operator::Derivative);
                gradient_f64: f64, agreement($crate::Operator::Gradient);
                gradient_f32: f32, agreement($crate::Operator::Gradient);
                jacobian_f64: f64, agreement($crate::Operator::Jacobian);
                jacobian_f32: f32, agreement($crate::Operator::Jacobian);
                second_derivative_f64: f64, agreement($crate::Operator::SecondDerivative);
                second_derivative_f32: f32, agreement($crate::Operator::SecondDerivative);
                hvp_f64: f64, agreement($crate::Operator::Hvp);
                hvp_f32: f32, agreement($crate::Operator::Hvp);
                hessian_f64: f64, agreement($crate::Operator::Hessian);
                hessian_f32: f32, agreement($crate::Operator::Hessian);
                elementary_f64: f64, run($crate::Check::Elementary);
                elementary_f32: f32, run($crate::Check::Elementary);
                laws_f64: f64, run($crate::Check::Laws);
                laws_f32: f32, run($crate::Check::Laws);
                caches_f64: f64, run($crate::Check::Caches);
                caches_f32: f32, run($crate::Check::Caches);
                lengths_f64: f64, run($crate::Check::Lengths);
                lengths_f32: f32, run($crate::Check::Lengths);
                calls_f64: f64, run($crate::Check::Calls);
                calls_f32: f32, run($crate::Check::Calls);
                allocations_f64: f64, run($crate::Check::Allocations);
                allocations_f32: f32, run($crate::Check::Allocations);
                threads_f64: f64, run($crate::Check::Threads);
                threads_f32: f32, run($crate::Check::Threads);
                panics_f64: f64, run($crate::Check::Panics);
                panics_f32: f32, run($crate::Check::Panics);
                not_finite_f64: f64, run($crate::Check::NotFinite);
                not_finite_f32: f32, run($crate::Check::NotFinite);
                resizing_f64: f64, run($crate::Check::Resizing);
                resizing_f32: f32, run($crate::Check::Resizing);
                adversarial_f64: f64, run($crate::Check::Adversarial);
                adversarial_f32: f32, run($crate::Check::Adversarial);
            }

            $crate::conformance! { @primitive $backend, $tolerance, [$($why)?] }
        }
    };
    (@primitive $backend:expr, $tolerance:expr, []) => {
        /// The same answers by the engine's primitive alone.
        #[test]
        fn from_primitive_f64() {
            let backend = $crate::di_core::FromPrimitive($backend);
            $crate::Suite::<f64>::new(&backend, $tolerance, exclusions()).every_operator().assert_clean();
        }

        /// Derivatives inside of functions that are differentiated, three deep; differences of differences of differences
        /// are no derivatives.
        #[test]
        fn nested_f64() {
            let backend = $backend;
            if $crate::di_core::Backend::mode(&backend) != $crate::di_core::Mode::Difference {
                $crate::assert_nested(&backend);
            }
        }
    };
    (@primitive $backend:expr, $tolerance:expr, [$why:literal]) => {};
    (@tests $backend:expr, $tolerance:expr, $evaluations:tt, $($name:ident: $scalar:ty, $check:ident($($argument:expr)?);)*) => {$(
        #[test]
        fn $name() {
            let suite = $crate::Suite::<$scalar>::new(&$backend, $tolerance, exclusions());
            let suite = $crate::conformance!(@evaluations suite, $evaluations);
            suite.$check($($argument)?).assert_clean();
        }
    )*};
    (@evaluations $suite:ident, []) => {
        $suite
    };
    (@evaluations $suite:ident, [$evaluations:expr]) => {
        $suite.with_evaluations($evaluations)
    };
}
