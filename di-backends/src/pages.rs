//! The README and the guides, whose examples are tests of this crate.

#[cfg(all(feature = "enzyme", feature = "derive", feature = "differentiable", feature = "choose"))]
#[doc = include_str!("../../README.md")]
struct Readme;

#[doc = include_str!("../../docs/writing-functions.md")]
struct WritingFunctions;

#[doc = include_str!("../../docs/adding-a-backend.md")]
struct AddingABackend;

#[doc = include_str!("../../docs/sparse.md")]
struct SparseDerivatives;

#[cfg(all(feature = "enzyme", feature = "derive"))]
#[doc = include_str!("../../docs/closures-caches-activity.md")]
struct ClosuresCachesActivity;

#[cfg(all(feature = "enzyme", feature = "derive", feature = "differentiable"))]
#[doc = include_str!("../../docs/differentiable.md")]
struct Differentiable;
