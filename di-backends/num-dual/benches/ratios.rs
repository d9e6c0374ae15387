//! Derivatives as a ratio to the plain function, beside the same work done without the interface, with this
//! engine's numbers and with num-dual's own.
//!
//! Each figure is the least time of many short runs, so that another process on the core does not count. `--quick` runs
//! each case once.
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a benchmark may panic, and its sizes are small")]

use di_core::ndarray::Array2;
use di_core::{
    Gradient, Hessian, Hvp, Jacobian, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian,
    PrepareSecondDerivative, Scalar, ScalarFn, SecondDerivative, SecondOrder, UnaryFn, VectorFn,
};
use di_num_dual::{Dual, NumDual};
use nalgebra::SVector;
use num_dual::{Derivative, DualSVec64};
use std::hint::black_box;
use std::ops::{Add, AddAssign, Mul, Sub};
use std::time::{Duration, Instant};

/// What the functions need, so that they run with num-dual's own types too.
trait Number:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Mul<f64, Output = Self> + AddAssign
{
}
impl<T: Copy + Add<Output = T> + Sub<Output = T> + Mul<Output = T> + Mul<f64, Output = T> + AddAssign> Number for T {}

fn rosenbrock<T: Number>(x: &[T], zero: T, one: T) -> T {
    let mut sum = zero;
    for w in x.windows(2) {
        let (a, b) = (w[1] - w[0] * w[0], one - w[0]);
        sum += a * a * 100.0 + b * b;
    }
    sum
}

/// Upwind differences of the flux `u²/2` on a periodic grid.
fn upwind<T: Number>(x: &[T], y: &mut [T]) {
    let flux = |u: T| u * u * 0.5;
    y[0] = (flux(x[x.len() - 1]) - flux(x[0])) * 10.0;
    for (y, w) in y[1..].iter_mut().zip(x.windows(2)) {
        *y = (flux(w[0]) - flux(w[1])) * 10.0;
    }
}

struct Rosenbrock;

impl<T: Scalar + Mul<f64, Output = T>> ScalarFn<T> for Rosenbrock {
    fn call(&self, x: &[T]) -> T {
        rosenbrock(x, T::zero(), T::one())
    }
}

struct Upwind;

impl<T: Scalar + Mul<f64, Output = T>> VectorFn<T> for Upwind {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        upwind(x, y);
    }
}

struct Decay;

impl<T: Scalar> UnaryFn<T> for Decay {
    fn call(&self, x: T) -> T {
        (x * x).exp().recip() * x.sin() / (x + T::one())
    }
}

/// Dual numbers that can be driven by hand: num-dual's own, and those that wrap them.
trait Lanes<const N: usize>: Number {
    fn constant(x: f64) -> Self;
    fn seeded(x: f64, lanes: [f64; N]) -> Self;
    fn lanes(&self) -> Option<[f64; N]>;
}

impl<const N: usize> Lanes<N> for DualSVec64<N> {
    fn constant(x: f64) -> Self {
        Self::new(x, Derivative::none())
    }
    fn seeded(x: f64, lanes: [f64; N]) -> Self {
        Self::new(x, Derivative::some(SVector::from(lanes)))
    }
    fn lanes(&self) -> Option<[f64; N]> {
        self.eps.0.map(Into::into)
    }
}

impl<const N: usize> Lanes<N> for Dual<f64, N> {
    fn constant(x: f64) -> Self {
        Self::lift(x)
    }
    fn seeded(x: f64, lanes: [f64; N]) -> Self {
        Self::seeded(x, lanes)
    }
    fn lanes(&self) -> Option<[f64; N]> {
        DualSVec64::from(*self).eps.0.map(Into::into)
    }
}

