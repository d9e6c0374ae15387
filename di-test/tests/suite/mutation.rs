//! The mistakes that engines make, as changes of a right one's inputs and outputs.

use di_core::ndarray::{Array2, ArrayViewMut2, Axis};
use di_core::{Result, Scalar};
use di_test::{Check, Fault, Operator};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// The derivative has the wrong sign.
    Sign,
    /// A factor two is lost, as of a Taylor coefficient.
    Halved,
    /// The last row is left out of the sum: zero.
    LastRowDropped,
    /// The last column is zero.
    LastColumnDropped,
    /// The last entry is not written.
    LastEntryUnwritten,
    /// Outputs are added to what was there: the zeroing is skipped.
    Accumulates,
    /// Every call gives the derivative of the first: a stale buffer.
    StaleDerivative,
    /// Every call gives the value of the first.
    StaleValue,
    /// Every call is at the first point.
    StalePoint,
    /// Every call has the first seeds.
    StaleSeeds,
    /// All columns are computed with the first seed.
    FirstSeedOnly,
    /// Seeds of the call before are added to those of this one: the re-zeroing of a buffer is skipped.
    SeedsRemain,
    /// The value is not written.
    ValueUnwritten,
    /// The lower derivative of a second-order operator has the wrong sign.
    LowerDerivativeSign,
    /// The derivative is a billionth too large.
    SlightlyOff,
    /// The derivative is rounded to single precision.
    SinglePrecision,
    /// The first two rows are exchanged.
    RowsSwapped,
    /// The first two columns are exchanged.
    ColumnsSwapped,
    /// The matrix is transposed.
    Transposed,
    /// Rows are off by one from the fifth on, as where a second chunk begins.
    ChunkOffByOne,
    /// Columns are off by one from the fifth on.
    ColumnChunkOffByOne,
    /// Rows from the ninth on stay zero: the ragged last pass is forgotten.
    LastPassForgotten,
    /// Half of a symmetric matrix is zero.
    TriangleOnly,
    /// The diagonal of a matrix is zero.
    DiagonalDropped,
    /// Every second call has the wrong sign.
    EverySecondCall,
    /// Without lower derivatives, the derivative is zero.
    NeedsValue,
    /// Infinities and NaN become zero.
    Sanitizes,
    /// After a panic of the function derivatives are zero.
    Poisoned,
    /// Panics of the function do not go through.
    SwallowsPanic,
    /// Clones of a prepared object compute zeros.
    CloneForgets,
    /// Each call allocates.
    Allocates,
    /// Each call evaluates the function once too often.
    Wasteful,
    /// Other lengths than at first are not prepared for.
    KeepsSize,
    /// No inputs or no outputs are an error.
    RefusesEmpty,
    /// Many inputs are an error.
    RefusesMany,
}

impl Mutation {
    pub(crate) const ALL: [Self; 35] = [
        Self::Sign,
        Self::Halved,
        Self::LastRowDropped,
        Self::LastColumnDropped,
        Self::LastEntryUnwritten,
        Self::Accumulates,
        Self::StaleDerivative,
        Self::StaleValue,
        Self::StalePoint,
        Self::StaleSeeds,
        Self::FirstSeedOnly,
        Self::SeedsRemain,
        Self::ValueUnwritten,
        Self::LowerDerivativeSign,
        Self::SlightlyOff,
        Self::SinglePrecision,
        Self::RowsSwapped,
        Self::ColumnsSwapped,
        Self::Transposed,
        Self::ChunkOffByOne,
        Self::ColumnChunkOffByOne,
        Self::LastPassForgotten,
        Self::TriangleOnly,
        Self::DiagonalDropped,
        Self::EverySecondCall,
        Self::NeedsValue,
        Self::Sanitizes,
        Self::Poisoned,
        Self::SwallowsPanic,
        Self::CloneForgets,
        Self::Allocates,
        Self::Wasteful,
        Self::KeepsSize,
        Self::RefusesEmpty,
        Self::RefusesMany,
    ];

    /// The check that is there for it.
    pub(crate) fn check(self) -> Check {
        match self {
            Self::Poisoned | Self::SwallowsPanic => Check::Panics,
            Self::Sanitizes => Check::NotFinite,
            Self::CloneForgets => Check::Threads,
            Self::Allocates => Check::Allocations,
            Self::Wasteful => Check::Calls,
            Self::KeepsSize => Check::Resizing,
            _ => Check::Agreement,
        }
    }

    /// Whether a fault is what this mistake is found by.
    pub(crate) fn explains(self, fault: &Fault) -> bool {
        match self {
            Self::Allocates => matches!(fault, Fault::Allocations(_)),
            Self::Wasteful => matches!(fault, Fault::Calls { .. }),
            Self::RefusesEmpty | Self::RefusesMany => matches!(fault, Fault::Failed(_)),
            Self::SwallowsPanic => matches!(fault, Fault::Other(text) if text.contains("swallowed a panic")),
            Self::Sanitizes => matches!(fault, Fault::Other(text) if text.contains("not finite")),
            // Buffers of the wrong size end in whatever the engine makes of it.
            Self::KeepsSize => true,
            _ => matches!(fault, Fault::Disagreement { .. }),
        }
    }

