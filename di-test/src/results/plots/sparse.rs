//! The sparse study: ratios of sparse derivatives beside dense ones of a function of the same kind.

use super::{Axis, Plot, Point, Study, series};
use crate::results::Record;
use crate::results::text::{distinct, number};

/// What the names of sparse operators begin with; what follows is the name of the dense one.
const SPARSE: &str = "sparse_";

/// A plot for each sparse operator and function.
pub(super) fn plots(records: &[Record]) -> Vec<Plot> {
    let mut all = Vec::new();
    for operator in distinct(records.iter().map(|record| &*record.operator)) {
        let Some(dense) = operator.strip_prefix(SPARSE) else { continue };
        let of = |record: &&Record| record.operator == operator;
        for problem in distinct(records.iter().filter(of).map(|record| &*record.problem)) {
            let kind =
                |dense: bool| move |engine: &str| format!("{engine}, {}", if dense { "dense" } else { "sparse" });
            let of_sparse = |record| point(record, operator, |name| name == problem);
            let of_dense = |record| point(record, dense, |name| is_alike(problem, name));
            let mut all_series = series(records, kind(false), false, of_sparse);
            all_series.extend(series(records, kind(true), true, of_dense));
            all_series.sort_by_key(|series| series.style);
            all.push(Plot {
                study: Study::Sparse,
                title: format!("{operator} of {problem}"),
                x: Axis { title: "number of inputs", base: 10 },
                y: Axis { title: "time / time of the plain function", base: 10 },
                series: all_series,
            });
        }
    }
    all
}

/// Whether a dense function is of the same kind: the sparse one is called like it, or with more words: "upwind ring".
fn is_alike(sparse: &str, dense: &str) -> bool {
    sparse.strip_prefix(dense).is_some_and(|rest| !dense.is_empty() && (rest.is_empty() || rest.starts_with(' ')))
}

fn point(record: &Record, operator: &str, is_meant: impl Fn(&str) -> bool) -> Option<Point> {
    let ratio = record.ratio().filter(|_| record.operator == operator && is_meant(&record.problem))?;
    let Record { engine, problem, inputs, .. } = record;
    let label = format!("{engine}, {operator} of {problem}, n = {inputs}: {}", number(ratio));
    #[expect(clippy::cast_precision_loss, reason = "no function has 2^53 inputs")]
    Some(Point { x: *inputs as f64, y: ratio, label })
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn kinds_go_by_words() {
        assert!(is_alike("upwind ring", "upwind") && is_alike("upwind", "upwind"));
        assert!(!is_alike("upwind ring", "up") && !is_alike("upwind ring", "") && !is_alike("upwind", "upwind ring"));
    }
}
