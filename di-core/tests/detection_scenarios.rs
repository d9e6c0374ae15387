//! Patterns of known functions, entry by entry.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::num_traits::Float;
use di_core::{
    Cache, CurveFn, Error, HessianDetector, JacobianDetector, KnownPattern, Pattern, Real, ScalarFn, ScalarShape,
    TracerDetector, UnaryFn, VectorFn, curve_derivative, from_fn, ndarray, scalar_fn, unary_fn, vector_fn,
};

const X6: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];

fn both() -> [TracerDetector; 2] {
    [TracerDetector::global(), TracerDetector::local()]
}

fn gradient_pattern<F>(f: &F, x: &[f64]) -> Pattern
where
    TracerDetector: JacobianDetector<F, f64, ScalarShape>,
{
    TracerDetector::global().jacobian_pattern(f, x).unwrap()
}

/// Differences of neighbours, squared; then the same, cubed.
struct Differences {
    cubes: bool,
}

impl<T: Real> VectorFn<T> for Differences {
    fn output_len(&self, n: usize) -> usize {
        (n - 1) * if self.cubes { 2 } else { 1 }
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let (squares, cubes) = y.split_at_mut(x.len() - 1);
        for (w, y) in x.windows(2).zip(squares) {
            *y = (w[1] - w[0]).powi(2);
        }
        for (w, y) in x.windows(2).zip(cubes) {
            *y = (w[1] - w[0]).powi(3);
        }
    }
}

#[test]
fn differences() {
    let squares = Pattern::banded(5, 6, 0, 1).unwrap();
    let stacked = squares.entries().flat_map(|(i, j)| [(i, j), (i + 5, j)]);
    let stacked = Pattern::from_entries(10, 6, stacked).unwrap();
    for detector in both() {
        assert_eq!(detector.jacobian_pattern(&Differences { cubes: false }, &X6).unwrap(), squares);
        assert_eq!(detector.jacobian_pattern(&Differences { cubes: true }, &X6).unwrap(), stacked);
        // The Hessian of a weighted sum of all outputs.
        let lagrangian = detector.hessian_pattern(&Differences { cubes: true }, &X6).unwrap();
        assert_eq!(lagrangian, Pattern::tridiagonal(6).unwrap());
    }
}

#[test]
fn sum_of_cubes_of_differences() {
    fn f<T: Real>(x: &[T]) -> T {
        x.windows(2).map(|w| (w[1] - w[0]).powi(3)).sum()
    }
    for detector in both() {
        assert_eq!(detector.hessian_pattern(&scalar_fn!(f), &X6).unwrap(), Pattern::tridiagonal(6).unwrap());
    }
    assert_eq!(gradient_pattern(&scalar_fn!(f), &X6), Pattern::dense(1, 6).unwrap());
}

/// `A·(x∘x)` or `(x∘x)ᵀA(x∘x)` with a banded matrix, one of whose entries is zero by chance.
struct Band(usize);

impl Band {
    fn entry(&self, i: usize, j: usize) -> f64 {
        assert!(i <= j && j <= i + self.0);
        if (i, j) == (3, 4) { 0.0 } else { f64::from(u32::try_from((i * 7 + j * 3) % 11).unwrap()) - 4.5 }
    }

    fn row<T: Real>(&self, i: usize, x: &[T]) -> T {
        let terms = (i..(i + self.0 + 1).min(x.len())).map(|j| x[j] * x[j] * self.entry(i, j));
        terms.sum()
    }
}

impl<T: Real> VectorFn<T> for Band {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for (i, y) in y.iter_mut().enumerate() {
            *y = self.row(i, x);
        }
    }
}

impl<T: Real> ScalarFn<T> for Band {
    fn call(&self, x: &[T]) -> T {
        (0..x.len()).map(|i| x[i] * x[i] * self.row(i, x)).sum()
    }
}

