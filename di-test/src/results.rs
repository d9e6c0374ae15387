//! What a benchmark writes and a report reads.

mod columns;
mod compare;
mod file;
mod number;
mod page;
mod plots;
mod report;
mod spreadsheet;
mod summary;
mod text;

pub use compare::{Change, Comparison, Difference, Exact, Ratio, Speed, compare};
pub use report::write_report;
pub use summary::Summary;

use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// The version of this format.
pub(crate) const FORMAT: u32 = 1;

/// The results of one benchmark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// The version of the format.
    pub format: u32,
    /// The version of the program.
    pub version: String,
    /// Where it ran.
    pub machine: Machine,
    /// Whether as little as possible was measured, so that times mean nothing.
    pub quick: bool,
    /// Whether everything that was asked for is there.
    pub complete: bool,
    /// What was measured.
    pub records: Vec<Record>,
}

/// A machine and what the program was compiled for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// Operating system.
    pub system: String,
    /// Architecture.
    pub architecture: String,
    /// Vector instructions that the program was compiled for.
    pub target: String,
    /// Cores that it may run on.
    pub cores: usize,
}

/// One engine on one operator of one function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The engine's name.
    pub engine: String,
    /// The operator's name.
    pub operator: String,
    /// The function's name, without its size.
    pub problem: String,
    /// The number of inputs.
    pub inputs: usize,
    /// The number of outputs.
    pub outputs: usize,
    /// The number of tangents or cotangents at a time; 1 where the operator takes none.
    pub batch: usize,
    /// The method that was called.
    pub method: String,
    /// What was measured, or why not.
    pub outcome: Measurement,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "most records have figures")]
pub enum Measurement {
    /// Figures.
    Figures(Figures),
    /// The engine cannot do it, or it would last too long.
    Skipped(String),
    /// The answer is wrong.
    Wrong(String),
}

/// Figures of one evaluation; times are CPU time of the thread in nanoseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// One evaluation by the prepared object.
    pub time: Time,
    /// The plain function, in the same run.
    pub plain: Time,
    /// Evaluation over plain function, medians.
    #[serde(with = "number")]
    pub ratio: f64,
    /// The same by code written for this function, if there is such code.
    pub by_hand: Option<Time>,
    /// Evaluation over code by hand, medians.
    pub ratio_to_hand: Option<f64>,
    /// Calls of the function by one evaluation.
    pub calls: usize,
    /// Allocations of one evaluation.
    pub allocations: usize,
    /// Bytes that these asked for.
    pub bytes: usize,
    /// What comes before the first evaluation.
    pub preparation: Preparation,
    /// One evaluation without a prepared object, by the free function.
    pub unprepared: Option<Time>,
    /// From how many evaluations on preparing is cheaper than not; none if it never is.
    pub pays_after: Option<f64>,
    /// The largest distance from the expected answer, relative to its largest entry.
    #[serde(with = "number")]
    pub error: f64,
}

/// Samples of a time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// The middle sample, in nanoseconds.
    #[serde(with = "number")]
    pub median: f64,
    /// The fastest sample.
    #[serde(with = "number")]
    pub fastest: f64,
    /// Three quarters of the samples are not slower.
    #[serde(with = "number")]
    pub upper_quartile: f64,
}

/// Preparing once.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preparation {
    /// How long it takes.
    pub time: Time,
    /// Calls of the function.
    pub calls: usize,
    /// Allocations.
    pub allocations: usize,
    /// Bytes that these asked for.
    pub bytes: usize,
}

/// Why a file of results cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResultsError {
    /// The file cannot be read or written.
    #[error("cannot use `{path}`: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file holds no results.
    #[error("`{path}` holds no results of a benchmark: {source}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The file is of another version of the program.
    #[error("`{path}` has format {found}, not {expected}: measure anew with this version")]
    Format {
        /// The file.
        path: PathBuf,
        /// The format that this version reads.
        expected: u32,
        /// The format of the file.
        found: u32,
    },
    /// A plot cannot be drawn.
    #[error("the plot \"{title}\" cannot be drawn: {reason}")]
    Plot {
        /// The plot's title.
        title: String,
        /// What the drawing library says.
        reason: String,
    },
}

impl Results {
    /// Results of this machine and version, without records so far.
    #[must_use]
    pub fn new(quick: bool) -> Self {
        let version = env!("CARGO_PKG_VERSION").into();
        Self { format: FORMAT, version, machine: Machine::this(), quick, complete: false, records: Vec::new() }
    }

    /// Reads a file that [`write`](Self::write) has written.
    ///
    /// # Errors
    ///
    /// [`ResultsError`] if there is no such file, or it holds something else.
    pub fn read(path: &Path) -> Result<Self, ResultsError> {
        let text = fs::read_to_string(path).map_err(|source| ResultsError::File { path: path.into(), source })?;
        let content = |source| ResultsError::Content { path: path.into(), source };
        let Format { format: found } = serde_json::from_str(&text).map_err(content)?;
        if found != FORMAT {
            return Err(ResultsError::Format { path: path.into(), expected: FORMAT, found });
        }
        serde_json::from_str(&text).map_err(content)
    }

    /// Whether a file could be written, without touching what it holds.
    ///
    /// # Errors
    ///
    /// [`ResultsError`] if not.
    pub fn probe(path: &Path) -> Result<(), ResultsError> {
        let failed = |source| ResultsError::File { path: path.into(), source };
        let part = path.with_extension("json.part");
        fs::write(&part, "").and_then(|()| fs::remove_file(&part)).map_err(failed)
    }

    /// Writes a file; what was there before stays until the new one is whole.
    ///
    /// # Errors
    ///
    /// [`ResultsError`] if it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), ResultsError> {
        let content = |source| ResultsError::Content { path: path.into(), source };
        let text = serde_json::to_string_pretty(self).map_err(content)?;
        file::replace(path, (text + "\n").as_bytes())
    }
}

/// The part of a file that every version has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl Record {
    /// Evaluation over plain function, if it was measured.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        self.figures().map(|figures| figures.ratio)
    }

    /// The figures, if it was measured.
    #[must_use]
    pub fn figures(&self) -> Option<&Figures> {
        match &self.outcome {
            Measurement::Figures(figures) => Some(figures),
            Measurement::Skipped(_) | Measurement::Wrong(_) => None,
        }
    }
}

impl Machine {
    /// The machine that this runs on.
    #[must_use]
    pub fn this() -> Self {
        let target = if cfg!(target_feature = "avx512f") {
            "AVX-512"
        } else if cfg!(target_feature = "avx2") {
            "AVX2"
        } else {
            "the architecture's baseline"
        };
        Self {
            system: std::env::consts::OS.into(),
            architecture: std::env::consts::ARCH.into(),
            target: target.into(),
            cores: std::thread::available_parallelism().map_or(1, Into::into),
        }
    }
}
