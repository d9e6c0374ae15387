//! Reference data of nonlinear regression, with their models.

mod dataset;
mod error;
mod model;

pub use dataset::{Dataset, Parameter};
pub use error::NistError;
pub use model::{Model, Residuals, predict};
