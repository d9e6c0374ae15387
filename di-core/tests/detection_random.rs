//! Random programs: patterns equal those of plain sets, and hold every entry that is not zero.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::rule::{BinaryDependence, BinaryRule, Dependence, UnaryRule};
use di_core::{
    HessianDetector, JacobianDetector, Overload, Partials, Pattern, Real, ScalarFn, ScalarShape, TracerDetector,
    VectorFn, VectorShape,
};
use proptest::prelude::*;

const N: usize = 20;

/// The pattern of a number as bits: of its gradient, and of each row of its Hessian.
#[derive(Clone, Copy, Debug)]
struct Bits {
    gradient: u32,
    hessian: [u32; N],
    constant: bool,
}

impl Bits {
    fn input(i: usize) -> Self {
        Self { gradient: 1 << i, hessian: [0; N], constant: false }
    }

    fn interact(&mut self, a: u32, b: u32) {
        for (i, row) in self.hessian.iter_mut().enumerate() {
            *row |= if a >> i & 1 == 1 { b } else { 0 } | if b >> i & 1 == 1 { a } else { 0 };
        }
    }

    fn of_one(self, dependence: Dependence) -> Self {
        let mut result = self;
        match dependence {
            Dependence::Flat => result = Self { gradient: 0, hessian: [0; N], ..self },
            Dependence::Affine => {}
            Dependence::Curved => result.interact(self.gradient, self.gradient),
        }
        result
    }

    fn of_two(self, other: Self, dependence: BinaryDependence) -> Self {
        let (mut a, b) = (self.of_one(dependence.x), other.of_one(dependence.y));
        a.constant &= b.constant;
        a.gradient |= b.gradient;
        for (row, other) in a.hessian.iter_mut().zip(b.hessian) {
            *row |= other;
        }
        if dependence.cross {
            a.interact(self.gradient, other.gradient);
        }
        a
    }
}

impl Overload for Bits {
    type Base = f64;

    fn constant(_: f64) -> Self {
        Self { gradient: 0, hessian: [0; N], constant: true }
    }
    fn primal(&self) -> f64 {
        0.0
    }
    fn is_constant(&self) -> bool {
        self.constant
    }
    fn unary<R: UnaryRule>(self, rule: R) -> Self {
        self.of_one(rule.dependence())
    }
    fn binary<R: BinaryRule>(self, other: Self, rule: R) -> Self {
        self.of_two(other, rule.dependence())
    }
    fn plus(self, other: Self) -> Self {
        self.of_two(other, BinaryDependence::AFFINE)
    }
    fn minus(self, other: Self) -> Self {
        self.of_two(other, BinaryDependence::AFFINE)
    }
    fn times(self, other: Self) -> Self {
        self.of_two(other, BinaryDependence::PRODUCT)
    }
    fn over(self, other: Self) -> Self {
        self.of_two(other, BinaryDependence::QUOTIENT)
    }
    fn negated(self) -> Self {
        self
    }
    fn shifted(self, _: f64) -> Self {
        self
    }
    fn scaled(self, _: f64) -> Self {
        self
    }
    fn larger(self, other: Self) -> Self {
        self.of_two(other, BinaryDependence::AFFINE)
    }
    fn smaller(self, other: Self) -> Self {
        self.of_two(other, BinaryDependence::AFFINE)
    }
}

di_core::overload_scalar!(impl[] Bits);

/// Instructions, each an operation on two earlier numbers; the last numbers are the outputs.
#[derive(Clone, Debug)]
struct Program(Vec<(u8, usize, usize)>);

impl Program {
    fn run<T: Real>(&self, x: &[T], mut output: impl FnMut(T)) {
        let mut numbers = x.to_vec();
        for &(operation, a, b) in &self.0 {
            let (a, b) = (numbers[a % numbers.len()], numbers[b % numbers.len()]);
            let tail = &numbers[numbers.len() - 3..];
            numbers.push(match operation {
                0..=9 => a + b,
                10..=13 => a - b,
                14..=17 => a * b,
                18 => a / b,
                19 => a.sin(),
                20 => a.abs() + b,
                21 => a.max(b),
                22 => a.min(b * 0.5),
                23 => a.floor() * b,
                24 => a.hypot(b),
                25 => T::sum_of(tail),
                26 => T::dot(tail, &[a, b, a]),
                27 => T::linear_combination(&[1.0, 0.5, -1.0], tail),
                28 => a.mul_add(T::lift(0.0), b),
                29 => a.atan2(b),
                30 => a % (b + 2.0),
                31 => a.copysign(b),
                32 => a.powi(2) * 0.1,
                33 => T::lift(1.5) - a,
                34 => a.tanh().powf(T::lift(2.0)),
                _ => a.fract() + T::lift(2.0).powf(b.cos()),
            });
        }
        for &number in numbers.iter().rev().step_by(7) {
            output(number);
        }
    }
}

