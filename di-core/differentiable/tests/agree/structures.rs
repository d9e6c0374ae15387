//! Structs of numbers, vectors that grow, filters.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Clone, Copy)]
struct Point<T> {
    u: T,
    v: T,
}

#[derive(Clone, Copy)]
struct Pair<T>(T, T);

#[derive(Clone, Copy)]
struct State<T> {
    at: Point<T>,
    history: [T; 3],
    steps: usize,
}

scalars! {
    Fields(x) {
        let p = Point { u: x[0], v: x[1] * x[2] };
        let mut q = Point { u: p.v, ..p };
        q.v += p.u * q.u;
        q.u = q.v * 2.0;
        let Point { u, v: w } = q;
        p.u * u + w * q.v
    }
    TupleFields(x) {
        let mut p = Pair(x[0], T::zero());
        p.1 = p.0 * x[1];
        let Pair(a, b) = p;
        let q = Pair(b, a);
        q.0 * q.1 + p.1 * x[2]
    }
    StateOfLoop(x) {
        let mut state = State { at: Point { u: x[0], v: T::zero() }, history: [T::zero(); 3], steps: 0 };
        for i in 0..6 {
            let force = -(state.at.u * x[1]).sin();
            state.at.v += force * 0.1;
            state.at = Point { u: state.at.u + state.at.v * x[2], v: state.at.v };
            state.history[i % 3] = state.at.u * force;
            if state.at.u > state.at.v { state.steps += 1; }
        }
        let before = state;
        state.history[0] = state.at.u;
        if state.steps > 2 { state = State { history: [x[0]; 3], ..before }; }
        state.at.u + state.at.v * before.history[0] + state.history[0] * state.history[1] + state.steps as f64
    }
    ChosenStruct(x) {
        let p = if x[0] > x[1] { Point { u: x[0], v: x[2] } } else { Point { u: x[1] * x[1], v: x[0] } };
        p.u * p.v
    }
    Pushed(x) {
        let mut v = Vec::new();
        for i in 0..x.len() {
            if x[i] > T::one() { v.push(x[i] * x[i]); }
            v.push(x[i].sin());
        }
        let n = v.len();
        let mut s = v[n - 1];
        for a in &v { s += *a * s; }
        for i in 1..n { v[i] = v[i - 1] * v[i]; }
        s * v[n - 1]
    }
    Capacity(x) {
        let n = x.len();
        let mut v: Vec<T> = Vec::with_capacity(2 * n);
        for &a in x { v.push(a * a); }
        v.extend_from_slice(&x[1..]);
        v.extend(x.iter().map(|a| a.cos()));
        v.truncate(2 * n);
        let mut chosen: Vec<usize> = Vec::new();
        for i in 0..v.len() { if i % 3 != 1 { chosen.push(i); } }
        let mut s = T::zero();
        for &k in &chosen { s += v[k] * v[v.len() - 1 - k]; }
        v.clear();
        v.push(s);
        v.resize(3, x[0]);
        v[0] * v[2]
    }
    Stack(x) {
        let mut s = T::zero();
        for k in 0..3 {
            let mut v = vec![x[k]];
            while v.len() < 4 {
                let next = v[v.len() - 1] * x[0];
                v.push(next.sin());
            }
            s += v[1] * v[3];
        }
        s
    }
    Filtered(x) {
        let a: T = x.iter().filter(|v| **v > T::one()).map(|&v| v * v).sum();
        let b: T = x.iter().enumerate().filter(|(i, _)| i % 2 == 0).map(|(i, v)| v.sin() * (i as f64)).sum();
        let mut c = T::one();
        for k in (0..x.len()).filter(|k| *k != 2) { c *= x[k]; }
        let d: Vec<T> = x.iter().copied().filter(|v| *v < T::lift(1.3)).collect();
        let n = x.iter().filter(|&&v| v < T::one()).count();
        let mut e = T::zero();
        for v in &d { e += *v * c; }
        let odd: Vec<usize> = (0..x.len()).filter(|i| i % 2 == 1).collect();
        for &i in &odd { e += x[i] * a; }
        a + b * c + e * (n as f64 + 1.0)
    }
}

const POSITIVE: [f64; 2] = [0.5, 2.0];

#[test]
fn structs() {
    scalar(Fields, 3, POSITIVE);
    scalar(TupleFields, 3, POSITIVE);
    scalar(StateOfLoop, 3, POSITIVE);
    scalar(ChosenStruct, 3, POSITIVE);
}

#[test]
fn vectors_that_grow() {
    scalar(Pushed, 4, POSITIVE);
    scalar(Capacity, 4, POSITIVE);
    scalar(Stack, 3, POSITIVE);
}

#[test]
fn filters() {
    scalar(Filtered, 5, POSITIVE);
}
