//! Sums whose value is computed with their reverse, and what keeps others from it.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

/// A polynomial, with one number for each power.
#[differentiable]
fn model<T: Real>(p: &[T], t: f64) -> T {
    let mut power = T::one();
    let mut value = T::zero();
    for i in 0..p.len() {
        value += p[i] * power;
        power = power * p[0] * t;
    }
    value
}

#[differentiable]
fn basis<T: Real>(a: T, b: &mut [T]) {
    b[0] = a.sin();
    for i in 1..b.len() {
        b[i] = b[i - 1] * a;
    }
}

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
    Fit(x) {
        let times = [0.5, 1.0, 1.5, 2.0];
        let mut s = T::zero();
        for i in 0..times.len() {
            let residual = model(x, times[i]) - 1.0;
            s += residual * residual;
        }
        s * 0.5
    }
    FitNested(x) {
        let mut s = x[0];
        for i in 0..4 {
            let mut value = T::one();
            for j in 0..x.len() { value = value * x[j] + 0.1 * i as f64; }
            if value > T::lift(3.0) { value = value.sqrt(); }
            s -= (value - x[1]) * (value - x[1]);
        }
        s + x[2]
    }
    FitWithArray(x) {
        let scale = [x[0] * x[1], x[2].exp()];
        let mut s = T::zero();
        for i in 0..3 {
            let mut b = [T::zero(); 3];
            basis(x[i % 3] * scale[0], &mut b);
            let first = b[0] * b[1];
            b[0] = first * b[2];
            s += b[0] * scale[1] + first;
        }
        s
    }
    FitWithVector(x) {
        let mut s = T::zero();
        for i in 1..4 {
            let mut b = vec![x[0]; i + 1];
            for j in 0..i { b[j + 1] = b[j] * x[j % 3] + b[j].cos(); }
            let n = b.len();
            for j in 0..n { b[j] = b[j] * b[n - 1]; }
            s += b[0] * b[i] * x[1];
        }
        s - x[0]
    }
    FitSwitched(x) {
        let mut s = T::zero();
        for i in 0..5 {
            let m = model(&x[..2], i as f64 * 0.3);
            let term = match i % 3 {
                0 => bump(m, x[0]) * m,
                1 => m.ln() * x[2],
                _ => {
                    let mut product = T::one();
                    for j in 0..x.len() { product *= m + x[j]; }
                    product.recip()
                }
            };
            s += term;
        }
        s - x[0]
    }
    FitSkipping(x) {
        let mut s = T::zero();
        let mut other = x[2];
        for i in (0..6).rev() {
            if i % 2 == 0 { continue; }
            let m = model(x, i as f64 * 0.2);
            s += m * m;
            other -= m.sin();
        }
        s - other * 2.0
    }
    FitScratch(x) {
        let mut b = [T::one(); 3];
        let mut s = T::zero();
        for i in 0..3 {
            b[i] = b[(i + 1) % 3] * x[i];
            s += model(&b, 0.5);
        }
        s
    }
    FitBackwards(x) {
        let mut s = T::zero();
        for i in (0..3).rev() {
            let mut t = x[0];
            for j in (0..x.len()).rev() {
                t += (t.sin() - x[j]).sin() * 0.5;
                if i == j { t = t * x[1]; }
            }
            s += t * t;
        }
        s
    }
    FitChained(x) {
        let mut s = x[0];
        for i in 0..3 {
            let m = model(x, 0.5) * s;
            s += m * 0.1;
        }
        s
    }
    FitInside(x) {
        let mut s = T::zero();
        for i in 0..3 {
            let mut inner = T::zero();
            for j in 0..x.len() { inner += x[j] * x[i]; s += x[j]; }
            s += inner.exp();
        }
        s
    }
    FitSquare(x) {
        let mut s = T::zero();
        for i in 0..3 { s += model(x, i as f64); }
        s * s
    }
    FitSized(x) {
        let mut s = T::zero();
        let mut n = 1;
        for i in 0..3 {
            n += 1;
            s += model(x, n as f64 * 0.3);
        }
        s * n as f64
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
    scalar(Fit, 3, POSITIVE);
    scalar(FitNested, 3, POSITIVE);
    scalar(FitWithArray, 3, POSITIVE);
    scalar(FitWithVector, 3, POSITIVE);
    scalar(FitSwitched, 3, POSITIVE);
    scalar(FitSkipping, 3, POSITIVE);
    scalar(FitScratch, 3, POSITIVE);
    scalar(FitBackwards, 3, POSITIVE);
    scalar(FitChained, 3, POSITIVE);
    scalar(FitInside, 3, POSITIVE);
    scalar(FitSquare, 3, POSITIVE);
    scalar(FitSized, 3, POSITIVE);
    scalar(ByIterator, 3, POSITIVE);
    scalar(Folded, 4, POSITIVE);
    scalar(Early, 4, POSITIVE);
}
