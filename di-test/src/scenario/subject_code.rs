//! Tangent and adjoint of the suite's function, through its factor and its buffers.

use super::coded::Coded;
use super::{Fuse, Passage, Subject};
use di_core::{AdjointFn, Cache, Counted, Enclosed, Scalar, Shadow, TangentFn, VectorFn};

/// The shadow of the buffer, if there is one, and that of the formula.
fn split(enclosed: Enclosed<'_, Subject>) -> (Option<&Cache>, Enclosed<'_, Coded>) {
    match enclosed {
        Enclosed::Constant => (None, Enclosed::Constant),
        Enclosed::Duplicated(shadow) => (Some(&shadow.scratch), Enclosed::Duplicated(shadow.formula.function_mut())),
    }
}

/// A subject of its own, so that an engine for compiled code finds in the shadow what it found in the primal; but the
/// count of calls and the fuse are not shared.
impl Shadow for Subject {
    type Shadow = Self;

    fn make_zero(&self) -> Self {
        Self {
            formula: Counted::new(self.formula.make_zero()),
            passage: self.passage,
            factor: 0.0,
            scratch: self.scratch.make_zero(),
            fuse: Fuse::default(),
            mischief: None,
        }
    }

    fn remake_zero(&self, shadow: &mut Self) {
        self.formula.remake_zero(shadow.formula.function_mut());
        shadow.factor = 0.0;
        self.scratch.remake_zero(&mut shadow.scratch);
    }
}

impl<T: Scalar> TangentFn<T> for Subject {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self::Shadow>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let Some(mischief) = &self.mischief else { return self.tangent_rightly(enclosed, x, dx, y, dy) };
        mischief.around_tangent(y, dy, |y, dy| self.tangent_rightly(enclosed, x, dx, y, dy));
    }
}

impl Subject {
    fn tangent_rightly<T: Scalar, const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        mut y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let (n, m, factor) = (x.len(), dy.len(), T::lift(self.factor));
        let (scratch, formula) = split(enclosed);
        match self.passage {
            Passage::Direct => {
                self.formula.tangent_into(formula, x, dx, y.as_deref_mut(), dy);
                self.scale(factor, y.unwrap_or_default());
                self.scale(factor, dy.as_flattened_mut());
            }
            Passage::Buffer => {
                let mut buffer = self.scratch.buffer::<T>(n + m);
                let (inputs, outputs) = buffer.split_at_mut(n);
                inputs.copy_from_slice(x);
                match scratch {
                    None => {
                        self.formula.call_into(inputs, outputs);
                        dy.fill([T::zero(); K]);
                    }
                    Some(scratch) => {
                        let mut shadow = scratch.lanes::<T, K>(n + m);
                        let (input_tangents, output_tangents) = shadow.split_at_mut(n);
                        input_tangents.copy_from_slice(dx);
                        self.formula.tangent_into(formula, inputs, input_tangents, Some(outputs), output_tangents);
                        self.scale(factor, output_tangents.as_flattened_mut());
                        dy.copy_from_slice(output_tangents);
                    }
                }
                self.scale(factor, outputs);
                if let Some(y) = y {
                    y.copy_from_slice(outputs);
                }
            }
            Passage::Cache => {
                let mut cache = self.scratch.buffer::<T>(m);
                self.formula.tangent_into(formula, x, dx, Some(&mut cache), dy);
                cache.iter_mut().for_each(|sum| *sum *= factor);
                match scratch {
                    None => dy.fill([T::zero(); K]),
                    Some(scratch) => {
                        let mut shadow = scratch.lanes::<T, K>(m);
                        for (sum, &tangent) in shadow.iter_mut().zip(&*dy) {
                            *sum = tangent.map(|tangent| tangent * factor);
                        }
                        dy.copy_from_slice(&shadow);
                    }
                }
                if let Some(y) = y {
                    y.copy_from_slice(&cache);
                }
            }
        }
        self.fuse.burn();
    }
}

impl<T: Scalar> AdjointFn<T> for Subject {
    fn adjoint_into(
        &self,
        enclosed: Enclosed<'_, Self::Shadow>,
        x: &[T],
        dx: &mut [T],
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) {
        let Some(mischief) = &self.mischief else { return self.adjoint_rightly(enclosed, x, dx, y, dy) };
        mischief.before_adjoint(dy);
        mischief.around_value(y, |y| self.adjoint_rightly(enclosed, x, dx, y, dy));
    }
}

impl Subject {
    fn adjoint_rightly<T: Scalar>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &mut [T],
        mut y: Option<&mut [T]>,
        dy: &mut [T],
    ) {
        let (n, m, factor) = (x.len(), dy.len(), T::lift(self.factor));
        let (scratch, formula) = split(enclosed);
        match (self.passage, scratch) {
            (Passage::Direct, _) => {
                self.scale(factor, dy);
                self.formula.adjoint_into(formula, x, dx, y.as_deref_mut(), dy);
                self.scale(factor, y.unwrap_or_default());
            }
            (Passage::Buffer, Some(scratch)) => {
                let mut buffer = self.scratch.buffer::<T>(n + m);
                let (inputs, outputs) = buffer.split_at_mut(n);
                inputs.copy_from_slice(x);
                let mut shadow = scratch.buffer::<T>(n + m);
                let (input_shadow, output_shadow) = shadow.split_at_mut(n);
                output_shadow.copy_from_slice(dy);
                self.scale(factor, output_shadow);
                self.formula.adjoint_into(formula, inputs, input_shadow, Some(outputs), output_shadow);
                dx.iter_mut().zip(input_shadow).for_each(|(dx, shadow)| *dx += *shadow);
                self.scale(factor, outputs);
                if let Some(y) = y {
                    y.copy_from_slice(outputs);
                }
            }
            (Passage::Cache, Some(scratch)) => {
                let mut shadow = scratch.buffer::<T>(m);
                shadow.iter_mut().zip(&*dy).for_each(|(shadow, &dy)| *shadow = dy * factor);
                self.formula.adjoint_into(formula, x, dx, y.as_deref_mut(), &mut shadow);
                y.unwrap_or_default().iter_mut().for_each(|y| *y *= factor);
            }
            // What is read from the function's own memory is constant: nothing reaches the inputs.
            (_, None) => {
                if let Some(y) = y {
                    self.formula.call_into(x, y);
                    self.scale(factor, y);
                }
            }
        }
        self.fuse.burn();
    }
}
