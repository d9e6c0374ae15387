//! The trait `Shadow` and the macro that derives it, under one name.

// The trait comes by the glob and the macro by its name, which goes first: the macro of `di_core` writes paths through
// `::di_core`, which who depends on this crate alone does not have.
pub use di_core::*;
#[cfg(feature = "derive")]
pub use di_derive::ShadowThroughBackends as Shadow;
