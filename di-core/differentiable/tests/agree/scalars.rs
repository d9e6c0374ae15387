//! Straight-line code, branches, elementary functions, helpers.

use crate::common::{curve, scalar};
use di_backends::{CurveFn, Real, ScalarFn, Shadow, differentiable};

scalars! {
    Sum(x) { x[0] + x[1] }
    Product(x) { let a = x[0] * x[1]; let b = a * a; b / (x[0] * x[0] + 1.0) - a }
    Constants(x) { let c = T::lift(2.5); let half = 0.5; (x[0] * half - c) * (c + x[1]) / 3.0 + (-x[0]) * T::one() }
    Overwritten(x) { let mut v = x[0]; v = v * x[1]; v += v * 2.0; v *= x[0]; v -= 1.0; v /= x[1]; v }
    Branch(x) { if x[0] > x[1] { x[0] * x[0] } else { x[1] * 3.0 - x[0] } }
    BranchAssigns(x) {
        let mut a = x[0];
        let mut b = T::zero();
        if a < x[1] { a = a * x[1]; b = a; } else if a > T::lift(1.5) { b = x[1].sin(); }
        a * b + b
    }
    EarlyReturn(x) {
        if x[0] < x[1] {
            return x[0] * x[1];
        }
        let d = x[0] - x[1];
        d.sqrt() * x[0]
    }
    Powers(x) { x[0].powi(3) + x[1].powi(2) + x[0].powf(x[1]) + x[1].powi(-2) + x[0].powi(0) + x[1].powi(1) }
    Passive(x) { let k = x.len() * 3; let w = k as f64; let n = 2; x[0].powi(n) * w + x[1] * (w + 1.0) }
    Ties(x) { x[0].max(x[1]) * x[0].min(x[1]).abs() + x[0].clamp(T::lift(0.8), T::lift(1.5)) }
    Tuples(x) { let (a, b) = (x[0] * x[1], x[0] - x[1]); let p = (a, b * b); let mut q = (p.1, p.0); q.0 += a; q.0 * q.1 }
    Shadowed(x) { let a = x[0]; let a = a * a; let a = { let b = a + x[1]; b * b }; a.ln() }
}

/// `match`, on a constant of the function.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Square,
    Power(i32),
    Sine,
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Choice {
    kind: Kind,
    weights: Vec<f64>,
    scale: f64,
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Choice {
    fn call(&self, x: &[T]) -> T {
        let y = match self.kind {
            Kind::Square => x[0] * x[0],
            Kind::Power(3) => x[0].powi(5),
            _ => x[0].sin(),
        };
        let z = match x.len() {
            0 | 1 => y,
            n if n > 5 => x[1],
            _ => y * x[1] * self.scale,
        };
        z * self.weights[1] + x[1] * self.weights[0]
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Elementary(usize);

#[differentiable]
impl<T: Real> ScalarFn<T> for Elementary {
    fn call(&self, x: &[T]) -> T {
        let a = x[0];
        let b = x[1];
        let y = match self.0 {
            0 => a.sin() * b.cos() + a.tan(),
            1 => a.exp() + b.exp2() - a.exp_m1(),
            2 => a.ln() * b.ln_1p() + a.log2() - b.log10() + a.log(b + 1.0),
            3 => (a * 0.1).asin() + (b * 0.2).acos() + a.atan(),
            4 => a.sinh() + b.cosh() * a.tanh(),
            5 => a.asinh() + (b + 2.0).acosh() + (a * 0.2).atanh(),
            6 => a.sqrt() * b.cbrt() + a.recip(),
            7 => a.hypot(b) + a.atan2(b) + a.abs_sub(b),
            8 => a.floor() * b + b.ceil() * a + a.round() + b.trunc() + a.fract() + b.signum(),
            9 => a.mul_add(b, a) + (a % b) + a.to_degrees() + b.to_radians(),
            10 => {
                let (s, c) = (a * b).sin_cos();
                s * s * c
            }
            11 => a.abs() * T::PI() + T::epsilon() * b,
            12 => {
                if a.is_nan() || b.is_infinite() {
                    a
                } else {
                    a.powf(T::lift(2.5)) + T::max(a, b)
                }
            }
            _ => -a.copysign(-b),
        };
        y * b
    }
}

#[differentiable]
fn square<T: Real>(x: T) -> T {
    x * x
}

#[differentiable]
fn polar<T: Real>(radius: T, angle: T) -> (T, T) {
    (radius * angle.cos(), radius * angle.sin())
}

mod inner {
    use di_backends::{Real, differentiable};

    #[differentiable]
    pub(super) fn norm<T: Real>(x: &[T], order: i32) -> T {
        let mut sum = T::zero();
        for i in 0..x.len() {
            sum += x[i].powi(order);
        }
        sum.sqrt()
    }

    #[differentiable]
    pub(super) fn scaled<T: Real>(x: &[T], factor: T, y: &mut [T]) {
        for (y, &x) in y.iter_mut().zip(x) {
            *y = x * factor;
        }
    }
}

impl Choice {
    #[differentiable]
    fn weighted<T: Real>(&self, a: T, b: T) -> T {
        a * b * self.scale + self.weights[0]
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Calls(Choice);

#[differentiable]
impl<T: Real> ScalarFn<T> for Calls {
    fn call(&self, x: &[T]) -> T {
        let (u, v) = polar(square(x[0]), x[1]);
        let mut y = vec![T::zero(); 3];
        inner::scaled(&x[1..], u, &mut y[..2]);
        y[2] = v;
        inner::scaled(&x[..2], y[0], &mut y[1..]);
        let kept = self.0.weighted(u, inner::norm(x, 2));
        inner::norm(&y, 4) + u * v + kept
    }
}

#[derive(Clone, Debug)]
struct Spiral;

#[differentiable]
impl<T: Real> CurveFn<T> for Spiral {
    fn output_len(&self) -> usize {
        2
    }

    fn call_into(&self, t: T, y: &mut [T]) {
        y[0] = t * t.cos();
        y[1] = t * t.sin();
        y[1] *= y[0];
    }
}

impl Shadow for Spiral {
    type Shadow = ();
    fn make_zero(&self) {}
    fn remake_zero(&self, (): &mut ()) {}
}

const POSITIVE: [f64; 2] = [0.5, 2.0];

#[test]
fn straight_lines() {
    scalar(Sum, 2, POSITIVE);
    scalar(Product, 2, POSITIVE);
    scalar(Constants, 2, POSITIVE);
    scalar(Overwritten, 2, POSITIVE);
    scalar(Powers, 2, POSITIVE);
    scalar(Passive, 2, POSITIVE);
    scalar(Tuples, 2, POSITIVE);
    scalar(Shadowed, 2, POSITIVE);
}

#[test]
fn branches() {
    scalar(Branch, 2, POSITIVE);
    scalar(BranchAssigns, 2, POSITIVE);
    scalar(EarlyReturn, 2, POSITIVE);
    scalar(Ties, 2, POSITIVE);
    for kind in [Kind::Square, Kind::Power(3), Kind::Sine] {
        scalar(Choice { kind, weights: vec![0.5, 2.0], scale: 1.5 }, 2, POSITIVE);
    }
}

#[test]
fn elementary_functions() {
    for which in 0..14 {
        scalar(Elementary(which), 2, POSITIVE);
    }
}

#[test]
fn calls() {
    scalar(Calls(Choice { kind: Kind::Sine, weights: vec![0.5, 2.0], scale: 1.5 }), 3, POSITIVE);
}

#[test]
fn curves() {
    curve(Spiral, POSITIVE);
}
