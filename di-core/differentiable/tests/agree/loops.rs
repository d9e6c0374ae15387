//! Loops.

use crate::common::{scalar, vector};
use di_backends::{Real, ScalarFn, Shadow, VectorFn, differentiable};

macro_rules! vectors {
    ($($name:ident($x:ident, $y:ident) $body:block)*) => {$(
        #[derive(Clone, Debug, Shadow)]
        #[shadow(constant)]
        struct $name;

        #[differentiable]
        impl<T: Real> VectorFn<T> for $name {
            fn output_len(&self, n: usize) -> usize {
                n
            }

            fn call_into(&self, $x: &[T], $y: &mut [T]) $body
        }
    )*};
}

scalars! {
    Rosenbrock(x) {
        let mut sum = T::zero();
        for i in 0..x.len() - 1 {
            let across = x[i + 1] - x[i] * x[i];
            let along = x[i] - 1.0;
            sum += across * across * 100.0 + along * along;
        }
        sum
    }
    Horner(x) {
        let mut value = T::zero();
        for i in (1..x.len()).rev() {
            value = value * x[0] + x[i];
        }
        value
    }
    Stepped(x) {
        let mut value = x[0];
        for i in (1..x.len()).step_by(2) {
            value = value.sin() * x[i];
        }
        for i in (0..x.len()).step_by(3).rev() {
            value *= x[i] + 1.0;
        }
        value
    }
    Conditional(x) {
        let mut sum = T::zero();
        for i in 0..x.len() {
            let limited = if x[i] > T::one() { x[i] * x[i] } else { x[i].sin() };
            if i % 2 == 0 { sum += limited; } else { sum -= limited * limited; }
        }
        sum * sum
    }
    Triangle(x) {
        let mut sum = T::zero();
        for i in 0..x.len() {
            for j in 0..=i {
                sum += x[i] * x[j];
            }
        }
        sum
    }
    Windows(x) { x.windows(2).map(|w| (w[1] - w[0] * w[0]).powi(2) * 100.0 + (w[0] - 1.0).powi(2)).sum() }
    Folds(x) {
        let a: T = x.iter().map(|&x| x * x).product();
        let b = x.iter().zip(&x[1..]).fold(T::one(), |held, (&a, &b)| held * (a + b).sin());
        let c = x.iter().enumerate().map(|(i, x)| x.sin() * (i as f64)).sum::<T>();
        let d: T = x.chunks_exact(2).map(|pair| pair[0] * pair[1]).sum();
        let e: T = x.chunks(3).map(|part| T::dot(part, part)).sum();
        let f: T = x.iter().rev().zip(x.iter().skip(1)).map(|(a, b)| *a / *b).sum();
        a + b + c * d + e + f
    }
    While(x) {
        let mut i = 0;
        let mut sum = T::zero();
        while i < x.len() && sum < T::lift(4.0) {
            sum += x[i] * x[i];
            i += 1;
        }
        sum * sum
    }
    Breaks(x) {
        let mut product = T::one();
        for i in 0..x.len() {
            if x[i] < T::lift(0.7) { continue; }
            product *= x[i];
            if product > T::lift(2.0) { break; }
            product = product.sqrt();
        }
        product
    }
    Returns(x) {
        let mut s = T::one();
        for i in 0..x.len() {
            for j in 0..x.len() {
                s = s * x[j] + x[i];
                if s > T::lift(3.0) {
                    return s * s;
                }
            }
        }
        s
    }
    Newton(x) {
        let mut root = x[0];
        loop {
            let step = (root * root * root - x[1]) / (root * root * 3.0);
            root -= step;
            if step.abs() < T::lift(1e-13) { break; }
        }
        root
    }
    Nested(x) {
        let n = x.len();
        let mut total = T::zero();
        for i in 0..n {
            let mut s = T::zero();
            for j in 0..n {
                s += x[i] * x[j] * (j as f64 + 1.0);
            }
            total += s.tanh();
        }
        total
    }
    Fibonacci(x) {
        let (mut a, mut b) = (x[0], x[1]);
        for _ in 0..5 {
            let c = a * b;
            a = b;
            b = c + x[2];
        }
        a + b
    }
    Buffers(x) {
        let n = x.len();
        let mut a = vec![T::zero(); n];
        for i in 0..n { a[i] = x[i] * x[i]; }
        let mut b = a.clone();
        for i in 1..n { b[i] = b[i] * a[i - 1] + b[i - 1]; }
        for _ in 0..3 {
            for i in 0..n { a[i] = a[i].sin() + b[i]; }
            a.swap(0, n - 1);
        }
        a.copy_from_slice(&b);
        b.fill(x[1]);
        T::dot(&a, &b)
    }
    Arrays(x) {
        let mut p = [x[0], x[1], T::one()];
        for k in 0..3 { p[k] = p[k] * x[2]; }
        let m = [[T::zero(); 3]; 2];
        let mut m = m;
        for i in 0..2 { for j in 0..3 { m[i][j] = p[j] * x[i]; } }
        let mut s = T::zero();
        for row in &m { for &e in row { s += e * e; } }
        let q = [s, p[1], p[0] * s];
        q[0] * q[1] + q[2]
    }
    LocalArrays(x) {
        let mut sum = T::zero();
        for i in 0..x.len() - 2 {
            let mut v = [x[i], x[i + 1], x[i + 2]];
            let scale = v[0] + v[1];
            for k in 0..3 { v[k] = v[k] * scale; }
            sum += v[0] * v[1] * v[2];
        }
        sum
    }
    Closures(x) {
        let flux = |u: T| u * u * 0.5;
        let weight = x[1];
        let term = |a: T, b: T| { let d = flux(a) - flux(b); d * weight };
        let mut s = T::zero();
        for i in 1..x.len() { s += term(x[i - 1], x[i]); }
        s * s
    }
    Collected(x) {
        let squares: Vec<T> = x.iter().map(|&x| x * x).collect();
        let mut s = T::zero();
        for (a, b) in squares.iter().zip(x) { s += *a * *b; }
        s
    }
}

