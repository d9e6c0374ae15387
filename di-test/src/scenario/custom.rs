//! Scenarios of a caller's own function, with answers computed by a reference backend.

use super::{FunctionShape, Modifier, Operator, Probe, Probed, Scenario, Source, SplitMix64};
use crate::allocator::is_counting;
use crate::check::{Check, Inputs, Operators, Slots};
use crate::report::Report;
use crate::suite::Suite;
use crate::tolerance::Tolerance;
use di_core::{CurveFn, CurveShape, Error, Result, Scalar, ScalarShape, UnaryShape, VectorFn, VectorShape};
use ndarray::Array2;
use std::fmt;
use std::marker::PhantomData;

/// A caller's function at a point, of which every operator of its shape becomes a [`Scenario`].
///
/// The answers come from a reference backend that the caller trusts, by [`compute_results`](Self::compute_results).
///
/// ```
/// use di_core::{ScalarFn, Scalar, Zero};
/// use di_test::{Custom, Tolerance};
///
/// #[derive(Clone)]
/// struct Constant;
///
/// impl<T: Scalar> ScalarFn<T> for Constant {
///     fn call(&self, _x: &[T]) -> T {
///         T::lift(3.0)
///     }
/// }
///
/// let custom = Custom::scalar("constant", Constant, vec![1.0, 2.0]);
/// let scenarios = custom.compute_results(&Zero)?; // of a constant it is right
/// let report = custom.suite::<_, f64>(&Zero, Tolerance::EXACT).every_check(&scenarios);
/// report.assert_clean();
/// # Ok::<(), di_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Custom<F, K> {
    name: String,
    group: &'static str,
    function: F,
    shape: FunctionShape,
    outputs: usize,
    x: Vec<f64>,
    prepared_x: Vec<f64>,
    batches: Vec<usize>,
    kind: PhantomData<fn() -> K>,
}

impl<F, K> fmt::Debug for Custom<F, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, group, shape, outputs, x, .. } = self;
        write!(f, "{group}/{name}: {shape:?}, {} inputs, {outputs} outputs", x.len())
    }
}

impl<F> Custom<F, UnaryShape> {
    /// A function `R → R`: derivative and second derivative.
    pub fn unary(name: impl Into<String>, function: F, x: f64) -> Self {
        Self::new(name.into(), function, FunctionShape::Unary, 1, vec![x])
    }
}

impl<F: CurveFn<f64>> Custom<F, CurveShape> {
    /// A function `R → R^m`: derivative and second derivative.
    pub fn curve(name: impl Into<String>, function: F, x: f64) -> Self {
        let outputs = function.output_len();
        Self::new(name.into(), function, FunctionShape::Curve, outputs, vec![x])
    }
}

impl<F> Custom<F, ScalarShape> {
    /// A function `R^n → R`: gradient, Hessian-vector product and Hessian.
    pub fn scalar(name: impl Into<String>, function: F, x: Vec<f64>) -> Self {
        Self::new(name.into(), function, FunctionShape::Scalar, 1, x)
    }
}

impl<F: VectorFn<f64>> Custom<F, VectorShape> {
    /// A function `R^n → R^m`: pushforward, pullback and Jacobian.
    pub fn vector(name: impl Into<String>, function: F, x: Vec<f64>) -> Self {
        let outputs = function.output_len(x.len());
        Self::new(name.into(), function, FunctionShape::Vector, outputs, x)
    }
}

