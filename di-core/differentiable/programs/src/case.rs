//! What a program is asked for.

use crate::Program;
use di_backends::{AdjointFn, Enclosed, Partials, Scalar, ScalarFn, Shadow, TangentFn, VectorFn};

/// How many directions a dual number carries.
pub const DIRECTIONS: usize = 4;

/// A program with plain numbers `T`, and with dual numbers.
pub trait Case<T: Scalar> {
    /// The source.
    fn text(&self) -> &str;
    /// The number of outputs for `n` inputs.
    fn outputs(&self, n: usize) -> usize;
    /// The value.
    fn value(&self, x: &[T], y: &mut [T]);
    /// The value with dual numbers.
    fn dual(&self, x: &[Partials<T, DIRECTIONS>], y: &mut [Partials<T, DIRECTIONS>]);
    /// The tangent of one direction.
    fn tangent(&self, x: &[T], dx: &[[T; 1]], y: Option<&mut [T]>, dy: &mut [[T; 1]]);
    /// The tangent of three directions.
    fn tangents(&self, x: &[T], dx: &[[T; 3]], y: Option<&mut [T]>, dy: &mut [[T; 3]]);
    /// The adjoint.
    fn adjoint(&self, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]);
}

/// A function `R^n → R` with its source.
pub struct Scalars<const NUMBER: usize>(pub Program<NUMBER>, pub &'static str);

/// A function `R^n → R^m` with its source.
pub struct Vectors<const NUMBER: usize>(pub Program<NUMBER>, pub &'static str);

macro_rules! derivatives {
    () => {
        fn text(&self) -> &str {
            self.1
        }
        fn tangent(&self, x: &[T], dx: &[[T; 1]], y: Option<&mut [T]>, dy: &mut [[T; 1]]) {
            self.0.tangent_into(Enclosed::Constant, x, dx, y, dy);
        }
        fn tangents(&self, x: &[T], dx: &[[T; 3]], y: Option<&mut [T]>, dy: &mut [[T; 3]]) {
            self.0.tangent_into(Enclosed::Constant, x, dx, y, dy);
        }
        fn adjoint(&self, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
            self.0.adjoint_into(Enclosed::Constant, x, dx, y, dy);
        }
    };
}

impl<T: Scalar, const NUMBER: usize> Case<T> for Scalars<NUMBER>
where
    Program<NUMBER>: ScalarFn<T> + ScalarFn<Partials<T, DIRECTIONS>> + TangentFn<T> + AdjointFn<T>,
{
    derivatives!();

    fn outputs(&self, _: usize) -> usize {
        1
    }
    fn value(&self, x: &[T], y: &mut [T]) {
        y[0] = self.0.call(x);
    }
    fn dual(&self, x: &[Partials<T, DIRECTIONS>], y: &mut [Partials<T, DIRECTIONS>]) {
        y[0] = self.0.call(x);
    }
}

impl<T: Scalar, const NUMBER: usize> Case<T> for Vectors<NUMBER>
where
    Program<NUMBER>: VectorFn<T> + VectorFn<Partials<T, DIRECTIONS>> + TangentFn<T> + AdjointFn<T>,
{
    derivatives!();

    fn outputs(&self, n: usize) -> usize {
        VectorFn::<T>::output_len(&self.0, n)
    }
    fn value(&self, x: &[T], y: &mut [T]) {
        self.0.call_into(x, y);
    }
    fn dual(&self, x: &[Partials<T, DIRECTIONS>], y: &mut [Partials<T, DIRECTIONS>]) {
        self.0.call_into(x, y);
    }
}
