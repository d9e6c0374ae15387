//! Calls of no more tangents than were prepared for allocate nothing, however many these are; of more, only once.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "finite-diff"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_backends::ndarray::Array2;
use di_backends::{
    Hessian, Hvp, Jacobian, Mixed, NumDual, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePushforward,
    Pushforward, Real, ScalarFn, SecondOrder, Tape, VectorFn,
};
use di_test::{count_allocations, count_allocations_of};

count_allocations!();

const N: usize = 100;

/// `Σ x_i² x_{i+1}`.
#[derive(Clone, Copy, Debug)]
struct Chain;

/// The terms of that sum.
#[derive(Clone, Copy, Debug)]
struct Terms;

impl<T: Real> ScalarFn<T> for Chain {
    fn call(&self, x: &[T]) -> T {
        x.windows(2).map(|w| w[0] * w[0] * w[1]).sum()
    }
}

impl<T: Real> VectorFn<T> for Terms {
    fn output_len(&self, input_len: usize) -> usize {
        input_len - 1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for (y, w) in y.iter_mut().zip(x.windows(2)) {
            *y = w[0] * w[0] * w[1];
        }
    }
}

/// Allocations of a first and of a second call.
fn twice(mut call: impl FnMut()) -> [usize; 2] {
    [(); 2].map(|()| count_allocations_of(&mut call).0)
}

#[track_caller]
fn second_order<B: PrepareHvp<Chain> + PrepareHessian<Chain>>(backend: &B) {
    let (x, dx) = ([0.5; N], Array2::from_elem((N, N), 0.5));
    let (mut grad, mut matrix) = ([0.0; N], Array2::zeros((N, N)));
    let mut hessian = backend.prepare_hessian(Chain, &x).unwrap();
    let call = || assert!(hessian.value_gradient_and_hessian_into(&x, &mut grad, matrix.view_mut()).is_ok());
    assert_eq!(twice(call), [0, 0]);
    let mut hvp = backend.prepare_hvp_batch(Chain, &x, N).unwrap();
    let call = || assert!(hvp.evaluate_hvp(&x, dx.view(), Some(&mut grad), matrix.view_mut()).is_ok());
    assert_eq!(twice(call), [0, 0]);
    assert_eq!(twice(|| hvp.at(&x).unwrap().hvp_batch_into(dx.view(), matrix.view_mut()).unwrap()), [0, 0]);
    let mut few = backend.prepare_hvp(Chain, &x).unwrap();
    assert_eq!(twice(|| assert!(few.evaluate_hvp(&x, dx.view(), None, matrix.view_mut()).is_ok()))[1], 0);
}

#[test]
fn nested_engines() {
    let (forward, reverse) = (NumDual::default(), Tape::default());
    second_order(&reverse);
    second_order(&Mixed { forward, reverse });
    second_order(&SecondOrder { outer: forward, inner: reverse });
    second_order(&SecondOrder { outer: reverse, inner: forward });
}

#[test]
fn pushforwards_by_a_tape() {
    let (x, dx) = ([0.5; N], Array2::from_elem((N, N), 0.5));
    let (mut y, mut dy) = ([0.0; N - 1], Array2::zeros((N - 1, N)));
    let mut prepared = Tape::default().prepare_pushforward_batch(Terms, &x, N).unwrap();
    let call = || prepared.evaluate_pushforward(&x, dx.view(), Some(&mut y), dy.view_mut()).unwrap();
    assert_eq!(twice(call), [0, 0]);
}

#[test]
fn a_jacobian_in_either_direction_of_a_function_that_may_have_changed() {
    let (x, mut jac) = ([0.5; N], Array2::zeros((N - 1, N)));
    let backend = Mixed { forward: NumDual::default(), reverse: Tape::default() };
    let mut prepared = backend.prepare_jacobian(Terms, &x).unwrap();
    for _ in 0..2 {
        let _ = prepared.function_mut();
        assert_eq!(twice(|| prepared.jacobian_into(&x, jac.view_mut()).unwrap()), [0, 0]);
        assert_eq!((jac[(3, 3)], jac[(3, 4)], jac[(3, 5)]), (0.5, 0.25, 0.0));
    }
}

/// `y_i = (i + 1) x_j`, `j = i mod n`; as many outputs as it says.
struct Copies(u32);

impl<T: Real> VectorFn<T> for Copies {
    fn output_len(&self, _: usize) -> usize {
        self.0 as usize
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for ((i, y), &x) in (1..).zip(y).zip(x.iter().cycle()) {
            *y = x * f64::from(i);
        }
    }
}

#[test]
fn the_direction_of_a_jacobian_follows_its_shape() {
    let backend = Mixed { forward: NumDual::default(), reverse: Tape::default() };
    let mut prepared = backend.prepare_jacobian(Copies(3), &[1.0; 5]).unwrap();
    for (m, n) in [(3, 2), (3, 5), (7, 5), (3, 5), (5, 5), (0, 5), (0, 0), (3, 5)] {
        prepared.function_mut().0 = m;
        let x = vec![1.0; n];
        prepared.resize(&x).unwrap();
        let jac = prepared.jacobian(&x).unwrap();
        assert_eq!(jac.dim(), (m as usize, n));
        for (row, scale) in jac.rows().into_iter().zip(1_u32..) {
            let column = (scale as usize - 1) % n;
            let expected = |j: usize| if j == column { f64::from(scale) } else { 0.0 };
            assert!(row.iter().enumerate().all(|(j, &entry)| entry == expected(j)), "{m} × {n}: {jac}");
        }
    }
}