#[test]
fn linear_map_and_quadratic_form_of_squares() {
    let x = [0.5; 50];
    for (band, map, form) in [(5, 285, 520), (10, 495, 940), (20, 840, 1630)] {
        for detector in both() {
            let pattern = JacobianDetector::<_>::jacobian_pattern(&detector, &Band(band), &x).unwrap();
            assert_eq!(pattern, Pattern::banded(50, 50, 0, band).unwrap());
            assert_eq!(pattern.nnz(), map);
            let pattern = HessianDetector::<_>::hessian_pattern(&detector, &Band(band), &x).unwrap();
            assert_eq!(pattern, Pattern::banded(50, 50, band, band).unwrap());
            assert_eq!(pattern.nnz(), form);
        }
    }
}

#[test]
fn dense_and_stacked_functions_of_the_catalogue() {
    fn products<T: Real>(x: &[T]) -> T {
        x.iter().map(|a| x.iter().map(|b| a.powi(4) * b.powi(6)).sum::<T>()).sum()
    }
    fn trigonometric<T: Real>(x: &[T], y: &mut [T]) {
        for (i, x) in x.iter().enumerate() {
            (y[i], y[i + 6]) = x.sin_cos();
        }
    }
    let diagonals = (0..6).flat_map(|i| [(i, i), (i + 6, i)]);
    for detector in both() {
        let pattern = detector.hessian_pattern(&scalar_fn!(products), &X6).unwrap();
        assert_eq!(pattern, Pattern::dense(6, 6).unwrap());
        let pattern = detector.jacobian_pattern(&vector_fn!(trigonometric, |_| 12), &X6).unwrap();
        assert_eq!(pattern, Pattern::from_entries(12, 6, diagonals.clone()).unwrap());
    }
}

#[test]
fn functions_of_one_number_and_curves() {
    fn wave<T: Real>(x: T) -> T {
        x.sin()
    }
    struct Line;
    impl<T: Real> CurveFn<T> for Line {
        fn output_len(&self) -> usize {
            3
        }
        fn call_into(&self, x: T, y: &mut [T]) {
            y.copy_from_slice(&[x, x * x, T::one()]);
        }
    }
    let detector = TracerDetector::global();
    assert_eq!(detector.jacobian_pattern(&unary_fn!(wave), &[1.0]).unwrap(), Pattern::dense(1, 1).unwrap());
    assert_eq!(detector.hessian_pattern(&unary_fn!(wave), &[1.0]).unwrap().nnz(), 1);
    let pattern = detector.jacobian_pattern(&Line, &[1.0]).unwrap();
    assert_eq!(pattern, Pattern::from_entries(3, 1, [(0, 0), (1, 0)]).unwrap());
    assert!(matches!(detector.jacobian_pattern(&Line, &[1.0; 2]), Err(Error::Length { argument: "x", .. })));
    assert!(matches!(detector.hessian_pattern(&unary_fn!(wave), &[0.0; 0]), Err(Error::Length { .. })));
    let _ = (unary_fn!(wave).call(0.0), curve_derivative(&di_core::Zero, Line, 1.0).unwrap());
}

#[test]
fn empty_functions() {
    fn nothing<T: Real>(_: &[T], _: &mut [T]) {}
    fn constant<T: Real>(_: &[T]) -> T {
        T::one()
    }
    for detector in both() {
        let none: [f64; 0] = [];
        assert_eq!(
            detector.jacobian_pattern(&vector_fn!(nothing, |_| 0), &none).unwrap(),
            Pattern::empty(0, 0).unwrap()
        );
        assert_eq!(detector.jacobian_pattern(&vector_fn!(nothing, |_| 4), &X6).unwrap(), Pattern::empty(4, 6).unwrap());
        assert_eq!(detector.hessian_pattern(&scalar_fn!(constant), &none).unwrap(), Pattern::empty(0, 0).unwrap());
        assert_eq!(detector.hessian_pattern(&scalar_fn!(constant), &X6).unwrap(), Pattern::empty(6, 6).unwrap());
    }
}

#[test]
fn single_precision_points() {
    fn f<T: Float>(x: &[T]) -> T {
        x[0] * x[1].max(x[2])
    }
    let pattern = TracerDetector::local().hessian_pattern(&scalar_fn!(f: Float), &[1.0_f32, 3.0, 2.0]).unwrap();
    assert_eq!(pattern, Pattern::from_entries(3, 3, [(0, 1), (1, 0)]).unwrap());
}

