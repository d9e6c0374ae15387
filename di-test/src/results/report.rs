//! A report of a benchmark: a page, a spreadsheet, and the results themselves.

use super::file::replace;
use super::{Results, ResultsError, page, spreadsheet};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `report.html`, `report.csv` and `report.json` into a folder, which is made if there is none, and returns the
/// path of the page.
///
/// The page needs no network. It shows where and how was measured; the median ratio to the plain function by engine and
/// operator; the ratio by size, to the plain function and to code by hand; the time of each direction by the number of
/// directions at a time; sparse beside dense Jacobians; what preparing costs; and every record in a table that can be
/// sorted and filtered. The three files hold the same values.
///
/// | argument | role |
/// | --- | --- |
/// | `results` | what `di-test bench` wrote, or any other records |
/// | `folder` | files of these names are replaced; others stay |
///
/// # Errors
///
/// [`ResultsError::File`] if the folder or a file cannot be written, [`ResultsError::Plot`] if a plot cannot be drawn.
///
/// # Example
///
/// ```
/// use di_test::{Measurement, Record, Results, write_report};
///
/// let mut results = Results::new(false);
/// results.records.push(Record {
///     engine: "tape".into(),
///     operator: "hessian".into(),
///     problem: "Rosenbrock".into(),
///     inputs: 1000,
///     outputs: 1,
///     batch: 1,
///     method: "value_gradient_and_hessian_into".into(),
///     outcome: Measurement::Skipped("a matrix of 1 000 000 entries is too large".into()),
/// });
/// let folder = std::env::temp_dir().join(format!("di-test report {}", std::process::id()));
/// let page = write_report(&results, &folder)?;
/// assert!(std::fs::read_to_string(page)?.contains("Rosenbrock"));
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_report(results: &Results, folder: &Path) -> Result<PathBuf, ResultsError> {
    let failed = |source| ResultsError::File { path: folder.into(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    let path = folder.join("report.html");
    let page = page::page(results)?;
    results.write(&folder.join("report.json"))?;
    replace(&folder.join("report.csv"), &spreadsheet::spreadsheet(&results.records).map_err(failed)?)?;
    replace(&path, page.as_bytes())?;
    Ok(path)
}
