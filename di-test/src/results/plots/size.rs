//! Studies by the number of inputs: one plot for each operator.

use super::{Axis, Plot, Point, Study, series};
use crate::results::text::{distinct, number};
use crate::results::{Figures, Record};

/// What is shown over the number of inputs.
pub(super) struct BySize {
    study: Study,
    y: &'static str,
    of: fn(&Figures) -> Option<f64>,
}

/// All of them.
pub(super) const STUDIES: [BySize; 4] = [
    BySize { study: Study::Ratio, y: "time / time of the plain function", of: |f| Some(f.ratio) },
    BySize { study: Study::ByHand, y: "time / time of code by hand", of: |f| f.ratio_to_hand },
    BySize {
        study: Study::Preparation,
        y: "preparing, in evaluations",
        of: |f| Some(f.preparation.time.median / f.time.median),
    },
    BySize { study: Study::PaysAfter, y: "evaluations until preparing pays", of: |f| f.pays_after },
];

impl BySize {
    pub(super) fn plots<'a>(&'a self, records: &'a [Record]) -> impl Iterator<Item = Plot> + 'a {
        distinct(records.iter().map(|record| &*record.operator)).into_iter().map(|operator| Plot {
            study: self.study,
            title: operator.into(),
            x: Axis { title: "number of inputs", base: 10 },
            y: Axis { title: self.y, base: 10 },
            series: series(records, str::to_string, false, |record| self.point(record, operator)),
        })
    }

    fn point(&self, record: &Record, operator: &str) -> Option<Point> {
        let figures = record.figures().filter(|_| record.operator == operator && record.batch == 1)?;
        let (x, y) = (record.inputs, (self.of)(figures)?);
        let label = format!("{}, {}, n = {x}: {}", record.engine, record.problem, number(y));
        #[expect(clippy::cast_precision_loss, reason = "no function has 2^53 inputs")]
        Some(Point { x: x as f64, y, label })
    }
}