    /// Whether an operator can have the mistake.
    pub(crate) fn is_possible_in(self, operator: Operator) -> bool {
        use Operator::{Derivative, Gradient, Hessian, Hvp, Jacobian, Pullback, Pushforward, SecondDerivative};
        match self {
            Self::StaleSeeds | Self::FirstSeedOnly | Self::SeedsRemain => {
                matches!(operator, Pushforward | Pullback | Hvp)
            }
            Self::LowerDerivativeSign => operator.is_second_order(),
            Self::LastColumnDropped | Self::ColumnsSwapped | Self::ColumnChunkOffByOne => {
                matches!(operator, Pushforward | Pullback | Hvp | Jacobian | Hessian)
            }
            // A Hessian is its own transpose.
            Self::Transposed => operator == Jacobian,
            Self::TriangleOnly => operator == Hessian,
            Self::DiagonalDropped => matches!(operator, Jacobian | Hessian),
            // These always give the value, or are not told whether it is wanted.
            Self::NeedsValue => !matches!(operator, Gradient | Pullback),
            // A function of one variable has one length.
            Self::KeepsSize | Self::RefusesMany => !matches!(operator, Derivative | SecondDerivative),
            _ => true,
        }
    }

    /// Whether a reverse engine makes it where it evaluates the function, and not where it sweeps back.
    pub(crate) fn is_of_the_point(self) -> bool {
        use Mutation::{Poisoned, RefusesMany, StalePoint, StaleValue, SwallowsPanic, ValueUnwritten, Wasteful};
        matches!(self, StalePoint | StaleValue | ValueUnwritten | Wasteful | Poisoned | SwallowsPanic | RefusesMany)
    }

    /// Whether the right engine's preparation is left out, since there was one for another length.
    pub(crate) fn keeps_its_size<T>(self, length: usize, history: &mut History<T>) -> bool {
        self == Self::KeepsSize && *history.length.get_or_insert(length) != length
    }
}

/// What mistakes remember of earlier calls.
#[derive(Debug)]
pub(crate) struct History<T> {
    calls: usize,
    point: Option<Vec<T>>,
    seeds: Option<Array2<T>>,
    last_seeds: Option<Array2<T>>,
    values: Option<Vec<T>>,
    derivative: Option<Array2<T>>,
    running: bool,
    cloned: bool,
    length: Option<usize>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self {
            calls: 0,
            point: None,
            seeds: None,
            last_seeds: None,
            values: None,
            derivative: None,
            running: false,
            cloned: false,
            length: None,
        }
    }
}

impl<T: Clone> Clone for History<T> {
    fn clone(&self) -> Self {
        Self {
            calls: self.calls,
            point: self.point.clone(),
            seeds: self.seeds.clone(),
            last_seeds: self.last_seeds.clone(),
            values: self.values.clone(),
            derivative: self.derivative.clone(),
            running: self.running,
            cloned: true,
            length: self.length,
        }
    }
}

/// Values and lower derivatives, where they are wanted.
pub(crate) type Lower<'a, T> = [Option<&'a mut [T]>; 2];

impl<T: Scalar> History<T> {
    /// Forgets what belongs to an earlier preparation.
    pub(crate) fn restart(&mut self) {
        *self = Self { length: self.length, cloned: self.cloned, ..Self::default() };
    }

    /// Calls `compute` as the right engine would, and makes the mistake before or after it.
    pub(crate) fn run(
        &mut self,
        mutation: Option<Mutation>,
        (x, seeds): (&[T], Array2<T>),
        mut lower: Lower<'_, T>,
        mut out: ArrayViewMut2<'_, T>,
        mut compute: impl FnMut(&[T], &Array2<T>, Lower<'_, T>, ArrayViewMut2<'_, T>) -> Result<()>,
    ) -> Result<()> {
        let Some(mutation) = mutation else { return compute(x, &seeds, lower, out) };
        self.calls += 1;
        let before = out.to_owned();
        let point = self.point.get_or_insert_with(|| x.to_vec()).clone();
        let first_seeds = self.seeds.get_or_insert_with(|| seeds.clone()).clone();
        let last_seeds = self.last_seeds.replace(seeds.clone());
        let x = if mutation == Mutation::StalePoint { &point[..] } else { x };
        let mut seeds = seeds;
        match mutation {
            Mutation::StaleSeeds if first_seeds.dim() == seeds.dim() => seeds = first_seeds,
            Mutation::FirstSeedOnly if seeds.ncols() > 1 => {
                let first = seeds.column(0).to_owned();
                seeds.columns_mut().into_iter().for_each(|mut column| column.assign(&first));
            }
            Mutation::SeedsRemain => {
                if let Some(last) = last_seeds.filter(|last| last.dim() == seeds.dim()) {
                    seeds += &last;
                }
            }
            Mutation::RefusesEmpty if out.is_empty() => return Err(refusal("nothing")),
            Mutation::RefusesMany if x.len() > 12 => return Err(refusal("so many inputs")),
            Mutation::Allocates => drop(black_box(vec![black_box(0_u8)])),
            Mutation::Wasteful => compute(x, &seeds, [None, None], out.view_mut())?,
            _ => {}
        }
        let without_lower = lower.iter().all(Option::is_none) || lower[1].is_none() && lower[0].is_some();
        let poisoned = std::mem::replace(&mut self.running, true);
        let marks: Vec<T> = lower[0].iter().flat_map(|value| value.iter().copied()).collect();
        let [value, first] = &mut lower;
        let mut run = || compute(x, &seeds, [value.as_deref_mut(), first.as_deref_mut()], out.view_mut());
        if mutation == Mutation::SwallowsPanic {
            // The outputs stay as they are.
            catch_unwind(AssertUnwindSafe(run)).unwrap_or(Ok(()))?;
        } else {
            run()?;
        }
        self.running = mutation == Mutation::Poisoned && poisoned;
        match (mutation, lower) {
            (Mutation::ValueUnwritten, [Some(value), _]) => value.copy_from_slice(&marks),
            (Mutation::StaleValue, [Some(value), _]) => {
                let values = self.values.get_or_insert_with(|| value.to_vec());
                if values.len() == value.len() {
                    value.copy_from_slice(values);
                }
            }
            (Mutation::LowerDerivativeSign, [_, Some(first)]) => first.iter_mut().for_each(|entry| *entry = -*entry),
            _ => {}
        }
        self.spoil(mutation, &before, without_lower, poisoned, &mut out);
        Ok(())
    }

