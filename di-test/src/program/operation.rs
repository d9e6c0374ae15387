//! The operations of programs: for any scalar, in closed form, and as text.

use super::jet::Partials2;
use di_core::{LocalFn, Scalar};

/// A smooth function of one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unary {
    /// `sin a`
    Sin,
    /// `cos a`
    Cos,
    /// `tanh a`
    Tanh,
    /// `atan a`
    Atan,
    /// `exp(sin a)`
    ExpSin,
    /// `1/(1 + a²)`
    Bell,
    /// `√(1 + a²)`
    Root,
    /// `ln(1 + a²)`
    Log,
    /// `(sin a)³`
    Cube,
    /// `(1 + a²)^(-3/2)`
    Power,
    /// `-a`
    Negative,
    /// `c + a`
    Shift(f64),
    /// `c a`
    Scale(f64),
}

/// A smooth function of two numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Binary {
    /// `(a + b)/2`
    Sum,
    /// `(a - b)/2`
    Difference,
    /// `sin(a) b`
    Product,
    /// `a/(1 + b²)`
    Quotient,
    /// `√(1 + a² + b²)`
    Length,
    /// `atan2(a, 1 + b²)`
    Angle,
    /// `a/2 - b/4`, by a linear combination
    Combination,
    /// `sin(a) b + cos(a) b`, by a dot product
    Dot,
    /// `(a + b + a)/3`, by a sum of a slice
    Total,
    /// `sin(a b)`, by a local term
    Local,
}

struct SineOfProduct;

impl LocalFn<2> for SineOfProduct {
    fn call<T: Scalar>(&self, [a, b]: [T; 2]) -> T {
        (a * b).sin()
    }
}

impl Unary {
    pub(super) fn call<T: Scalar>(self, a: T) -> T {
        match self {
            Self::Sin => a.sin(),
            Self::Cos => a.cos(),
            Self::Tanh => a.tanh(),
            Self::Atan => a.atan(),
            Self::ExpSin => a.sin().exp(),
            Self::Bell => (T::one() + a * a).recip(),
            Self::Root => (T::one() + a * a).sqrt(),
            Self::Log => (a * a).ln_1p(),
            Self::Cube => a.sin().powi(3),
            Self::Power => (T::one() + a * a).powf(T::lift(-1.5)),
            Self::Negative => -a,
            Self::Shift(c) => T::lift(c) + a,
            Self::Scale(c) => a * T::lift(c),
        }
    }

    /// The function, its first and its second derivative.
    pub(super) fn closed(self, a: f64) -> [f64; 3] {
        let (s, c, q) = (a.sin(), a.cos(), 1.0 + a * a);
        match self {
            Self::Sin => [s, c, -s],
            Self::Cos => [c, -s, -c],
            Self::Tanh => {
                let t = a.tanh();
                [t, 1.0 - t * t, -2.0 * t * (1.0 - t * t)]
            }
            Self::Atan => [a.atan(), 1.0 / q, -2.0 * a / (q * q)],
            Self::ExpSin => [s.exp(), c * s.exp(), (c * c - s) * s.exp()],
            Self::Bell => [1.0 / q, -2.0 * a / q.powi(2), (6.0 * a * a - 2.0) / q.powi(3)],
            Self::Root => [q.sqrt(), a / q.sqrt(), q.powf(-1.5)],
            Self::Log => [q.ln(), 2.0 * a / q, 2.0 * (1.0 - a * a) / (q * q)],
            Self::Cube => [s.powi(3), 3.0 * s * s * c, 6.0 * s * c * c - 3.0 * s.powi(3)],
            Self::Power => [q.powf(-1.5), -3.0 * a * q.powf(-2.5), (12.0 * a * a - 3.0) * q.powf(-3.5)],
            Self::Negative => [-a, -1.0, 0.0],
            Self::Shift(shift) => [shift + a, 1.0, 0.0],
            Self::Scale(factor) => [factor * a, factor, 0.0],
        }
    }

