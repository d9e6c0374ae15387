//! Directions to push forward or pull back.

use crate::Scalar;
use ndarray::{ArrayView2, Axis, Slice};
use std::ops::Range;

/// Tangents or cotangents of one call: a matrix of `dim` rows, one column for each direction.
///
/// A window of the identity matrix is never stored, so that a dense Jacobian needs no seed in memory.
#[derive(Clone, Debug)]
pub enum Seeds<'a, T> {
    /// Columns `start .. start + width` of the identity matrix of `dim` rows.
    Basis {
        /// The number of rows.
        dim: usize,
        /// The index of the first unit vector.
        start: usize,
        /// The number of unit vectors.
        width: usize,
    },
    /// Any directions, one a column.
    Dense(ArrayView2<'a, T>),
}

impl<T: Scalar> Seeds<'_, T> {
    /// All unit vectors of `R^dim`.
    #[must_use]
    pub fn identity(dim: usize) -> Self {
        Self::Basis { dim, start: 0, width: dim }
    }

    /// The first unit vector of `R^dim`, or no direction if there is none.
    #[must_use]
    pub fn first(dim: usize) -> Self {
        Self::Basis { dim, start: 0, width: dim.min(1) }
    }

    /// The number of rows.
    #[must_use]
    pub fn dim(&self) -> usize {
        match self {
            Self::Basis { dim, .. } => *dim,
            Self::Dense(view) => view.nrows(),
        }
    }

    /// The number of directions.
    #[must_use]
    pub fn width(&self) -> usize {
        match self {
            Self::Basis { width, .. } => *width,
            Self::Dense(view) => view.ncols(),
        }
    }

    /// The entry in row `i` of direction `j`.
    #[inline]
    #[must_use]
    pub fn get(&self, i: usize, j: usize) -> T {
        match self {
            Self::Basis { start, .. } => {
                if i == start + j {
                    T::one()
                } else {
                    T::zero()
                }
            }
            Self::Dense(view) => view[(i, j)],
        }
    }

    /// The directions of the given range of columns.
    #[must_use]
    pub fn columns(&self, range: Range<usize>) -> Seeds<'_, T> {
        match self {
            Self::Basis { dim, start, .. } => {
                Seeds::Basis { dim: *dim, start: start + range.start, width: range.len() }
            }
            Self::Dense(view) => Seeds::Dense(view.slice_axis(Axis(1), Slice::from(range))),
        }
    }

    /// The rows outside of which every entry is zero.
    #[must_use]
    pub fn support(&self) -> Range<usize> {
        match self {
            Self::Basis { start, width, .. } => *start..start + width,
            Self::Dense(view) => 0..view.nrows(),
        }
    }
}

impl<'a, T> From<ArrayView2<'a, T>> for Seeds<'a, T> {
    fn from(view: ArrayView2<'a, T>) -> Self {
        Self::Dense(view)
    }
}
