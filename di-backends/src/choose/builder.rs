//! What to choose for, among what, and how.

use super::candidate::Named;
use super::options::Options;
use super::{Decision, DefaultEngines, NoEngines};
use di_core::{Backend, Scalar};
use std::time::Duration;

/// Chooses the fastest engine for a function `R^n → R` or `R^n → R^m` at points as long as `x`.
///
/// The operator is asked for last. What it returns is the prepared object of the winner, used like any other; its
/// [`report`](crate::Chosen::report) says why, and its [`decision`](crate::Chosen::decision) can be saved.
///
/// # Candidates
///
/// By default the engines of this crate that take every generic function and whose features are on: `num-dual`, `tape`, for
/// second derivatives `mixed` (forward over reverse), and `finite-diff`. [`with`](Choose::with) adds any backend that has
/// the operator for this function, such as `EnzymeStyle`; [`without_defaults`](Choose::without_defaults) and
/// [`among`](Choose::among) take some away. A candidate whose preparation or evaluation fails is listed with its reason.
///
/// # Correctness
///
/// Answers are compared before anything is chosen: values, derivatives and all lower derivatives, at `x` and at a seeded
/// point whose inputs differ from those of `x` by at most a thousandth (if the function is finite there), along seeded
/// directions where the operator takes some. Every value is compared with that of the function itself, and every derivative
/// with that of one exact candidate. Two that differ by more than they may are
/// [`ChooseError::Disagreement`](crate::ChooseError::Disagreement), which names both, the entry and both numbers; nothing is
/// chosen then.
///
/// Differences are in parts of the largest number in the same result, at any of the points, or of the function's largest
/// value, divided by the largest input for each order of the derivative if that is above one: a gradient at a minimum is
/// rounding alone. Up to ε^(1/2) may two exact engines differ, 64 times that in second derivatives; an exact engine and an
/// inexact one (`Mode::Difference`) by ε^(1/4), in second derivatives ε^(1/8). ε is the distance from 1 to the next number.
///
/// Finite differences are there to confirm: they see what engines that share a mistake do not, such as a constant made of an
/// input. They never outvote: whichever of two exact engines they side with, a disagreement is an error, and so is their own
/// disagreement with an exact engine, because they cannot tell who is wrong. Where a function is noisy, steep or has a kink,
/// raise [`difference_tolerance`](Choose::difference_tolerance), or leave them out by `among`. Where they are not finite,
/// they have left the domain and confirm nothing. Entries that are not finite by two exact engines agree, unless they are
/// infinities of different signs; an entry that only one of them makes finite is a disagreement.
///
/// An inexact engine is chosen only if no exact one can do it, or by [`allow_approximate`](Choose::allow_approximate).
///
/// # Cost
///
/// About the [`budget`](Choose::budget), 50 ms of CPU time of this thread by default, but each exact candidate is prepared and
/// evaluated once, and the two fastest once more near `x`, whatever that takes. Inexact ones are skipped if the time is up
/// and two exact ones have confirmed each other. Candidates are sampled in turns, so that what slows the machine down slows
/// all of them down, and judged by the median; one that takes more than 20 times the best is given up
/// ([`cutoff`](Choose::cutoff)).
///
/// The function is cloned for each candidate: hand over a reference, or a function that is cheap to clone. Prepared objects
/// can be sent to another thread, so the function must be `Send`, a reference to one `Sync`; one with a `Cache` is handed over
/// by value. Panics of the function go through. It is also evaluated near `x`, by the neighbour and by differences.
///
/// # Examples
///
#[cfg_attr(all(feature = "num-dual", feature = "tape", feature = "finite-diff"), doc = "```")]
#[cfg_attr(not(all(feature = "num-dual", feature = "tape", feature = "finite-diff")), doc = "```text")]
/// use di_backends::{Decision, Real, choose, scalar_fn};
///
/// fn bowl<T: Real>(x: &[T]) -> T {
///     x.iter().map(|&x| (x - 1.0).powi(2)).sum()
/// }
/// let (f, x) = (scalar_fn!(bowl), [0.0; 50]);
/// let mut chosen = choose(&f, &x).gradient()?;
/// assert_eq!(chosen.gradient(&x)?, [-2.0; 50]);
/// println!("{}", chosen.report());
///
/// let decision: Decision = chosen.decision().clone(); // to be saved and loaded by serde
/// let mut again = choose(&f, &x).by(&decision).gradient()?; // measures nothing
/// assert_eq!(again.gradient(&x)?, [-2.0; 50]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn choose<F, T: Scalar>(f: F, x: &[T]) -> Choose<F, &[T]> {
    Choose::new(f, x)
}