    /// Changes the derivative.
    fn spoil(
        &mut self,
        mutation: Mutation,
        before: &Array2<T>,
        without_lower: bool,
        poisoned: bool,
        out: &mut ArrayViewMut2<'_, T>,
    ) {
        let (rows, columns) = out.dim();
        let right = out.to_owned();
        let square = rows == columns && rows > 1;
        let from = |out: &mut ArrayViewMut2<'_, T>, source: &dyn Fn(usize, usize) -> (usize, usize)| {
            out.indexed_iter_mut().for_each(|((i, j), entry)| *entry = right[source(i, j)]);
        };
        match mutation {
            Mutation::Sign => out.mapv_inplace(|entry| -entry),
            Mutation::Halved => out.mapv_inplace(|entry| entry * T::lift(0.5)),
            Mutation::EverySecondCall if self.calls.is_multiple_of(2) => out.mapv_inplace(|entry| -entry),
            Mutation::SlightlyOff => out.mapv_inplace(|entry| entry * T::lift(1.0 + 1e-9)),
            #[expect(clippy::cast_possible_truncation, reason = "it is the mistake")]
            Mutation::SinglePrecision => {
                out.mapv_inplace(|entry| T::lift(f64::from(entry.to_f64().unwrap_or(f64::NAN) as f32)));
            }
            Mutation::LastRowDropped if rows > 0 => out.row_mut(rows - 1).fill(T::zero()),
            Mutation::LastColumnDropped if columns > 1 => out.column_mut(columns - 1).fill(T::zero()),
            Mutation::LastEntryUnwritten if !out.is_empty() => {
                out[(rows - 1, columns - 1)] = before[(rows - 1, columns - 1)];
            }
            Mutation::Accumulates => out.zip_mut_with(before, |entry, &old| *entry += old),
            Mutation::StaleDerivative => {
                let first = self.derivative.get_or_insert_with(|| right.clone());
                if first.dim() == out.dim() {
                    out.assign(first);
                }
            }
            Mutation::RowsSwapped if rows > 1 => from(out, &|i, j| (if i < 2 { 1 - i } else { i }, j)),
            Mutation::ColumnsSwapped if columns > 1 => from(out, &|i, j| (i, if j < 2 { 1 - j } else { j })),
            Mutation::Transposed if square => from(out, &|i, j| (j, i)),
            Mutation::ChunkOffByOne => from(out, &|i, j| (if i > 4 { i - 1 } else { i }, j)),
            Mutation::ColumnChunkOffByOne => from(out, &|i, j| (i, if j > 4 { j - 1 } else { j })),
            Mutation::LastPassForgotten => {
                out.axis_iter_mut(Axis(0))
                    .skip(if rows > 8 { 8 } else { rows / 2 })
                    .for_each(|mut row| row.fill(T::zero()));
            }
            Mutation::TriangleOnly => {
                out.indexed_iter_mut().filter(|((i, j), _)| i < j).for_each(|(_, entry)| *entry = T::zero());
            }
            Mutation::DiagonalDropped => out.diag_mut().fill(T::zero()),
            Mutation::Sanitizes => out.mapv_inplace(|entry| if entry.is_finite() { entry } else { T::zero() }),
            Mutation::NeedsValue if without_lower => out.fill(T::zero()),
            Mutation::CloneForgets if self.cloned => out.fill(T::zero()),
            Mutation::Poisoned if poisoned => out.fill(T::zero()),
            _ => {}
        }
    }
}

fn refusal(what: &str) -> di_core::Error {
    di_core::Error::Unsupported {
        backend: "mutant".into(),
        operator: "any",
        reason: format!("{what} is refused: take a right engine"),
    }
}
