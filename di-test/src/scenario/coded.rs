//! Formulas with derivative code, for engines that run such code.

use super::Formula;
use crate::cached::Cached;
use di_core::{AdjointFn, Cache, Enclosed, Partials, Scalar, Shadow, TangentFn, VectorFn};

/// Directions of one evaluation with dual numbers.
const LANES: usize = 4;

/// A formula that comes with tangent and adjoint.
///
/// Formulas with caches have code written by hand; the code of all others evaluates them with dual numbers, which is slow
/// and tells an engine that runs it nothing of itself.
#[derive(Clone, Debug, Shadow)]
pub(super) struct Coded {
    pub(super) formula: Formula,
    #[shadow(constant)]
    duals: Cache,
}

impl Coded {
    pub(super) fn new(formula: Formula) -> Self {
        Self { formula, duals: Cache::new() }
    }

    /// Evaluates the formula with `LANES` tangents, given by entry and lane, and hands out the results.
    fn with_duals<T: Scalar>(
        &self,
        x: &[T],
        outputs: usize,
        tangent: impl Fn(usize, usize) -> T,
        results: impl FnOnce(&[Partials<T, LANES>]),
    ) {
        let mut buffer = self.duals.buffer::<Partials<T, LANES>>(x.len() + outputs);
        let (inputs, outputs) = buffer.split_at_mut(x.len());
        for (i, (input, &value)) in inputs.iter_mut().zip(x).enumerate() {
            *input = Partials { value, partials: std::array::from_fn(|lane| tangent(i, lane)) };
        }
        // What the formula leaves unwritten is not a number, rather than that of an earlier call.
        outputs.fill(Partials { value: T::nan(), partials: [T::nan(); LANES] });
        self.formula.call_into(inputs, outputs);
        results(outputs);
    }
}

impl<T: Scalar> VectorFn<T> for Coded {
    fn output_len(&self, input_len: usize) -> usize {
        self.formula.outputs(input_len)
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.formula.call_into(x, y);
    }
}

/// The shadow of a formula with caches.
fn caches(enclosed: Enclosed<'_, Coded>) -> Enclosed<'_, Cached> {
    match enclosed.shadow().map(|shadow| &mut shadow.formula) {
        Some(Formula::Cached(shadow)) => Enclosed::Duplicated(shadow),
        _ => Enclosed::Constant,
    }
}

impl<T: Scalar> TangentFn<T> for Coded {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        mut y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        if let Formula::Cached(function) = &self.formula {
            return function.tangent_into(caches(enclosed), x, dx, y, dy);
        }
        for start in (0..K).step_by(LANES) {
            let tangent = |i: usize, lane: usize| dx[i].get(start + lane).copied().unwrap_or_else(T::zero);
            self.with_duals(x, dy.len(), tangent, |outputs| {
                for (dy, output) in dy.iter_mut().zip(outputs) {
                    dy.iter_mut().skip(start).zip(output.partials).for_each(|(to, from)| *to = from);
                }
                if let Some(y) = y.take() {
                    y.iter_mut().zip(outputs).for_each(|(y, output)| *y = output.value);
                }
            });
        }
    }
}

impl<T: Scalar> AdjointFn<T> for Coded {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], mut y: Option<&mut [T]>, dy: &mut [T]) {
        if let Formula::Cached(function) = &self.formula {
            return function.adjoint_into(caches(enclosed), x, dx, y, dy);
        }
        for start in (0..x.len().max(1)).step_by(LANES) {
            let unit = |i: usize, lane: usize| if i == start + lane { T::one() } else { T::zero() };
            self.with_duals(x, dy.len(), unit, |outputs| {
                for (lane, dx) in dx.iter_mut().skip(start).take(LANES).enumerate() {
                    for (output, &seed) in outputs.iter().zip(&*dy) {
                        // A seed of zero hides an infinite derivative.
                        if !seed.is_identically_zero() {
                            *dx += output.partials[lane] * seed;
                        }
                    }
                }
                if let Some(y) = y.take() {
                    y.iter_mut().zip(outputs).for_each(|(y, output)| *y = output.value);
                }
            });
        }
    }
}
