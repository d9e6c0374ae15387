//! The dense scenarios: functions, points and seeds.

use super::caches::caches;
use super::sizes::sized;
use super::{Formula, FunctionShape, Modifier, Operator, Scenario, SplitMix64};
use crate::elementary::elementary_cases;
use ndarray::Array2;

/// A function at a point, before operators and modifiers are chosen.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) name: String,
    pub(super) group: &'static str,
    pub(super) shape: FunctionShape,
    pub(super) formula: Formula,
    pub(super) x: Vec<f64>,
    pub(super) dx: Vec<f64>,
    pub(super) dy: Vec<f64>,
}

impl Problem {
    /// The scenario of one operator, with the given number of seeds: first `t`, then `-t`, then random ones.
    pub(super) fn scenario(&self, operator: Operator, modifier: Modifier, batch: usize) -> Scenario {
        let n = self.x.len();
        let mut random = SplitMix64::new(n as u64 + 17);
        let prepared_x = random.vector(n).iter().map(|x| 0.5 + x / 4.0).collect();
        let seed = if operator == Operator::Pullback { &self.dy } else { &self.dx };
        let mut seeds = random.matrix(seed.len(), batch);
        for (mut column, sign) in seeds.columns_mut().into_iter().zip([1.0, -1.0]) {
            column.iter_mut().zip(seed).for_each(|(entry, t)| *entry = sign * t);
        }
        Scenario {
            name: self.name.clone(),
            group: self.group,
            since: "0.1.0",
            operator,
            shape: self.shape,
            formula: self.formula.clone(),
            modifier,
            x: self.x.clone(),
            prepared_x,
            seeds,
        }
    }
}

/// The classic problems: name, shape, formula, point, tangent, cotangent.
#[expect(clippy::approx_constant, reason = "the tangent is 3.14, not π")]
fn classics() -> Vec<Problem> {
    use FunctionShape::{Curve, Scalar, Unary, Vector};
    let x6: Vec<f64> = (1..=6).map(f64::from).collect();
    let dx6: Vec<f64> = x6.iter().map(|x| -x).collect();
    let odd = |m: i32| (0..m).map(|i| f64::from(2 * i - m + 1)).collect::<Vec<_>>();
    let one = |name: &str, shape, formula, dy: Vec<f64>| Problem {
        name: name.into(),
        group: "dense",
        shape,
        formula,
        x: vec![0.42],
        dx: vec![3.14],
        dy,
    };
    let six = |name: &str, shape, formula, dy: Vec<f64>| Problem {
        name: name.into(),
        group: "dense",
        shape,
        formula,
        x: x6.clone(),
        dx: dx6.clone(),
        dy,
    };
    let harmonics = |factors: &[f64]| Formula::Harmonics(factors.to_vec());
    let sin_cos = |matrix_input, matrix_output| Formula::SinCos { matrix_input, matrix_output };
    let nothing = |name: &str, shape, formula, dy: Vec<f64>| Problem {
        name: name.into(),
        group: "empty",
        shape,
        formula,
        x: Vec::new(),
        dx: Vec::new(),
        dy,
    };
    vec![
        one("num_to_num", Unary, Formula::Sine, vec![-1.0 / 12.0]),
        one("onevec_to_onevec", Vector, Formula::Sine, vec![-1.0 / 12.0]),
        one("num_to_vec", Curve, harmonics(&[1.0, 2.0]), vec![-3.0, 4.0]),
        one("num_to_mat", Curve, harmonics(&[1.0, 2.0, 3.0, 6.0]), odd(4)),
        one("num_to_vec_in_place", Curve, harmonics(&[1.0, 1.0, 1.0, 2.0, 2.0, 2.0]), odd(6)),
        six("arr_to_num", Scalar, Formula::QuarticSextic { rows: 1 }, vec![-1.0 / 12.0]),
        six("mat_to_num", Scalar, Formula::QuarticSextic { rows: 2 }, vec![-1.0 / 12.0]),
        six("vec_to_vec", Vector, sin_cos(false, false), odd(12)),
        six("vec_to_mat", Vector, sin_cos(false, true), odd(12)),
        six("mat_to_vec", Vector, sin_cos(true, false), odd(12)),
        six("mat_to_mat", Vector, sin_cos(true, true), odd(12)),
        six("identity", Vector, Formula::Identity, odd(6)),
        six("copy", Vector, Formula::Copy, odd(6)),
        six("sum", Scalar, Formula::Sum, vec![-1.0 / 12.0]),
        Problem { group: "empty", ..one("num_to_nothing", Curve, harmonics(&[]), Vec::new()) },
        nothing("nothing_to_num", Scalar, Formula::ChainedQuartic, vec![-1.0 / 12.0]),
        nothing("nothing_to_nothing", Vector, Formula::Sine, Vec::new()),
    ]
}

/// All dense scenarios: the classic ones with every modifier and in batches, those of other sizes, and functions with
/// enclosed caches.
#[must_use]
pub fn catalogue() -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    for problem in classics() {
        for &operator in problem.shape.operators() {
            scenarios.extend(Modifier::ALL.map(|modifier| problem.scenario(operator, modifier, 1)));
            if matches!(operator, Operator::Pushforward | Operator::Pullback | Operator::Hvp) {
                scenarios.extend([2, 3, 13, 0].map(|batch| problem.scenario(operator, Modifier::PLAIN, batch)));
                scenarios.extend(Modifier::ALL[1..].iter().map(|&modifier| problem.scenario(operator, modifier, 2)));
            }
        }
    }
    scenarios.extend(sized());
    scenarios.extend(caches());
    scenarios
}

/// Every elementary function at every point, by every operator that fits.
#[must_use]
pub fn elementary_scenarios() -> Vec<Scenario> {
    let mut scenarios = Vec::new();
    for case in elementary_cases() {
        let n = case.x.len();
        let problem = Problem {
            name: case.name(),
            group: "elementary",
            shape: FunctionShape::Scalar,
            x: case.x.clone(),
            dx: vec![1.0; n],
            dy: vec![1.0],
            formula: Formula::Elementary(case.clone()),
        };
        let shapes: &[FunctionShape] =
            if n == 1 { &[FunctionShape::Unary, FunctionShape::Scalar] } else { &[FunctionShape::Scalar] };
        for &shape in shapes {
            let problem = Problem { shape, ..problem.clone() };
            for &operator in shape.operators() {
                let closed = !operator.is_second_order() || case.hessian(&case.x).is_some();
                let twice = shape == FunctionShape::Unary
                    && !matches!(operator, Operator::Derivative | Operator::SecondDerivative);
                if closed && !twice {
                    let seeds = Array2::from_elem((if operator == Operator::Pullback { 1 } else { n }, 1), 1.0);
                    // Prepared where it is used: elsewhere the function may be undefined.
                    let scenario = problem.scenario(operator, Modifier::PLAIN, 1);
                    scenarios.push(Scenario { prepared_x: case.x.clone(), seeds, ..scenario });
                }
            }
        }
    }
    scenarios
}
