//! Where results wait until nothing can fail any more.

use crate::{Error, Result, Scalar};
use ndarray::ArrayViewMut2;

/// Memory for matrices of any shape, kept between calls.
#[derive(Clone, Debug)]
pub(crate) struct Scratch<T>(Vec<T>);

impl<T> Default for Scratch<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Scalar> Scratch<T> {
    /// Makes room, so that no matrix of up to so many entries allocates.
    pub(crate) fn reserve(&mut self, rows: usize, columns: usize) {
        let entries = rows * columns;
        if self.0.len() < entries {
            // The old memory first; the new one comes zeroed from the system, which is not touched before it is used.
            self.0 = Vec::new();
            self.0 = vec![T::zero(); entries];
        }
    }

    /// A matrix with entries of no meaning.
    pub(crate) fn matrix(&mut self, rows: usize, columns: usize) -> ArrayViewMut2<'_, T> {
        self.reserve(rows, columns);
        self.part(0, (rows, columns))
    }

    /// Numbers of no meaning.
    pub(crate) fn slice(&mut self, len: usize) -> &mut [T] {
        self.reserve(len, 1);
        &mut self.0[..len]
    }

    /// The matrix that begins at an entry of what was reserved.
    pub(crate) fn part(&mut self, start: usize, (rows, columns): (usize, usize)) -> ArrayViewMut2<'_, T> {
        match ArrayViewMut2::from_shape((rows, columns), &mut self.0[start..start + rows * columns]) {
            Ok(matrix) => matrix,
            Err(_) => unreachable!("the slice was cut to that size"),
        }
    }
}

/// The number of outputs, if the function promised as many when it was asked again.
pub(crate) fn same_outputs(first: usize, again: usize) -> Result<usize> {
    Error::check_length("outputs of the function", first, again).map(|()| first)
}

/// The buffers of a pullback, and the value for as long as the pullback can fail.
#[derive(Clone, Debug, Default)]
pub struct ValueWorkspace<W, T> {
    pub(crate) pullback: W,
    value: Vec<T>,
}

impl<W, T: Scalar> ValueWorkspace<W, T> {
    /// Makes room for the value.
    pub(crate) fn fit(&mut self, outputs: usize) {
        self.value.resize(outputs, T::zero());
    }

    /// Runs `body` with the engine's buffers and room for the value, if it is wanted; then writes the value into `y`.
    pub(crate) fn hold(
        &mut self,
        y: Option<&mut [T]>,
        body: impl FnOnce(&mut W, Option<&mut [T]>) -> Result<()>,
    ) -> Result<()> {
        let Self { pullback, value } = self;
        body(pullback, y.is_some().then_some(&mut value[..]))?;
        if let Some(y) = y {
            y.copy_from_slice(value);
        }
        Ok(())
    }
}
