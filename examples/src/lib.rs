//! What the examples share: functions to differentiate, reference data, a least-squares solver, a
//! study of widths, tables and a clock.
//!
//! Nothing in here but the list of the tour, `engines`, names an engine: everything that differentiates takes backends
//! as arguments.
#![forbid(unsafe_code)]

mod certified;
mod comparison;
mod engine;
mod evaluation;
mod functions;
mod levenberg_marquardt;
mod nist;
mod report;
mod table;
mod width_study;

pub use certified::{CERTIFIED_DIGITS, Comparison, digits, fit_dataset};
pub use comparison::{Row, compare};
pub use di_test::{Clock, Timing};
pub use engine::{Case, Engine, Named, engines, names};
pub use evaluation::{Evaluation, curve, relative_difference, scalar, unary, vector};
pub use functions::{Brusselator, Network, Rosenbrock, Sine, SineCosine, Spiral, Upwind, UpwindByHand};
pub use levenberg_marquardt::{Fit, FitError, LevenbergMarquardt};
pub use nist::{Dataset, Model, NistError, Parameter, Residuals, predict};
pub use report::{Fits, agreement_table, detail_table, fit_table, time_table};
pub use table::Table;
pub use width_study::{ClosedForm, Measurement, StudyError, Subject, TangentLoop, Width, WidthStudy};