/// As [`choose`], for a function `R → R` or `R → R^m` of one variable.
///
#[cfg_attr(feature = "num-dual", doc = "```")]
#[cfg_attr(not(feature = "num-dual"), doc = "```text")]
/// use di_backends::{Real, choose_unary, unary_fn};
///
/// fn wave<T: Real>(x: T) -> T {
///     x.sin()
/// }
/// let mut chosen = choose_unary(unary_fn!(wave), 0.0).derivative()?;
/// assert_eq!(chosen.derivative(0.0)?, 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn choose_unary<F, T: Scalar>(f: F, x: T) -> Choose<F, T> {
    Choose::new(f, x)
}

/// What [`choose`] and [`choose_unary`] return: candidates and options, to which the operator is still to be said.
#[derive(Debug)]
#[must_use = "ask for an operator, such as `.gradient()`"]
pub struct Choose<F, X, D = DefaultEngines, E = NoEngines> {
    pub(super) f: F,
    pub(super) x: X,
    pub(super) defaults: D,
    pub(super) others: E,
    pub(super) options: Options,
}

impl<F, X> Choose<F, X> {
    fn new(f: F, x: X) -> Self {
        Self { f, x, defaults: DefaultEngines, others: NoEngines, options: Options::default() }
    }
}

impl<F, X, D, E> Choose<F, X, D, E> {
    /// Adds a candidate: any backend that has the operator for this function, under its own name.
    pub fn with<B: Backend>(self, backend: B) -> Choose<F, X, D, (E, Named<B>)> {
        self.with_named(backend.name(), backend)
    }

    /// As [`with`](Self::with), under another name; for two backends that differ by options alone.
    pub fn with_named<B: Backend>(self, name: impl Into<String>, backend: B) -> Choose<F, X, D, (E, Named<B>)> {
        self.add(Named { name: name.into(), approximate: false, backend })
    }

    /// As [`with`](Self::with), for a backend that is inexact though its mode is not `Mode::Difference`, such as
    /// `SecondOrder` with differences around an exact engine, whose mode is that of the engine.
    pub fn with_approximate<B: Backend>(self, backend: B) -> Choose<F, X, D, (E, Named<B>)> {
        self.add(Named { name: backend.name(), approximate: true, backend })
    }

    fn add<B>(self, candidate: Named<B>) -> Choose<F, X, D, (E, Named<B>)> {
        let Self { f, x, defaults, others, options } = self;
        Choose { f, x, defaults, others: (others, candidate), options }
    }

    /// Leaves the engines of this crate out: for a function that does not suit all of them, such as a closure of `f64`.
    pub fn without_defaults(self) -> Choose<F, X, NoEngines, E> {
        let Self { f, x, others, options, .. } = self;
        Choose { f, x, defaults: NoEngines, others, options }
    }

    /// Leaves out all candidates but those of these names; the function must still suit all of them.
    pub fn among<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.options.among = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Takes the candidate that was chosen before, without measuring or comparing.
    ///
    /// The operator is then an error if the decision is for another operator, for other numbers of inputs or outputs, or for
    /// a backend that is no candidate.
    pub fn by(mut self, decision: &Decision) -> Self {
        self.options.decision = Some(decision.clone());
        self
    }

    /// How long choosing may take, about; 50 ms by default. With zero each candidate is evaluated as often as comparing and a
    /// single sample need.
    pub fn budget(mut self, budget: Duration) -> Self {
        self.options.budget = budget;
        self
    }

    /// The most samples of each candidate; 15 by default. At least 1.
    pub fn samples(mut self, samples: usize) -> Self {
        self.options.samples = samples;
        self
    }

    /// How many times the best a candidate may take before it is given up; 20 by default. At least 1.
    pub fn cutoff(mut self, times: f64) -> Self {
        self.options.cutoff = times;
        self
    }

    /// At how many points near `x` candidates are compared, beside `x`; one by default.
    pub fn neighbours(mut self, count: usize) -> Self {
        self.options.neighbours = count;
        self
    }

    /// The seed of points near `x` and of directions; 1 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = seed;
        self
    }

    /// What two exact engines may differ by, in values and derivatives of any order; see [`choose`] for the default.
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.options.tolerance = Some(tolerance);
        self
    }

    /// As [`tolerance`](Self::tolerance), where one of the two is inexact; infinity: their answers do not matter.
    pub fn difference_tolerance(mut self, tolerance: f64) -> Self {
        self.options.difference_tolerance = Some(tolerance);
        self
    }

    /// Inexact engines may be chosen, too, if they are faster.
    pub fn allow_approximate(mut self) -> Self {
        self.options.approximate = true;
        self
    }

    /// Takes the time from another clock, which only grows, instead of the CPU time of this thread.
    pub fn clock(mut self, clock: impl FnMut() -> Duration + 'static) -> Self {
        self.options.clock = Box::new(clock);
        self
    }
}
