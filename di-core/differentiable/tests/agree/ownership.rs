//! Copies and references: what one name is given does not change what another has.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

scalars! {
    CopiedArray(x) {
        let mut a = [x[0], x[1], x[2]];
        let b = a;
        a[0] = a[1] * x[2];
        let mut c = b;
        c[1] = c[0] * x[1];
        a[0] * b[0] + b[1] * c[1] + c[2]
    }
    CopiedRow(x) {
        let mut m = [[x[0], x[1]], [x[2], x[0]]];
        let row = m[0];
        m[0][1] = x[2] * x[2];
        let mut other = m[1];
        other[0] = row[1];
        m[1] = row;
        m[0][1] * row[1] + m[1][0] * other[0] + m[1][1]
    }
    CopiedInTuple(x) {
        let mut p = ([x[0]; 3], x[1]);
        let q = p;
        p.0[1] = x[2] * p.1;
        p.1 = q.0[1];
        p.0[1] * q.0[1] + p.1 * q.1
    }
    Moved(x) {
        let mut v = vec![x[0]; 3];
        v[1] = x[1];
        let w = v;
        v = vec![x[2]; 3];
        v[1] *= w[1];
        w[1] * v[1] + w[0] * v[2]
    }
    AssignedWhole(x) {
        let mut a = [x[0], x[1]];
        let b = [x[1] * x[2], x[0]];
        if x[0] > x[1] { a = b; } else { a = [a[1], b[1]]; }
        a[0] * a[1] * x[2]
    }
    Exchanged(x) {
        let mut a = vec![x[0] * x[1]; 3];
        let mut b = x.to_vec();
        for _ in 0..3 {
            for i in 0..3 { b[i] = b[i] * a[(i + 1) % 3].sin() + a[i]; }
            std::mem::swap(&mut a, &mut b);
        }
        let (mut s, mut t) = (x[0], x[1] * x[2]);
        std::mem::swap(&mut s, &mut t);
        let old = std::mem::replace(&mut s, t * t);
        a[0] * b[1] + a[2] * s - t * old
    }
    ExchangedArrays(x) {
        let (mut a, mut b) = ([x[0], x[1]], [x[1], x[2]]);
        (a, b) = (b, a);
        b[0] *= a[1];
        (a[0], a[1]) = (a[1], a[0]);
        a[0] * b[0] - a[1] * b[1]
    }
    IndexedInBranch(x) {
        let a = [x[0], x[1] * x[0], x[2]];
        let k = x.len() - 2;
        let s = if x[0] > x[1] { a[k] } else { x[0] };
        s * a[1]
    }
    IndexedInLoop(x) {
        let a = [x[0], x[1] * x[0], x[2]];
        let mut s = x[1];
        for i in 0..x.len() - 3 { s += a[i]; }
        s * a[0] + a[2]
    }
    JumpInValue(x) {
        let mut s = x[0];
        for i in 0..x.len() {
            s = if x[i] > T::lift(1.2) { continue } else { s * x[i] };
            let d = if s < T::lift(0.4) { break } else { s + x[i] };
            s += d * d;
        }
        s
    }
    References(x) {
        let mut a = [x[0], x[1], x[2]];
        {
            let r = &mut a;
            r[0] = r[1] * r[2];
            let last = &mut r[2];
            *last = *last * x[0];
        }
        for row in &mut [a, [x[1]; 3]] { row[0] = x[2]; }
        let mut m = [[x[0]; 2]; 2];
        for row in &mut m { row[1] *= x[1]; }
        let mut copies = T::zero();
        for mut row in m { row[0] *= x[2]; copies += row[0] * row[1]; }
        for row in m.iter_mut() { for e in row.iter_mut() { *e = e.sin(); } }
        let f = |k: usize| a[k] * x[1];
        a[0] * a[2] + m[0][1] * m[1][0] + f(0) + copies
    }
    FoldedArray(x) {
        let both = x.iter().fold([T::zero(), T::one()], |held, &x| [held[0] + x * held[1], held[1] * x]);
        let empty = x[..0].iter().fold([x[0]; 2], |mut held, &x| { held[0] = x; held });
        both[0] * both[1] + empty[0] * empty[1]
    }
}

const POSITIVE: [f64; 2] = [0.5, 2.0];

#[test]
fn copies() {
    scalar(CopiedArray, 3, POSITIVE);
    scalar(CopiedRow, 3, POSITIVE);
    scalar(CopiedInTuple, 3, POSITIVE);
    scalar(Moved, 3, POSITIVE);
    scalar(AssignedWhole, 3, POSITIVE);
    scalar(FoldedArray, 3, POSITIVE);
}

#[test]
fn exchanges() {
    scalar(Exchanged, 3, POSITIVE);
    scalar(ExchangedArrays, 3, POSITIVE);
}

#[test]
fn references() {
    scalar(References, 3, POSITIVE);
}

#[test]
fn blocks_that_are_not_run() {
    scalar(IndexedInBranch, 3, POSITIVE);
    scalar(IndexedInLoop, 3, POSITIVE);
    scalar(JumpInValue, 5, POSITIVE);
}
