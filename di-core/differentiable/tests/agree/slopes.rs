//! Functions of one or two numbers with loops, whose derivatives are had beside their value.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[differentiable]
fn root<T: Real>(x: T) -> T {
    let mut y = x;
    for _ in 0..60 {
        let step = (y * y - x) / (y * 2.0);
        y -= step;
        if step.abs() < T::lift(1e-14) {
            return y;
        }
    }
    y
}

#[differentiable]
fn mean<T: Real>(pair: (T, T)) -> T {
    let (mut a, mut b) = pair;
    while (a - b).abs() > T::lift(1e-13) {
        (a, b) = ((a + b) * 0.5, (a * b).sqrt());
    }
    a
}

#[differentiable]
fn powers<T: Real, const N: usize>([a, b]: [T; 2], weights: &[f64; N]) -> T {
    let mut sum = T::zero();
    for i in 0..N {
        sum = sum * a + b * weights[i];
    }
    sum
}

#[differentiable]
fn first_alone<T: Real>(x: T, ignored: T) -> T {
    let mut y = x;
    for _ in 0..3 {
        y = y.sin() + x;
    }
    y + ignored.floor()
}

#[differentiable]
fn several<T: Real>(x: T, y: T) -> (T, T) {
    let mut held = (x, y);
    for i in 0..3 {
        held = (held.1 * 0.5, held.0 * held.1 + (i as f64));
    }
    held
}

#[differentiable]
fn three<T: Real>(x: T, y: T, z: T) -> T {
    let mut held = x;
    for _ in 0..4 {
        held = (held * y).cos() + z;
    }
    held
}

#[differentiable]
fn nested<T: Real>(x: T, depth: usize) -> T {
    if depth == 0 {
        return x;
    }
    let mut sum = T::zero();
    for _ in 0..2 {
        sum += nested(x * 0.5, depth - 1).sin() * x;
    }
    sum
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Methods {
    turns: usize,
}

impl Methods {
    #[differentiable]
    fn turned<T: Real>(&self, x: T) -> T {
        let mut y = x;
        for _ in 0..self.turns {
            y = y.sin() + x * 0.5;
        }
        y
    }

    #[differentiable(associated)]
    fn doubled<T: Real>(x: T, times: usize) -> T {
        (0..times).fold(x, |y, _| y + y * 0.5)
    }
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Methods {
    fn call(&self, x: &[T]) -> T {
        let mut product = self.turned(x[0]) + Self::doubled(x[1], 3);
        for i in 1..x.len() {
            let turned = self.turned(x[i] * x[i - 1]);
            product = product * 0.5 + turned * turned * Self::doubled(x[i], self.turns);
        }
        product
    }
}

const WEIGHTS: [f64; 3] = [0.5, -1.0, 2.0];

scalars! {
    Roots(x) {
        let mut sum = T::zero();
        for i in 0..x.len() {
            let y = root(x[i]);
            sum += y * y.sin() + root(y + 1.0);
        }
        sum
    }
    Means(x) {
        let mut state = x[0];
        for i in 1..x.len() {
            let both = mean((state, x[i]));
            if both > T::one() { state = both * x[i - 1]; } else { state = both + x[0]; }
        }
        state * mean((x[0], state))
    }
    Powers(x) {
        let mut sum = T::zero();
        for pair in x.windows(2) {
            let value = powers([pair[0], pair[1]], &WEIGHTS);
            sum += value * value;
        }
        sum
    }
    Mixed(x) {
        let mut sum = T::zero();
        for i in 0..x.len() - 2 {
            let (a, b) = several(x[i], x[i + 1]);
            let c = three(a, x[i + 2], b);
            let d = first_alone(c, a);
            sum += a * b * c * d + nested(d, 3) * d;
        }
        sum
    }
    Once(x) { root(x[0]) * root(x[1] * x[1] + 1.0) }
    Ended(x) {
        let mut sum = T::zero();
        for i in 0..x.len() {
            let y = root(x[i]);
            if y > T::lift(1.3) { break; }
            sum += y * y * x[i];
        }
        sum
    }
}

const POSITIVE: [f64; 2] = [0.5, 2.0];

#[test]
fn in_loops() {
    scalar(Roots, 5, POSITIVE);
    scalar(Means, 5, POSITIVE);
    scalar(Powers, 5, POSITIVE);
    scalar(Mixed, 5, POSITIVE);
    scalar(Ended, 5, POSITIVE);
}

#[test]
fn once() {
    scalar(Once, 2, POSITIVE);
}

#[test]
fn methods() {
    scalar(Methods { turns: 4 }, 5, POSITIVE);
    scalar(Methods { turns: 0 }, 5, POSITIVE);
}
