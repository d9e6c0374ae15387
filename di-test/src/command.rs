//! The program: what its arguments say is done, one file for each.

mod applications;
mod arguments;
mod bench;
mod check;
mod compare;
mod engines;
mod interrupt;
mod report;

use arguments::{Arguments, Task};
use clap::Parser;
use std::error::Error;
use std::io;
use std::process::ExitCode;

/// A failure with words for the reader.
type Failure = Box<dyn Error>;

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Everything was done, and nothing is wrong.
    Clean,
    /// Something was found.
    Found,
    /// The user ended it early.
    Interrupted,
}

/// What was printed, or not to its end: whoever reads, such as `head`, may have seen enough, and how the task ended does not
/// depend on it.
fn printed(result: Result<(), Failure>) -> Result<(), Failure> {
    match result {
        Err(error) if error.downcast_ref().is_some_and(|e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe) => Ok(()),
        result => result,
    }
}

/// Does what the command line says.
pub(crate) fn run() -> ExitCode {
    let task = Arguments::parse().task;
    let result = match task {
        Task::Check(options) => check::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Report(options) => report::run(&options),
        Task::Compare(options) => compare::run(&options),
    };
    match result {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Found) => ExitCode::FAILURE,
        Ok(Ending::Interrupted) => ExitCode::from(130),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
