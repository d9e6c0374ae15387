//! Functions whose body is not looked at, with derivative code by hand.

use crate::common;
use di_backends::{Real, ScalarFn, Shadow, VectorFn, differentiable};

/// The middle of an interval that is halved until it holds the square root; the derivative is that of the root.
#[differentiable(tangent = root_tangent, adjoint = root_adjoint)]
fn root<T: Real>(x: T) -> T {
    // Newton's steps over an iterator, which the macro would not look through.
    std::iter::successors(Some(x * 0.5 + 0.5), |&y| Some((y + x / y) * 0.5)).nth(60).unwrap_or(x)
}

fn root_tangent<T: Real, const K: usize>(x: T, x_dot: [T; K]) -> (T, [T; K]) {
    let y = root(x);
    (y, x_dot.map(|dot| dot / (y * 2.0)))
}

fn root_adjoint<T: Real>(x: T, seed: T) -> T {
    seed / (root(x) * 2.0)
}

/// Writes the numbers in ascending order, each times a weight.
#[differentiable(tangent = ordered_tangent, adjoint = ordered_adjoint)]
fn ordered<T: Real>(x: &[T], weight: T, y: &mut [T]) {
    order(x).into_iter().zip(y).for_each(|(from, y)| *y = x[from] * weight);
}

fn order<T: Real>(x: &[T]) -> Vec<usize> {
    let mut order: Vec<_> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].partial_cmp(&x[b]).unwrap());
    order
}

fn ordered_tangent<T: Real, const K: usize>(
    x: &[T],
    x_dot: &[[T; K]],
    weight: T,
    weight_dot: [T; K],
    y: &mut [T],
    y_dot: &mut [[T; K]],
) {
    ordered(x, weight, y);
    for (from, dot) in order(x).into_iter().zip(y_dot) {
        *dot = std::array::from_fn(|k| x_dot[from][k] * weight + x[from] * weight_dot[k]);
    }
}

fn ordered_adjoint<T: Real>(x: &[T], x_bar: &mut [T], weight: T, _: &mut [T], y_bar: &mut [T]) -> T {
    let mut weight_bar = T::zero();
    for (from, bar) in order(x).into_iter().zip(y_bar) {
        x_bar[from] += *bar * weight;
        weight_bar += *bar * x[from];
        *bar = T::zero();
    }
    weight_bar
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Rooted;

#[differentiable]
impl<T: Real> ScalarFn<T> for Rooted {
    fn call(&self, x: &[T]) -> T {
        let mut sum = T::zero();
        for &x in x {
            sum += root(x) * root(x * x + 1.0);
        }
        sum
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Ordered;

#[differentiable]
impl<T: Real> VectorFn<T> for Ordered {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut held = vec![T::zero(); x.len()];
        ordered(x, x[0] * 0.5, &mut held);
        for i in 0..x.len() {
            held[i] *= x[i];
        }
        ordered(&held, x[1], y);
        for i in 1..x.len() {
            y[i] += y[i - 1] * held[i];
        }
    }
}

#[test]
fn rules() {
    common::scalar(Rooted, 5, [0.2, 3.0]);
    common::vector(Ordered, 6, [-1.0, 1.0]);
}
