//! `di-test compare`: what changed from one benchmark to another.

use super::arguments::CompareOptions;
use super::{Ending, Failure, printed};
use di_test::{Results, compare};
use std::io::{Write, stdout};

/// Prints what changed beyond noise.
pub(super) fn run(options: &CompareOptions) -> Result<Ending, Failure> {
    let comparison = compare(&Results::read(&options.before)?, &Results::read(&options.after)?);
    printed(write!(stdout(), "{comparison}").map_err(Into::into))?;
    Ok(if comparison.is_worse() { Ending::Found } else { Ending::Clean })
}
