//! `di-test report`: a page, a spreadsheet and JSON of a benchmark's results.

use super::arguments::ReportOptions;
use super::{Ending, Failure, printed};
use di_test::{Results, write_report};
use std::io::{Write, stdout};

/// Reads results, writes the report, and prints where it is.
pub(super) fn run(options: &ReportOptions) -> Result<Ending, Failure> {
    let results = Results::read(&options.results)?;
    let page = write_report(&results, &options.output)?;
    printed(writeln!(stdout(), "{} records in `{}`", results.records.len(), page.display()).map_err(Into::into))?;
    Ok(Ending::Clean)
}
