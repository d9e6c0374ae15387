//! A scalar in safe code whose arithmetic comes back to the tape that is recording it.

use di_core::rule::{BinaryRule, UnaryRule};
use di_core::{Overload, Scalar, ScalarFn, gradient, overload_scalar};
use di_tape::{Tape, Var};
use std::cell::Cell;

/// A plain number; copying, lifting and multiplying it may record on the tape around.
#[derive(Debug)]
struct Hostile(f64);

thread_local! {
    static PAIR: Cell<Option<(Var<Hostile>, Var<Hostile>)>> = const { Cell::new(None) };
    static TIMES: Cell<u32> = const { Cell::new(0) };
}

/// Records on the active tape, so much that its storage moves.
fn come_back() {
    let (Some((a, b)), left @ 1..) = (PAIR.get(), TIMES.get()) else { return };
    TIMES.set(0);
    for _ in 0..2000 {
        let _ = <Var<Hostile> as Scalar>::dot(&[a, b], &[b, a]) + a * b;
    }
    TIMES.set(left - 1);
}

impl Copy for Hostile {}

#[expect(clippy::expl_impl_clone_on_copy, clippy::non_canonical_clone_impl, reason = "the hostile part")]
impl Clone for Hostile {
    fn clone(&self) -> Self {
        come_back();
        *self
    }
}

impl Overload for Hostile {
    type Base = f64;

    fn constant(value: f64) -> Self {
        come_back();
        Self(value)
    }

    fn primal(&self) -> f64 {
        self.0
    }

    fn is_constant(&self) -> bool {
        true
    }

    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        Self(rule.value(self.0))
    }

    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        Self(rule.value(self.0, other.0))
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }

    fn times(self, other: Self) -> Self {
        come_back();
        Self(self.0 * other.0)
    }

    fn over(self, other: Self) -> Self {
        Self(self.0 / other.0)
    }

    fn negated(self) -> Self {
        Self(-self.0)
    }

    fn shifted(self, c: f64) -> Self {
        Self(self.0 + c)
    }

    fn scaled(self, c: f64) -> Self {
        Self(self.0 * c)
    }
}

overload_scalar!(impl[] Hostile);

/// `(x_0 x_1)·x_0` and so on, by products and by reductions.
struct Products {
    hostile: u32,
}

impl ScalarFn<Var<Hostile>> for Products {
    fn call(&self, x: &[Var<Hostile>]) -> Var<Hostile> {
        PAIR.set(Some((x[0], x[1])));
        let mut sum = x[0] * x[1];
        for _ in 0..3 {
            TIMES.set(0);
            let product = x[0] * x[1];
            TIMES.set(self.hostile);
            sum = Scalar::dot(&[sum, x[0], product, x[1]], &[x[1], product, x[0], x[1]]);
            sum = Scalar::sum_of(&[sum * x[0], x[0], product]);
        }
        TIMES.set(0);
        sum
    }
}

/// The same with plain numbers.
struct Plain;

impl ScalarFn<Var<f64>> for Plain {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        let mut sum = x[0] * x[1];
        for _ in 0..3 {
            let product = x[0] * x[1];
            sum = Scalar::dot(&[sum, x[0], product, x[1]], &[x[1], product, x[0], x[1]]);
            sum = Scalar::sum_of(&[sum * x[0], x[0], product]);
        }
        sum
    }
}

#[test]
fn it_gets_an_error_or_the_right_derivative() {
    let exact = gradient(&Tape::default(), Plain, &[1.0, 1.0]).expect("plain numbers do not come back");
    let x = [Hostile(1.0), Hostile(1.0)];
    let tame = gradient(&Tape::default(), Products { hostile: 0 }, &x).expect("nothing hostile happens");
    assert_eq!(tame.map(|g| g.0), exact);
    for hostile in [1, 2, 3, 20] {
        if let Ok(grad) = gradient(&Tape::default(), Products { hostile }, &x) {
            assert_eq!(grad.map(|g| g.0), exact);
        }
    }
}

/// Vectors of plain numbers, for comparison.
trait Mapped {
    fn map(self, f: impl Fn(Hostile) -> f64) -> Vec<f64>;
}

impl Mapped for Vec<Hostile> {
    fn map(self, f: impl Fn(Hostile) -> f64) -> Vec<f64> {
        self.into_iter().map(f).collect()
    }
}
