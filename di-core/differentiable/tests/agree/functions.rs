//! Functions in every place and of every form: paths, generics, recursion, values through branches.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

macro_rules! functions {
    ($($(#[$meta:meta])* $vis:vis fn $name:ident($a:ident) $body:expr;)*) => {$(
        $(#[$meta])*
        #[differentiable]
        $vis fn $name<T: Real>($a: T) -> T { $body }
    )*};
}

functions! {
    /// The square.
    #[inline(always)]
    fn square(a) a * a;
    #[must_use]
    pub(crate) fn cube(a) a * square(a);
}

mod one {
    use di_backends::{Real, differentiable};

    #[differentiable]
    pub(super) fn same<T: Real>(a: T) -> T {
        a * a
    }

    pub(super) mod two {
        use di_backends::{Real, differentiable};

        #[differentiable]
        #[inline]
        pub(in super::super) fn same<T: Real>(a: T) -> T {
            super::same(a) * a
        }

        #[differentiable]
        #[cfg(not(test))]
        pub(in super::super) fn other<T: Real>(a: T) -> T {
            a
        }

        #[differentiable]
        #[cfg(test)]
        pub(in super::super) fn other<T: Real>(a: T) -> T {
            a.sin()
        }
    }
}

use one::{same, two};

#[differentiable]
fn power<T: Real>(x: T, n: usize) -> T {
    if n == 0 {
        return T::one();
    }
    x * power(x, n - 1)
}

#[differentiable]
fn folded<T: Real>(x: &mut [T], n: usize) {
    if n > 0 {
        x[0] = x[0] * x[1];
        folded(x, n - 1);
        folded(x, n - 1);
    }
}

#[differentiable]
fn polar<T: Real>(a: T, b: T) -> (T, T) {
    if a > b {
        turned(a, b)
    } else {
        match 1 + 1 {
            2 => turned(b, a),
            _ => (a, b),
        }
    }
}

#[differentiable]
fn turned<T: Real>(a: T, b: T) -> (T, T) {
    (a * b, a + b.sin())
}

#[differentiable]
fn powers<T: Real>(a: T) -> [T; 3] {
    [a, a * a, a.sin()]
}

#[differentiable]
fn repeated<T>(a: [T; 2], n: usize) -> T
where
    T: Real,
{
    let mut s = a[0];
    for _ in 0..n {
        s = s * a[1];
    }
    s
}

#[differentiable]
fn sent<T: Send + Real + Sync>(a: T) -> T {
    a * a
}

/// A method that is called as one of numbers is.
trait Weight {
    fn weight(&self, i: usize) -> f64;
    fn sin(&self) -> f64 {
        3.0
    }
}

impl Weight for f64 {
    fn weight(&self, i: usize) -> f64 {
        *self * i as f64
    }
}

#[derive(Clone, Copy, Debug)]
struct Two;

impl Weight for Two {
    fn weight(&self, i: usize) -> f64 {
        i as f64 + 2.0
    }
}

#[differentiable]
fn weighted<W: Weight, T: Real>(w: &W, x: &[T]) -> T {
    let mut s = T::zero();
    for i in 0..x.len() {
        s += x[i] * x[i] * w.weight(i) * w.sin();
    }
    s
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Holder<W, const N: usize>
where
    W: Clone,
{
    weight: W,
    factors: [f64; N],
}

#[differentiable]
impl<T: Real + Send, W: Weight + Clone + std::fmt::Debug + 'static, const N: usize> ScalarFn<T> for Holder<W, N>
where
    W: Copy,
{
    fn call(&self, x: &[T]) -> T {
        let mut s = T::zero();
        for i in 0..N {
            s += x[i % x.len()].sin() * self.factors[i] * self.weight.weight(i);
        }
        s * weighted(&self.weight, x) * sent(x[0])
    }
}

scalars! {
    Paths(x) {
        same(x[0]) * two::same(x[1]) + self::one::two::same(x[0]) + one::same(cube(x[1])) + two::other(x[0])
    }
    Recursion(x) {
        let mut a = [x[0], x[1]];
        folded(&mut a, 2);
        power(x[0], 4) * power(x[1], 0) * repeated([x[0], x[1]], 3) * a[0]
    }
    Tuples(x) {
        let mut p = x[1];
        let mut q = x[0];
        (p, q) = polar(p, q);
        let (r, s) = if p > q { polar(p, q) } else { turned(q, x[0]) };
        let mut z = [x[0]; 3];
        z = powers(q * z[1]);
        let mut t = (x[0], x[1]);
        t = turned(t.0, t.1);
        t.1 = {
            let c = polar(x[0], t.0);
            c.0 * c.1
        };
        p * r + q * s + z[0] * z[1] * z[2] + t.0 * t.1
    }
    Returned(x) {
        // A value of a call inside of what is returned.
        let pair = |a: T| (sent(a), a * sent(a));
        let (a, b) = pair(x[0]);
        let [c, d] = { [sent(a), sent(b)] };
        if a > b { return sent(c) * sent(d); }
        c * sent(sent(d))
    }
}

#[test]
fn functions_of_every_form() {
    const POSITIVE: [f64; 2] = [0.5, 2.0];
    scalar(Paths, 2, POSITIVE);
    scalar(Recursion, 2, POSITIVE);
    scalar(Tuples, 2, POSITIVE);
    scalar(Returned, 2, POSITIVE);
    scalar(Holder { weight: 2.0, factors: [1.0, 2.0, 3.0] }, 2, POSITIVE);
    scalar(Holder { weight: Two, factors: [0.5] }, 2, POSITIVE);
}
