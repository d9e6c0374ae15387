//! An engine that fails, at whichever moment, leaves every output as it was.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::ndarray::{Array2, ArrayViewMut2};
use di_core::{
    Backend, CurveDerivative, CurveSecondDerivative, CurveShape, DerivedDerivative, DerivedGradient, DerivedHessian,
    DerivedHvp, DerivedJacobian, DerivedPullback, DerivedPushforward, DerivedSecondDerivative, Error, Gradient,
    Hessian, Hvp, Jacobian, Map, Mode, Nested, PrepareDerivative, PrepareGradient, PrepareHessian, PrepareHvp,
    PrepareJacobian, PreparePullback, PreparePushforward, PrepareSecondDerivative, Pullback, Pushforward, Result,
    Scalar, SecondOrder, Seeds, ViaHvp, ViaPullback, ViaPushforward, from_curve, from_fn, from_vector_fn,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What outputs hold before a call.
const MARK: f64 = 7.0;

/// Directions that an engine takes at a time.
const WIDTH: usize = 12;

/// Steps that succeed before one fails; shared by clones.
#[derive(Clone, Debug)]
struct Fuse(Arc<AtomicUsize>);

impl Fuse {
    fn new() -> Self {
        Self(Arc::new(AtomicUsize::new(usize::MAX)))
    }

    fn set(&self, steps: usize) {
        self.0.store(steps, Ordering::Relaxed);
    }

    /// One step.
    fn burn(&self) -> Result<()> {
        match self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)) {
            Ok(_) => Ok(()),
            Err(_) => Err(Error::backend(std::fmt::Error)),
        }
    }
}

/// Pushes forward; every derivative is one.
#[derive(Clone, Debug)]
struct Forward(Fuse);

/// Pulls back; every derivative is one.
#[derive(Clone, Debug)]
struct Reverse(Fuse);

impl<F: Map<S, T>, T: Scalar, S> PreparePushforward<F, T, S> for Forward {
    type Workspace = Vec<T>;

    fn init_pushforward(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Vec<T>) -> Result<usize> {
        workspace.resize(f.output_count(x.len()), T::zero());
        Ok(workspace.len())
    }

    fn compute_pushforward(
        &self,
        f: &F,
        workspace: &mut Vec<T>,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        mut dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        for _ in 0..dx.width().div_ceil(WIDTH).max(1) {
            self.0.burn()?;
            f.map_into(x, workspace);
        }
        if let Some(y) = y {
            y.copy_from_slice(workspace);
        }
        dy.fill(T::one());
        Ok(())
    }
}

impl<F: Map<S, T>, T: Scalar, S> PreparePullback<F, T, S> for Reverse {
    type Workspace = Vec<T>;

    fn init_pullback(&self, f: &F, x: &[T], _batch: usize, workspace: &mut Vec<T>) -> Result<usize> {
        workspace.resize(f.output_count(x.len()), T::zero());
        Ok(workspace.len())
    }

    fn linearize(&self, f: &F, workspace: &mut Vec<T>, x: &[T], y: Option<&mut [T]>) -> Result<()> {
        self.0.burn()?;
        f.map_into(x, workspace);
        if let Some(y) = y {
            y.copy_from_slice(workspace);
        }
        Ok(())
    }

    fn compute_pullback(&self, _: &F, _: &mut Vec<T>, dy: Seeds<'_, T>, mut dx: ArrayViewMut2<'_, T>) -> Result<()> {
        (0..dy.width().div_ceil(WIDTH)).try_for_each(|_| self.0.burn())?;
        dx.fill(T::one());
        Ok(())
    }
}

macro_rules! engine {
    ($engine:ty, $mode:ident, $primitive:ident, $derived:ident) => {
        impl Backend for $engine {
            type Primitive = $primitive;
            fn name(&self) -> String {
                "failing".into()
            }
            fn mode(&self) -> Mode {
                Mode::$mode
            }
        }
        impl $derived for $engine {
            type Route = $primitive;
        }
        impl DerivedDerivative for $engine {
            type Route = $primitive;
        }
        impl DerivedGradient for $engine {
            type Route = $primitive;
        }
        impl DerivedJacobian for $engine {
            type Route = $primitive;
        }
        impl DerivedSecondDerivative for $engine {
            type Route = Nested;
        }
        impl DerivedHvp for $engine {
            type Route = Nested;
        }
        impl DerivedHessian for $engine {
            type Route = ViaHvp;
        }
    };
}
engine!(Forward, Forward, ViaPushforward, DerivedPullback);
engine!(Reverse, Reverse, ViaPullback, DerivedPushforward);

