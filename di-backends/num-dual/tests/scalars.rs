//! The scalars by themselves: agreement with num-dual's own arithmetic, and points where that is not to be trusted.

use di_core::num_traits::Float;
use di_core::{Overload, Real, Scalar};
use di_num_dual::{Dual, Dual2};
use num_dual::{Derivative, Dual2 as Parts, DualNum, DualSVec64};

type D = Dual<f64, 2>;
type Nested = Dual<Dual<f64, 1>, 1>;

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-14 * expected.abs().max(1.0), "{found} instead of {expected}");
}

#[track_caller]
fn agree(found: D, expected: DualSVec64<2>) {
    close(found.value(), expected.re);
    let expected = expected.eps.unwrap_generic(nalgebra::Const::<2>, nalgebra::Const::<1>);
    for (found, &expected) in found.derivatives().into_iter().zip(expected.iter()) {
        close(found, expected);
    }
}

#[test]
fn arithmetic_is_that_of_num_dual() {
    let numbers = [D::seeded(0.7, [1.0, -3.0]), D::seeded(-1.3, [0.5, 2.0]), D::constant(2.5), D::constant(-0.1)];
    for a in numbers {
        for b in numbers {
            let (c, d) = (DualSVec64::from(a), DualSVec64::from(b));
            agree(a + b, c + d);
            agree(a - b, c - d);
            agree(a * b, c * d);
            agree(a / b, c / d);
            assert_eq!((a / b).value(), a.value() / b.value());
        }
        let c = DualSVec64::from(a);
        agree(-a, -c);
        agree(a * 3.0, c * 3.0);
        agree(a / 3.0, c / 3.0);
        agree(a + 3.0, c + 3.0);
        agree(a - 3.0, c - 3.0);
        assert_eq!(D::from(c).derivatives(), a.derivatives());
    }
}

#[test]
fn functions_at_ordinary_points_are_those_of_num_dual() {
    type Case = (fn(D) -> D, fn(&DualSVec64<2>) -> DualSVec64<2>);
    let cases: [Case; 21] = [
        (Float::sin, DualNum::sin),
        (Float::cos, DualNum::cos),
        (Float::tan, DualNum::tan),
        (Float::asin, DualNum::asin),
        (Float::acos, DualNum::acos),
        (Float::atan, DualNum::atan),
        (Float::sinh, DualNum::sinh),
        (Float::cosh, DualNum::cosh),
        (Float::tanh, DualNum::tanh),
        (Float::asinh, DualNum::asinh),
        (Float::atanh, DualNum::atanh),
        (Float::exp, DualNum::exp),
        (Float::exp2, DualNum::exp2),
        (Float::exp_m1, DualNum::exp_m1),
        (Float::ln, DualNum::ln),
        (Float::ln_1p, DualNum::ln_1p),
        (Float::log2, DualNum::log2),
        (Float::log10, DualNum::log10),
        (Float::sqrt, DualNum::sqrt),
        (Float::cbrt, DualNum::cbrt),
        (Float::recip, DualNum::recip),
    ];
    let x = D::seeded(0.42, [3.0, -0.5]);
    for (ours, theirs) in cases {
        agree(ours(x), theirs(&x.into()));
    }
    let y = D::seeded(1.7, [-1.0, 2.0]);
    agree(x.powf(y), DualNum::powd(&x.into(), y.into()));
    agree(x.powi(-3), DualNum::powi(&x.into(), -3));
    agree(x.atan2(y), DualNum::atan2(&x.into(), y.into()));
}

#[test]
fn second_order_arithmetic_is_that_of_num_dual() {
    let numbers = [Parts::new(0.7, 2.0, -1.0), Parts::new(-1.3, 0.5, 3.0), Parts::new(1.9, 0.0, 0.0)];
    let agree = |found: Dual2<f64>, expected: Parts<f64>| {
        close(found.value(), expected.re);
        close(found.derivative(), expected.v1);
        close(found.second_derivative(), expected.v2);
    };
    for c in numbers {
        for d in numbers {
            let (a, b) = (Dual2::from(c), Dual2::from(d));
            agree(a + b, c + d);
            agree(a - b, c - d);
            agree(a * b, c * d);
            agree(a / b, c / d);
            agree((a * b).sin(), DualNum::sin(&(c * d)));
            agree((a * b).tanh(), DualNum::tanh(&(c * d)));
            agree(a.abs().powf(b), DualNum::powd(&if c.re < 0.0 { -c } else { c }, d));
            assert_eq!((a / b).value(), a.value() / b.value());
        }
    }
}

/// Value, first and second derivative by [`Dual2`], after looking that the other scalars agree.
fn derivatives(plain: f64, dual2: Dual2<f64>, dual: D, nested: Nested) -> (f64, f64, f64) {
    let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-14 * a.abs();
    let (value, first, second) = (dual2.value(), dual2.derivative(), dual2.second_derivative());
    assert!([plain, dual.value(), nested.value().value()].iter().all(|&found| same(found, value)));
    assert!(same(dual.derivatives()[0], first), "{dual:?} {dual2:?}");
    assert_eq!(dual.derivatives()[1], 0.0, "a direction that is not seeded");
    assert!(same(nested.value().derivatives()[0], first));
    assert!(same(nested.derivatives()[0].derivatives()[0], second), "{nested:?} {dual2:?}");
    (value, first, second)
}

macro_rules! at {
    ($x:expr, |$v:ident| $body:expr) => {{
        fn function<T: Real>($v: T) -> T {
            $body
        }
        let x: f64 = $x;
        derivatives(
            function(x),
            function(Dual2::variable(x)),
            function(D::seeded(x, [1.0, 0.0])),
            function(Nested::seeded(Dual::seeded(x, [1.0]), [Dual::constant(1.0)])),
        )
    }};
}

