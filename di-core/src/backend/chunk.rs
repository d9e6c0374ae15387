//! How many directions one evaluation carries.

/// No chunk is wider than this.
pub const MAX_CHUNK_WIDTH: usize = 16;

/// Bytes of tangent that one scalar should carry at most: the vector registers of one core hold a few of these.
const CHUNK_BYTES: usize = 96;

/// The number of directions that one evaluation carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChunkWidth {
    /// From the number of directions and the size of the scalar: with at most `B` at a time, `N` directions take
    /// `A = ceil(N/B)` passes of `ceil(N/A)`.
    #[default]
    Auto,
    /// This many, or fewer if there are fewer directions.
    Fixed(usize),
}

impl ChunkWidth {
    /// The width for `directions` directions of scalars of `scalar_size` bytes; at least 1.
    ///
    /// ```
    /// use di_core::ChunkWidth;
    ///
    /// assert_eq!(ChunkWidth::Auto.pick(401, 8), 12);
    /// assert_eq!(ChunkWidth::Auto.pick(13, 8), 7);
    /// assert_eq!(ChunkWidth::Fixed(8).pick(3, 8), 3);
    /// assert_eq!(ChunkWidth::Fixed(0).pick(0, 8), 1);
    /// ```
    #[must_use]
    pub fn pick(self, directions: usize, scalar_size: usize) -> usize {
        let directions = directions.max(1);
        match self {
            Self::Fixed(width) => width.clamp(1, directions),
            Self::Auto => {
                let most = (CHUNK_BYTES / scalar_size.max(1)).clamp(1, MAX_CHUNK_WIDTH);
                directions.div_ceil(directions.div_ceil(most))
            }
        }
    }
}
