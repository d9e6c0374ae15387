//! Sizes that cross the borders of chunks, maps that are not square, seeded random data.

use super::catalogue::Problem;
use super::{Formula, FunctionShape, Modifier, Operator, Scenario, SplitMix64};

/// Sizes around the widths that engines batch by, and none and many.
const SIZES: [usize; 13] = [0, 1, 2, 7, 8, 9, 11, 12, 13, 16, 17, 50, 401];

/// What is asked of the largest size: the suite stays a matter of seconds without optimisation.
const LARGE: [&str; 3] = ["identity", "sum", "float_only"];

/// What is asked of a few sizes alone.
const FEW_SIZES: [&str; 3] = ["chained_quartic", "reductions", "float_only"];

/// Inputs and outputs of dense maps: square ones, whose Jacobian is not symmetric, and others.
const MAPS: [(usize, usize); 11] =
    [(6, 6), (12, 12), (3, 5), (5, 3), (1, 7), (7, 1), (13, 9), (9, 13), (50, 4), (4, 50), (401, 2)];

/// Outputs of curves, no two of which are alike.
const CURVES: [u32; 3] = [2, 9, 13];

/// The scenarios of all sizes, with random points and seeds.
pub(super) fn sized() -> Vec<Scenario> {
    let mut random = SplitMix64::new(20_261_124);
    let mut problems = Vec::new();
    for n in SIZES {
        let formulas = [
            ("sine", FunctionShape::Vector, Formula::Sine),
            ("sin_cos", FunctionShape::Vector, Formula::SinCos { matrix_input: false, matrix_output: false }),
            ("identity", FunctionShape::Vector, Formula::Identity),
            ("sum", FunctionShape::Scalar, Formula::Sum),
            ("rosenbrock", FunctionShape::Scalar, Formula::Rosenbrock),
            ("chained_quartic", FunctionShape::Scalar, Formula::ChainedQuartic),
            ("float_only", FunctionShape::Scalar, Formula::FloatOnly),
            ("reductions", FunctionShape::Scalar, Formula::Reductions(random.vector(n))),
        ];
        let formulas = formulas.into_iter().filter(|(name, ..)| match n {
            401 => LARGE.contains(name),
            0 | 2 | 9 | 13 => true,
            _ => !FEW_SIZES.contains(name),
        });
        problems.extend(formulas.map(|(name, shape, formula)| random_problem(name, shape, formula, n, &mut random)));
    }
    for (n, m) in MAPS {
        let formula = Formula::Mixing { outputs: m, weights: random.vector(m * n) };
        problems.push(random_problem("mixing", FunctionShape::Vector, formula, n, &mut random));
    }
    for m in CURVES {
        let formula = Formula::Harmonics((1..=m).map(|i| 0.25 * f64::from(i)).collect());
        problems.push(random_problem("harmonics", FunctionShape::Curve, formula, 1, &mut random));
    }
    let mut scenarios = Vec::new();
    for problem in problems {
        for &operator in problem.shape.operators() {
            let second = operator.is_second_order();
            let largest = if problem.name.starts_with("rosenbrock") { 50 } else { 17 };
            if problem.x.len() <= largest || !second {
                scenarios.push(problem.scenario(operator, Modifier::PLAIN, 1));
            }
            let batched = matches!(operator, Operator::Pushforward | Operator::Pullback | Operator::Hvp);
            if batched && (2..=17).contains(&problem.x.len()) {
                scenarios.push(problem.scenario(operator, Modifier::PLAIN, 13));
            }
        }
    }
    scenarios
}

fn random_problem(name: &str, shape: FunctionShape, formula: Formula, n: usize, random: &mut SplitMix64) -> Problem {
    let m = formula.outputs(n);
    let name = match formula {
        Formula::Mixing { .. } => format!("{name} {n}x{m}"),
        Formula::Harmonics(_) => format!("{name} {m}"),
        _ => format!("{name} {n}"),
    };
    Problem { name, group: "sizes", shape, formula, x: random.vector(n), dx: random.vector(n), dy: random.vector(m) }
}