#[test]
fn awkward_points() {
    let infinity = f64::INFINITY;
    assert_eq!(at!(400.0, |x| x.tanh()), (1.0, 0.0, 0.0));
    assert_eq!(at!(-400.0, |x| x.tanh()), (-1.0, 0.0, 0.0));
    assert_eq!(at!(0.0, |x| x.sqrt()), (0.0, infinity, -infinity));
    assert_eq!(at!(0.0, |x| x.abs()), (0.0, 0.0, 0.0));
    assert_eq!(at!(0.0, |x| x.powi(2)), (0.0, 0.0, 2.0));
    assert_eq!(at!(0.0, |x| x.powi(0)), (1.0, 0.0, 0.0));
    assert_eq!(at!(0.0, |x| x.powf(T::lift(2.0))), (0.0, 0.0, 2.0));
    assert_eq!(at!(0.0, |x| x.powf(T::lift(3.0))), (0.0, 0.0, 0.0));
    assert_eq!(at!(-2.0, |x| x.powf(T::lift(2.0))), (4.0, -4.0, 2.0));
    assert_eq!(at!(-2.0, |x| x.powf(T::lift(0.0))), (1.0, 0.0, 0.0));
    assert_eq!(at!(2.0, |x| x.max(T::lift(2.0))), (2.0, 1.0, 0.0));
    assert_eq!(at!(2.0, |x| T::lift(2.0).max(x)).1, 0.0);
    assert_eq!(at!(2.0, |x| x.min(T::lift(2.0))), (2.0, 1.0, 0.0));
    assert_eq!(at!(5.5, |x| x % T::lift(2.0)), (1.5, 1.0, 0.0));
    assert_eq!(at!(-5.5, |x| x % T::lift(2.0)), (-1.5, 1.0, 0.0));
    assert_eq!(at!(0.0, |x| x.hypot(T::lift(3.0))), (3.0, 0.0, 1.0 / 3.0));
    assert_eq!(at!(1.0, |x| x.abs_sub(T::lift(1.0))), (0.0, 0.0, 0.0));
    assert_eq!(at!(infinity, |x| x * 2.0), (infinity, 2.0, 0.0));
    assert_eq!(at!(infinity, |x| x * T::lift(2.0)), (infinity, 2.0, 0.0));
    let (value, first, second) = at!(-8.0, |x| x.cbrt());
    close(value, -2.0);
    close(first, 1.0 / 12.0);
    close(second, 1.0 / 144.0);
    let (_, first, second) = at!(0.42, |x| x.sin().exp() / (x * x + 1.0));
    let at = |x: f64| x.sin().exp() / (x * x + 1.0);
    assert!((first - (at(0.42 + 1e-6) - at(0.42 - 1e-6)) / 2e-6).abs() < 1e-9);
    assert!((second - (at(0.42 + 1e-4) - 2.0 * at(0.42) + at(0.42 - 1e-4)) / 1e-8).abs() < 1e-6);
}

#[test]
fn ties_take_the_first() {
    let (a, b) = (D::seeded(2.0, [1.0, 0.0]), D::seeded(2.0, [0.0, 1.0]));
    assert_eq!(a.max(b).derivatives(), [1.0, 0.0]);
    assert_eq!(a.min(b).derivatives(), [1.0, 0.0]);
    assert_eq!(a.max(D::constant(f64::NAN)).derivatives(), [1.0, 0.0]);
}

#[test]
fn a_constant_stays_one() {
    assert!((D::lift(0.0).sqrt() / D::lift(0.0).exp() + D::lift(1.0)).is_constant());
    assert_eq!((D::seeded(3.0, [1.0, 0.0]) / 0.0).derivatives(), [f64::INFINITY, 0.0]);
    assert_eq!((Dual2::<f64>::lift(1.0) / Dual2::<f64>::lift(0.0)).second_derivative(), 0.0);
}

#[test]
fn a_number_without_derivatives_is_a_constant() {
    let none = Derivative::<f64, nalgebra::Const<2>, nalgebra::U1>::none();
    assert!(D::from(DualSVec64::new(1.0, none)).is_constant());
    assert!(D::seeded(1.0, [0.0; 2]).is_constant());
}

#[test]
fn nested_scalars_give_third_derivatives() {
    type Outer = Dual<f64, 1>;
    type Third = Dual2<Outer>;
    type Inner = Dual<Dual<Dual<f64, 1>, 1>, 1>;
    let x = Third::variable(Outer::seeded(0.7, [1.0]));
    let y = x.sin() * x.powi(3);
    let third = y.second_derivative().derivatives()[0];
    let (s, c) = 0.7_f64.sin_cos();
    let x = 0.7_f64;
    close(third, -c * x.powi(3) - 9.0 * s * x.powi(2) + 18.0 * c * x + 6.0 * s);

    let x = Inner::seeded(Dual::seeded(Dual::seeded(0.7, [1.0]), [Dual::lift(1.0)]), [Dual::lift(1.0)]);
    let y = x.sin() * x.powi(3);
    close(y.derivatives()[0].derivatives()[0].derivatives()[0], third);
    assert_eq!(<Inner as Scalar>::ORDER, 3);
    let root = Inner::seeded(Dual::seeded(Dual::lift(0.0), [Dual::lift(0.0)]), [Dual::lift(1.0)]).sqrt();
    assert_eq!(root.derivatives()[0].value().value(), f64::INFINITY);
    assert_eq!(root.value().derivatives()[0].value(), 0.0);
}
