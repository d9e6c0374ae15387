//! The comparison with the other engines.

use di_backends::ndarray::Array2;
use di_backends::{
    AdjointFn, CurveFn, EnzymeStyle, NumDual, Partials, ScalarFn, Shadow, TangentFn, Tape, VectorFn, jacobian,
    value_and_gradient, value_gradient_and_hvp,
};

/// Numbers in `[low, high)`, the same at each run.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self, low: f64, high: f64) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        #[expect(clippy::cast_precision_loss, reason = "53 bits")]
        let unit = (self.0 >> 11) as f64 / (1_u64 << 53) as f64;
        low + unit * (high - low)
    }
}

fn close(a: f64, b: f64, what: &str) {
    let scale = a.abs().max(b.abs()).max(1.0);
    assert!(a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-11 * scale, "{what}: {a} against {b}");
}

fn all_close<'a>(a: impl IntoIterator<Item = &'a f64>, b: impl IntoIterator<Item = &'a f64>, what: &str) {
    for (a, b) in a.into_iter().zip(b) {
        close(*a, *b, what);
    }
}

fn tangents<const K: usize>(
    f: &impl TangentFn<f64>,
    x: &[f64],
    value: &[f64],
    jac: &Array2<f64>,
    numbers: &mut Numbers,
) {
    let dx: Vec<[f64; K]> = x.iter().map(|_| std::array::from_fn(|_| numbers.next(-1.0, 1.0))).collect();
    for with_value in [true, false] {
        let mut y = vec![f64::NAN; value.len()];
        let mut dy = vec![[f64::NAN; K]; value.len()];
        f.tangent_into(di_backends::Enclosed::Constant, x, &dx, with_value.then_some(&mut y), &mut dy);
        if with_value {
            all_close(&y, value, "value of the tangent");
        }
        for (row, dy) in jac.rows().into_iter().zip(&dy) {
            for k in 0..K {
                let expected: f64 = row.iter().zip(&dx).map(|(j, dx)| j * dx[k]).sum();
                close(dy[k], expected, "tangent");
            }
        }
    }
}

fn adjoint(f: &impl AdjointFn<f64>, x: &[f64], value: &[f64], jac: &Array2<f64>, numbers: &mut Numbers) {
    let weights: Vec<_> = value.iter().map(|_| numbers.next(-1.0, 1.0)).collect();
    let offset: Vec<_> = x.iter().map(|_| numbers.next(-1.0, 1.0)).collect();
    for with_value in [true, false] {
        let mut y = vec![f64::NAN; value.len()];
        let (mut dx, mut dy) = (offset.clone(), weights.clone());
        f.adjoint_into(di_backends::Enclosed::Constant, x, &mut dx, with_value.then_some(&mut y), &mut dy);
        if with_value {
            all_close(&y, value, "value of the adjoint");
        }
        for ((column, dx), offset) in jac.columns().into_iter().zip(&dx).zip(&offset) {
            let expected: f64 = column.iter().zip(&weights).map(|(j, w)| j * w).sum();
            close(*dx, offset + expected, "adjoint");
        }
    }
}

/// Compares at random points with entries in `[low, high)`.
pub(crate) fn vector<F>(f: F, n: usize, [low, high]: [f64; 2])
where
    F: Clone + Send + VectorFn<f64> + TangentFn<f64> + AdjointFn<f64> + Shadow,
    F: di_backends::Map<di_backends::VectorShape, f64>,
    for<'a> NumDual: di_backends::VectorBackend<&'a F>,
    for<'a> Tape: di_backends::VectorBackend<&'a F>,
{
    let mut numbers = Numbers::new(n as u64);
    for _ in 0..20 {
        let x: Vec<_> = (0..n).map(|_| numbers.next(low, high)).collect();
        let mut value = vec![f64::NAN; f.output_len(n)];
        f.call_into(&x, &mut value);
        let jac = jacobian(&NumDual::default(), &f, &x).unwrap();
        all_close(&jac, &jacobian(&Tape::default(), &f, &x).unwrap(), "the oracles");
        tangents::<1>(&f, &x, &value, &jac, &mut numbers);
        tangents::<3>(&f, &x, &value, &jac, &mut numbers);
        tangents::<8>(&f, &x, &value, &jac, &mut numbers);
        adjoint(&f, &x, &value, &jac, &mut numbers);
    }
}

/// As [`vector`], with second derivatives.
pub(crate) fn scalar<F>(f: F, n: usize, [low, high]: [f64; 2])
where
    F: Clone + Send + ScalarFn<f64> + TangentFn<f64> + AdjointFn<f64> + Shadow,
    F: AdjointFn<Partials<f64, 1>>,
    for<'a> NumDual: di_backends::ScalarBackend<&'a F>,
    for<'a> Tape: di_backends::ScalarBackend<&'a F>,
    for<'a> EnzymeStyle: di_backends::ScalarBackend<&'a F>,
{
    let mut numbers = Numbers::new(n as u64);
    for _ in 0..20 {
        let x: Vec<_> = (0..n).map(|_| numbers.next(low, high)).collect();
        let (value, grad) = value_and_gradient(&NumDual::default(), &f, &x).unwrap();
        let (_, other) = value_and_gradient(&Tape::default(), &f, &x).unwrap();
        all_close(&grad, &other, "the oracles");
        close(value, f.call(&x), "the value of the oracle");
        let jac = Array2::from_shape_vec((1, n), grad).unwrap();
        tangents::<1>(&f, &x, &[value], &jac, &mut numbers);
        tangents::<3>(&f, &x, &[value], &jac, &mut numbers);
        tangents::<8>(&f, &x, &[value], &jac, &mut numbers);
        adjoint(&f, &x, &[value], &jac, &mut numbers);
        let dx: Vec<_> = (0..n).map(|_| numbers.next(-1.0, 1.0)).collect();
        let (_, _, expected) = value_gradient_and_hvp(&NumDual::default(), &f, &x, &dx).unwrap();
        let (_, _, found) = value_gradient_and_hvp(&EnzymeStyle::default(), &f, &x, &dx).unwrap();
        all_close(&found, &expected, "Hessian-vector product");
    }
}

/// Compares a curve `R → R^m` by its derivative.
pub(crate) fn curve<F>(f: F, [low, high]: [f64; 2])
where
    F: CurveFn<f64> + TangentFn<f64> + AdjointFn<f64>,
    for<'a> NumDual: di_backends::CurveBackend<&'a F>,
{
    let mut numbers = Numbers::new(7);
    for _ in 0..20 {
        let x = numbers.next(low, high);
        let mut value = vec![f64::NAN; f.output_len()];
        f.call_into(x, &mut value);
        let derivative = di_backends::curve_derivative(&NumDual::default(), &f, x).unwrap();
        let jac = Array2::from_shape_vec((value.len(), 1), derivative).unwrap();
        tangents::<1>(&f, &[x], &value, &jac, &mut numbers);
        adjoint(&f, &[x], &value, &jac, &mut numbers);
    }
}