/// Lets the engine fail at each of its steps in turn, until a call comes through; it must have had so many steps.
#[track_caller]
fn fails_whole(fuse: &Fuse, steps: usize, mut call: impl FnMut(&mut [f64], ArrayViewMut2<'_, f64>) -> Result<()>) {
    let (mut vector, mut matrix) = (vec![MARK; 100], Array2::from_elem((100, 100), MARK));
    let untouched = (vector.clone(), matrix.clone());
    for step in 0.. {
        fuse.set(step);
        let result = call(&mut vector, matrix.view_mut());
        fuse.set(usize::MAX);
        if result.is_ok() {
            assert_eq!(step, steps, "the engine's steps");
            assert!(untouched != (vector, matrix), "nothing is written");
            return;
        }
        assert!(matches!(result, Err(Error::Backend(_))), "{result:?}");
        assert!(untouched.0 == vector && untouched.1 == matrix, "written, though step {step} failed");
    }
}

fn sum() -> impl di_core::ScalarFn<f64> + Clone {
    from_fn(|x: &[f64]| x.iter().sum::<f64>())
}

fn copy() -> impl di_core::VectorFn<f64> + Clone {
    from_vector_fn(100, |x: &[f64], y: &mut [f64]| y.copy_from_slice(x))
}

const X: [f64; 100] = [0.5; 100];

fn second_order<B: PrepareHvp<S> + PrepareHessian<S>, S: Clone>(backend: &B, f: S, fuse: &Fuse, steps: [usize; 2]) {
    let dx = Array2::from_elem((100, 100), 0.5);
    let mut hvp = backend.prepare_hvp_batch(f.clone(), &X, 100).unwrap();
    fails_whole(fuse, steps[0], |grad, dg| hvp.evaluate_hvp(&X, dx.view(), Some(grad), dg).map(drop));
    let mut one_by_one = backend.prepare_hvp(f.clone(), &X).unwrap();
    fails_whole(fuse, steps[0], |grad, dg| one_by_one.evaluate_hvp(&X, dx.view(), Some(grad), dg).map(drop));
    fails_whole(fuse, steps[0], |_, dg| hvp.at(&X)?.hvp_batch_into(dx.view(), dg));
    let mut hessian = backend.prepare_hessian(f, &X).unwrap();
    fails_whole(fuse, steps[1], |grad, hess| hessian.value_gradient_and_hessian_into(&X, grad, hess).map(drop));
}

#[test]
fn second_order_operators() {
    let fuse = Fuse::new();
    let (forward, reverse) = (Forward(fuse.clone()), Reverse(fuse.clone()));
    // Of both engines: 9 evaluations of the outer one, each a gradient of 9 steps (forward) or of 2 (reverse).
    second_order(&forward, sum(), &fuse, [9 + 9 * 9; 2]);
    second_order(&SecondOrder { outer: forward.clone(), inner: reverse.clone() }, sum(), &fuse, [9 + 9 * 2; 2]);
    // Of the outer one: one evaluation and 9 sweeps.
    second_order(&reverse, sum(), &fuse, [1 + 2 + 9; 2]);
    second_order(&SecondOrder { outer: reverse, inner: forward }, sum(), &fuse, [1 + 9 + 9; 2]);
}

/// Pushforward, pullback, Jacobian and gradient; then derivative and second derivative.
fn first_order<B, V: Clone, S, C: Clone>(backend: &B, (v, s, c): (V, S, C), fuse: &Fuse, steps: [usize; 6])
where
    B: PreparePushforward<V> + PreparePullback<V> + PrepareJacobian<V> + PrepareGradient<S>,
    B: PrepareDerivative<C, f64, CurveShape> + PrepareSecondDerivative<C, f64, CurveShape>,
{
    let seeds = Array2::from_elem((100, 100), 0.5);
    for batch in [1, 100] {
        let mut prepared = backend.prepare_pushforward_batch(v.clone(), &X, batch).unwrap();
        fails_whole(fuse, steps[0], |y, dy| prepared.evaluate_pushforward(&X, seeds.view(), Some(y), dy));
        let mut prepared = backend.prepare_pullback_batch(v.clone(), &X, batch).unwrap();
        fails_whole(fuse, steps[1], |y, dx| prepared.evaluate_pullback(&X, seeds.view(), Some(y), dx));
    }
    let mut prepared = backend.prepare_jacobian(v, &X).unwrap();
    fails_whole(fuse, steps[2], |y, jac| prepared.value_and_jacobian_into(&X, y, jac));
    let mut prepared = backend.prepare_gradient(s, &X).unwrap();
    fails_whole(fuse, steps[3], |grad, _| prepared.value_and_gradient_into(&X, grad).map(drop));
    fails_whole(fuse, steps[3], |grad, mut value| prepared.evaluate_gradient(&X, value.get_mut((0, 0)), grad));
    let mut prepared = backend.prepare_derivative(c.clone(), 0.5).unwrap();
    fails_whole(fuse, steps[4], |y, mut rows| {
        let dy = rows.as_slice_mut().unwrap();
        prepared.value_and_derivative_into(0.5, y, &mut dy[..100])
    });
    let mut prepared = backend.prepare_second_derivative(c, 0.5).unwrap();
    fails_whole(fuse, steps[5], |y, mut rows| {
        let (dy, ddy) = rows.as_slice_mut().unwrap().split_at_mut(100);
        prepared.value_derivative_and_second_derivative_into(0.5, y, dy, &mut ddy[..100])
    });
}

#[test]
fn first_order_operators() {
    let fuse = Fuse::new();
    let curve = || from_curve(100, |x: f64, y: &mut [f64]| y.fill(x));
    let functions = || (copy(), sum(), curve());
    first_order(&Forward(fuse.clone()), functions(), &fuse, [9, 9, 9, 9, 1, 2]);
    // One evaluation, and sweeps of twelve cotangents.
    first_order(&Reverse(fuse.clone()), functions(), &fuse, [10, 10, 10, 2, 10, 1 + 10 + 17]);
}