/// Seeds chunk after chunk and calls `f`, as one would without the interface.
fn by_hand<D: Lanes<N>, const N: usize>(x: &[f64], inputs: &mut [D], mut f: impl FnMut(&[D], usize, usize)) {
    for (input, &x) in inputs.iter_mut().zip(x) {
        *input = D::constant(x);
    }
    for start in (0..x.len()).step_by(N) {
        let end = (start + N).min(x.len());
        for i in start..end {
            let mut lanes = [0.0; N];
            lanes[i - start] = 1.0;
            inputs[i] = D::seeded(x[i], lanes);
        }
        f(inputs, start, end);
        for i in start..end {
            inputs[i] = D::constant(x[i]);
        }
    }
}

/// The least time of one run, in nanoseconds.
fn time(quick: bool, mut run: impl FnMut()) -> f64 {
    let start = Instant::now();
    run();
    if quick {
        return start.elapsed().as_nanos() as f64;
    }
    let mut repeats = 1_u32;
    loop {
        let start = Instant::now();
        (0..repeats).for_each(|_| run());
        if start.elapsed() > Duration::from_micros(300) {
            break;
        }
        repeats *= 2;
    }
    let least = (0..400).map(|_| {
        let start = Instant::now();
        (0..repeats).for_each(|_| run());
        start.elapsed()
    });
    least.min().unwrap().as_nanos() as f64 / f64::from(repeats)
}

fn report(name: &str, primal: f64, cases: &[(&str, f64)]) {
    println!("{name}: plain function {primal:.1} ns");
    for (case, time) in cases {
        println!("    {case:<28} {time:>12.0} ns  ratio {:>9.1}", time / primal);
    }
}

fn jacobian(quick: bool) {
    let n = 401;
    let x: Vec<f64> = (0..n).map(|i| 1.0 + (i as f64 * 0.1).sin()).collect();
    let mut y = vec![0.0; n];
    let primal = time(quick, || Upwind.call_into(black_box(&x), black_box(&mut y)));
    let mut jac = Array2::<f64>::zeros((n, n));
    let fill = time(quick, || black_box(&mut jac).fill(0.0));
    let mut cases = vec![("filling the matrix", fill)];
    for (name, width) in [("width 4", 4), ("width 8", 8), ("width 12", 12), ("width 16", 16)] {
        let mut prepared = NumDual::fixed(width).prepare_jacobian(&Upwind, &x).unwrap();
        cases.push((name, time(quick, || prepared.jacobian_into(black_box(&x), jac.view_mut()).unwrap())));
    }
    cases.push(("by hand, 8", upwind_by_hand::<Dual<f64, 8>, 8>(quick, &x, &mut jac)));
    cases.push(("by hand, 12", upwind_by_hand::<Dual<f64, 12>, 12>(quick, &x, &mut jac)));
    cases.push(("num-dual by hand, 8", upwind_by_hand::<DualSVec64<8>, 8>(quick, &x, &mut jac)));
    cases.push(("num-dual by hand, 12", upwind_by_hand::<DualSVec64<12>, 12>(quick, &x, &mut jac)));
    report("upwind 401, dense Jacobian", primal, &cases);
}

fn upwind_by_hand<D: Lanes<N>, const N: usize>(quick: bool, x: &[f64], jac: &mut Array2<f64>) -> f64 {
    let mut inputs = vec![D::constant(0.0); x.len()];
    let mut outputs = inputs.clone();
    let n = x.len();
    let jac = jac.as_slice_mut().unwrap();
    time(quick, || {
        by_hand(black_box(x), &mut inputs, |inputs, start, end| {
            upwind(inputs, &mut outputs);
            for (output, row) in outputs.iter().zip(jac.chunks_exact_mut(n)) {
                match output.lanes() {
                    Some(lanes) => row[start..end].copy_from_slice(&lanes[..end - start]),
                    None => row[start..end].fill(0.0),
                }
            }
        });
    })
}

fn gradient_by_hand<D: Lanes<N>, const N: usize>(quick: bool, x: &[f64], grad: &mut [f64]) -> f64 {
    let mut inputs = vec![D::constant(0.0); x.len()];
    time(quick, || {
        by_hand(black_box(x), &mut inputs, |inputs, start, end| {
            let value = rosenbrock(inputs, D::constant(0.0), D::constant(1.0));
            grad[start..end].copy_from_slice(&value.lanes().unwrap_or([0.0; N])[..end - start]);
        });
    })
}

