//! Why a pattern could not be found.

/// Why a sparsity pattern could not be found, or is not usable.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DetectionError {
    /// Global detection met control flow that depends on an input.
    #[error(
        "the function asks for the value of a number that depends on its input (by `{operation}`), so its pattern may \
         differ from point to point: detect it near the points of interest by `TracerDetector::local()`, or write the \
         choice without a branch (`max`, `min`, `abs`, `signum`)"
    )]
    Branch {
        /// The first operation that asked.
        operation: &'static str,
    },
    /// A traced number was used in another evaluation, or on another thread, than the one that it belongs to.
    #[error(
        "a traced number was used outside of the evaluation that it belongs to: kept from an earlier one, sent to \
         another thread, or taken into a detection within; evaluate on one thread and write caches before reading them"
    )]
    OutOfPlace,
    /// The evaluation has too many operations, inputs or outputs to be recorded.
    #[error("the evaluation has more than 2^31 operations, inputs or outputs: detect a smaller instance")]
    TooLong,
    /// A known pattern of a Hessian has an entry whose mirror image is missing.
    #[error("the pattern of a Hessian must be symmetric, but ({row}, {column}) has no mirror image")]
    Asymmetric {
        /// The entry's row.
        row: usize,
        /// The entry's column.
        column: usize,
    },
}
