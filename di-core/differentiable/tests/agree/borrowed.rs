//! Several parts of one piece of memory in one call.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[differentiable]
fn exchange<T: Real>(a: &mut [T], b: &mut [T]) {
    for i in 0..a.len().min(b.len()) {
        let held = a[i];
        a[i] = b[i] * held;
        b[i] = held.sin();
    }
}

#[differentiable]
fn add_from<T: Real>(a: &[T], b: &mut [T], c: T) -> T {
    let mut s = c;
    for i in 0..a.len().min(b.len()) {
        b[i] += a[i] * s;
        s *= b[i];
    }
    s
}

#[differentiable]
fn twice<T: Real>(a: &[T], b: &[T]) -> T {
    let mut s = T::zero();
    for i in 0..a.len().min(b.len()) {
        s += a[i] * b[i] * b[i];
    }
    s
}

#[differentiable]
fn between<T: Real>(a: &[T], b: &[T], c: &mut [T]) {
    for i in 0..c.len() {
        c[i] = a[i % a.len()] * b[(i + 1) % b.len()] + c[i];
    }
}

scalars! {
    Halves(x) {
        let mut a = x.to_vec();
        let k = a.len() / 2;
        {
            let (l, r) = a.split_at_mut(k);
            exchange(l, r);
        }
        let (l, r) = a.split_at_mut(k);
        let s = add_from(l, r, x[0]);
        let t = add_from(r, l, s);
        between(r, r, l);
        between(&l[..], &l[1..], r);
        s * t + a[0] * a[1] + a[2] * a[3]
    }
    Rows(x) {
        let mut m = [[x[0], x[1]], [x[2], x[0]], [x[1]; 2]];
        let [u, _, w] = &mut m;
        exchange(u, w);
        let (u, v) = m.split_at_mut(1);
        exchange(&mut u[0], &mut v[0]);
        for i in 1..3 {
            let (before, after) = m.split_at_mut(i);
            exchange(&mut before[i - 1], &mut after[0]);
        }
        let [p, q] = &mut m[0];
        *p *= *q;
        *q += *p;
        m[0][0] * m[1][1] + m[0][1] * m[1][0] * m[2][0] * m[2][1]
    }
    Twice(x) {
        twice(x, x) + twice(&x[1..], &x[..2]) * twice(x, &x[1..])
    }
    Chunks(x) {
        let mut a = x.to_vec();
        let mut b = x.to_vec();
        for (p, q) in a.chunks_mut(2).zip(b.chunks_mut(2)) { exchange(p, q); }
        for p in a.chunks_exact_mut(2) {
            let (u, v) = p.split_at_mut(1);
            exchange(u, v);
        }
        let mut s = T::zero();
        for i in 0..a.len() { s += a[i] * b[i]; }
        s
    }
    Nothing(x) {
        let mut a = [x[0], x[1]];
        let (l, r) = a.split_at_mut(2);
        exchange(l, r);
        exchange(r, l);
        a[0] * a[1]
    }
}

#[test]
fn parts_of_one_array_go_into_one_call() {
    const POSITIVE: [f64; 2] = [0.5, 2.0];
    scalar(Halves, 4, POSITIVE);
    scalar(Halves, 5, POSITIVE);
    scalar(Rows, 3, POSITIVE);
    scalar(Twice, 3, POSITIVE);
    scalar(Chunks, 4, POSITIVE);
    scalar(Chunks, 5, POSITIVE);
    scalar(Nothing, 2, POSITIVE);
}