/// Through buffers of the function, twice, with a smaller instance in between.
#[test]
fn through_a_cache() {
    #[derive(Default)]
    struct Cached(Cache);
    impl<T: Real> VectorFn<T> for Cached {
        fn output_len(&self, n: usize) -> usize {
            n
        }
        fn call_into(&self, x: &[T], y: &mut [T]) {
            let mut work = self.0.buffer::<T>(x.len());
            for i in 0..x.len() {
                work[i] = x[i] * x[(i + 1) % x.len()];
            }
            for i in 0..x.len() {
                y[i] = work[i] + work[(i + 1) % x.len()] * 0.0;
            }
        }
    }
    let cached = Cached::default();
    for n in [6, 4, 6] {
        let expected = (0..n).flat_map(|i| [(i, i), (i, (i + 1) % n), (i, (i + 2) % n)]);
        let expected = Pattern::from_entries(n, n, expected).unwrap();
        for detector in both() {
            assert_eq!(detector.jacobian_pattern(&cached, &X6[..n]).unwrap(), expected);
        }
    }
}

/// Generic code that knows only `ndarray`.
#[test]
fn through_arrays() {
    fn f<T: Real>(x: &[T], y: &mut [T]) {
        let a = ndarray::ArrayView2::from_shape((2, 3), x).unwrap();
        let product = a.dot(&a.t());
        let sums = a.mapv(Float::sin).sum_axis(ndarray::Axis(0));
        y[..4].copy_from_slice(&product.iter().copied().collect::<Vec<_>>());
        y[4..].copy_from_slice(&sums.to_vec());
    }
    let rows = [vec![0, 1, 2], (0..6).collect(), (0..6).collect(), vec![3, 4, 5], vec![0, 3], vec![1, 4], vec![2, 5]];
    let expected = Pattern::from_rows(6, rows).unwrap();
    for detector in both() {
        assert_eq!(detector.jacobian_pattern(&vector_fn!(f, |_| 7), &X6).unwrap(), expected);
    }
}

/// What an output does not hold does not count, however it was computed.
#[test]
fn unused_terms_leave_no_entries() {
    fn f<T: Real>(x: &[T]) -> T {
        let unused = x[0] * x[1];
        let flat = (x[2] * x[3]).floor();
        x[4].sin() + flat * x[5] + (unused.exp() + x[0]).signum()
    }
    let expected = Pattern::from_entries(6, 6, [(4, 4)]).unwrap();
    assert_eq!(TracerDetector::global().hessian_pattern(&scalar_fn!(f), &X6).unwrap(), expected);
    assert_eq!(gradient_pattern(&scalar_fn!(f), &X6).row(0), [4, 5]);
}

