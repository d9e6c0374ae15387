//! Functions that the programs call.

use di_backends::{Scalar, differentiable};

#[differentiable]
pub(crate) fn blend<T: Scalar>(a: T, b: T) -> T {
    if a > b { a * b * T::lift(0.5) } else { (a - b).sin() }
}

#[differentiable]
pub(crate) fn middle<T: Scalar>(a: [T; 3]) -> T {
    let low = a[0].min(a[1]);
    let high = a[0].max(a[1]);
    low.max(high.min(a[2]))
}

#[differentiable]
pub(crate) fn energy<T: Scalar>(a: &[T], weight: T) -> T {
    let mut sum = T::zero();
    for (i, &v) in a.iter().enumerate() {
        if i == 2 {
            continue;
        }
        sum += (v * weight).tanh();
    }
    sum
}

#[differentiable]
pub(crate) fn mix<T: Scalar>(x: &[T], factor: T, a: &mut [T]) {
    for i in 0..a.len() {
        a[i] = (a[i] * factor + x[i % x.len()] * x[(i + 1) % x.len()]).sin();
    }
    a[0] = a[0] + a[1] * factor;
}

#[differentiable]
pub(crate) fn turn<T: Scalar>(a: T, b: T) -> (T, T) {
    let (s, c) = b.sin_cos();
    (a * c, a * s)
}

#[differentiable]
pub(crate) fn crossed<T: Scalar>(a: [T; 3], b: [T; 3]) -> [T; 3] {
    let [u, v, w] = a;
    [v * b[2] - w * b[1], w * b[0] - u * b[2], u * b[1] - v * b[0]]
}

#[differentiable]
pub(crate) fn extremes<T: Scalar>(x: &[T]) -> (T, [T; 2]) {
    let mut ends = [x[0], x[0]];
    let mut at = 0;
    for (i, &x) in x.iter().enumerate() {
        if x < ends[0] {
            ends[0] = x;
            at = i;
        }
        ends[1] = ends[1].max(x);
    }
    (x[at] * ends[1], ends)
}

/// Sweeps until little changes.
#[differentiable]
pub(crate) fn relax<T: Scalar>(a: &mut [T], sweeps: usize) -> T {
    let n = a.len();
    let mut change = T::one();
    let mut count = 0;
    while change > T::lift(1e-3) && count < sweeps % 3 + 1 {
        change = T::zero();
        for i in 1..n {
            let before = a[i];
            a[i] = (a[i - 1] + before) * T::lift(0.5);
            change += (a[i] - before).abs();
        }
        count += 1;
    }
    change * a[n - 1]
}

#[differentiable]
pub(crate) fn exchange<T: Scalar>(a: &mut [T], b: &mut [T], by: T) {
    for (a, b) in a.iter_mut().zip(b.iter_mut()) {
        let held = *a;
        *a = *b * by;
        *b = held.sin() - by;
    }
}

#[differentiable]
pub(crate) fn across<T: Scalar>(a: &[T], b: &[T], c: &mut [T]) -> T {
    let mut sum = T::zero();
    for i in 0..c.len() {
        c[i] = c[i] * a[i % a.len()];
        for j in 0..b.len().min(i + 1) {
            c[i] += b[j] * T::lift(0.1);
        }
        sum += c[i].cos();
    }
    sum
}

#[differentiable]
pub(crate) fn weighted<T: Scalar>(a: &[T], weights: &[f64], (by, plus): (T, T)) -> T {
    let mut sum = plus;
    for i in 0..a.len().min(weights.len()) {
        if weights[i] < 0.0 {
            continue;
        }
        sum += a[i] * T::lift(weights[i]) * by;
    }
    sum
}

#[differentiable]
pub(crate) fn until<T: Scalar>(limit: T, a: &mut [T]) -> (T, T) {
    let mut sum = T::zero();
    for i in 0..a.len() {
        sum += a[i] * a[i];
        a[i] = sum;
        if sum > limit {
            return (sum * limit, a[0]);
        }
    }
    (sum, limit)
}

#[differentiable]
pub(crate) fn nothing_active<T: Scalar>(n: usize, a: &mut [T]) {
    for i in 0..a.len() {
        if (i + n) % 2 == 0 {
            a[i] = T::lift(i as f64 * 0.25);
        }
    }
}

#[differentiable]
pub(crate) fn deep<T: Scalar>(x: &[T], a: &mut [T], by: T) -> T {
    let mut sum = T::one();
    for i in 0..x.len() {
        mix(&x[i..], by, a);
        let (left, right) = turn(sum, energy(a, by));
        sum = left * T::lift(0.5) + right.cos();
        if sum > by {
            a.swap(0, 1);
        }
    }
    sum * a[0]
}

#[differentiable]
pub(crate) fn picked<T: Scalar>(x: &[T], order: &[usize], by: T) -> T {
    let mut sum = by;
    for (i, &k) in order.iter().enumerate() {
        sum = sum * x[k % x.len()] + x[i % x.len()].sin();
        if order[i] > 2 && sum > T::zero() {
            sum *= by;
        }
    }
    sum.tanh()
}

#[differentiable]
pub(crate) fn rearranged<T: Scalar>(order: &[usize], a: &mut [T]) {
    let n = a.len();
    for i in 0..order.len() {
        let k = order[i] % n;
        a[k] = a[k] * a[i % n] + T::lift(order[i] as f64 * 0.01);
    }
    a[0] = a[0].tanh();
}
