//! Numbers by value into functions and out of them, passive data that is taken apart, buffers of caches.

use crate::common::{scalar, vector};
use di_backends::{Cache, Real, ScalarFn, Shadow, VectorFn, differentiable};

mod vectors {
    use di_backends::{Real, differentiable};

    #[differentiable]
    pub(super) fn cross<T: Real>(a: [T; 3], b: [T; 3]) -> [T; 3] {
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    }

    #[differentiable]
    pub(super) fn normalized<T: Real>(a: [T; 3]) -> [T; 3] {
        let square = dot(a, a);
        if square < T::lift(0.01) {
            return a;
        }
        let length = square.sqrt();
        [a[0] / length, a[1] / length, a[2] / length]
    }

    #[differentiable]
    pub(super) fn dot<T: Real>(a: [T; 3], b: [T; 3]) -> T {
        let mut sum = T::zero();
        for i in 0..3 {
            sum += a[i] * b[i];
        }
        sum
    }
}

use vectors::{cross, normalized};

#[differentiable]
fn bounds<T: Real>(x: &[T]) -> (T, [T; 2]) {
    let mut ends = [x[0], x[0]];
    for &x in x {
        if x < ends[0] {
            ends[0] = x;
        }
        ends[1] = ends[1].max(x);
    }
    (ends[0] * ends[1], ends)
}

#[differentiable]
fn shifted<T: Real>(mut a: [T; 2], (by, times): (T, T)) -> [T; 2] {
    a[0] += by;
    a[1] *= times;
    a
}

#[differentiable]
fn moved<T: Real>(a: [T; 2], by: (T, T)) -> [T; 2] {
    let mut a = a;
    a[0] += by.0;
    a[1] *= by.1;
    a
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Triple;

#[differentiable]
impl<T: Real> ScalarFn<T> for Triple {
    fn call(&self, x: &[T]) -> T {
        let a = normalized([x[0], x[1], x[2]]);
        let b: [T; 3] = normalized([x[3], x[4], x[5]]);
        let [u, _, w] = cross(a_of(x), b);
        let far = cross(b, [x[2], x[4], x[0]]);
        let (product, ends): (T, [T; 2]) = bounds(x);
        let [low, high] = shifted(moved(ends, (x[1], x[5])), (x[2], x[3]));
        a[0] * far[0] + a[2] * far[1] + vectors::dot(b, [u, x[1], w]) * product + low / high + ends[1] * ends[0].sin()
    }
}

#[differentiable]
fn a_of<T: Real>(x: &[T]) -> [T; 3] {
    normalized([x[0], x[1], x[2]])
}

/// Arrays are copied where they are given another name.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Copies;

#[differentiable]
impl<T: Real> ScalarFn<T> for Copies {
    fn call(&self, x: &[T]) -> T {
        let mut a = [x[0], x[1], x[0] * x[1]];
        let b = a;
        let mut c = a;
        a[0] = x[2];
        c[1] *= a[0];
        let mut rows = [[T::one(); 3]; 2];
        for i in 0..3 {
            a[i] += b[i] * c[i];
            rows[i % 2][i] *= a[i];
        }
        let (first, mut last) = (rows[0], rows[1]);
        rows[0][2] = x[1].sin();
        last[1] += first[0];
        a[0] * b[0] + c[1] * a[2] + vectors::dot(a, b) * first[2] + last[1] * rows[0][2] - rows[1][1] * c[0]
    }
}

#[derive(Clone, Debug, Shadow)]
struct Passive {
    #[shadow(constant)]
    pairs: Vec<[usize; 2]>,
    #[shadow(constant)]
    weighted: Vec<(usize, f64)>,
    #[shadow(constant)]
    matrix: Vec<f64>,
    products: Cache,
    sums: Cache,
}

impl Passive {
    fn pair(&self, i: usize) -> [usize; 2] {
        self.pairs[i]
    }
}

#[differentiable]
fn row<T: Real>(matrix: &[f64], x: &[T], into: &mut [T]) {
    for i in 0..x.len() {
        let factors = &matrix[i..i + x.len()];
        let mut sum = T::zero();
        for k in 0..x.len() {
            sum += x[k] * x[k] * factors[k];
        }
        into[i] = sum;
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for Passive {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let n = x.len();
        let mut products = self.products.buffer::<T>(n);
        let mut sums = self.sums.buffer::<T>(n);
        for i in 0..self.pairs.len() {
            let [a, b] = self.pair(i);
            let (at, weight) = self.weighted[i];
            let [c, _] = &self.pairs[i];
            products[i] = x[a] * x[b] * weight + x[*c].sin() * x[at];
        }
        row(&self.matrix, &products, &mut sums);
        for i in 0..n {
            y[i] = sums[i] * products[self.pairs[i][1]] * self.weighted[i].1;
        }
    }
}

#[test]
fn numbers_by_value() {
    scalar(Triple, 6, [0.5, 2.0]);
    scalar(Triple, 6, [-0.1, 0.1]);
    scalar(Copies, 3, [0.5, 2.0]);
}

#[test]
fn passive_parts_and_caches() {
    let f = Passive {
        pairs: vec![[0, 1], [3, 1], [2, 2], [1, 3]],
        weighted: vec![(3, 0.5), (0, 1.5), (1, -2.0), (2, 0.25)],
        matrix: (0..8).map(|i| f64::from(i) - 3.0).collect(),
        products: Cache::new(),
        sums: Cache::new(),
    };
    vector(f, 4, [0.5, 2.0]);
}
