//! Functions with sparse derivatives, as data, generic over their scalar, with derivative code.
#![expect(clippy::needless_range_loop, reason = "formulas with indices are written with indices")]

mod arrow;
mod brusselator;
mod bundle;
mod differences;
mod least_squares;
mod ring;
mod rosenbrock;
mod squares;
mod stencil;
mod surface;

use di_core::{AdjointFn, Enclosed, Pattern, Scalar, Shadow, SparseMatrix, TangentFn, VectorFn};

pub use arrow::{Arrow, ArrowEnergy};
pub use brusselator::BrusselatorGrid;
pub use bundle::Bundle;
pub use differences::{DiffSquare, DiffSquareCube, SumDiffCube};
pub use least_squares::LeastSquares;
pub use ring::{BandedRing, UpwindRing};
pub use rosenbrock::{ChainedRosenbrock, PlainSum, SumOfSines};
pub use squares::{SquareForm, SquareMap, UpperBand};
pub use stencil::Stencil;
pub use surface::Surface;

/// Derivatives in closed form, entry by entry and by no engine.
///
/// Every place that can differ from zero is added to at least once; what is added to one place is summed.
trait Reference {
    /// Adds the entries `(i, j, value)` of the Jacobian.
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64));

    /// Adds the entries of the Hessian, of a function with one output.
    fn hessian(&self, _x: &[f64], _add: &mut dyn FnMut(usize, usize, f64)) {}
}

/// A count as a factor.
fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::NAN, f64::from)
}

macro_rules! formulas {
    ($($(#[$documentation:meta])* $name:ident($function:ty),)*) => {
        /// A function `R^n → R^m` with a sparse Jacobian or, with one output, a sparse Hessian.
        #[derive(Clone, Debug, Shadow)]
        #[shadow(constant)]
        pub enum SparseFormula {
            $($(#[$documentation])* $name($function),)*
        }

        impl<T: Scalar> VectorFn<T> for SparseFormula {
            fn output_len(&self, input_len: usize) -> usize {
                match self {
                    $(Self::$name(f) => VectorFn::<T>::output_len(f, input_len),)*
                }
            }

            fn call_into(&self, x: &[T], y: &mut [T]) {
                match self {
                    $(Self::$name(f) => f.call_into(x, y),)*
                }
            }
        }

        impl<T: Scalar> TangentFn<T> for SparseFormula {
            fn tangent_into<const K: usize>(
                &self,
                enclosed: Enclosed<'_, ()>,
                x: &[T],
                dx: &[[T; K]],
                y: Option<&mut [T]>,
                dy: &mut [[T; K]],
            ) {
                match self {
                    $(Self::$name(f) => f.tangent_into(enclosed, x, dx, y, dy),)*
                }
            }
        }

        impl<T: Scalar> AdjointFn<T> for SparseFormula {
            fn adjoint_into(&self, enclosed: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
                match self {
                    $(Self::$name(f) => f.adjoint_into(enclosed, x, dx, y, dy),)*
                }
            }
        }

        impl SparseFormula {
            fn reference(&self) -> &dyn Reference {
                match self {
                    $(Self::$name(f) => f,)*
                }
            }
        }
    };
}

formulas! {
    /// Squares of differences.
    DiffSquare(DiffSquare),
    /// Squares of differences above their cubes.
    DiffSquareCube(DiffSquareCube),
    /// A banded matrix applied to squares.
    SquareMap(SquareMap),
    /// Reaction and diffusion on a torus.
    Brusselator(BrusselatorGrid),
    /// Two diagonals and a corner.
    UpwindRing(UpwindRing),
    /// Four diagonals with wrap-around.
    BandedRing(BandedRing),
    /// A dense row, a dense column and the diagonal.
    Arrow(Arrow),
    /// Seven points in three dimensions.
    Stencil(Stencil),
    /// Blocks of cameras and points.
    Bundle(Bundle),
    /// Rows of three entries without order.
    LeastSquares(LeastSquares),
    /// A sum of cubes of differences.
    SumDiffCube(SumDiffCube),
    /// A banded quadratic form of squares.
    SquareForm(SquareForm),
    /// The curved valley.
    ChainedRosenbrock(ChainedRosenbrock),
    /// A sum of functions of one unknown.
    SumOfSines(SumOfSines),
    /// A linear function.
    PlainSum(PlainSum),
    /// A surface in a potential.
    Surface(Surface),
    /// One unknown that meets all others.
    ArrowEnergy(ArrowEnergy),
}

impl SparseFormula {
    /// The number of outputs for `n` inputs.
    #[must_use]
    pub fn outputs(&self, n: usize) -> usize {
        VectorFn::<f64>::output_len(self, n)
    }

    /// The value at `x`.
    #[must_use]
    pub fn value(&self, x: &[f64]) -> Vec<f64> {
        let mut y = vec![f64::NAN; self.outputs(x.len())];
        self.call_into(x, &mut y);
        y
    }

    /// The Jacobian at `x`, m × n, in closed form; its pattern holds at every point.
    #[must_use]
    pub fn jacobian(&self, x: &[f64]) -> SparseMatrix {
        matrix(self.outputs(x.len()), x.len(), &|add| self.reference().jacobian(x, add))
    }

    /// The Hessian at `x`, n × n, in closed form, of a function with one output; its pattern holds at every point.
    #[must_use]
    pub fn hessian(&self, x: &[f64]) -> SparseMatrix {
        matrix(x.len(), x.len(), &|add| self.reference().hessian(x, add))
    }

    /// The gradient at `x` in closed form, of a function with one output.
    #[must_use]
    pub fn gradient(&self, x: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; x.len()];
        self.reference().jacobian(x, &mut |_, j, value| gradient[j] += value);
        gradient
    }
}

/// What is called with each entry.
type Adder<'a> = &'a mut dyn FnMut(usize, usize, f64);

/// The matrix of the entries that `list` adds.
fn matrix(rows: usize, columns: usize, list: &dyn Fn(Adder<'_>)) -> SparseMatrix {
    let mut places = Vec::new();
    list(&mut |i, j, _| places.push((i, j)));
    // An entry outside of the matrix is a mistake of this crate, which leaves an empty pattern that no check passes.
    let pattern = Pattern::from_entries(rows, columns, places);
    let Ok(pattern) = pattern.or_else(|_| Pattern::empty(rows, columns)) else { unreachable!("dimensions are small") };
    let mut matrix = SparseMatrix::zeros(pattern.clone());
    let values = matrix.values_mut();
    list(&mut |i, j, value| {
        if let Some(place) = pattern.position(i, j) {
            values[place] += value;
        }
    });
    matrix
}
