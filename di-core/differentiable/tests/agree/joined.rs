//! Sums whose value is computed with their reverse, and what keeps others from it.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[differentiable]
fn bump<T: Real>(a: T, b: T) -> T {
    let d = a - b;
    (-(d * d)).exp()
}

scalars! {
    Bumps(x) {
        let mut s = T::zero();
        for i in 1..x.len() { s += bump(x[i], x[i - 1]) * x[0]; }
        s
    }
    Afterwards(x) {
        let mut s = x[0] * x[1];
        for i in 0..x.len() { s -= x[i].sin() * x[1]; }
        let half = s * 0.5;
        x[2] - half / 3.0 + x[0] * x[0]
    }
    Both(x) {
        let (mut s, mut t) = (x[0], T::one());
        for i in 0..x.len() {
            let e = x[i].exp();
            s += e * x[0];
            t += e.ln() * e;
        }
        s * 2.0 - t
    }
    Squashed(x) {
        let mut s = T::zero();
        for i in 0..x.len() { s += x[i].cos() * x[i]; }
        (s * s + 1.0).sqrt()
    }
    Product(x) {
        let (mut s, mut t) = (T::zero(), T::zero());
        for i in 0..x.len() {
            s += x[i].exp();
            t += x[i].tanh();
        }
        s * t
    }
    Cases(x) {
        let mut s = T::zero();
        for i in 0..x.len() {
            let d = x[i] - 1.0;
            let term = if d > T::zero() { d.exp() * x[0] } else { d * d };
            let weight = if i % 2 == 0 { 0.5 } else { 2.0 };
            s += term * weight;
        }
        s + 1.0
    }
    Aside(x) {
        let mut s = T::zero();
        let mut last = T::zero();
        for i in 0..x.len() {
            s += x[i].sin();
            last = x[i] * x[0];
        }
        s + last
    }
    Running(x) {
        let mut s = x[0];
        for i in 1..x.len() {
            let before = s;
            s += (x[i] * before).sin();
        }
        s
    }
    Handed(x) {
        let (mut s, mut t) = (x[0], x[1]);
        for i in 0..x.len() {
            s += x[i].exp();
            t += s * x[i];
        }
        s + t
    }
    Counted(x) {
        let mut s = T::zero();
        let mut k = 1.0;
        for i in 0..x.len() {
            s += (x[i] * k).sin();
            k += 0.5;
        }
        s * k
    }
    Backwards(x) {
        let mut s = T::zero();
        for i in (0..x.len()).rev().step_by(2) { s += x[i].recip().atan() * x[(i + 1) % x.len()]; }
        s
    }
    Nothing(x) {
        let mut s = x[0] * x[1];
        for i in x.len()..x.len() { s += x[i].exp(); }
        s * 3.0
    }
    Idle(x) {
        let mut s = x[0];
        let mut unread = T::zero();
        for i in 0..x.len() {
            s += x[i].exp();
            unread += x[i].sin();
        }
        s
    }
    Twice(x) {
        let mut s = T::zero();
        for i in 0..x.len() { s += x[i].exp(); }
        for i in 0..x.len() { s += x[i].sin() * x[0]; }
        s
    }
    ByIterator(x) {
        let weights = [0.5, 1.5, 2.0];
        x.iter().zip(weights.iter()).map(|(&a, &w)| (a * w).exp() * a).sum::<T>() * 0.25
    }
    Folded(x) {
        x.windows(2).fold(x[0], |s, pair| s + (pair[0] / pair[1]).atan2(pair[0]))
    }
    Early(x) {
        let mut s = T::zero();
        for i in 0..x.len() {
            s += x[i].exp();
            if s > T::lift(4.0) { break; }
        }
        s
    }
}

#[test]
fn values_beside_their_reverse() {
    const POSITIVE: [f64; 2] = [0.5, 2.0];
    scalar(Bumps, 4, POSITIVE);
    scalar(Afterwards, 4, POSITIVE);
    scalar(Both, 4, POSITIVE);
    scalar(Squashed, 4, POSITIVE);
    scalar(Product, 4, POSITIVE);
    scalar(Cases, 5, POSITIVE);
    scalar(Aside, 4, POSITIVE);
    scalar(Running, 4, POSITIVE);
    scalar(Handed, 4, POSITIVE);
    scalar(Counted, 4, POSITIVE);
    scalar(Backwards, 5, POSITIVE);
    scalar(Nothing, 3, POSITIVE);
    scalar(Idle, 3, POSITIVE);
    scalar(Twice, 3, POSITIVE);
    scalar(ByIterator, 3, POSITIVE);
    scalar(Folded, 4, POSITIVE);
    scalar(Early, 4, POSITIVE);
}
