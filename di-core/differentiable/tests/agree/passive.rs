//! Passive data of every type beside numbers.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

scalars! {
    Signed(x) {
        let mut s = T::zero();
        for k in -2..=2_i32 { s += x[0] * k as f64 * x[1].powi(k); }
        for k in -2_i64..3 { s += x[0] * (k * k) as f64; }
        let mut p = 1;
        for k in 1..x.len() {
            p *= 2;
            s += x[k].powi(p);
        }
        let mut last = 0;
        for k in 1..4 { last = k; s = (s * x[0].powi(k)).sin(); }
        s * x[1].powi(last)
    }
    Conditions(x) {
        let c = x[0] > x[1];
        let k = c as usize;
        let b = !c && x[1] > T::one() || c & (x[0] < T::lift(1.5));
        let j = if b { 1 } else { 0 };
        let z = (c as u8) as f64 + f64::from(b as u8);
        let q = usize::from(c) + (j ^ 1);
        x[k] * x[j] * z + x[q % x.len()] * x[0] * (c as i32 as f64 + 1.0)
    }
    Sorted(x) {
        let mut w = 2.0;
        let mut s = T::zero();
        for i in 0..x.len() {
            s += x[i] * w;
            w *= 0.5;
        }
        let mut k = 0;
        let mut best = x[0];
        for i in 1..x.len() {
            if x[i] > best {
                best = x[i];
                k = i;
            }
        }
        let mut order: Vec<usize> = (0..x.len()).collect();
        for i in 0..order.len() {
            for j in i + 1..order.len() {
                if x[order[j]] < x[order[i]] { order.swap(i, j); }
            }
        }
        for (r, &i) in order.iter().enumerate() { s += x[i] * x[i] * (r + 1) as f64; }
        let mut table = [[0_usize; 3]; 2];
        table[1][2] = k;
        table[0][k] += 1;
        s * best * x[table[1][2]] + table[0][k] as f64
    }
    Asked(x) {
        let v = (x[0] - 5.0).sqrt();
        let sign = T::lift(0.5).is_sign_negative();
        let (sin, cos) = T::FRAC_PI_4().sin_cos();
        if v.is_nan() != sign { x[1] * x[1] * sin * polar(cos) } else { v }
    }
    Lengths(x) {
        let mut s = x[0];
        let a = [x[0], x[1], x[2], x[0] * x[1]];
        for w in a.iter().skip(1).step_by(2) { s = s * *w; }
        for c in a.chunks(3) { s += c[0] * c[c.len() - 1]; }
        for w in a.windows(x.len()) { s *= w[0] - w[1]; }
        s
    }
    Empty(x) {
        let mut s = T::one();
        for v in x { s += *v * *v; }
        for w in x.windows(2) { s += w[0] * w[1]; }
        for c in x.chunks(2) { s += c[0] * c[0]; }
        for i in 1..x.len() { s += x[i] * x[i - 1]; }
        let mut a = x.to_vec();
        for i in 1..x.len() { a[i] = a[i - 1] * x[i]; }
        let t: T = x.iter().zip(&a).map(|(a, b)| *a * *b).sum();
        let b: Vec<T> = a.iter().map(|v| v.sin()).collect();
        let p: T = b.iter().copied().product();
        s + t * p
    }
    ConditionOfMemory(x) {
        // The condition is computed again while an entry of the same memory is brought back.
        let n = x.len();
        let mut work = vec![x[0] * x[1]; n];
        let mut e = x[0];
        for i in 0..2 {
            e += (match n % 3 {
                0 => e,
                1 if n / 3 + 1 < work.len() && work[n / 3] > work[n / 3 + 1] => x[i],
                _ => e * x[i],
            }).sin() * 0.25;
            work[i] = work[i] * 0.5 + ((e * e + 0.5).cbrt()).tanh();
            e /= x[1].sin() + 1.2;
        }
        e * work[0] * work[1]
    }
    UnreadItem(x) {
        // Nothing of the item is left in the forward sweep.
        let mut s = x[0] * x[2];
        let v = x[1] * x[2];
        let mut t = T::one();
        for &_e in x[1..4].iter() {
            s -= x[1].sin().cosh().sin();
            t -= (s + v).tanh();
            t -= (T::lift(0.5) - v * 0.5).sin();
        }
        s * t.cos() * v
    }
    SkippedValue(x) {
        let mut s = x[0];
        for i in 0..x.len() {
            if x[i] > T::lift(1.7) { continue; }
            s = s * (if x[i] > s { let inner = x[i]; inner * inner } else { s }).sin();
            let t = { let inner = s * x[0]; inner + x[1] };
            s += t;
        }
        s
    }
}

#[differentiable]
fn polar<T: Real>(a: T) -> T {
    a * a
}

#[test]
fn integers_conditions_and_lengths() {
    const POSITIVE: [f64; 2] = [0.5, 2.0];
    scalar(Signed, 3, POSITIVE);
    scalar(Conditions, 3, POSITIVE);
    scalar(Sorted, 3, POSITIVE);
    scalar(Asked, 3, POSITIVE);
    scalar(Lengths, 3, POSITIVE);
    (0..4).for_each(|n| scalar(Empty, n, POSITIVE));
    (2..6).for_each(|n| scalar(ConditionOfMemory, n, POSITIVE));
    scalar(UnreadItem, 4, POSITIVE);
    scalar(SkippedValue, 4, POSITIVE);
}
