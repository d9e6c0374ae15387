//! What prepared objects promise beside numbers.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::{
    Backend, Counted, Error, FromPrimitive, Gradient, Hessian, Hvp, Jacobian, Mixed, Mode, PrepareGradient,
    PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback, PreparePushforward, Pullback, Pushforward, Real,
    ScalarFn, SecondOrder, VectorFn, Zero, gradient, jacobian, second_derivative,
};

/// `x ↦ scale · Σ x_i`
#[derive(Clone, Debug)]
struct Scaled {
    scale: f64,
}

impl<T: Real> ScalarFn<T> for Scaled {
    fn call(&self, x: &[T]) -> T {
        T::sum_of(x) * self.scale
    }
}

/// `x ↦ (x_0, …, x_0)` of any number of outputs.
#[derive(Clone, Debug)]
struct Repeated {
    outputs: usize,
}

impl<T: Real> VectorFn<T> for Repeated {
    fn output_len(&self, _input_len: usize) -> usize {
        self.outputs
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        y.fill(x[0]);
    }
}

fn assert_send<P: Send + Clone + std::fmt::Debug>(_: &P) {}

#[test]
fn dyn_send_clone_debug() {
    let x = [1.0, 2.0];
    let f = || Scaled { scale: 1.0 };
    let g = || Repeated { outputs: 3 };
    assert_send(&Zero.prepare_gradient(f(), &x).unwrap());
    assert_send(&Zero.prepare_hvp(f(), &x).unwrap());
    assert_send(&Zero.prepare_hessian(f(), &x).unwrap());
    assert_send(&Zero.prepare_jacobian(g(), &x).unwrap());
    let mut gradient: Box<dyn Gradient> = Box::new(Zero.prepare_gradient(f(), &x).unwrap());
    assert_eq!(gradient.value_and_gradient(&[3.0, 4.0]).unwrap(), (7.0, vec![0.0; 2]));
    let mut pushforward: Box<dyn Pushforward> = Box::new(Zero.prepare_pushforward(g(), &x).unwrap());
    assert_eq!(pushforward.value_and_pushforward(&x, &x).unwrap(), (vec![1.0; 3], vec![0.0; 3]));
    let mut pullback: Box<dyn Pullback> = Box::new(Zero.prepare_pullback(g(), &x).unwrap());
    assert_eq!(pullback.value_and_pullback(&x, &[1.0; 3]).unwrap(), (vec![1.0; 3], vec![0.0; 2]));
    let mut jacobian: Box<dyn Jacobian> = Box::new(Zero.prepare_jacobian(g(), &x).unwrap());
    assert_eq!(jacobian.jacobian(&x).unwrap().dim(), (3, 2));
    let mut hvp: Box<dyn Hvp> = Box::new(Zero.prepare_hvp(f(), &x).unwrap());
    assert_eq!(hvp.value_gradient_and_hvp(&x, &x).unwrap(), (3.0, vec![0.0; 2], vec![0.0; 2]));
    let mut hessian: Box<dyn Hessian> = Box::new(Zero.prepare_hessian(f(), &x).unwrap());
    assert_eq!(hessian.value_gradient_and_hessian(&x).unwrap().0, 3.0);
}

#[test]
fn constants_change_between_calls() {
    let mut prepared = Zero.prepare_gradient(Scaled { scale: 1.0 }, &[0.0; 2]).unwrap();
    prepared.function_mut().scale = 10.0;
    assert_eq!(prepared.value_and_gradient(&[1.0, 2.0]).unwrap().0, 30.0);
    assert_eq!(prepared.function().scale, 10.0);
    let mut prepared = Zero.prepare_hvp(Scaled { scale: 1.0 }, &[0.0; 2]).unwrap();
    prepared.function_mut().scale = 10.0;
    assert_eq!(prepared.value_gradient_and_hvp(&[1.0, 2.0], &[1.0, 1.0]).unwrap().0, 30.0);
}

#[test]
fn another_number_of_outputs_is_an_error_until_it_is_prepared_for() {
    let mut prepared = Zero.prepare_jacobian(Repeated { outputs: 3 }, &[0.0; 2]).unwrap();
    prepared.function_mut().outputs = 4;
    for _ in 0..2 {
        let error = prepared.jacobian(&[0.0; 2]).unwrap_err();
        assert!(
            matches!(error, Error::Length { argument: "outputs of the function", expected: 3, found: 4 }),
            "{error}"
        );
    }
    prepared.resize(&[0.0; 5]).unwrap();
    assert_eq!(prepared.jacobian(&[0.0; 5]).unwrap().dim(), (4, 5));
    prepared.function_mut().outputs = 3;
    prepared.resize(&[0.0; 2]).unwrap();
    assert_eq!(prepared.jacobian(&[0.0; 2]).unwrap().dim(), (3, 2));
}

#[test]
fn a_failed_resize_leaves_the_old_length() {
    /// Panics for more than three inputs.
    struct Short;
    impl<T: Real> ScalarFn<T> for Short {
        fn call(&self, x: &[T]) -> T {
            assert!(x.len() < 4, "too many inputs");
            T::sum_of(x)
        }
    }
    let mut prepared = Zero.prepare_gradient(Short, &[0.0; 2]).unwrap();
    let resize = std::panic::AssertUnwindSafe(|| prepared.resize(&[0.0; 4]));
    std::panic::catch_unwind(resize).unwrap_err();
    assert_eq!(prepared.input_len(), 2);
    assert_eq!(prepared.value_and_gradient(&[1.0, 2.0]).unwrap().0, 3.0);
}

#[test]
fn preparation_and_each_call_evaluate_once() {
    let f = Counted::new(Scaled { scale: 1.0 });
    let mut prepared = Zero.prepare_gradient(&f, &[0.0; 2]).unwrap();
    assert_eq!(f.calls(), 1);
    prepared.gradient(&[1.0, 2.0]).unwrap();
    assert_eq!(f.calls(), 2);
    gradient(&Zero, &f, &[1.0, 2.0]).unwrap();
    assert_eq!(f.calls(), 3);
}

#[test]
fn wrappers_are_backends() {
    let x = [1.0, 2.0];
    let mixed = Mixed { forward: Zero, reverse: Zero };
    assert_eq!((mixed.name().as_str(), mixed.mode()), ("zero and zero", Mode::Mixed));
    assert_eq!(jacobian(&mixed, Repeated { outputs: 1 }, &x).unwrap().dim(), (1, 2));
    assert_eq!(jacobian(&mixed, Repeated { outputs: 3 }, &x).unwrap().dim(), (3, 2));
    let twice = SecondOrder { outer: FromPrimitive(Zero), inner: mixed };
    assert_eq!(twice.name(), "zero (primitive) over zero and zero");
    let mut prepared = twice.prepare_hessian(Scaled { scale: 2.0 }, &x).unwrap();
    assert_eq!(prepared.value_gradient_and_hessian(&x).unwrap().0, 6.0);
    assert_eq!(second_derivative(&twice, di_core::from_fn(|x: f64| x * x), 3.0).unwrap(), 0.0);
}