vectors! {
    Upwind(x, y) {
        let flux = |u: T| u * u * 0.5;
        y[0] = (flux(x[x.len() - 1]) - flux(x[0])) * 10.0;
        for (y, pair) in y[1..].iter_mut().zip(x.windows(2)) {
            *y = (flux(pair[0]) - flux(pair[1])) * 10.0;
        }
    }
    Split(x, y) {
        let half = x.len() / 2;
        let (a, b) = x.split_at(half);
        let (ya, yb) = y.split_at_mut(half);
        for i in 0..half { ya[i] = a[i] * b[i]; }
        for (y, b) in yb.iter_mut().zip(b) { *y = *b; }
        for i in 0..half { yb[i] += ya[i] * a[0]; }
    }
    Cumulative(x, y) {
        y[0] = x[0];
        for i in 1..x.len() { y[i] = y[i - 1] * x[i]; }
        for y in y.iter_mut() { *y = *y * *y; }
    }
    Chunked(x, y) {
        for (y, x) in y.chunks_exact_mut(2).zip(x.chunks_exact(2)) {
            y[0] = x[0] * x[1];
            y[1] = x[0] / x[1];
        }
        y[0] -= x[2];
    }
    Solve(x, y) {
        let n = x.len();
        let mut a = vec![T::zero(); n * n];
        for i in 0..n {
            for j in 0..n { a[i * n + j] = (x[i] * x[j] * (i as f64 + 1.0)).sin(); }
            a[i * n + (i + 1) % n] += T::lift(6.0);
        }
        y.copy_from_slice(x);
        for k in 0..n {
            let mut pivot = k;
            for i in k + 1..n {
                if a[i * n + k].abs() > a[pivot * n + k].abs() { pivot = i; }
            }
            if pivot != k {
                for j in 0..n { a.swap(k * n + j, pivot * n + j); }
                y.swap(k, pivot);
            }
            for i in k + 1..n {
                let factor = a[i * n + k] / a[k * n + k];
                for j in k..n { a[i * n + j] = a[i * n + j] - factor * a[k * n + j]; }
                y[i] = y[i] - factor * y[k];
            }
        }
        for i in (0..n).rev() {
            for j in i + 1..n { y[i] = y[i] - a[i * n + j] * y[j]; }
            y[i] /= a[i * n + i];
        }
    }
}

const POSITIVE: [f64; 2] = [0.5, 2.0];

#[test]
fn sums_and_chains() {
    scalar(Rosenbrock, 6, POSITIVE);
    scalar(Horner, 6, POSITIVE);
    scalar(Stepped, 7, POSITIVE);
    scalar(Conditional, 6, POSITIVE);
    scalar(Triangle, 5, POSITIVE);
    scalar(Nested, 4, POSITIVE);
    scalar(Fibonacci, 3, POSITIVE);
}

#[test]
fn iterators() {
    scalar(Windows, 6, POSITIVE);
    scalar(Folds, 7, POSITIVE);
    scalar(Collected, 5, POSITIVE);
    scalar(Closures, 5, POSITIVE);
}

#[test]
fn loops_that_end_early() {
    scalar(While, 6, POSITIVE);
    scalar(Breaks, 6, POSITIVE);
    scalar(Returns, 4, POSITIVE);
    scalar(Newton, 2, POSITIVE);
}

#[test]
fn memory() {
    scalar(Buffers, 4, POSITIVE);
    scalar(Arrays, 3, POSITIVE);
    scalar(LocalArrays, 6, POSITIVE);
}

#[test]
fn vectors() {
    vector(Upwind, 7, POSITIVE);
    vector(Split, 6, POSITIVE);
    vector(Cumulative, 6, POSITIVE);
    vector(Chunked, 6, POSITIVE);
    vector(Solve, 4, POSITIVE);
}
