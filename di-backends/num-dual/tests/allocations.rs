//! After preparation nothing is allocated.
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test may panic, and its sizes are small")]
#![expect(unsafe_code, reason = "a global allocator is unsafe to implement")]

use di_core::ndarray::Array2;
use di_core::{
    CurveDerivative, CurveFn, CurveSecondDerivative, CurveShape, Gradient, Hessian, Hvp, Jacobian, PrepareDerivative,
    PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback, PreparePushforward,
    PrepareSecondDerivative, Pullback, Pushforward, Real, ScalarFn, VectorFn,
};
use di_num_dual::NumDual;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[track_caller]
fn without_allocation(run: impl FnOnce()) {
    let before = ALLOCATIONS.get();
    run();
    assert_eq!(ALLOCATIONS.get() - before, 0, "allocations after preparation");
}

struct Wave;

struct Waves;

struct Curve;

impl<T: Real> ScalarFn<T> for Wave {
    fn call(&self, x: &[T]) -> T {
        x.iter().map(|x| x.sin()).sum()
    }
}

impl<T: Real> VectorFn<T> for Waves {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        for (y, &x) in y.iter_mut().zip(x) {
            *y = x.sin() * 2.0;
        }
    }
}

impl<T: Real> CurveFn<T> for Curve {
    fn output_len(&self) -> usize {
        3
    }
    fn call_into(&self, x: T, y: &mut [T]) {
        y.fill(x.sin());
    }
}

#[test]
fn the_counter_counts() {
    let before = ALLOCATIONS.get();
    drop(std::hint::black_box(vec![1_u8; 100]));
    assert!(ALLOCATIONS.get() > before);
}

#[test]
fn functions_of_many_inputs() {
    for n in [0, 1, 5, 13, 50] {
        let backend = NumDual::default();
        let x: Vec<f64> = (0..n).map(|i| 0.1 * i as f64).collect();
        let (mut y, mut dx) = (vec![0.0; n], vec![0.0; n]);
        let mut matrix = Array2::zeros((n, n));

        let mut prepared = backend.prepare_gradient(Wave, &x).unwrap();
        without_allocation(|| {
            prepared.value_and_gradient_into(&x, &mut y).unwrap();
        });
        let mut prepared = backend.prepare_jacobian(Waves, &x).unwrap();
        without_allocation(|| prepared.value_and_jacobian_into(&x, &mut y, matrix.view_mut()).unwrap());
        let mut prepared = backend.prepare_pushforward_batch(Waves, &x, 4).unwrap();
        let seeds = matrix.clone();
        without_allocation(|| {
            prepared.evaluate_pushforward(&x, seeds.view(), Some(&mut y), matrix.view_mut()).unwrap();
        });
        let mut prepared = backend.prepare_pullback(Waves, &x).unwrap();
        without_allocation(|| prepared.pullback_into(&x, &y, &mut dx).unwrap());
        let mut prepared = backend.prepare_hvp(Wave, &x).unwrap();
        without_allocation(|| {
            prepared.value_gradient_and_hvp_into(&x, &x, &mut y, &mut dx).unwrap();
        });
        let mut prepared = backend.prepare_hessian(Wave, &x).unwrap();
        without_allocation(|| {
            prepared.value_gradient_and_hessian_into(&x, &mut y, matrix.view_mut()).unwrap();
        });
    }
}

#[test]
fn functions_of_one_variable() {
    let backend = NumDual::default();
    let [mut y, mut dy, mut ddy] = [[0.0; 3]; 3];
    let mut prepared = PrepareDerivative::<_, f64, CurveShape>::prepare_derivative(&backend, Curve, 1.0).unwrap();
    without_allocation(|| prepared.evaluate_derivative(2.0, Some(&mut y), &mut dy).unwrap());
    let mut prepared =
        PrepareSecondDerivative::<_, f64, CurveShape>::prepare_second_derivative(&backend, Curve, 1.0).unwrap();
    without_allocation(|| {
        prepared.evaluate_second_derivative(2.0, Some(&mut y), Some(&mut dy), &mut ddy).unwrap();
    });
}
