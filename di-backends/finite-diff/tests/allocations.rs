//! Nothing is allocated after preparation.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(unsafe_code, reason = "counting allocations takes an allocator")]

use di_core::ndarray::Array2;
use di_core::{
    Gradient, Hessian, Hvp, Jacobian, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback,
    PreparePushforward, PrepareSecondDerivative, Pullback, Pushforward, SecondDerivative, from_fn, from_vector_fn,
};
use di_finite_diff::FiniteDiff;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
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

fn allocations(run: &mut dyn FnMut()) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    run();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(&mut || drop(std::hint::black_box(Box::new(1)))), 1);
}

#[test]
fn no_operator_allocates() {
    const N: usize = 7;
    let x = [0.3; N];
    let other = [1.3; N];
    let f = from_fn(|x: &[f64]| x.iter().map(|x| x.sin()).sum::<f64>());
    let vector = from_vector_fn(N, |x: &[f64], y: &mut [f64]| y.copy_from_slice(x));
    for backend in [FiniteDiff::forward(), FiniteDiff::central()] {
        let mut gradient = backend.prepare_gradient(f, &x).unwrap();
        let mut hvp = backend.prepare_hvp(f, &x).unwrap();
        let mut hessian = backend.prepare_hessian(f, &x).unwrap();
        let mut jacobian = backend.prepare_jacobian(vector, &x).unwrap();
        let mut pushforward = backend.prepare_pushforward(vector, &x).unwrap();
        let mut pullback = backend.prepare_pullback(vector, &x).unwrap();
        let mut second = backend.prepare_second_derivative(from_fn(f64::sin), 0.3).unwrap();
        let (mut grad, mut y) = ([0.0; N], [0.0; N]);
        let mut matrix = Array2::zeros((N, N));
        let dx = Array2::from_elem((N, N), 0.3);
        let count = allocations(&mut || {
            gradient.value_and_gradient_into(&other, &mut grad).unwrap();
            hvp.evaluate_hvp(&other, dx.view(), Some(&mut grad), matrix.view_mut()).unwrap();
            hvp.at(&other).unwrap().hvp_into(&x, &mut grad).unwrap();
            hessian.value_gradient_and_hessian_into(&other, &mut grad, matrix.view_mut()).unwrap();
            jacobian.value_and_jacobian_into(&other, &mut y, matrix.view_mut()).unwrap();
            pushforward.evaluate_pushforward(&other, dx.view(), Some(&mut y), matrix.view_mut()).unwrap();
            pullback.evaluate_pullback(&other, dx.view(), Some(&mut y), matrix.view_mut()).unwrap();
            second.value_derivative_and_second_derivative(1.3).unwrap();
        });
        assert_eq!(count, 0, "{backend:?}");
    }
}
