//! The columns of a record: one list for the spreadsheet and for the page.

use super::{Figures, Measurement, Record};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Text(&'a str),
    Count(usize),
    Number(f64),
    /// In nanoseconds.
    Time(f64),
    Missing,
}

/// A column.
pub(super) struct Column {
    /// The name in the spreadsheet, with the unit.
    pub(super) name: &'static str,
    /// The heading in the page, if it is shown there.
    pub(super) heading: Option<&'static str>,
    pub(super) meaning: &'static str,
    pub(super) of: fn(&Record) -> Cell<'_>,
}

/// A number of the figures, if there is one.
fn number(record: &Record, of: fn(&Figures) -> Option<f64>) -> Cell<'_> {
    record.figures().and_then(of).filter(|number| number.is_finite()).map_or(Cell::Missing, Cell::Number)
}

/// A time of the figures, if there is one.
fn time(record: &Record, of: fn(&Figures) -> Option<f64>) -> Cell<'_> {
    match number(record, of) {
        Cell::Number(time) => Cell::Time(time),
        cell => cell,
    }
}

fn count(record: &Record, of: fn(&Figures) -> usize) -> Cell<'_> {
    record.figures().map_or(Cell::Missing, |figures| Cell::Count(of(figures)))
}

const fn column(
    name: &'static str,
    heading: Option<&'static str>,
    meaning: &'static str,
    of: fn(&Record) -> Cell<'_>,
) -> Column {
    Column { name, heading, meaning, of }
}

/// All columns.
pub(super) const COLUMNS: [Column; 26] = [
    column("engine", Some("engine"), "the engine's name", |r| Cell::Text(&r.engine)),
    column("operator", Some("operator"), "what was computed", |r| Cell::Text(&r.operator)),
    column("function", Some("function"), "the function", |r| Cell::Text(&r.problem)),
    column("inputs", Some("n"), "the number of inputs", |r| Cell::Count(r.inputs)),
    column("outputs", Some("m"), "the number of outputs", |r| Cell::Count(r.outputs)),
    column("batch", Some("batch"), "the number of tangents or cotangents at a time", |r| Cell::Count(r.batch)),
    column("method", None, "the method that was called", |r| Cell::Text(&r.method)),
    column("outcome", Some("outcome"), "measured, skipped, or wrong", |r| Cell::Text(r.outcome.name())),
    column("reason", None, "why a record was skipped or is wrong", |r| Cell::Text(r.outcome.reason().unwrap_or(""))),
    column("ratio", Some("ratio"), "time of one evaluation over time of the plain function, medians", |r| {
        number(r, |f| Some(f.ratio))
    }),
    column("time_ns", Some("time"), "one evaluation by the prepared object: the middle sample", |r| {
        time(r, |f| Some(f.time.median))
    }),
    column("time_fastest_ns", None, "one evaluation: the fastest sample", |r| time(r, |f| Some(f.time.fastest))),
    column("time_upper_quartile_ns", None, "one evaluation: three quarters of the samples are not slower", |r| {
        time(r, |f| Some(f.time.upper_quartile))
    }),
    column("plain_ns", Some("plain"), "the plain function, in the same run: the middle sample", |r| {
        time(r, |f| Some(f.plain.median))
    }),
    column("by_hand_ns", None, "the same by code written for this function", |r| {
        time(r, |f| f.by_hand.map(|time| time.median))
    }),
    column("ratio_to_hand", Some("ratio to hand"), "time of one evaluation over time of code by hand, medians", |r| {
        number(r, |f| f.ratio_to_hand)
    }),
    column("calls", Some("calls"), "calls of the function by one evaluation", |r| count(r, |f| f.calls)),
    column("allocations", Some("allocations"), "allocations of one evaluation", |r| count(r, |f| f.allocations)),
    column("bytes", Some("bytes"), "bytes that one evaluation allocates", |r| count(r, |f| f.bytes)),
    column("preparation_ns", Some("preparation"), "preparing once: the middle sample", |r| {
        time(r, |f| Some(f.preparation.time.median))
    }),
    column("preparation_calls", None, "calls of the function by preparing", |r| count(r, |f| f.preparation.calls)),
    column("preparation_allocations", None, "allocations of preparing", |r| count(r, |f| f.preparation.allocations)),
    column("preparation_bytes", None, "bytes that preparing allocates", |r| count(r, |f| f.preparation.bytes)),
    column("unprepared_ns", None, "one evaluation without a prepared object", |r| {
        time(r, |f| f.unprepared.map(|time| time.median))
    }),
    column("pays_after", Some("pays after"), "evaluations from which on preparing is cheaper than not", |r| {
        number(r, |f| f.pays_after)
    }),
    column(
        "error",
        Some("error"),
        "the largest distance from the expected answer, relative to its largest entry",
        |r| number(r, |f| Some(f.error)),
    ),
];

impl Measurement {
    /// In one word: measured, skipped or wrong.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Figures(_) => "measured",
            Self::Skipped(_) => "skipped",
            Self::Wrong(_) => "wrong",
        }
    }

    /// Why there are no figures.
    pub(super) fn reason(&self) -> Option<&str> {
        match self {
            Self::Figures(_) => None,
            Self::Skipped(reason) | Self::Wrong(reason) => Some(reason),
        }
    }
}
