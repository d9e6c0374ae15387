//! The whole test of an engine in one line.

/// Writes the tests that prove a backend right: one for each operator and scalar, and one for each further check.
///
/// The tests are in a module `conformance`, so invoke it once in a module. The exclusions are optional; each needs a
/// reason, and one that excludes nothing fails: see [`Exclusions`](crate::Exclusions).
///
/// ```
/// # use di_core::Zero;
/// di_test::conformance! {
///     backend: Zero,
///     tolerance: di_test::Tolerance::EXACT,
///     exclude: ["dense" => "its derivatives are all zero"],
/// }
/// ```
#[macro_export]
macro_rules! conformance {
    (backend: $backend:expr, tolerance: $tolerance:expr
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

            $crate::conformance! { @tests $backend, $tolerance,
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
                elementary_f64: f64, elementary();
                elementary_f32: f32, elementary();
            }
        }
    };
    (@tests $backend:expr, $tolerance:expr, $($name:ident: $scalar:ty, $check:ident($($argument:expr)?);)*) => {$(
        #[test]
        fn $name() {
            let suite = $crate::Suite::<$scalar>::new(&$backend, $tolerance, exclusions());
            suite.$check($($argument)?).assert_clean();
        }
    )*};
}
