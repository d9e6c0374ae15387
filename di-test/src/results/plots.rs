//! What is plotted, as data; how it is drawn is for [`chart`].

mod axis;
mod batch;
mod chart;
mod size;
mod sparse;

use super::text::distinct;
use super::{Record, Results, ResultsError};
pub(super) use chart::swatch;

/// A plot with two logarithmic axes.
pub(super) struct Plot {
    /// Which study it belongs to.
    pub(super) study: Study,
    pub(super) title: String,
    pub(super) x: Axis,
    pub(super) y: Axis,
    pub(super) series: Vec<Series>,
}

/// The studies, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Study {
    Ratio,
    ByHand,
    Batch,
    Sparse,
    Preparation,
    PaysAfter,
}

/// The title of an axis, and the base of its logarithm.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub(super) title: &'static str,
    pub(super) base: u32,
}

/// The measurements of one engine.
pub(super) struct Series {
    pub(super) name: String,
    /// The engine's number, which says colour, marker and dashes.
    pub(super) style: usize,
    /// Whether markers are outlines.
    pub(super) hollow: bool,
    pub(super) lines: Vec<Line>,
}

/// The measurements of one function, by size.
pub(super) struct Line {
    pub(super) problem: String,
    pub(super) points: Vec<Point>,
}

/// One measurement.
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    /// What is said about it.
    pub(super) label: String,
}

impl Plot {
    /// The plot as an element of the page.
    pub(super) fn svg(&self) -> Result<String, ResultsError> {
        chart::svg(self).map_err(|error| ResultsError::Plot { title: self.title.clone(), reason: error.to_string() })
    }
}

/// All plots that there are measurements for.
pub(super) fn plots(results: &Results) -> Vec<Plot> {
    let records = &results.records[..];
    let size = size::STUDIES.iter().flat_map(|study| study.plots(records));
    let mut plots: Vec<Plot> = size.chain(batch::plots(records)).chain(sparse::plots(records)).collect();
    plots.retain(|plot| !plot.series.is_empty());
    plots.sort_by_key(|plot| plot.study as usize);
    plots
}

/// The engines in the order in which they are first seen: their style is their place.
pub(super) fn engines(records: &[Record]) -> Vec<&str> {
    distinct(records.iter().map(|record| &*record.engine))
}

/// One series for each engine that has points; points come from records, and lines join those of one function.
fn series<'a>(
    records: &'a [Record],
    name: impl Fn(&str) -> String,
    hollow: bool,
    point: impl Fn(&'a Record) -> Option<Point>,
) -> Vec<Series> {
    let mut all = Vec::new();
    for (style, engine) in engines(records).into_iter().enumerate() {
        let mut lines: Vec<Line> = Vec::new();
        for record in records.iter().filter(|record| record.engine == engine) {
            let Some(point) = point(record).filter(Point::is_drawable) else { continue };
            match lines.iter_mut().find(|line| line.problem == record.problem) {
                Some(line) => line.points.push(point),
                None => lines.push(Line { problem: record.problem.clone(), points: vec![point] }),
            }
        }
        for line in &mut lines {
            line.points.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        if !lines.is_empty() {
            all.push(Series { name: name(engine), style, hollow, lines });
        }
    }
    all
}

impl Point {
    /// Whether both axes have a place for it.
    fn is_drawable(&self) -> bool {
        [self.x, self.y].iter().all(|value| value.is_normal() && *value > 0.0)
    }
}
