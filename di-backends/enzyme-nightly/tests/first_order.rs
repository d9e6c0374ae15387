//! Functions that are simple enough for every nightly: enclosed caches, elementary functions, closures, lengths.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::{
    Error, Gradient, PrepareGradient, PreparePullback, PreparePushforward, Pullback, Pushforward, Real, Scalar,
    ScalarFn, Shadow, VectorFn, from_fn, gradient,
};
use di_enzyme_nightly::{Constant, Enzyme};
use di_num_dual::NumDual;
use di_test::{
    Accumulate, Brusselator, Cached, Elementary, Galerkin, ReactionDiffusion, Smallest, SplitMix64, Steps, Swap,
    Upwind, WriteThenRead, elementary_cases,
};

fn assert_close(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len());
    let scale = expected.iter().fold(1.0_f64, |scale, entry| scale.max(entry.abs()));
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-9 * scale, "{what}: {found} instead of {expected}");
    }
}

/// Each function in ten calls of the same prepared objects, at changing points, cloned in between.
#[test]
fn enclosed_caches() {
    let functions = [
        (Cached::Smallest(Smallest::default()), 1),
        (Cached::WriteThenRead(WriteThenRead::new(false)), 5),
        (Cached::WriteThenRead(WriteThenRead::new(true)), 5),
        (Cached::Accumulate(Accumulate::default()), 5),
        (Cached::Swap(Swap::new(5)), 5),
        (Cached::ReactionDiffusion(ReactionDiffusion::new(3, 4)), 24),
        (Cached::Upwind(Upwind::burgers()), 9),
        (Cached::Galerkin(Galerkin::quadratic()), 12),
        (Cached::Brusselator(Brusselator::new(4)), 32),
        (Cached::Steps(Steps::new(5)), 6),
    ];
    let mut random = SplitMix64::new(11);
    for (f, n) in functions {
        let what = format!("{f:?}");
        let mut push = Enzyme::default().prepare_pushforward(f.clone(), &vec![0.5; n]).unwrap();
        let mut pull = Enzyme::default().prepare_pullback(f.clone(), &vec![0.5; n]).unwrap();
        for call in 0..10 {
            let (dx, dy) = (random.vector(n), random.vector(f.outputs(n)));
            // Concentrations are positive.
            let x: Vec<f64> = random.vector(n).iter().map(|x| 0.5 + x / 4.0).collect();
            let jacobian = f.jacobian(&x);
            let tangent: Vec<f64> = jacobian.rows().into_iter().map(|row| f64::dot(&row.to_vec(), &dx)).collect();
            let cotangent: Vec<f64> = jacobian.columns().into_iter().map(|c| f64::dot(&c.to_vec(), &dy)).collect();
            assert_close(&push.pushforward(&x, &dx).unwrap(), &tangent, &what);
            assert_close(&pull.pullback(&x, &dy).unwrap(), &cotangent, &what);
            if call == 4 {
                (push, pull) = (push.clone(), pull.clone());
            }
        }
    }
}

/// What the documentation of `duplicate_function(false)` says.
#[test]
fn a_constant_function_drops_the_derivative_through_its_cache() {
    let enzyme = Enzyme::default().duplicate_function(false);
    let mut pull = enzyme.prepare_pullback(Smallest::default(), &[0.5]).unwrap();
    let mut push = enzyme.prepare_pushforward(Smallest::default(), &[0.5]).unwrap();
    for dropped in [pull.pullback(&[2.0], &[1.0]).unwrap(), push.pushforward(&[2.0], &[1.0]).unwrap()] {
        assert!((dropped[0] - 6.0_f64).abs() > 1.0, "the cache was not constant: {dropped:?}");
    }
}

/// An elementary function of all numbers.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Case(Elementary);

impl<T: Scalar> ScalarFn<T> for Case {
    fn call(&self, x: &[T]) -> T {
        self.0.function.call(x)
    }
}

#[test]
fn elementary_functions_where_they_are_smooth() {
    for case in elementary_cases().into_iter().filter(Elementary::is_smooth) {
        let grad = gradient(&Enzyme::default(), Case(case.clone()), &case.x).unwrap();
        assert_close(&grad, &case.gradient(&case.x), &case.name());
    }
}

#[test]
fn closures_and_single_precision() {
    let f = Constant(from_fn(|x: &[f64]| x[0].sin() * x[1]));
    assert_close(
        &gradient(&Enzyme::default(), &f, &[0.5, 2.0]).unwrap(),
        &[2.0 * 0.5_f64.cos(), 0.5_f64.sin()],
        "closure",
    );
    let single = gradient(&Enzyme::default(), Constant(from_fn(|x: &[f32]| x[0] * x[0])), &[1.5]).unwrap();
    assert!((single[0] - 3.0_f32).abs() < 1e-5);
}

/// A product through a cache, with a constant beside it.
#[derive(Clone, Debug, Shadow)]
struct Product {
    factor: f64,
    cache: di_core::Cache,
}

impl<T: Real> VectorFn<T> for Product {
    fn output_len(&self, _: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut product = self.cache.buffer::<T>(1);
        product[0] = T::lift(self.factor);
        for &x in x {
            product[0] *= x;
        }
        y[0] = product[0];
    }
}

#[test]
fn it_agrees_with_another_engine() {
    let f = Product { factor: 3.0, cache: di_core::Cache::new() };
    let check = Enzyme::default().self_check(&f, &[0.5, 2.0, -1.5], &NumDual::default()).unwrap();
    assert!(check.is_within(1e-9), "{check:?}");
}

/// A product whose factor is in the shadow too.
#[derive(Clone, Debug, Shadow)]
struct Marked {
    #[shadow(constant)]
    factor: std::sync::Arc<[f64]>,
}

impl<T: Real> ScalarFn<T> for Marked {
    fn call(&self, x: &[T]) -> T {
        x[0] * self.factor[0]
    }
}

#[test]
fn a_shadow_that_is_not_zero_is_an_error() {
    let f = Marked { factor: [3.0].into() };
    assert!(matches!(gradient(&Enzyme::default(), &f, &[2.0_f64]), Err(Error::Unsupported { .. })));
    assert_eq!(*f.factor, [3.0]);
    assert_close(&gradient(&Enzyme::default(), Constant(&f), &[2.0]).unwrap(), &[3.0], "constant");
}

#[test]
fn wrong_lengths_are_errors() {
    let f = Constant(from_fn(|x: &[f64]| x[0] * x[1]));
    let mut prepared = Enzyme::default().prepare_gradient(f, &[1.0, 2.0]).unwrap();
    let mut grad = [7.0; 2];
    assert!(matches!(
        prepared.value_and_gradient_into(&[1.0], &mut grad),
        Err(Error::Length { argument: "x", expected: 2, found: 1 })
    ));
    assert!(matches!(prepared.value_and_gradient_into(&[1.0, 2.0], &mut grad[..1]), Err(Error::Length { .. })));
    assert_eq!(grad, [7.0; 2]);
}
