//! What must hold at every point, checked at random ones.

use crate::check::{Check, Inputs, Slots};
use crate::report::Report;
use crate::scenario::{Formula, FunctionShape, Modifier, Operator, Scenario, SplitMix64, Subject, lower};
use crate::suite::Suite;
use di_core::Scalar;
use ndarray::Array2;
use proptest::prelude::{Just, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// A point, two tangents and two cotangents, and two factors.
type Draw = (Vec<f64>, [Vec<f64>; 2], [Vec<f64>; 2], [f64; 2]);

/// Functions with their numbers of inputs.
fn functions() -> Vec<(&'static str, Formula, usize)> {
    let mut random = SplitMix64::new(3);
    let mixing =
        |m: usize, n: usize, random: &mut SplitMix64| Formula::Mixing { outputs: m, weights: random.vector(m * n) };
    vec![
        ("mixing 5x3", mixing(3, 5, &mut random), 5),
        ("mixing 3x14", mixing(14, 3, &mut random), 3),
        ("sine", Formula::Sine, 6),
        ("reductions", Formula::Reductions(random.vector(5)), 5),
        ("chained_quartic", Formula::ChainedQuartic, 9),
        ("rosenbrock", Formula::Rosenbrock, 4),
    ]
}

impl<T: Scalar> Suite<T> {
    /// Laws on random points: ⟨dy, J dx⟩ = ⟨Jᵀ dy, dx⟩, linearity in the seed, gradient and Jacobian as pullbacks and
    /// pushforwards, symmetry of the Hessian, and its products with vectors.
    #[must_use]
    pub fn laws(&self) -> Report {
        let scenarios = functions().into_iter().map(|(name, formula, n)| law_scenario(name, &formula, n));
        self.each(Check::Laws, scenarios, |case| {
            let Scenario { formula, x, .. } = case.scenario;
            let (n, m) = (x.len(), case.scenario.outputs());
            let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
            let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
            let result = runner.run(&draws(n, m), |draw| {
                self.laws_at(formula, &draw).map_err(TestCaseError::fail)?;
                if m == 1 { self.second_laws_at(formula, &draw).map_err(TestCaseError::fail) } else { Ok(()) }
            });
            if let Err(error) = result {
                case.other("any", &error.to_string());
            }
        })
    }

    fn laws_at(&self, formula: &Formula, (x, [u, v], [p, q], [a, b]): &Draw) -> Result<(), String> {
        let (first, _) = self.tolerance_of();
        let combine = |s: &[f64], t: &[f64]| s.iter().zip(t).map(|(s, t)| a * s + b * t).collect::<Vec<_>>();
        let push = |dx: &[f64]| self.derivative(Operator::Pushforward, formula, x, dx);
        let pull = |dy: &[f64]| self.derivative(Operator::Pullback, formula, x, dy);
        let (ju, jv, pj, qj) = (push(u)?, push(v)?, pull(p)?, pull(q)?);
        close("⟨dy, J dx⟩ = ⟨Jᵀ dy, dx⟩", &[dot(p, &ju)], &[dot(&pj, u)], first)?;
        close("a pushforward is linear in the tangent", &push(&combine(u, v))?, &combine(&ju, &jv), first)?;
        close("a pullback is linear in the cotangent", &pull(&combine(p, q))?, &combine(&pj, &qj), first)?;
        let jac = self.derivative(Operator::Jacobian, formula, x, &[])?;
        let product: Vec<f64> = jac.chunks(x.len()).map(|row| dot(row, u)).collect();
        close("the pushforward is the product with the Jacobian", &ju, &product, first)
    }

    fn second_laws_at(&self, formula: &Formula, (x, [u, _], ..): &Draw) -> Result<(), String> {
        let (n, (first, second)) = (x.len(), self.tolerance_of());
        let grad = self.derivative(Operator::Gradient, formula, x, &[])?;
        let pulled = self.derivative(Operator::Pullback, formula, x, &[1.0])?;
        close("the gradient is the pullback of one", &grad, &pulled, first)?;
        let hess = self.derivative(Operator::Hessian, formula, x, &[])?;
        let transposed: Vec<f64> = (0..n * n).map(|i| hess[i % n * n + i / n]).collect();
        close("the Hessian is symmetric", &hess, &transposed, second)?;
        let product: Vec<f64> = hess.chunks(n).map(|row| dot(row, u)).collect();
        let hvp = self.derivative(Operator::Hvp, formula, x, u)?;
        close("the Hessian-vector product is the product with the Hessian", &hvp, &product, second)
    }

    /// The highest derivative that an operator gives, row by row.
    fn derivative(&self, operator: Operator, formula: &Formula, x: &[f64], seed: &[f64]) -> Result<Vec<f64>, String> {
        let (n, m) = (x.len(), formula.outputs(x.len()));
        let operation = self.operation(operator, FunctionShape::Vector).ok_or("no such operator")?;
        let lift = |x: &[f64]| x.iter().map(|&x| T::lift(x)).collect::<Vec<_>>();
        let seeds = Array2::from_shape_vec((seed.len(), 1), lift(seed)).map_err(|error| error.to_string())?;
        let (shapes, last) = match operator {
            Operator::Pushforward => ([(m, 1), (m, 1), (0, 0)], 1),
            Operator::Pullback | Operator::Gradient => ([(m, 1), (n, 1), (0, 0)], 1),
            Operator::Hvp => ([(1, 1), (n, 1), (n, 1)], 2),
            Operator::Hessian => ([(1, 1), (n, 1), (n, n)], 2),
            _ => ([(m, 1), (m, n), (0, 0)], 1),
        };
        let mut slots = Slots(shapes.map(|shape| Array2::from_elem(shape, T::nan())));
        let inputs = Inputs { x: lift(x), seeds };
        let variant = operation.variants().iter().find(|variant| !variant.is_free()).ok_or("no such variant")?;
        let subject = Subject::new(formula.clone(), &Modifier::PLAIN);
        let mut prepared = operation.prepare(subject, &inputs).map_err(|error| error.to_string())?;
        prepared.run(variant, &inputs, &mut slots).map_err(|error| error.to_string())?;
        Ok(slots.0[last].iter().copied().map(lower).collect())
    }
}

/// What an exclusion sees of the laws for a function.
fn law_scenario(name: &str, formula: &Formula, n: usize) -> Scenario {
    Scenario {
        name: name.into(),
        group: "laws",
        since: "0.1.0",
        operator: Operator::Jacobian,
        shape: FunctionShape::Vector,
        formula: formula.clone(),
        modifier: Modifier::PLAIN,
        x: vec![0.0; n],
        prepared_x: vec![0.0; n],
        seeds: Array2::zeros((n, 1)),
    }
}

/// Random draws; all are multiples of 1/64, and so exact in single precision.
fn draws(n: usize, m: usize) -> impl Strategy<Value = Draw> {
    let vector = |len: usize| proptest::collection::vec((-96_i8..96).prop_map(|i| f64::from(i) / 64.0), len);
    let factors = (Just(2.0), (-64_i8..64).prop_map(|i| f64::from(i) / 32.0));
    (vector(n), vector(n), vector(n), vector(m), vector(m), factors)
        .prop_map(|(x, u, v, p, q, (a, b))| (x, [u, v], [p, q], [a, b]))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Whether two answers are the same up to rounding; terms are up to ten times as large as their sum.
fn close(law: &str, a: &[f64], b: &[f64], tolerance: f64) -> Result<(), String> {
    let scale = a.iter().chain(b).fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
    let far = a.iter().zip(b).any(|(a, b)| (a - b).abs().is_nan() || (a - b).abs() > 10.0 * tolerance * scale);
    if far || a.len() != b.len() { Err(format!("{law}: {a:?} and {b:?}")) } else { Ok(()) }
}
