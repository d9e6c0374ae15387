//! An engine chosen by measuring.

mod agreement;
mod builder;
mod candidate;
mod chosen;
mod clock;
mod contest;
mod decide;
mod decision;
mod disagreement;
mod error;
mod operation;
mod operators;
mod options;
mod places;
mod report;
mod timing;
mod trial;

pub use builder::{Choose, choose, choose_unary};
pub use candidate::{Candidate, Candidates, DefaultEngines, Named, NoEngines};
pub use chosen::Chosen;
pub use decision::{Decision, Operator};
pub use disagreement::Disagreement;
pub use error::ChooseError;
pub use operation::Operation;
pub use report::{Outcome, Report, ReportRow};