    pub(super) fn show(self, a: &str) -> String {
        match self {
            Self::Sin => format!("sin({a})"),
            Self::Cos => format!("cos({a})"),
            Self::Tanh => format!("tanh({a})"),
            Self::Atan => format!("atan({a})"),
            Self::ExpSin => format!("exp(sin({a}))"),
            Self::Bell => format!("1/(1 + {a}²)"),
            Self::Root => format!("√(1 + {a}²)"),
            Self::Log => format!("ln(1 + {a}²)"),
            Self::Cube => format!("sin({a})³"),
            Self::Power => format!("(1 + {a}²)^(-3/2)"),
            Self::Negative => format!("-{a}"),
            Self::Shift(c) => format!("{c} + {a}"),
            Self::Scale(c) => format!("{c}·{a}"),
        }
    }
}

impl Binary {
    pub(super) fn call<T: Scalar>(self, a: T, b: T) -> T {
        match self {
            Self::Sum => (a + b) * T::lift(0.5),
            Self::Difference => (a - b) / T::lift(2.0),
            Self::Product => a.sin() * b,
            Self::Quotient => a / (T::one() + b * b),
            Self::Length => (T::one() + a * a + b * b).sqrt(),
            Self::Angle => a.atan2(T::one() + b * b),
            Self::Combination => T::linear_combination(&[0.5, -0.25], &[a, b]),
            Self::Dot => T::dot(&[a.sin(), a.cos()], &[b, b]),
            Self::Total => T::sum_of(&[a, b, a]) / T::lift(3.0),
            Self::Local => T::local([a, b], &SineOfProduct),
        }
    }

    pub(super) fn closed(self, a: f64, b: f64) -> Partials2 {
        let (s, c, q) = (a.sin(), a.cos(), 1.0 + b * b);
        let linear = |ga: f64, gb: f64| Partials2 { value: ga * a + gb * b, first: [ga, gb], second: [0.0; 3] };
        match self {
            Self::Sum => linear(0.5, 0.5),
            Self::Difference => linear(0.5, -0.5),
            Self::Combination => linear(0.5, -0.25),
            Self::Total => linear(2.0 / 3.0, 1.0 / 3.0),
            Self::Product => Partials2 { value: s * b, first: [c * b, s], second: [-s * b, c, 0.0] },
            Self::Quotient => {
                let [bell, first, second] = Unary::Bell.closed(b);
                Partials2 { value: a * bell, first: [bell, a * first], second: [0.0, first, a * second] }
            }
            Self::Length => {
                let r = (q + a * a).sqrt();
                let cubed = r.powi(3);
                Partials2 {
                    value: r,
                    first: [a / r, b / r],
                    second: [q / cubed, -a * b / cubed, (1.0 + a * a) / cubed],
                }
            }
            Self::Angle => {
                let d = a * a + q * q;
                let (in_q, mixed, twice) = (-a / d, (a * a - q * q) / (d * d), 2.0 * a * q / (d * d));
                Partials2 {
                    value: (a / q).atan(),
                    first: [q / d, in_q * 2.0 * b],
                    second: [-twice, mixed * 2.0 * b, twice * 4.0 * b * b + in_q * 2.0],
                }
            }
            Self::Dot => {
                Partials2 { value: b * (s + c), first: [b * (c - s), s + c], second: [-b * (s + c), c - s, 0.0] }
            }
            Self::Local => {
                let (sine, cosine) = (a * b).sin_cos();
                Partials2 {
                    value: sine,
                    first: [cosine * b, cosine * a],
                    second: [-sine * b * b, cosine - sine * a * b, -sine * a * a],
                }
            }
        }
    }

    pub(super) fn show(self, a: &str, b: &str) -> String {
        match self {
            Self::Sum => format!("({a} + {b})/2"),
            Self::Difference => format!("({a} - {b})/2"),
            Self::Product => format!("sin({a})·{b}"),
            Self::Quotient => format!("{a}/(1 + {b}²)"),
            Self::Length => format!("√(1 + {a}² + {b}²)"),
            Self::Angle => format!("atan2({a}, 1 + {b}²)"),
            Self::Combination => format!("{a}/2 - {b}/4"),
            Self::Dot => format!("(sin({a}), cos({a}))·({b}, {b})"),
            Self::Total => format!("({a} + {b} + {a})/3"),
            Self::Local => format!("sin({a}·{b})"),
        }
    }
}
