//! Real Enzyme: an adapter of `std::autodiff`, for a nightly compiler with the `enzyme` component.
//!
//! # For callers
//!
//! [`Enzyme`] differentiates compiled code. The function needs no attribute: this crate annotates one generic function,
//! which the compiler instantiates with the caller's in the caller's crate. What the function owns has a
//! [`Shadow`](di_core::Shadow), or is declared [`Constant`]. The README tells how to build, and which code Enzyme
//! cannot see through; read it before the first use, and let [`Enzyme::self_check`] compare each new function with
//! another engine.
//!
//! # Safety
//!
//! The compiler checks no length of a shadow. This crate checks those of points, tangents and cotangents. That a
//! function's shadow has buffers as long as the function's is the duty of its `Shadow`, and that they stay as long during
//! the call is that of the function. A derived shadow of caches, arrays and vectors meets it, if no
//! [`Cache`](di_core::Cache) is marked constant and no buffer grows in a later call than the first; the README's *Traps*
//! tell the rest.
//!
//! # For backend authors
//!
//! All that `std::autodiff` is asked for stands in one module, `generated`; the rest is the interface's usual shape.
#![feature(autodiff)]

mod backend;
mod constant;
mod derivative;
mod enclosure;
mod generated;
mod gradient;
mod hvp;
mod number;
mod pullback;
mod pushforward;
mod second_derivative;
mod self_check;

pub use backend::Enzyme;
pub use constant::Constant;
pub use enclosure::Enclosure;
pub use number::Number;
pub use self_check::SelfCheck;
