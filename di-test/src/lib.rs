//! Conformance suite of the differentiation interface: scenarios, checks, and a test in one line.
//!
//! # For callers
//!
//! [`Custom`] makes scenarios of a function of your own, with answers that a backend computes which you trust, and tells
//! what another backend makes of them. The program of this crate checks and measures all engines of the façade:
//! `cargo run --release -p di-test -- check`.
//!
//! # For backend authors
//!
//! An engine's whole test is one call of [`conformance!`]. What it does: every operator, called in every way, is compared
//! with closed forms for every [`Scenario`] of the [`catalogue`] and at every awkward point of the [`elementary_cases`];
//! other [`Check`]s look at laws, lengths, calls, allocations, threads, panics and points that are not finite.
//!
//! What is behind the macro can be called: a [`Suite`] returns a [`Report`] with every [`Finding`] (what disagreed, where, by
//! how much, in which variant) and what became of each scenario. A [`Filter`] chooses scenarios by operator, group and name.
//!
//! | group | scenarios |
//! | --- | --- |
//! | `dense` | classic functions, with every modifier and in batches |
//! | `sizes` | sizes at the borders of chunks, maps that are not square, curves |
//! | `empty` | no inputs, no outputs, neither |
//! | `elementary` | elementary functions at awkward points |
//! | `caches` | functions that own memory |
//! | `laws` | what must hold at every point |
//! | `sparse` | sparse Jacobians and Hessians, by [`SparseSuite`] |
//! | `adversarial` | functions and callers that break their contract |
//! | `applications` | functions of real programs, in the program of this crate |
//! | `custom`, or a name of your own | what [`Custom`] makes |
//!
//! Allocations are a check ([`Check::Allocations`]), and single precision a scalar (`Suite<f32>`), of all of these.
//!
//! # Features
//!
//! | feature | adds |
//! | --- | --- |
//! | `command`, on by default | the program, with the engines of the façade; an engine's own test needs none of it |
//! | `clock` | `Clock`, CPU time of calls |
//! | `results` | `Results`, what a benchmark writes |
//!
//! [`Check::Laws`] needs no catalogue: what must hold at every point, such as adjointness and the chain rule, is tried on
//! random [`Program`]s, which [`programs`] draws and shrinks. `DI_LAWS_CASES` and `DI_LAWS_SEED` ask for more of them, or others.
//!
//! [`Check::Adversarial`] attacks: by functions that break their contract, panic, or differentiate inside of themselves, by
//! callers that leave things half-way, by threads and by size; and looks whether memory is given back. What must come of
//! each is documented beside the functions of `di-core`. Laws and attacks are scenarios, too ([`law_scenarios`],
//! [`adversarial_scenarios`]): exclusions and filters know them by name.
//!
//! # For those who extend it
//!
//! Scenarios are data: a [`Formula`], a point, seeds. One function type, [`Subject`], stands for them all, and checks see
//! an operator through [`Operation`], so that an engine's code is compiled once and a new scenario costs no compile time.
#![deny(unsafe_code)]

mod adversarial;
mod allocator;
mod cached;
mod check;
#[cfg(feature = "clock")]
mod clock;
mod conformance;
mod elementary;
mod evaluations;
mod exclusion;
mod filter;
mod laws;
mod nested;
mod program;
mod report;
#[cfg(feature = "results")]
mod results;
mod scenario;
mod sparse;
mod suite;
mod tolerance;

pub use adversarial::adversarial_scenarios;
pub use allocator::{Allocations, CountingAllocator, allocations_of, count_allocations_of, growth_of, is_counting};
pub use cached::{
    Accumulate, Brusselator, Cached, Galerkin, ReactionDiffusion, Smallest, Steps, Swap, Upwind, WriteThenRead,
};
pub use check::{
    Arguments, Check, Engine, Inputs, Leaving, Operation, Operations, Operators, Prepared, SlotKind, Slots, Variant,
    Way, operations,
};
#[cfg(feature = "clock")]
pub use clock::{Clock, Timing};
pub use elementary::{Elementary, Function, elementary_cases};
pub use evaluations::{Evaluations, FirstOrder, Passes, SecondOrder, Width};
pub use exclusion::Exclusions;
pub use filter::Filter;
pub use laws::law_scenarios;
pub use nested::{DerivativeBy, SineOfDouble, assert_nested, nested_derivatives};
pub use program::{Binary, Program, Step, Unary, programs};
pub use report::{Fault, Finding, Outcome, Report, Verdict};
#[cfg(feature = "results")]
pub use results::{
    Change, Comparison, Difference, Exact, Figures, Machine, Measurement, Preparation, Ratio, Record, Results,
    ResultsError, Speed, Summary, Time, compare, write_report,
};
pub use scenario::{
    Computed, Custom, Formula, FunctionShape, Instrument, Modifier, Operator, Passage, Probe, Probed, Scenario, Source,
    SplitMix64, Subject, catalogue, elementary_scenarios,
};
pub use sparse::{
    Arrow, ArrowEnergy, BandedRing, BrusselatorGrid, Bundle, ChainedRosenbrock, DiffSquare, DiffSquareCube,
    LeastSquares, PlainSum, SparseFormula, SquareForm, SquareMap, Stencil, SumDiffCube, SumOfSines, Surface, UpperBand,
    UpwindRing,
};
pub use sparse::{Colors, SparseOperator, SparseScenario, SparseSlots, SparseSubject, SparseSuite, sparse_catalogue};
pub use suite::Suite;
pub use tolerance::Tolerance;

pub use di_core;
pub use proptest;
