//! Calls in loops and in branches, in chains, with checkpoints, and of what is written into between them.

use crate::common::{scalar, vector};
use di_backends::{Real, ScalarFn, Shadow, VectorFn, differentiable};

#[differentiable]
fn step<T: Real>(u: &mut [T], f: &[T], dt: T) {
    let n = u.len();
    for i in 1..n - 1 {
        u[i] += (u[i - 1] - u[i] * 2.0 + u[i + 1]) * dt + f[i];
    }
}
#[differentiable(checkpointed)]
fn steps<T: Real>(u: &mut [T], f: &[T], dt: T, n: usize) {
    for _ in 0..n {
        step(u, f, dt);
    }
}
#[differentiable]
fn norm<T: Real>(u: &[T]) -> T {
    let mut s = T::zero();
    for v in u {
        s += *v * *v;
    }
    s.sqrt()
}
#[differentiable]
fn normalise<T: Real>(u: &mut [T]) -> T {
    let n = norm(u);
    for v in u.iter_mut() {
        *v /= n;
    }
    n
}
#[differentiable]
fn until<T: Real>(u: &mut [T], tol: T) -> T {
    let mut last = T::zero();
    loop {
        let n = normalise(u);
        u[0] = u[0] * 1.5;
        if (n - last).abs() < tol {
            break;
        }
        last = n;
    }
    last
}
#[differentiable]
fn passive_out<T: Real>(x: &[T], order: &[usize], count: usize) -> T {
    let mut order = [order[0], order[1]];
    for i in 0..order.len() {
        order[i] = (order[i] + count) % x.len();
    }
    x[order[0]] * x[order[1]]
}
#[differentiable]
fn unused<T: Real>(a: T, b: &mut [T], _c: &[T], d: usize) -> T {
    a
}
#[differentiable]
fn swap_args<T: Real>(a: &mut [T], b: &mut [T], flip: bool) -> T {
    if flip {
        return swap_args(b, a, false);
    }
    for i in 0..a.len().min(b.len()) {
        let h = a[i];
        a[i] = b[i].sin();
        b[i] = h;
    }
    a[0] * b[0]
}
scalars! {
    Steps(x) {
        let mut u = x.to_vec();
        let f: Vec<T> = x.iter().map(|v| v.sin()).collect();
        for k in 0..3 { step(&mut u, &f, x[0] * 0.1); if u[1] > x[1] { steps(&mut u[k..], &f, x[1] * 0.05, 2); } }
        let n = normalise(&mut u);
        let m = normalise(&mut u[1..]);
        let w = until(&mut u, T::lift(1e-2));
        n * m + norm(&u) * u[0] + w * u[1]
    }
    Orders(x) {
        let mut order = vec![0_usize, 1, 2];
        let mut s = T::zero();
        for k in 0..4 {
            s += passive_out(x, &order, k) * x[order[2]];
            order.swap(0, k % 3);
            let mut local = [k, k + 1];
            s = s.sin() + passive_out(x, &local, 1) * x[local[0] % x.len()];
        }
        s * unused(x[0], &mut [s; 2], x, order[0])
    }
    Forgotten(x) {
        forgotten(x[0], x) + forgotten(x[1], &x[1..])
    }
    Flip(x) {
        let mut a = [x[0], x[1]];
        let mut b = vec![x[1] * x[0]; 3];
        let mut s = swap_args(&mut a, &mut b, true);
        for k in 0..3 { s += swap_args(&mut b[k..], &mut a, k == 1) * a[1]; }
        s * a[0] + b[0] * b[1] * b[2]
    }
    BreakOut(x) {
        let mut s = x[0];
        let mut a = x.to_vec();
        for i in 0..x.len() {
            for j in 0..x.len() {
                if i == j { continue; }
                a[j] = a[j] * a[i] + s;
                match (i + j) % 4 {
                    0 => { s = s.sin(); if s > x[1] { break; } }
                    1 => { if a[j] > T::lift(40.0) { return s * a[0]; } a[i] -= s; }
                    2 if a[i] > s => { s *= a[i].tanh(); continue; }
                    _ => {}
                }
                s += a[j].tanh();
            }
            let mut n = 0;
            while n < 3 { n += 1; if a[i] > s { break; } a[i] = a[i] * 1.1 + s.sin(); }
        }
        s + a[0].sin() * a[1].sin()
    }
}
/// Memory that begins in a branch, and of which nothing is left.
#[differentiable]
fn forgotten<T: Real>(g: T, o: &[T]) -> T {
    let mut s = g * g;
    match (1 * 1) % 5 {
        0 | 3 => s += g.tanh() * 0.25,
        k if k > 3 => {
            let mut list = vec![(g * s).sin(); o.len()];
            list[0] += g;
        }
        _ => {}
    }
    s * o[0]
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Whole;
#[differentiable]
impl<T: Real> VectorFn<T> for Whole {
    fn output_len(&self, n: usize) -> usize {
        n
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        y.copy_from_slice(x);
        let dt = x[0] * 0.1;
        for _ in 0..3 {
            step(y, x, dt);
            normalise(y);
        }
        let (a, b) = y.split_at_mut(2);
        swap_args(a, b, true);
        swap_args(b, a, false);
        if y[0] > T::zero() {
            return;
        }
        y[1] *= y[0];
    }
}

/// A function of numbers that hands memory of its own to one that only reads it.
#[differentiable]
fn length<T: Real>(a: T, b: T) -> T {
    let both = [a, b];
    norm(&both)
}

/// Entries that are written and never looked at, by calls and beside them; entries that only a function looks at that is called;
/// and entries that it looks at through another.
#[differentiable]
fn spread<T: Real>(x: &[T], to: &mut [T]) {
    for i in 0..to.len() {
        to[i] = x[i] * x[0];
    }
}
#[differentiable]
fn normalised<T: Real>(u: &mut [T]) {
    normalise(u);
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Parts;
#[differentiable]
impl<T: Real> VectorFn<T> for Parts {
    fn output_len(&self, n: usize) -> usize {
        3 * n
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        let (blind, seen) = y.split_at_mut(n);
        spread(x, blind);
        blind[0] += length(x[0], x[1]);
        spread(x, &mut seen[..n]);
        normalised(&mut seen[..n]);
        spread(x, &mut seen[n..2 * n]);
        seen[n] -= norm(&seen[n..2 * n]);
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Blind;
#[differentiable]
impl<T: Real> VectorFn<T> for Blind {
    fn output_len(&self, n: usize) -> usize {
        n
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        spread(x, y);
        y[0] += length(x[0], x[1]);
        for y in y.iter_mut() {
            *y *= x[1];
        }
    }
}

#[test]
fn calls_in_loops_and_branches() {
    const POSITIVE: [f64; 2] = [0.5, 2.0];
    scalar(Steps, 6, POSITIVE);
    scalar(Orders, 3, POSITIVE);
    scalar(Forgotten, 2, POSITIVE);
    scalar(Flip, 2, POSITIVE);
    scalar(BreakOut, 4, POSITIVE);
    vector(Whole, 5, POSITIVE);
    vector(Parts, 3, POSITIVE);
    vector(Blind, 4, POSITIVE);
}

/// A constant whose name holds that of a clause, and calls at the ends of branches.
const SOMEWHERE: usize = 1;
#[differentiable]
fn put<T: Real>(x: &[T], y: &mut [T]) {
    y[0] = x[SOMEWHERE] * x[0];
    y[1] = x[0];
}

#[derive(Clone, Debug)]
enum Ends {
    Shadow,
    Match,
    If,
}
impl di_backends::Shadow for Ends {
    type Shadow = ();
    fn make_zero(&self) {}
    fn remake_zero(&self, (): &mut ()) {}
}
#[differentiable]
impl<T: Real> VectorFn<T> for Ends {
    fn output_len(&self, _: usize) -> usize {
        2
    }
    fn call_into(&self, x: &[T], y: &mut [T]) {
        match self {
            Self::Match => match x.len() {
                2 => put(x, y),
                _ => y.fill(x[0]),
            },
            Self::If => {
                if x.len() == 2 {
                    put(x, y)
                } else {
                    y.fill(x[1])
                }
            }
            Self::Shadow => {
                for _ in 0..2 {
                    if x.len() == 2 {
                        put(x, y)
                    } else {
                        y.fill(x[1])
                    }
                    match x.len() {
                        2 => put(x, y),
                        _ => {}
                    }
                }
                for _ in 0..x.len() / 3 {
                    put(x, y)
                }
            }
        }
    }
}

#[test]
fn calls_at_the_end_of_branches() {
    for f in [Ends::Match, Ends::If, Ends::Shadow] {
        vector(f.clone(), 2, [0.5, 2.0]);
        vector(f, 3, [0.5, 2.0]);
    }
}
