//! What a function encloses: duplicated it is right at every call, constant its derivative is dropped.

use di_core::{
    Activity, AdjointFn, Cache, Enclosed, Gradient, Hvp, PrepareGradient, PrepareHvp, PreparePullback,
    PreparePushforward, PreparedPullback, PreparedPushforward, Pullback, Pushforward, Real, Result, ScalarFn,
    ScalarShape, Shadow, TangentFn,
};
use di_enzyme::EnzymeStyle;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// `a[0] = 1; a[0] += x; a[0]²`, with `a` enclosed as plain memory or as a cache.
#[derive(Clone, Debug, Default)]
struct Smallest {
    a: Cache,
    panics: bool,
}

impl Shadow for Smallest {
    type Shadow = Cache;

    fn make_zero(&self) -> Cache {
        self.a.make_zero()
    }

    fn remake_zero(&self, shadow: &mut Cache) {
        self.a.remake_zero(shadow);
    }
}

impl<T: Real> ScalarFn<T> for Smallest {
    fn call(&self, x: &[T]) -> T {
        let mut a = self.a.buffer::<T>(1);
        a[0] = T::one();
        a[0] += x[0];
        assert!(!self.panics, "on purpose");
        a[0] * a[0]
    }
}

/// Reads the shadow without writing it first, so that a shadow that is not zero at entry gives a wrong derivative.
impl<T: Real> TangentFn<T> for Smallest {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Cache>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let value = self.call(x);
        let a = self.a.buffer::<T>(1)[0];
        dy[0] = [T::zero(); K];
        if let Some(shadow) = enclosed.shadow() {
            let mut da = shadow.lanes::<T, K>(1);
            for k in 0..K {
                da[0][k] += dx[0][k];
                dy[0][k] = a * da[0][k] * 2.0;
            }
        }
        if let Some(y) = y {
            y[0] = value;
        }
    }
}

impl<T: Real> AdjointFn<T> for Smallest {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Cache>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let value = self.call(x);
        let a = self.a.buffer::<T>(1)[0];
        if let Some(shadow) = enclosed.shadow() {
            let mut da = shadow.buffer::<T>(1);
            da[0] += a * dy[0] * 2.0;
            dx[0] += da[0];
        }
        if let Some(y) = y {
            y[0] = value;
        }
    }
}

type Push<F> = PreparedPushforward<EnzymeStyle, F, f64, ScalarShape>;
type Pull<F> = PreparedPullback<EnzymeStyle, F, f64, ScalarShape>;

/// Gradient, pushforward, pullback and Hessian-vector product at `x`, each with seed one, ten times at other points first.
fn derivatives(backend: EnzymeStyle, x: f64) -> Result<[f64; 4]> {
    let f = Smallest::default();
    let mut gradient = backend.prepare_gradient(f.clone(), &[0.3])?;
    let mut pushforward: Push<_> = backend.prepare_pushforward(f.clone(), &[0.3])?;
    let mut pullback: Pull<_> = backend.prepare_pullback(&f, &[0.3])?;
    let mut hvp = backend.prepare_hvp(f.clone(), &[0.3])?;
    let mut results = [0.0; 4];
    for call in (0..10).rev() {
        let x = [x + f64::from(call)];
        results = [
            gradient.gradient(&x)?[0],
            pushforward.pushforward(&x, &[1.0])?[0],
            pullback.pullback(&x, &[1.0])?[0],
            hvp.hvp(&x, &[1.0])?[0],
        ];
        (gradient, hvp) = (gradient.clone(), hvp.clone());
    }
    Ok(results)
}

#[test]
fn duplicated_it_is_right_at_the_first_and_the_tenth_call() -> Result<()> {
    let backend = EnzymeStyle::default();
    assert_eq!(backend.function_activity(), Activity::Duplicated);
    for x in [0.0, 0.42, -3.0] {
        let first = 2.0 * (1.0 + x);
        assert_eq!(derivatives(backend, x)?, [first, first, first, 2.0]);
    }
    Ok(())
}

#[test]
fn constant_the_derivative_through_the_buffer_is_dropped() -> Result<()> {
    let backend = EnzymeStyle::default().duplicate_function(false);
    assert_eq!(backend.function_activity(), Activity::Constant);
    assert_eq!(derivatives(backend, 0.42)?, [0.0; 4]);
    let (value, _) = di_core::value_and_gradient(&backend, Smallest::default(), &[0.42])?;
    assert_eq!(value, 1.42 * 1.42);
    Ok(())
}

#[test]
fn a_panic_leaves_caches_and_shadows_usable() -> Result<()> {
    let backend = EnzymeStyle::default();
    let mut gradient = backend.prepare_gradient(Smallest::default(), &[0.3])?;
    let mut pushforward: Push<_> = backend.prepare_pushforward(Smallest::default(), &[0.3])?;
    for panics in [true, false, true, false] {
        gradient.function_mut().panics = panics;
        pushforward.function_mut().panics = panics;
        let results = [
            catch_unwind(AssertUnwindSafe(|| gradient.gradient(&[1.0]))),
            catch_unwind(AssertUnwindSafe(|| pushforward.pushforward(&[1.0], &[1.0]))),
        ];
        for result in results {
            match result {
                Err(_) => assert!(panics),
                Ok(result) => assert_eq!(result?, [4.0]),
            }
        }
    }
    Ok(())
}
