//! The directions of a colouring.

use super::side::Side;
use crate::{Coloring, Error, Result, Scalar};
use ndarray::{Array2, ArrayViewMut2, Axis};

impl Coloring {
    /// The tangents of the products `J·S` (of a Hessian `H·S`): n rows, a column for each colour, the sum of the unit
    /// vectors of its group.
    #[must_use]
    pub fn column_seeds<T: Scalar>(&self) -> Array2<T> {
        let mut seeds = Array2::from_elem((self.pattern().columns(), self.column_color_count()), T::zero());
        write(&self.parts().columns, 0, &mut seeds.view_mut());
        seeds
    }

    /// The cotangents of the products `Jᵀ·S`: m rows, a column for each colour.
    #[must_use]
    pub fn row_seeds<T: Scalar>(&self) -> Array2<T> {
        let mut seeds = Array2::from_elem((self.pattern().rows(), self.row_color_count()), T::zero());
        write(&self.parts().rows, 0, &mut seeds.view_mut());
        seeds
    }

    /// Writes the tangents of the colours from `first` on, as many as `seeds` has columns; zero beyond the last colour.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `seeds` has not n rows; it is then unchanged.
    pub fn column_seeds_into<T: Scalar>(&self, first: usize, mut seeds: ArrayViewMut2<'_, T>) -> Result<()> {
        Error::check_length("seeds.rows", self.pattern().columns(), seeds.nrows())?;
        seeds.fill(T::zero());
        write(&self.parts().columns, first, &mut seeds);
        Ok(())
    }

    /// Writes the cotangents of the colours from `first` on, as many as `seeds` has columns; zero beyond the last colour.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `seeds` has not m rows; it is then unchanged.
    pub fn row_seeds_into<T: Scalar>(&self, first: usize, mut seeds: ArrayViewMut2<'_, T>) -> Result<()> {
        Error::check_length("seeds.rows", self.pattern().rows(), seeds.nrows())?;
        seeds.fill(T::zero());
        write(&self.parts().rows, first, &mut seeds);
        Ok(())
    }
}

/// Puts a one where a vertex has the colour of the column.
fn write<T: Scalar>(side: &Side, first: usize, seeds: &mut ArrayViewMut2<'_, T>) {
    for (color, mut seed) in (first..side.count()).zip(seeds.axis_iter_mut(Axis(1))) {
        for &vertex in side.groups.slice(color) {
            seed[vertex as usize] = T::one();
        }
    }
}