/// Long computations that many outputs or terms share.
#[test]
fn shared_computations() {
    fn long<T: Real>(x: &[T]) -> T {
        (0..3000).fold(x[0], |long, i| (long * x[i % 3]).sin() + x[(i + 1) % 3])
    }
    fn outputs<T: Real>(x: &[T], y: &mut [T]) {
        let long = long(x);
        for (y, x) in y.iter_mut().zip(x) {
            *y = long * *x;
        }
    }
    fn terms<T: Real>(x: &[T]) -> T {
        let long = long(x);
        x.iter().map(|x| *x * long).sum()
    }
    fn steps<T: Real>(x: &[T], y: &mut [T]) {
        y.copy_from_slice(x);
        for _ in 0..12 {
            let old = y.to_vec();
            for i in 0..y.len() {
                y[i] = old[(i + y.len() - 1) % y.len()] * old[i] + old[(i + 1) % y.len()];
            }
        }
    }
    fn almost_all<T: Real>(x: &[T], y: &mut [T]) {
        let long = (0..3000).fold(x[0], |long, i| (x[i % 59] * long).sin() + x[(i + 7) % 59]);
        for (y, x) in y.iter_mut().zip(x) {
            *y = *x * long;
        }
    }
    let x = [0.1; 60];
    let border = |i: usize, j: usize| i == j || j < 3;
    let pairs = || (0..60).flat_map(|i| (0..60).map(move |j| (i, j)));
    let expected = Pattern::from_entries(60, 60, pairs().filter(|&(i, j)| border(i, j))).unwrap();
    let detector = TracerDetector::global();
    assert_eq!(detector.jacobian_pattern(&vector_fn!(outputs, |_| 60), &x).unwrap(), expected);
    let expected = pairs().filter(|&(i, j)| i < 3 || j < 3);
    let expected = Pattern::from_entries(60, 60, expected).unwrap();
    assert_eq!(detector.hessian_pattern(&scalar_fn!(terms), &x).unwrap(), expected);
    let expected = pairs().filter(|&(i, j)| j < 59 || i == 59);
    let expected = Pattern::from_entries(60, 60, expected).unwrap();
    assert_eq!(detector.jacobian_pattern(&vector_fn!(almost_all, |_| 60), &x).unwrap(), expected);
    let near = pairs().filter(|&(i, j)| (i + 60 - j) % 60 <= 12 || (j + 60 - i) % 60 <= 12);
    let expected = Pattern::from_entries(60, 60, near).unwrap();
    assert_eq!(detector.jacobian_pattern(&vector_fn!(steps, |_| 60), &x).unwrap(), expected);
    let near = pairs().filter(|&(i, j)| (i + 60 - j) % 60 <= 24 || (j + 60 - i) % 60 <= 24);
    let hessian = detector.hessian_pattern(&vector_fn!(steps, |_| 60), &x).unwrap();
    assert!(hessian.is_subset(&Pattern::from_entries(60, 60, near).unwrap()) && hessian.nnz() > 60 * 40);
}

#[test]
fn points_are_united() {
    fn f<T: Real>(x: &[T]) -> T {
        if x[0] > T::zero() { x[1] * x[2] } else { x[3].sin() }
    }
    let positive = Pattern::from_entries(4, 4, [(1, 2), (2, 1)]).unwrap();
    let negative = Pattern::from_entries(4, 4, [(3, 3)]).unwrap();
    let (up, down) = ([1.0, 0.0, 0.0, 0.0], [-1.0, 0.0, 0.0, 0.0]);
    let local = TracerDetector::local();
    assert_eq!(local.hessian_pattern(&scalar_fn!(f), &up).unwrap(), positive);
    assert_eq!(local.hessian_pattern(&scalar_fn!(f), &down).unwrap(), negative);
    let united = local.at(&down).hessian_pattern(&scalar_fn!(f), &up).unwrap();
    assert_eq!(united, positive.union(&negative).unwrap());
    let short = TracerDetector::local().at(&[1.0]);
    assert!(matches!(short.hessian_pattern(&scalar_fn!(f), &up), Err(Error::Length { expected: 4, found: 1, .. })));
}

#[test]
fn known_patterns() {
    let f = from_fn(|x: &[f64]| x[0] * x[1]);
    let known = KnownPattern(Pattern::from_entries(2, 2, [(0, 1), (1, 0)]).unwrap());
    assert_eq!(known.hessian_pattern(&f, &[0.0; 2]).unwrap(), known.0);
    assert!(matches!(known.hessian_pattern(&f, &[0.0; 3]), Err(Error::Length { argument: "pattern.rows", .. })));
    let lopsided = KnownPattern(Pattern::from_entries(2, 2, [(0, 1)]).unwrap());
    let message = lopsided.hessian_pattern(&f, &[0.0; 2]).unwrap_err().to_string();
    assert!(message.contains("(0, 1) has no mirror image"), "{message}");
    let wide = KnownPattern(Pattern::dense(3, 2).unwrap());
    let map = Differences { cubes: false };
    assert_eq!(wide.jacobian_pattern(&map, &[0.0; 2]).unwrap(), wide.0);
    assert!(matches!(wide.jacobian_pattern(&map, &X6), Err(Error::Length { argument: "pattern.columns", .. })));
}
