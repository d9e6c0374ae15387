//! What the number of directions in one evaluation does to the time of a Jacobian.

mod axis;
mod plot;
mod subject;
mod tangent_loop;

pub use subject::{Subject, Width};
pub use tangent_loop::{ClosedForm, TangentLoop};

use crate::{Clock, Table, Timing, relative_difference};
use di_backends::VectorFn;
use ndarray::{Array2, ArrayView2};
use std::hint::black_box;
use thiserror::Error;

/// Why there is no study.
#[derive(Debug, Error)]
pub enum StudyError {
    /// A Jacobian could not be computed.
    #[error(transparent)]
    Engine(#[from] di_backends::Error),
    /// A Jacobian is not the one that is known.
    #[error("{method}, width {width}: the Jacobian differs by {difference:e}, more than {tolerance:e}")]
    Differs {
        /// The subject's method.
        method: &'static str,
        /// The subject's width.
        width: Width,
        /// The largest difference, relative to the largest entry.
        difference: f64,
        /// What was allowed.
        tolerance: f64,
    },
}

/// The time of one subject.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// Who makes the Jacobian.
    pub method: &'static str,
    /// With how many directions at a time.
    pub width: Width,
    /// Of one Jacobian.
    pub timing: Timing,
    /// The fastest sample, in fastest samples of the plain function.
    pub ratio: f64,
}

/// Times of the same Jacobian, made by several methods at several widths.
#[derive(Clone, Debug)]
pub struct WidthStudy {
    /// Of one evaluation of the function with `f64`.
    pub plain: Timing,
    /// One for each subject, in their order.
    pub measurements: Vec<Measurement>,
}

impl WidthStudy {
    /// Compares the Jacobians of all subjects at `x` with `reference`, then times them and the plain function in turns.
    ///
    /// # Errors
    ///
    /// [`StudyError::Differs`] if a Jacobian is wrong; nothing is timed then.
    pub fn run(
        f: &impl VectorFn<f64>,
        x: &[f64],
        reference: ArrayView2<'_, f64>,
        subjects: &mut [Subject<'_>],
        clock: &Clock,
    ) -> Result<Self, StudyError> {
        let mut jac = Array2::from_elem(reference.dim(), 0.0);
        let reference: Vec<f64> = reference.iter().copied().collect();
        for subject in &mut *subjects {
            jac.fill(f64::NAN);
            subject.jacobian.jacobian_into(x, jac.view_mut())?;
            let difference = relative_difference(&jac.iter().copied().collect::<Vec<_>>(), &reference);
            let &mut Subject { method, width, tolerance, .. } = subject;
            if difference.is_nan() || difference > tolerance {
                return Err(StudyError::Differs { method, width, difference, tolerance });
            }
        }
        let mut y = vec![0.0; f.output_len(x.len())];
        let timings = clock.in_turns(subjects.len() + 1, |turn| {
            if let Some(index) = turn.checked_sub(1) {
                return subjects[index].jacobian.jacobian_into(black_box(x), black_box(&mut jac).view_mut());
            }
            f.call_into(black_box(x), black_box(&mut y));
            Ok(())
        })?;
        let plain = timings[0];
        let measurements = subjects.iter().zip(&timings[1..]).map(|(subject, &timing)| {
            let &Subject { method, width, .. } = subject;
            Measurement { method, width, timing, ratio: timing.minimum / plain.minimum }
        });
        Ok(Self { plain, measurements: measurements.collect() })
    }

    /// The methods, in the order of the subjects.
    #[must_use]
    pub fn methods(&self) -> Vec<&'static str> {
        distinct(self.measurements.iter().map(|measurement| measurement.method))
    }

    /// A row for each width, a column for each method: the ratio to the plain function, and the spread.
    #[must_use]
    pub fn table(&self) -> Table {
        let methods = self.methods();
        let mut table = Table::new(1, ["width"].iter().chain(&methods).copied());
        for width in distinct(self.measurements.iter().map(|measurement| measurement.width)) {
            let cell = |method: &&str| {
                let found = self.measurements.iter().find(|m| m.method == *method && m.width == width);
                found.map_or_else(String::new, |m| format!("{:.0} +{:.0}%", m.ratio, m.timing.spread() * 100.0))
            };
            table.push([width.to_string()].into_iter().chain(methods.iter().map(cell)));
        }
        table
    }
}

/// Each item once, where it comes first.
fn distinct<I: PartialEq>(items: impl Iterator<Item = I>) -> Vec<I> {
    let mut found = Vec::new();
    for item in items {
        if !found.contains(&item) {
            found.push(item);
        }
    }
    found
}
