//! What the tour asks of an engine, so that engines of different types stand in one list.

use crate::{
    Brusselator, Clock, Comparison, Dataset, Evaluation, FitError, Network, Residuals, Rosenbrock, Sine, SineCosine,
    Spiral, curve, fit_dataset, scalar, unary, vector,
};
use di_backends::{
    AnyBackend, Backend, CurveBackend, EnzymeStyle, Mode, PrepareJacobian, Result, ScalarBackend, UnaryBackend,
    VectorBackend,
};

/// A function of the tour, with the point and the directions.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the names are those of the functions")]
pub enum Case<'f> {
    Sine(f64),
    Spiral(f64),
    Rosenbrock { x: &'f [f64], dx: &'f [f64] },
    SineCosine { x: &'f [f64], dx: &'f [f64], dy: &'f [f64] },
    Brusselator { f: &'f Brusselator, x: &'f [f64], dx: &'f [f64], dy: &'f [f64] },
    Network { f: &'f Network, x: &'f [f64], dx: &'f [f64] },
}

/// A backend that has every operator of every function of the tour, and fits every dataset.
pub trait Engine {
    /// Whether it is exact.
    fn mode(&self) -> Mode;

    /// Every operator of one function.
    ///
    /// # Errors
    ///
    /// As preparation and evaluation.
    fn evaluate(&self, case: Case<'_>, clock: &Clock) -> Result<Vec<Evaluation>>;

    /// Fits a dataset from its starting point of the given index, 0 or 1.
    ///
    /// # Errors
    ///
    /// [`FitError`].
    fn fit(&self, dataset: &Dataset, start: usize) -> Result<Comparison, FitError>;
}

impl<B> Engine for B
where
    B: UnaryBackend<Sine> + CurveBackend<Spiral>,
    B: for<'f> ScalarBackend<&'f Rosenbrock> + for<'f> ScalarBackend<&'f Network>,
    B: for<'f> VectorBackend<&'f SineCosine> + for<'f> VectorBackend<&'f Brusselator>,
    B: for<'f> PrepareJacobian<Residuals<'f>>,
{
    fn mode(&self) -> Mode {
        Backend::mode(self)
    }

    fn evaluate(&self, case: Case<'_>, clock: &Clock) -> Result<Vec<Evaluation>> {
        match case {
            Case::Sine(x) => unary(self, clock, Sine, x),
            Case::Spiral(t) => curve(self, clock, Spiral, t),
            Case::Rosenbrock { x, dx } => scalar(self, clock, &Rosenbrock, x, dx),
            Case::SineCosine { x, dx, dy } => vector(self, clock, &SineCosine, x, dx, dy),
            Case::Brusselator { f, x, dx, dy } => vector(self, clock, f, x, dx, dy),
            Case::Network { f, x, dx } => scalar(self, clock, f, x, dx),
        }
    }

    fn fit(&self, dataset: &Dataset, start: usize) -> Result<Comparison, FitError> {
        fit_dataset(self, dataset, start)
    }
}

/// An engine of the tour under the name of its column.
pub type Named = (&'static str, Box<dyn Engine>);

/// All engines that are known by name, and the one that runs the code that `#[differentiable]` has written.
///
/// # Errors
///
/// As the reading of a name.
pub fn engines() -> Result<Vec<Named>> {
    let parse = |&name: &&'static str| Ok((name, Box::new(name.parse::<AnyBackend>()?) as Box<dyn Engine>));
    let written = ("enzyme-style", Box::new(EnzymeStyle::default()) as Box<dyn Engine>);
    AnyBackend::names().iter().map(parse).chain([Ok(written)]).collect()
}

/// The headings of the engines' columns.
#[must_use]
pub fn names(engines: &[Named]) -> Vec<&'static str> {
    engines.iter().map(|(name, _)| *name).collect()
}
