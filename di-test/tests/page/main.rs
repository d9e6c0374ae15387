//! Reports and comparisons of results that are made up.

#![cfg(feature = "results")]

mod browser;
mod comparison;
mod files;
mod samples;

use std::path::PathBuf;

/// A folder of one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("reports").join(name);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}
