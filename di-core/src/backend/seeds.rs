//! Directions to push forward or pull back.

use crate::Scalar;
use ndarray::{ArrayView2, Axis, Slice};
use std::ops::Range;

/// Tangents or cotangents of one call: a matrix of `dim` rows, one column for each direction.
///
/// A window of the identity matrix is never stored, so that a dense Jacobian needs no seed in memory; nor are the sums of
/// unit vectors that a sparse one is made of.
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
    /// Sums of unit vectors: column `j` has a one in each row whose colour is `start + j`.
    Groups {
        /// The number of rows; those beyond the colours are zero.
        dim: usize,
        /// By row, its colour; a number that is no column's for none.
        colors: &'a [u32],
        /// The colour of the first column.
        start: usize,
        /// The number of columns.
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
            Self::Basis { dim, .. } | Self::Groups { dim, .. } => *dim,
            Self::Dense(view) => view.nrows(),
        }
    }

    /// The number of directions.
    #[must_use]
    pub fn width(&self) -> usize {
        match self {
            Self::Basis { width, .. } | Self::Groups { width, .. } => *width,
            Self::Dense(view) => view.ncols(),
        }
    }

    /// The entry in row `i` of direction `j`.
    #[inline]
    #[must_use]
    pub fn get(&self, i: usize, j: usize) -> T {
        let one = match self {
            Self::Basis { start, .. } => i == start + j,
            Self::Groups { colors, start, .. } => colors.get(i).is_some_and(|&color| color as usize == start + j),
            Self::Dense(view) => return view[(i, j)],
        };
        if one { T::one() } else { T::zero() }
    }

    /// The directions of the given range of columns.
    #[must_use]
    pub fn columns(&self, range: Range<usize>) -> Seeds<'_, T> {
        match self {
            Self::Basis { dim, start, .. } => {
                Seeds::Basis { dim: *dim, start: start + range.start, width: range.len() }
            }
            Self::Groups { dim, colors, start, .. } => {
                Seeds::Groups { dim: *dim, colors, start: start + range.start, width: range.len() }
            }
            Self::Dense(view) => Seeds::Dense(view.slice_axis(Axis(1), Slice::from(range))),
        }
    }

    /// The rows outside of which every entry is zero.
    #[must_use]
    pub fn support(&self) -> Range<usize> {
        match self {
            Self::Basis { start, width, .. } => *start..start + width,
            Self::Groups { dim, colors, .. } => 0..colors.len().min(*dim),
            Self::Dense(view) => 0..view.nrows(),
        }
    }
}

impl<'a, T> From<ArrayView2<'a, T>> for Seeds<'a, T> {
    fn from(view: ArrayView2<'a, T>) -> Self {
        Self::Dense(view)
    }
}
