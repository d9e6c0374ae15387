//! Functions that own memory and write into it while they are evaluated, with derivative code written by hand.
//!
//! Each stands in a file of its own: the function, its tangent, its adjoint, and its derivatives in closed form, which
//! share nothing with the derivative code.

mod accumulate;
mod brusselator;
mod diffusion;
mod galerkin;
mod memory;
mod reaction_diffusion;
mod smallest;
mod steps;
mod swap;
mod upwind;
mod write_then_read;

use di_core::{AdjointFn, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;

pub use accumulate::Accumulate;
pub use brusselator::Brusselator;
pub use galerkin::Galerkin;
pub use reaction_diffusion::ReactionDiffusion;
pub use smallest::Smallest;
pub use steps::Steps;
pub use swap::Swap;
pub use upwind::Upwind;
pub use write_then_read::WriteThenRead;

/// Derivatives in closed form, in double precision and by no engine; documented at [`Cached`].
trait ClosedForm {
    fn jacobian(&self, x: &[f64]) -> Array2<f64>;
    fn second(&self, x: &[f64]) -> Option<Array2<f64>>;
}

/// A count as a factor.
fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::NAN, f64::from)
}

macro_rules! functions {
    ($($(#[$documentation:meta])* $name:ident,)*) => {
        /// A function with enclosed caches, of a list that one type stands for.
        #[derive(Clone, Debug, Shadow)]
        pub enum Cached {
            $($(#[$documentation])* $name($name),)*
        }

        impl Cached {
            /// The number of outputs for `n` inputs.
            #[must_use]
            pub fn outputs(&self, n: usize) -> usize {
                match self {
                    $(Self::$name(f) => VectorFn::<f64>::output_len(f, n),)*
                }
            }

            /// The Jacobian at `x`, m × n.
            #[must_use]
            pub fn jacobian(&self, x: &[f64]) -> Array2<f64> {
                match self {
                    $(Self::$name(f) => f.jacobian(x),)*
                }
            }

            /// The second derivatives at `x`: with one output the Hessian, n × n; else, with one input, those of each
            /// output, m × 1. `None` if there are several of both.
            #[must_use]
            pub fn second(&self, x: &[f64]) -> Option<Array2<f64>> {
                match self {
                    $(Self::$name(f) => f.second(x),)*
                }
            }
        }

        impl<T: Scalar> VectorFn<T> for Cached {
            fn output_len(&self, input_len: usize) -> usize {
                self.outputs(input_len)
            }

            fn call_into(&self, x: &[T], y: &mut [T]) {
                match self {
                    $(Self::$name(f) => f.call_into(x, y),)*
                }
            }
        }

        impl<T: Scalar> TangentFn<T> for Cached {
            fn tangent_into<const K: usize>(
                &self,
                enclosed: Enclosed<'_, Self>,
                x: &[T],
                dx: &[[T; K]],
                y: Option<&mut [T]>,
                dy: &mut [[T; K]],
            ) {
                match (self, self.own(enclosed)) {
                    $((Self::$name(f), Some(Self::$name(shadow))) => {
                        f.tangent_into(Enclosed::Duplicated(shadow), x, dx, y, dy);
                    })*
                    $((Self::$name(f), _) => f.tangent_into(Enclosed::Constant, x, dx, y, dy),)*
                }
            }
        }

        impl<T: Scalar> AdjointFn<T> for Cached {
            fn adjoint_into(
                &self,
                enclosed: Enclosed<'_, Self>,
                x: &[T],
                dx: &mut [T],
                y: Option<&mut [T]>,
                dy: &mut [T],
            ) {
                match (self, self.own(enclosed)) {
                    $((Self::$name(f), Some(Self::$name(shadow))) => {
                        f.adjoint_into(Enclosed::Duplicated(shadow), x, dx, y, dy);
                    })*
                    $((Self::$name(f), _) => f.adjoint_into(Enclosed::Constant, x, dx, y, dy),)*
                }
            }
        }
    };
}

functions! {
    /// The square of what is added up in one enclosed number.
    Smallest,
    /// A buffer that is written, given back, and read.
    WriteThenRead,
    /// A buffer that a double loop accumulates into.
    Accumulate,
    /// Two buffers that change their roles after each step.
    Swap,
    /// Two species on a grid, with six buffers and matrix products.
    ReactionDiffusion,
    /// Finite volumes with a buffer of fluxes.
    Upwind,
    /// A discontinuous Galerkin scheme with a buffer of traces and one of residuals.
    Galerkin,
    /// Two species on a grid, as a loop with one buffer that is used twice.
    Brusselator,
    /// A short simulation whose buffers are used in every step.
    Steps,
}

impl Cached {
    /// The shadow, of the same function as the primal: one of another function is made anew.
    fn own<'a>(&self, enclosed: Enclosed<'a, Self>) -> Option<&'a mut Self> {
        let shadow = enclosed.shadow()?;
        if std::mem::discriminant(self) != std::mem::discriminant(&*shadow) {
            *shadow = self.make_zero();
        }
        Some(shadow)
    }
}
