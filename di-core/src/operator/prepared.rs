//! What all prepared objects hold.

use crate::{Error, Result};
use ndarray::{ArrayView2, ArrayViewMut2};

/// A function that holds the user's function: that function itself, or one made of it, such as its gradient.
pub trait Encloses<F> {
    /// The user's function.
    fn enclosed(&self) -> &F;

    /// The user's function, to change its constants.
    fn enclosed_mut(&mut self) -> &mut F;
}

impl<F> Encloses<F> for F {
    fn enclosed(&self) -> &F {
        self
    }

    fn enclosed_mut(&mut self) -> &mut F {
        self
    }
}

/// The backend, what is differentiated, the buffers, and the lengths that they fit.
#[derive(Clone, Debug)]
pub(crate) struct Preparation<B, G, W> {
    pub(crate) backend: B,
    pub(crate) function: G,
    pub(crate) workspace: W,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// Whether the function may have changed since the buffers were sized.
    pub(crate) stale: bool,
}

impl<B, G, W> Preparation<B, G, W> {
    /// The function, which the caller may change: the next call looks at the buffers again.
    pub(crate) fn function_mut(&mut self) -> &mut G {
        self.stale = true;
        &mut self.function
    }

    /// `Ok` if `x` has the length of preparation.
    pub(crate) fn check_point<T>(&self, x: &[T]) -> Result<()> {
        Error::check_length("x", self.inputs, x.len())
    }

    /// What preparation makes: the buffers sized and warmed by `fit`, which returns the number of outputs.
    pub(crate) fn new(
        backend: B,
        function: G,
        inputs: usize,
        fit: impl FnOnce(&B, &G, &mut W) -> Result<usize>,
    ) -> Result<Self>
    where
        W: Default,
    {
        let mut workspace = W::default();
        let outputs = fit(&backend, &function, &mut workspace)?;
        Ok(Self { backend, function, workspace, inputs, outputs, stale: false })
    }

    /// Fits the buffers to another number of inputs; after an error the next call looks at them again.
    pub(crate) fn resize(&mut self, inputs: usize, fit: impl FnOnce(&B, &G, &mut W) -> Result<usize>) -> Result<()> {
        self.stale = true;
        let outputs = fit(&self.backend, &self.function, &mut self.workspace)?;
        (self.inputs, self.outputs, self.stale) = (inputs, outputs, false);
        Ok(())
    }

    /// Looks at the buffers again if the function may have changed.
    #[inline]
    pub(crate) fn refresh(&mut self, init: impl FnOnce(&B, &G, &mut W) -> Result<usize>) -> Result<()> {
        if self.stale {
            let found = init(&self.backend, &self.function, &mut self.workspace)?;
            Error::check_length("outputs of the function", self.outputs, found)?;
            self.stale = false;
        }
        Ok(())
    }
}

/// `Ok` if both matrices have the given numbers of rows and the same number of columns.
#[inline]
pub(crate) fn check_batch<T>(
    rows: [(&'static str, usize); 2],
    columns: &'static str,
    seeds: &ArrayView2<'_, T>,
    results: &ArrayViewMut2<'_, T>,
) -> Result<()> {
    Error::check_length(rows[0].0, rows[0].1, seeds.nrows())?;
    Error::check_length(rows[1].0, rows[1].1, results.nrows())?;
    Error::check_length(columns, seeds.ncols(), results.ncols())
}

/// A slice as a matrix of one column.
pub(crate) fn column<T>(x: &[T]) -> ArrayView2<'_, T> {
    let x = ndarray::ArrayView1::from(x);
    x.insert_axis(ndarray::Axis(1))
}

/// A slice as a matrix of one column.
pub(crate) fn column_mut<T>(x: &mut [T]) -> ArrayViewMut2<'_, T> {
    let x = ndarray::ArrayViewMut1::from(x);
    x.insert_axis(ndarray::Axis(1))
}

/// A slice as a matrix of one row.
pub(crate) fn row_mut<T>(x: &mut [T]) -> ArrayViewMut2<'_, T> {
    let x = ndarray::ArrayViewMut1::from(x);
    x.insert_axis(ndarray::Axis(0))
}

/// Writes what every prepared object offers beside its operator.
macro_rules! prepared_access {
    ([$($generics:tt)*] $type:ty where { $($bounds:tt)* } of $function:ty) => {
        impl<$($generics)*> $type where $($bounds)* {
            /// The function that is differentiated.
            pub fn function(&self) -> &F {
                $crate::Encloses::<F>::enclosed(&self.core.function)
            }

            /// The function that is differentiated, so that its constants can change between calls without preparing
            /// anew. A change of its number of outputs is an error at the next call.
            pub fn function_mut(&mut self) -> &mut F {
                let function: &mut $function = self.core.function_mut();
                $crate::Encloses::<F>::enclosed_mut(function)
            }

            /// The backend that it was prepared with.
            pub fn backend(&self) -> &B {
                &self.core.backend
            }
        }
    };
}
pub(crate) use prepared_access;