impl<F, K> Custom<F, K> {
    fn new(name: String, function: F, shape: FunctionShape, outputs: usize, x: Vec<f64>) -> Self {
        // Elsewhere, but close: far away the function may be undefined.
        let prepared_x = x.iter().map(|x| x + 0.01 * x.abs().max(0.1)).collect();
        let (group, batches) = ("custom", vec![1, 3]);
        Self { name, group, function, shape, outputs, x, prepared_x, batches, kind: PhantomData }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The function.
    pub fn function(&self) -> &F {
        &self.function
    }

    /// The point.
    pub fn x(&self) -> &[f64] {
        &self.x
    }

    /// The number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The same in another group, for filters and reports.
    #[must_use]
    pub fn in_group(self, group: &'static str) -> Self {
        Self { group, ..self }
    }

    /// Prepared at another point; by default one close by.
    ///
    /// It has as many inputs as the point.
    #[must_use]
    pub fn prepared_at(self, prepared_x: Vec<f64>) -> Self {
        Self { prepared_x, ..self }
    }

    /// With so many tangents or cotangents at a time, one number at least and none of them zero; by default one, and three.
    #[must_use]
    pub fn with_batches(self, batches: impl Into<Vec<usize>>) -> Self {
        Self { batches: batches.into(), ..self }
    }

    /// The suite of a backend for this function.
    pub fn suite<B: Operators<Probed<F>, T, K>, T: Scalar>(
        &self,
        backend: &B,
        tolerance: Tolerance,
    ) -> Suite<T, Computed<F>>
    where
        F: Clone + Send + 'static,
    {
        Suite::of_custom(backend, tolerance)
    }

    /// The scenarios of all operators, with the answers of `reference` at both points, and where these lie in single
    /// precision, if they are finite there.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if the point of preparation has another length than the point, [`Error::Unsupported`] if there is no
    /// number of seeds or it is zero; and as the preparation and the operators of `reference`.
    pub fn compute_results<B>(&self, reference: &B) -> Result<Vec<Scenario<Computed<F>>>>
    where
        B: Operators<Probed<F>, f64, K>,
        F: Clone + Send + 'static,
    {
        let (n, m) = (self.x.len(), self.outputs);
        if self.prepared_x.len() != n {
            return Err(Error::Length { argument: "prepared_x", expected: n, found: self.prepared_x.len() });
        }
        if self.batches.is_empty() || self.batches.contains(&0) {
            return Err(Error::Unsupported {
                backend: "conformance suite".into(),
                operator: "batches",
                reason: "there is nothing to compare without seeds: take at least one number, and none of them zero"
                    .into(),
            });
        }
        let mut random = SplitMix64::new(n as u64 + 31);
        let mut scenarios = Vec::new();
        for (operator, _, operation) in reference.operations() {
            let seeded = matches!(operator, Operator::Pushforward | Operator::Pullback | Operator::Hvp);
            let batches = if seeded { &self.batches[..] } else { &[1] };
            for &batch in batches {
                let seeds = random.matrix(if operator == Operator::Pullback { m } else { n }, batch);
                let mut known: Vec<Known> = Vec::new();
                for x in [&self.x, &rounded(&self.x), &self.prepared_x, &rounded(&self.prepared_x)] {
                    if x.iter().all(|x| x.is_finite()) && known.iter().all(|known| known.x != *x) {
                        let inputs = Inputs { x: x.clone(), seeds: seeds.clone() };
                        let mut slots = Slots::of(operator, n, m, batch, f64::NAN);
                        let mut prepared = operation.prepare(Probed::new(self.function.clone()), &inputs)?;
                        let whole =
                            operation.variants().iter().find(|variant| !variant.is_free() && variant.takes(batch));
                        if let Some(variant) = whole {
                            prepared.run(variant, &inputs, &mut slots)?;
                        }
                        known.push(Known { x: x.clone(), seeds: seeds.clone(), slots });
                    }
                }
                scenarios.push(Scenario {
                    name: self.name.clone(),
                    group: self.group,
                    since: env!("CARGO_PKG_VERSION"),
                    operator,
                    shape: self.shape,
                    formula: Computed { function: self.function.clone(), outputs: m, known },
                    modifier: Modifier::PLAIN,
                    x: self.x.clone(),
                    prepared_x: self.prepared_x.clone(),
                    seeds,
                });
            }
        }
        Ok(scenarios)
    }
}

/// The numbers as single precision has them.
fn rounded(x: &[f64]) -> Vec<f64> {
    #[expect(clippy::cast_possible_truncation, reason = "it is what is wanted")]
    x.iter().map(|&x| f64::from(x as f32)).collect()
}

/// A caller's function with the answers that were computed.
#[derive(Clone)]
pub struct Computed<F> {
    function: F,
    outputs: usize,
    known: Vec<Known>,
}

/// The answers at a point.
#[derive(Clone, Debug)]
struct Known {
    x: Vec<f64>,
    seeds: Array2<f64>,
    slots: Slots<f64>,
}

impl<F> fmt::Debug for Computed<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Computed").field("outputs", &self.outputs).field("known", &self.known).finish_non_exhaustive()
    }
}

impl<F: Clone + Send + 'static> Source for Computed<F>
where
    Probed<F>: Probe,
{
    type Subject = Probed<F>;

    fn subject(&self, _modifier: &Modifier) -> Probed<F> {
        Probed::new(self.function.clone())
    }

    fn outputs(&self, _inputs: usize) -> usize {
        self.outputs
    }

    fn is_smooth(&self) -> bool {
        true
    }

    /// What was computed, at the points where it was.
    fn answer(&self, _operator: Operator, x: &[f64], seeds: &Array2<f64>) -> Option<Slots<f64>> {
        self.known.iter().find(|known| known.x == x && known.seeds == seeds).map(|known| known.slots.clone())
    }
}

impl<T: Scalar, F: Clone + Send + 'static> Suite<T, Computed<F>> {
    /// Every check that needs no answers but those at the two points: agreement, lengths, calls, threads, panics, and
    /// allocations if [`count_allocations!`](crate::count_allocations) is there.
    #[must_use]
    pub fn every_check(&self, scenarios: &[Scenario<Computed<F>>]) -> Report {
        let mut report = Report::default();
        for check in Check::ALL.into_iter().filter(|check| check.is_custom()) {
            if check != Check::Allocations || is_counting() {
                report.merge(self.check(check, scenarios.iter().cloned()));
            }
        }
        report
    }
}
