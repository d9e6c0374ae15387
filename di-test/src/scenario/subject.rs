//! The function that every engine differentiates in the suite.

use super::coded::Coded;
use super::{Formula, Fuse, Mischief, Modifier, Passage, instruments};
use di_core::{Cache, Counted, CurveFn, Scalar, ScalarFn, UnaryFn, VectorFn};
use std::sync::Arc;

/// A formula with its modifier, as a function of all four shapes; counts its calls and panics when told to.
///
/// One type stands for the whole catalogue, so that an engine's code is compiled once for all scenarios. Clones share
/// the count of calls and the fuse, but no buffer.
#[derive(Clone, Debug)]
pub struct Subject {
    pub(super) formula: Counted<Coded>,
    pub(super) passage: Passage,
    pub(super) factor: f64,
    pub(super) scratch: Cache,
    pub(super) fuse: Fuse,
    /// What the function does wrong, if anything; clones share it.
    pub(super) mischief: Option<Arc<Mischief>>,
}

impl Subject {
    /// The formula as the modifier wants it at preparation.
    #[must_use]
    pub fn new(formula: Formula, modifier: &Modifier) -> Self {
        Self {
            formula: Counted::new(Coded::new(formula)),
            passage: modifier.passage,
            factor: modifier.prepared_factor,
            scratch: Cache::new(),
            fuse: Fuse::default(),
            mischief: None,
        }
    }

    /// The same function, doing wrong what `mischief` says at the time.
    #[must_use]
    pub(crate) fn with_mischief(self, mischief: &Arc<Mischief>) -> Self {
        Self { mischief: Some(Arc::clone(mischief)), ..self }
    }

    fn evaluate<T: Scalar>(&self, x: &[T], y: &mut [T]) {
        match &self.mischief {
            None => self.evaluate_rightly(x, y),
            Some(mischief) => mischief.around(y, |y| self.evaluate_rightly(x, y)),
        }
    }

    fn evaluate_rightly<T: Scalar>(&self, x: &[T], y: &mut [T]) {
        let factor = T::lift(self.factor);
        match self.passage {
            Passage::Direct => {
                self.formula.call_into(x, y);
                self.scale(factor, y);
            }
            Passage::Buffer => {
                let mut buffer = self.scratch.buffer::<T>(x.len() + y.len());
                let (inputs, outputs) = buffer.split_at_mut(x.len());
                write(inputs, x);
                self.formula.call_into(inputs, outputs);
                self.scale(factor, outputs);
                write(y, outputs);
            }
            Passage::Cache => {
                let mut cache = self.scratch.buffer::<T>(y.len());
                cache.fill(T::zero());
                self.formula.call_into(x, y);
                for (sum, &term) in cache.iter_mut().zip(&*y) {
                    *sum += term * factor;
                }
                write(y, &cache);
            }
        }
        self.fuse.burn();
    }

    /// Multiplies only where there is something to multiply by, so that awkward points stay as the formula has them.
    pub(super) fn scale<T: Scalar>(&self, factor: T, y: &mut [T]) {
        if self.factor != 1.0 {
            for y in y {
                *y *= factor;
            }
        }
    }
}

/// Copies by a loop: engines for compiled code do not see what type a block of memory has.
fn write<T: Scalar>(to: &mut [T], from: &[T]) {
    for (to, &from) in to.iter_mut().zip(from) {
        *to = from;
    }
}

instruments!(Subject);

impl<T: Scalar> UnaryFn<T> for Subject {
    fn call(&self, x: T) -> T {
        ScalarFn::call(self, &[x])
    }
}

impl<T: Scalar> CurveFn<T> for Subject {
    fn output_len(&self) -> usize {
        VectorFn::<T>::output_len(self, 1)
    }

    fn call_into(&self, x: T, y: &mut [T]) {
        self.evaluate(&[x], y);
    }
}

impl<T: Scalar> ScalarFn<T> for Subject {
    fn call(&self, x: &[T]) -> T {
        let mut y = [T::zero()];
        self.evaluate(x, &mut y);
        y[0]
    }
}

impl<T: Scalar> VectorFn<T> for Subject {
    fn output_len(&self, input_len: usize) -> usize {
        let outputs = VectorFn::<T>::output_len(&self.formula, input_len);
        self.mischief.as_ref().map_or(outputs, |mischief| mischief.promise(outputs))
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.evaluate(x, y);
    }
}
