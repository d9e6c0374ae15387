//! Forward-mode engine of the differentiation interface, on the dual numbers of the num-dual crate.
//!
//! Derivatives are exact to rounding. Cost grows with the number of inputs: n inputs take `ceil(n/w)` evaluations of the
//! function for a gradient or Jacobian, w at most 16, so prefer reverse mode for gradients of many inputs. A pullback
//! computes the whole Jacobian and holds it; a Hessian takes about `n²/2w²` evaluations with numbers of `(w + 1)²` parts, w at
//! most 8. Width is chosen among few constants, for each of which the function is compiled.
#![forbid(unsafe_code)]

mod backend;
mod derivative;
mod dual;
mod dual2;
mod full;
mod hessian;
mod hvp;
mod lanes;
mod number;
mod pushforward;
mod second_derivative;
mod width;

pub use backend::NumDual;
pub use dual::Dual;
pub use dual2::Dual2;
pub use full::FullDual;
pub use number::DualNumber;
pub use width::{AnyBlock, AnyProduct, AnyWidth};
