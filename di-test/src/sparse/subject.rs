//! The function that every engine differentiates in the sparse part of the suite.

use super::SparseFormula;
use crate::scenario::{Fuse, Modifier, Passage, instruments};
use di_core::{AdjointFn, Cache, Counted, Enclosed, Scalar, ScalarFn, Shadow, TangentFn, VectorFn};

/// A sparse formula with its modifier; counts its calls and panics when told to.
///
/// One type stands for all scenarios, so that an engine's code is compiled once. Clones share the count of calls and the
/// fuse, but no buffer.
#[derive(Clone, Debug)]
pub struct SparseSubject {
    formula: Counted<SparseFormula>,
    /// Whether the outputs are computed in a buffer that the function owns.
    cached: bool,
    factor: f64,
    scratch: Cache,
    fuse: Fuse,
}

impl SparseSubject {
    /// The formula as the modifier wants it at preparation.
    #[must_use]
    pub fn new(formula: SparseFormula, modifier: &Modifier) -> Self {
        Self {
            formula: Counted::new(formula),
            cached: modifier.passage != Passage::Direct,
            factor: modifier.prepared_factor,
            scratch: Cache::new(),
            fuse: Fuse::default(),
        }
    }

    fn scale<T: Scalar>(&self, y: &mut [T]) {
        let factor = T::lift(self.factor);
        for y in y {
            *y *= factor;
        }
    }
}

instruments!(SparseSubject);

impl<T: Scalar> VectorFn<T> for SparseSubject {
    fn output_len(&self, input_len: usize) -> usize {
        VectorFn::<T>::output_len(&self.formula, input_len)
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        if self.cached {
            let mut buffer = self.scratch.buffer::<T>(y.len());
            self.formula.call_into(x, &mut buffer);
            self.scale(&mut buffer);
            y.copy_from_slice(&buffer);
        } else {
            self.formula.call_into(x, y);
            self.scale(y);
        }
        self.fuse.burn();
    }
}

impl<T: Scalar> ScalarFn<T> for SparseSubject {
    fn call(&self, x: &[T]) -> T {
        let mut y = [T::zero()];
        self.call_into(x, &mut y);
        y[0]
    }
}

impl Shadow for SparseSubject {
    type Shadow = Cache;

    fn make_zero(&self) -> Cache {
        self.scratch.make_zero()
    }

    fn remake_zero(&self, shadow: &mut Cache) {
        self.scratch.remake_zero(shadow);
    }
}

impl<T: Scalar> TangentFn<T> for SparseSubject {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Cache>,
        x: &[T],
        dx: &[[T; K]],
        mut y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        if self.cached {
            let mut buffer = self.scratch.buffer::<T>(dy.len());
            self.formula.tangent_into(Enclosed::Constant, x, dx, Some(&mut buffer), dy);
            self.scale(&mut buffer);
            match enclosed.shadow() {
                // What is read from the function's own memory is constant.
                None => dy.fill([T::zero(); K]),
                Some(shadow) => {
                    let mut shadow = shadow.lanes::<T, K>(dy.len());
                    shadow.copy_from_slice(dy);
                    self.scale(shadow.as_flattened_mut());
                    dy.copy_from_slice(&shadow);
                }
            }
            if let Some(y) = y {
                y.copy_from_slice(&buffer);
            }
        } else {
            self.formula.tangent_into(Enclosed::Constant, x, dx, y.as_deref_mut(), dy);
            self.scale(y.unwrap_or_default());
            self.scale(dy.as_flattened_mut());
        }
        self.fuse.burn();
    }
}

impl<T: Scalar> AdjointFn<T> for SparseSubject {
    fn adjoint_into(
        &self,
        enclosed: Enclosed<'_, Cache>,
        x: &[T],
        dx: &mut [T],
        mut y: Option<&mut [T]>,
        dy: &mut [T],
    ) {
        match (self.cached, enclosed.shadow()) {
            (false, _) => {
                self.scale(dy);
                self.formula.adjoint_into(Enclosed::Constant, x, dx, y.as_deref_mut(), dy);
                self.scale(y.unwrap_or_default());
            }
            (true, Some(shadow)) => {
                let mut shadow = shadow.buffer::<T>(dy.len());
                shadow.copy_from_slice(dy);
                self.scale(&mut shadow);
                self.formula.adjoint_into(Enclosed::Constant, x, dx, y.as_deref_mut(), &mut shadow);
                self.scale(y.unwrap_or_default());
            }
            // What is read from the function's own memory is constant: nothing reaches the inputs.
            (true, None) => {
                if let Some(y) = y {
                    self.formula.call_into(x, y);
                    self.scale(y);
                }
            }
        }
        self.fuse.burn();
    }
}
