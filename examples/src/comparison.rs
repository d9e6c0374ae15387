//! The functions of the tour with every engine and every operator.

use crate::{
    Brusselator, Case, Clock, Evaluation, Named, Network, Rosenbrock, Sine, SineCosine, Spiral, relative_difference,
};
use di_backends::{CurveFn, Error, Result, ScalarFn, UnaryFn, VectorFn};
use std::hint::black_box;

/// One operator on one function, with each engine.
#[derive(Clone, Debug)]
pub struct Row {
    /// The function's name.
    pub function: &'static str,
    /// The numbers of inputs and outputs.
    pub size: (usize, usize),
    /// The operator's name.
    pub operator: &'static str,
    /// What the engines are compared with.
    pub reference: String,
    /// The largest relative difference of each engine from the reference.
    pub differences: Vec<f64>,
    /// The time of one plain evaluation of the function, in seconds.
    pub plain_seconds: f64,
    /// The time of each engine, in plain evaluations.
    pub ratios: Vec<f64>,
}

/// A function with what the engines are compared with: closed forms, one for each operator, or the first engine.
struct Subject {
    function: &'static str,
    size: (usize, usize),
    closed_forms: Option<Vec<Vec<f64>>>,
}

/// Runs everything; the first engine is the reference where there is no closed form.
///
/// # Errors
///
/// As preparation and evaluation.
pub fn compare(engines: &[Named], clock: &Clock) -> Result<Vec<Row>> {
    let mut rows = Vec::new();

    let (x, closed) = (0.42, Some(Sine::derivatives(0.42).to_vec()));
    let plain = plain(clock, || UnaryFn::<f64>::call(&Sine, black_box(x)))?;
    let subject = Subject { function: "sine", size: (1, 1), closed_forms: closed };
    rows.extend(subject.rows(engines, plain, Case::Sine(x), clock)?);

    let (x, closed) = (0.42, Some(Spiral::derivatives(0.42)[1..].iter().map(|d| d.to_vec()).collect()));
    let mut y = [0.0; 3];
    let plain = self::plain(clock, || Spiral.call_into(black_box(x), black_box(&mut y)))?;
    let subject = Subject { function: "spiral", size: (1, 3), closed_forms: closed };
    rows.extend(subject.rows(engines, plain, Case::Spiral(x), clock)?);

    for n in [10, 100] {
        let (x, dx) = (wave(n, 0.3), wave(n, 1.1));
        let hess = Rosenbrock::hessian(&x);
        let product = hess.dot(&ndarray::ArrayView1::from(&dx)).to_vec();
        let closed = vec![Rosenbrock::gradient(&x), product, hess.into_iter().collect()];
        let plain = self::plain(clock, || Rosenbrock.call(black_box(&x)))?;
        let subject = Subject { function: "Rosenbrock", size: (n, 1), closed_forms: Some(closed) };
        rows.extend(subject.rows(engines, plain, Case::Rosenbrock { x: &x, dx: &dx }, clock)?);
    }

    let x = wave(6, 0.7);
    let (dx, dy) = (wave(6, 1.1), wave(12, 1.9));
    let jac = SineCosine::jacobian(&x);
    let forward = jac.dot(&ndarray::ArrayView1::from(&dx)).to_vec();
    let back = jac.t().dot(&ndarray::ArrayView1::from(&dy)).to_vec();
    let closed = vec![forward, back, jac.into_iter().collect()];
    let plain = plain_vector(clock, &SineCosine, &x)?;
    let subject = Subject { function: "sines, cosines", size: (6, 12), closed_forms: Some(closed) };
    rows.extend(subject.rows(engines, plain, Case::SineCosine { x: &x, dx: &dx, dy: &dy }, clock)?);

    let f = Brusselator { side: 6, diffusion: 0.02 };
    let x = f.start();
    let (dx, dy) = (wave(x.len(), 1.1), wave(x.len(), 1.9));
    let plain = plain_vector(clock, &f, &x)?;
    let subject = Subject { function: "Brusselator 6×6", size: (x.len(), x.len()), closed_forms: None };
    rows.extend(subject.rows(engines, plain, Case::Brusselator { f: &f, x: &x, dx: &dx, dy: &dy }, clock)?);

    let (f, x) = (Network::new(16), Network::start());
    let dx = wave(x.len(), 1.1);
    let plain = self::plain(clock, || f.call(black_box(&x)))?;
    let subject = Subject { function: "network loss", size: (x.len(), 1), closed_forms: None };
    rows.extend(subject.rows(engines, plain, Case::Network { f: &f, x: &x, dx: &dx }, clock)?);
    Ok(rows)
}

/// A point that is the same in every run.
fn wave(n: usize, frequency: f64) -> Vec<f64> {
    std::iter::successors(Some(1.0), |i| Some(i + 1.0)).take(n).map(|i: f64| 1.2 * (frequency * i).sin()).collect()
}

/// The time of one call.
fn plain<R>(clock: &Clock, mut call: impl FnMut() -> R) -> Result<f64> {
    clock.seconds(|| {
        black_box(call());
        Ok::<_, Error>(())
    })
}

/// The time of one call of a function `R^n → R^m`.
fn plain_vector(clock: &Clock, f: &impl VectorFn<f64>, x: &[f64]) -> Result<f64> {
    let mut y = vec![0.0; f.output_len(x.len())];
    plain(clock, || f.call_into(black_box(x), black_box(&mut y)))
}

impl Subject {
    /// Runs each engine and compares.
    fn rows(&self, engines: &[Named], plain_seconds: f64, case: Case<'_>, clock: &Clock) -> Result<Vec<Row>> {
        let run = |(_, engine): &Named| engine.evaluate(case, clock);
        let results: Vec<Vec<Evaluation>> = engines.iter().map(run).collect::<Result<_>>()?;
        let Some(first) = results.first() else { return Ok(Vec::new()) };
        let row = |index: usize, evaluation: &Evaluation| {
            let (reference, values) = match &self.closed_forms {
                Some(closed_forms) => ("closed form".into(), &closed_forms[index]),
                None => (engines[0].0.into(), &evaluation.values),
            };
            Row {
                function: self.function,
                size: self.size,
                operator: evaluation.operator,
                reference,
                differences: results.iter().map(|r| relative_difference(&r[index].values, values)).collect(),
                plain_seconds,
                ratios: results.iter().map(|r| r[index].seconds / plain_seconds).collect(),
            }
        };
        Ok(first.iter().enumerate().map(|(index, evaluation)| row(index, evaluation)).collect())
    }
}
