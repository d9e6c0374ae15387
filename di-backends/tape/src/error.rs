//! What can go wrong on a tape.

/// Why a recording cannot be differentiated.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TapeError {
    /// The function used a variable that was made in another recording or on another thread, or left an output unwritten.
    #[error(
        "the function used a variable of another recording or thread, or left an output unwritten; \
         make its result from its inputs alone"
    )]
    ForeignVariable,
    /// The recording has more operations than identifiers, or than there is memory for.
    #[error(
        "the recording is longer than {} operations, or than memory; record a shorter part, or use forward mode",
        crate::recording::MAX_SLOTS
    )]
    TooLong,
}
