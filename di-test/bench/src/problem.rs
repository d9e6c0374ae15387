//! The functions that are differentiated, each with its derivative written by hand.

mod brusselator;
mod coded;
mod dense;
mod mlp;
mod rosenbrock;
mod upwind;

pub use brusselator::{Brusselator, Weighted};
pub use dense::{DenseDots, DenseLoops};
pub use mlp::{Mlp, MlpDots, MlpLoops};
pub use rosenbrock::{Rosenbrock, RosenbrockLocal};
pub use upwind::Upwind;

/// Repeatable numbers between -1 and 1, by a linear congruential generator.
pub fn uniform(mut seed: u64) -> impl FnMut() -> f64 {
    move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = u32::try_from(seed >> 32).unwrap_or(u32::MAX);
        f64::from(high) / f64::from(u32::MAX) * 2.0 - 1.0
    }
}