impl<T: Real> VectorFn<T> for Program {
    fn output_len(&self, n: usize) -> usize {
        (n + self.0.len()).div_ceil(7)
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut y = y.iter_mut();
        self.run(x, |number| *y.next().unwrap() = number);
    }
}

impl<T: Real> ScalarFn<T> for Program {
    fn call(&self, x: &[T]) -> T {
        let mut last = None;
        self.run(x, |number| last = last.or(Some(number)));
        last.unwrap()
    }
}

fn jacobian(detector: &TracerDetector, f: &Program, x: &[f64]) -> Pattern {
    JacobianDetector::<_, _, VectorShape>::jacobian_pattern(detector, f, x).unwrap()
}

fn hessian(detector: &TracerDetector, f: &Program, x: &[f64]) -> Pattern {
    HessianDetector::<_, _, ScalarShape>::hessian_pattern(detector, f, x).unwrap()
}

fn from_bits(rows: impl IntoIterator<Item = u32>) -> Pattern {
    Pattern::from_rows(N, rows.into_iter().map(|row| (0..N).filter(move |j| row >> j & 1 == 1))).unwrap()
}

/// What is a number, and not zero, is in the pattern.
fn assert_holds(pattern: &Pattern, row: usize, derivatives: &[f64]) -> Result<(), TestCaseError> {
    for (j, d) in derivatives.iter().enumerate() {
        prop_assert!(*d == 0.0 || d.is_nan() || pattern.contains(row, j), "({row}, {j}): {d}");
    }
    Ok(())
}

fn check(f: &Program, x: [f64; N]) -> Result<(), TestCaseError> {
    let (global, local) = (TracerDetector::global(), TracerDetector::local());
    let inputs: [Bits; N] = std::array::from_fn(Bits::input);
    let mut outputs = vec![Bits::constant(0.0); VectorFn::<Bits>::output_len(f, N)];
    f.call_into(&inputs, &mut outputs);
    let (first, second) = (jacobian(&global, f, &x), hessian(&global, f, &x));
    prop_assert_eq!(&first, &from_bits(outputs.iter().map(|y| y.gradient)));
    prop_assert_eq!(&second, &from_bits(ScalarFn::call(f, &inputs).hessian));

    let (near_first, near_second) = (jacobian(&local, f, &x), hessian(&local, f, &x));
    prop_assert!(near_first.is_subset(&first) && near_second.is_subset(&second));

    let inputs: [Partials<f64, N>; N] = std::array::from_fn(|i| Partials::variable(x[i], i));
    let mut outputs = vec![Partials::constant(0.0); first.rows()];
    f.call_into(&inputs, &mut outputs);
    for (i, y) in outputs.iter().enumerate() {
        assert_holds(&first, i, &y.partials)?;
        assert_holds(&near_first, i, &y.partials)?;
    }
    let inputs: [Partials<Partials<f64, N>, N>; N] = std::array::from_fn(|i| Partials::variable(inputs[i], i));
    for (i, row) in ScalarFn::call(f, &inputs).partials.iter().enumerate() {
        assert_holds(&second, i, &row.partials)?;
        assert_holds(&near_second, i, &row.partials)?;
    }
    Ok(())
}

fn program(length: usize) -> impl Strategy<Value = Program> {
    proptest::collection::vec((0_u8..36, any::<usize>(), any::<usize>()), 1..length).prop_map(Program)
}

/// Numbers that come from the few before them, so that sets are small and computations long.
fn long_program() -> impl Strategy<Value = Program> {
    (program(400), 1_usize..12).prop_map(|(Program(mut instructions), reach)| {
        for (place, (_, a, b)) in instructions.iter_mut().enumerate() {
            (*a, *b) = (place + N - 1 - *a % reach.min(place + N), place + N - 1 - *b % reach.min(place + N));
        }
        Program(instructions)
    })
}

proptest! {
    #[test]
    fn short_programs(f in program(20), x in proptest::array::uniform20(-2.0..2.0)) {
        check(&f, x)?;
    }

    #[test]
    fn wide_programs(f in program(400), x in proptest::array::uniform20(-2.0..2.0)) {
        check(&f, x)?;
    }

    #[test]
    fn long_programs(f in long_program(), x in proptest::array::uniform20(-2.0..2.0)) {
        check(&f, x)?;
    }

    /// Few operations of different kinds: sums, products and unary functions alone.
    #[test]
    fn plain_programs(f in program(60), kinds in 10_u8..20, x in proptest::array::uniform20(0.5..2.0)) {
        let instructions = f.0.iter().map(|&(operation, a, b)| (9 + operation % (kinds - 9), a, b));
        check(&Program(instructions.collect()), x)?;
    }
}
