//! Checks and measures the engines of the façade: `di-test check`, `bench`, `report`, `compare`.

mod command;

use std::process::ExitCode;

di_test::count_allocations!();

fn main() -> ExitCode {
    command::run()
}
