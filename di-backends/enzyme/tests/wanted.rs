//! What derivative code is asked for: values where they are wanted, and no more directions at a time than there are.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_core::ndarray::{Array1, Array2};
use di_core::{
    AdjointFn, Enclosed, Gradient, Jacobian, PrepareGradient, PrepareJacobian, PreparePullback, PreparePushforward,
    Pullback, Pushforward, Real, ScalarFn, Shadow, TangentFn, VectorFn,
};
use di_enzyme::EnzymeStyle;
use std::cell::RefCell;

/// Entries times two, or their sum times two, with a list of the runs of its derivative code: width (0 for an adjoint), and
/// whether the value was wanted.
#[derive(Clone, Debug, Default, Shadow)]
#[shadow(constant)]
struct Doubles {
    runs: RefCell<Vec<(usize, bool)>>,
}

impl Doubles {
    fn runs(&self) -> Vec<(usize, bool)> {
        self.runs.take()
    }
}

impl<T: Real> VectorFn<T> for Doubles {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        y.iter_mut().zip(x).for_each(|(y, &x)| *y = x * 2.0);
    }
}

impl<T: Real> ScalarFn<T> for Doubles {
    fn call(&self, x: &[T]) -> T {
        T::sum_of(x) * 2.0
    }
}

impl<T: Real> TangentFn<T> for Doubles {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        self.runs.borrow_mut().push((K, y.is_some()));
        dy.iter_mut().zip(dx).for_each(|(dy, dx)| *dy = dx.map(|dx| dx * 2.0));
        if let Some(y) = y {
            VectorFn::call_into(self, x, y);
        }
    }
}

impl<T: Real> AdjointFn<T> for Doubles {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        self.runs.borrow_mut().push((0, y.is_some()));
        let outputs = dy.len();
        dx.iter_mut().enumerate().for_each(|(i, dx)| *dx += dy[i % outputs] * 2.0);
        match y {
            Some([y]) if x.len() != 1 => *y = self.call(x),
            Some(y) => VectorFn::call_into(self, x, y),
            None => {}
        }
    }
}

fn point(n: usize) -> Vec<f64> {
    Array1::linspace(1.0, 2.0, n).to_vec()
}

#[test]
fn values_are_computed_where_they_are_wanted() {
    let (f, x, backend) = (Doubles::default(), point(5), EnzymeStyle::default());
    let (mut y, mut d) = (vec![0.0; 5], vec![0.0; 5]);
    let mut gradient = backend.prepare_gradient(&f, &x).unwrap();
    f.runs();
    gradient.gradient_into(&x, &mut d).unwrap();
    assert_eq!((f.runs(), &d), (vec![(0, false)], &vec![2.0; 5]));
    assert!((gradient.value_and_gradient_into(&x, &mut d).unwrap() - 15.0).abs() < 1e-14);
    assert_eq!(f.runs(), [(0, true)]);
    let mut pullback = PreparePullback::<_>::prepare_pullback(&backend, &f, &x).unwrap();
    f.runs();
    pullback.pullback_into(&x, &[1.0; 5], &mut d).unwrap();
    pullback.value_and_pullback_into(&x, &[1.0; 5], &mut y, &mut d).unwrap();
    assert_eq!(f.runs(), [(0, false), (0, true)]);
    let mut pushforward = PreparePushforward::<_>::prepare_pushforward(&backend, &f, &x).unwrap();
    f.runs();
    pushforward.pushforward_into(&x, &[1.0; 5], &mut d).unwrap();
    pushforward.value_and_pushforward_into(&x, &[1.0; 5], &mut y, &mut d).unwrap();
    assert_eq!(f.runs(), [(1, false), (1, true)]);
}

#[test]
fn the_last_run_is_as_wide_as_it_must_be() {
    for (n, widths) in
        [(1, &[1][..]), (3, &[4]), (5, &[8]), (13, &[16]), (17, &[16, 1]), (26, &[16, 12]), (40, &[16, 16, 8])]
    {
        let (f, x) = (Doubles::default(), point(n));
        let mut prepared = EnzymeStyle::default().prepare_jacobian(&f, &x).unwrap();
        let (mut y, mut jac) = (vec![0.0; n], Array2::from_elem((n, n), f64::NAN));
        f.runs();
        prepared.value_and_jacobian_into(&x, &mut y, jac.view_mut()).unwrap();
        let expected: Vec<_> = widths.iter().enumerate().map(|(at, &width)| (width, at == 0)).collect();
        assert_eq!(f.runs(), expected, "{n}");
        assert_eq!(jac, Array2::eye(n) * 2.0);
        assert!(y.iter().zip(&x).all(|(&y, &x)| y == 2.0 * x));
    }
}

#[test]
fn calls_of_other_directions_than_prepared_have_its_widths() {
    let (f, x) = (Doubles::default(), point(3));
    let mut prepared = PreparePushforward::<_>::prepare_pushforward_batch(&EnzymeStyle::default(), &f, &x, 26).unwrap();
    for (k, widths) in
        [(0, &[][..]), (1, &[12]), (12, &[12]), (13, &[16]), (16, &[16]), (26, &[16, 12]), (33, &[16, 16, 12])]
    {
        let dx = Array2::from_shape_fn((3, k), |(i, j)| f64::from(u8::try_from(10 * i + j).unwrap()));
        let mut dy = Array2::from_elem((3, k), f64::NAN);
        f.runs();
        prepared.evaluate_pushforward(&x, dx.view(), None, dy.view_mut()).unwrap();
        assert_eq!(f.runs().iter().map(|(width, _)| *width).collect::<Vec<_>>(), widths);
        assert_eq!(dy, dx * 2.0);
    }
}
