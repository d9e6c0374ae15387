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
        // Whoever reads, such as `head`, has seen enough.
        Err(error) if error.downcast_ref().is_some_and(|e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
