//! An operator of a backend behind a door that hides backend and operator, so that the checks are compiled once.

use super::{Inputs, Slots};
use crate::scenario::{Instrument, Subject};
use di_core::Result;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The ways to call an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The required method, all outputs wanted.
    Evaluate,
    /// The required method, only the derivative wanted.
    EvaluateBare,
    /// The required method, with views whose columns are contiguous.
    EvaluateMirrored,
    /// With lower derivatives, into slices.
    ValueInto,
    /// The derivative alone, into a slice.
    Into,
    /// With lower derivatives, allocating.
    Value,
    /// The derivative alone, allocating.
    Alone,
    /// Fixed at a point, into a view.
    AtBatch,
    /// Fixed at a point, into a slice, once with another seed and then with the wanted one.
    AtInto,
    /// Fixed at a point, allocating.
    At,
    /// Fixed at a point, with the value.
    ValueAt,
    /// A free function, with lower derivatives.
    FreeValue,
    /// A free function, the derivative alone.
    Free,
}

/// A way to call an operator, and what it fills.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The method's name.
    pub name: &'static str,
    /// How it is called.
    pub way: Way,
    /// Which slots it fills.
    pub fills: [bool; 3],
    /// Whether it takes views, so that any number of seeds will do.
    pub any_batch: bool,
}

impl Variant {
    /// Whether the caller's memory is written into, and nothing allocated.
    #[must_use]
    pub fn is_into(&self) -> bool {
        use Way::{AtBatch, AtInto, Evaluate, EvaluateBare, Into, ValueInto};
        matches!(self.way, Evaluate | EvaluateBare | ValueInto | Into | AtBatch | AtInto)
    }

    /// Whether it is a free function, prepared and used once.
    #[must_use]
    pub fn is_free(&self) -> bool {
        matches!(self.way, Way::Free | Way::FreeValue)
    }

    /// Whether it takes that many seeds.
    #[must_use]
    pub fn takes(&self, batch: usize) -> bool {
        self.any_batch || batch == 1
    }
}

/// How an object that is fixed at a point comes to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Dropped before it is used.
    Unused,
    /// Forgotten: its destructor does not run.
    Forgotten,
    /// Dropped after a call that fails.
    AfterError,
    /// Dropped while a panic unwinds.
    ByPanic,
}

impl Leaving {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Unused, Self::Forgotten, Self::AfterError, Self::ByPanic];

    /// Brings `at` to its end; `fail` is a call that must fail.
    pub(super) fn end<A>(self, mut at: A, fail: impl FnOnce(&mut A) -> Result<()>) -> Result<()> {
        match self {
            Self::Unused => drop(at),
            Self::Forgotten => std::mem::forget(at),
            Self::AfterError => match fail(&mut at) {
                Err(di_core::Error::Length { .. }) => {}
                Err(error) => return Err(error),
                Ok(()) => return no_error(),
            },
            Self::ByPanic => {
                let unwinding = catch_unwind(AssertUnwindSafe(|| {
                    let _at = at;
                    resume_unwind(Box::new("the caller panics"));
                }));
                drop(unwinding);
            }
        }
        Ok(())
    }
}

/// What is returned for a call that did not fail although it should have.
fn no_error() -> Result<()> {
    Err(di_core::Error::Unsupported {
        backend: "the engine".into(),
        operator: "an error",
        reason: "a seed of a wrong length was taken: check lengths".into(),
    })
}

/// What a wrong length of an output is called in the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// Not an argument: returned, or not there.
    Returned,
    /// A slice.
    Slice(&'static str),
    /// A matrix: the names of its two lengths.
    Matrix(&'static str, &'static str),
}

/// The names of an operator's arguments in its errors.
#[derive(Clone, Copy, Debug)]
pub struct Arguments {
    /// Whether the point is a slice.
    pub point: bool,
    /// The seeds.
    pub seeds: Option<&'static str>,
    /// The outputs.
    pub slots: [SlotKind; 3],
}

/// An operator of a backend.
pub trait Operation<T, F = Subject>: Send + Sync {
    /// The ways to call it.
    fn variants(&self) -> &'static [Variant];

    /// The names of its arguments.
    fn arguments(&self) -> Arguments;

    /// Prepares for points and batches as large as those of `inputs`.
    ///
    /// # Errors
    ///
    /// As the backend's preparation.
    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>>;

    /// Calls a free function.
    ///
    /// # Errors
    ///
    /// As that function.
    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()>;
}

/// A prepared object.
pub trait Prepared<T>: Send {
    /// Calls it.
    ///
    /// # Errors
    ///
    /// As the method that is called.
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()>;

    /// Fixes it at a point, and lets go of that half-way; `None` if the operator is never fixed at a point.
    fn leave(&mut self, _inputs: &Inputs<T>, _leaving: Leaving) -> Option<Result<()>> {
        None
    }

    /// The function, to change its constants.
    fn subject_mut(&mut self) -> &mut dyn Instrument;

    /// Prepares for another length; `None` if the operator has but one.
    fn resize(&mut self, x: &[T]) -> Option<Result<()>>;

    /// A clone.
    fn boxed_clone(&self) -> Box<dyn Prepared<T>>;
}

/// Writes the methods of [`Prepared`] that are the same for all operators.
macro_rules! prepared_object {
    (fixed) => {
        fn resize(&mut self, _x: &[T]) -> Option<Result<()>> {
            None
        }
        $crate::check::operation::prepared_object!();
    };
    (resizable) => {
        fn resize(&mut self, x: &[T]) -> Option<Result<()>> {
            Some(Self::resize(self, x))
        }
        $crate::check::operation::prepared_object!();
    };
    () => {
        fn subject_mut(&mut self) -> &mut dyn $crate::scenario::Instrument {
            self.function_mut()
        }

        fn boxed_clone(&self) -> Box<dyn Prepared<T>> {
            Box::new(self.clone())
        }
    };
}
pub(super) use prepared_object;

/// One line of a table of variants.
pub(super) const fn variant(name: &'static str, way: Way, fills: [bool; 3]) -> Variant {
    let any_batch = matches!(way, Way::Evaluate | Way::EvaluateBare | Way::EvaluateMirrored | Way::AtBatch);
    Variant { name, way, fills, any_batch }
}

/// What is returned for a way that the operator does not have; no table of variants has such a line.
pub(super) fn no_such_way(way: Way) -> Result<()> {
    Err(di_core::Error::Unsupported {
        backend: "conformance suite".into(),
        operator: "a way to call",
        reason: format!("the operator is not called by {way:?}: take one of its variants"),
    })
}
