//! The study of widths: time of each direction by the number of directions at a time.

use super::{Axis, Plot, Point, Study, series};
use crate::results::Record;
use crate::results::text::time;

/// A plot for each operator, function and size that was measured with several directions at a time.
pub(super) fn plots(records: &[Record]) -> impl Iterator<Item = Plot> {
    let mut studied: Vec<&Record> = Vec::new();
    for record in records.iter().filter(|record| record.batch > 1 && record.figures().is_some()) {
        if !studied.iter().any(|other| same(other, record)) {
            studied.push(record);
        }
    }
    studied.into_iter().map(|study| Plot {
        study: Study::Batch,
        title: format!("{} of {}, n = {}", study.operator, study.problem, study.inputs),
        x: Axis { title: "directions at a time", base: 2 },
        y: Axis { title: "nanoseconds per direction", base: 10 },
        series: series(records, str::to_string, false, |record| point(record, study)),
    })
}

fn same(a: &Record, b: &Record) -> bool {
    a.operator == b.operator && a.problem == b.problem && a.inputs == b.inputs && a.outputs == b.outputs
}

#[expect(clippy::cast_precision_loss, reason = "no batch has 2^53 directions")]
fn point(record: &Record, study: &Record) -> Option<Point> {
    let figures = record.figures().filter(|_| same(record, study))?;
    let x = record.batch as f64;
    let y = figures.time.median / x;
    Some(Point { x, y, label: format!("{}, {} at a time: {} each", record.engine, record.batch, time(y)) })
}