fn first_order(quick: bool) {
    for n in [10, 100, 1000] {
        let x: Vec<f64> = (0..n).map(|i| 1.0 + 0.3 * (i as f64).sin()).collect();
        let primal = time(quick, || {
            black_box(Rosenbrock.call(black_box(&x)));
        });
        let mut grad = vec![0.0; n];
        let mut cases = vec![];
        for (name, width) in [("width 8", 8), ("width 12", 12), ("width 16", 16)] {
            let mut prepared = NumDual::fixed(width).prepare_gradient(&Rosenbrock, &x).unwrap();
            cases.push((name, time(quick, || prepared.gradient_into(black_box(&x), &mut grad).unwrap())));
        }
        cases.push(("by hand, 8", gradient_by_hand::<Dual<f64, 8>, 8>(quick, &x, &mut grad)));
        cases.push(("by hand, 12", gradient_by_hand::<Dual<f64, 12>, 12>(quick, &x, &mut grad)));
        cases.push(("num-dual by hand, 8", gradient_by_hand::<DualSVec64<8>, 8>(quick, &x, &mut grad)));
        cases.push(("num-dual by hand, 12", gradient_by_hand::<DualSVec64<12>, 12>(quick, &x, &mut grad)));
        report(&format!("Rosenbrock {n}, gradient"), primal, &cases);
    }
}

fn second_order(quick: bool) {
    let nested = SecondOrder { outer: NumDual::default(), inner: NumDual::default() };
    for n in [2, 10, 100] {
        let x: Vec<f64> = (0..n).map(|i| 1.0 + 0.3 * (i as f64).sin()).collect();
        let primal = time(quick, || {
            black_box(Rosenbrock.call(black_box(&x)));
        });
        let dx: Vec<f64> = x.iter().map(|x| 1.0 - x * x).collect();
        let mut dg = vec![0.0; n];
        let mut cases = vec![];
        for (name, width) in [("hvp, width 4", 4), ("hvp, width 8", 8)] {
            let mut prepared = NumDual::fixed(width).prepare_hvp(&Rosenbrock, &x).unwrap();
            cases.push((name, time(quick, || prepared.hvp_into(black_box(&x), &dx, &mut dg).unwrap())));
        }
        let mut prepared = nested.prepare_hvp(&Rosenbrock, &x).unwrap();
        cases.push(("hvp, nested", time(quick, || prepared.hvp_into(black_box(&x), &dx, &mut dg).unwrap())));
        let mut hess = Array2::<f64>::zeros((n, n));
        for (name, width) in [("Hessian, width 2", 2), ("Hessian, width 4", 4), ("Hessian, width 8", 8)] {
            let mut prepared = NumDual::fixed(width).prepare_hessian(&Rosenbrock, &x).unwrap();
            cases.push((name, time(quick, || prepared.hessian_into(black_box(&x), hess.view_mut()).unwrap())));
        }
        let mut prepared = nested.prepare_hessian(&Rosenbrock, &x).unwrap();
        cases.push(("Hessian, nested", time(quick, || prepared.hessian_into(black_box(&x), hess.view_mut()).unwrap())));
        report(&format!("Rosenbrock {n}, second order"), primal, &cases);
    }
    let primal = time(quick, || {
        black_box(Decay.call(black_box(0.42_f64)));
    });
    let mut native = NumDual::default().prepare_second_derivative(&Decay, 0.42).unwrap();
    let native = time(quick, || {
        black_box(native.second_derivative(black_box(0.42)).unwrap());
    });
    let mut nested = nested.prepare_second_derivative(&Decay, 0.42).unwrap();
    let nested = time(quick, || {
        black_box(nested.second_derivative(black_box(0.42)).unwrap());
    });
    report("R → R, second derivative", primal, &[("native", native), ("nested", nested)]);
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick" || argument == "--test");
    jacobian(quick);
    first_order(quick);
    second_order(quick);
}
