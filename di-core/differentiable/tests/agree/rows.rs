//! Loops that add to several rows of one slice, beside each other and overlapping.

use crate::common::{scalar, vector};
use di_backends::{Real, ScalarFn, Shadow, VectorFn, differentiable};

scalars! {
    Lagged(x) {
        let lag = x.len() / 3;
        let mut sum = T::zero();
        for i in 0..x.len() - lag {
            sum += x[i] * x[i + lag].sin();
        }
        sum
    }
    LaggedAndBeside(x) {
        let lag = x.len() / 2;
        let mut sum = T::zero();
        for i in 1..x.len() - lag {
            sum += (x[i] * x[i - 1]).sin() * x[i + lag] - x[i + lag - 1].exp();
        }
        sum
    }
    Halves(x) {
        let half = x.len() / 2;
        let squares: Vec<T> = x.iter().map(|x| *x * *x).collect();
        let mut sum = T::one();
        for i in 0..half {
            sum += squares[i] * squares[half + i] * x[i] * x[half + i];
        }
        sum
    }
    Chained(x) {
        let half = x.len() / 2;
        let mut state = T::one();
        for i in 0..half {
            state = (state * x[i]).sin() + x[i + half];
        }
        state
    }
    Descending(x) {
        let half = x.len() / 2;
        let mut state = T::one();
        for i in (1..half).rev() {
            state = (state * x[i]).sin() + x[i + half] * x[half + i - 1];
        }
        state
    }
    OnesOften(x) {
        let lag = x.len() - 1;
        let mut sum = T::zero();
        for _ in 0..3 {
            for i in 0..x.len() - lag {
                sum += (x[i] * sum + x[i + lag]).cos();
            }
        }
        sum
    }
    Empty(x) {
        let n = x.len();
        let mut sum = x[0];
        for i in n..n {
            sum += x[i] * x[i + n];
        }
        sum
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Grid {
    rows: usize,
}

#[differentiable]
fn bent<T: Real>(above: T, left: T, middle: T, right: T, below: T) -> T {
    (above * middle).sin() + left * right - below * 0.5
}

#[differentiable]
impl<T: Real> VectorFn<T> for Grid {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let width = x.len() / self.rows;
        y.fill(T::zero());
        for i in 0..self.rows {
            let above = (i + self.rows - 1) % self.rows * width;
            let below = (i + 1) % self.rows * width;
            let middle = i * width;
            for j in 1..width - 1 {
                y[middle + j] = bent(x[above + j], x[middle + j - 1], x[middle + j], x[middle + j + 1], x[below + j]);
            }
        }
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Spread {
    lag: usize,
}

#[differentiable]
impl<T: Real> VectorFn<T> for Spread {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        y.copy_from_slice(x);
        for i in 0..x.len() - self.lag {
            let product = x[i] * x[i + self.lag];
            y[i] += product;
            y[i + self.lag] -= product.sin();
        }
    }
}

const POSITIVE: [f64; 2] = [0.5, 2.0];

#[test]
fn of_numbers() {
    scalar(Lagged, 9, POSITIVE);
    scalar(LaggedAndBeside, 9, POSITIVE);
    scalar(Halves, 8, POSITIVE);
    scalar(Chained, 8, POSITIVE);
    scalar(Descending, 9, POSITIVE);
    scalar(OnesOften, 5, POSITIVE);
    scalar(Empty, 3, POSITIVE);
}

#[test]
fn of_grids() {
    for rows in 1..5 {
        vector(Grid { rows }, rows * 5, POSITIVE);
    }
    for lag in [0, 1, 3, 6, 7] {
        vector(Spread { lag }, 7, POSITIVE);
    }
}
