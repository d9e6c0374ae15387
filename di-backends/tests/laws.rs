//! Every engine gives what every other gives, on random programs at random points.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "enzyme", feature = "finite-diff"))]

use di_backends::ndarray::Array2;
use di_backends::{AnyBackend, EnzymeStyle, FiniteDiff, FromPrimitive, Mixed, NumDual, SecondOrder, Tape};
use di_test::proptest::collection::vec;
use di_test::proptest::prelude::Strategy;
use di_test::proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use di_test::{
    Formula, FunctionShape, Inputs, Modifier, Operations, Operator, Program, Slots, Subject, Tolerance, operations,
    programs,
};

/// An engine, and how far from the others it may be.
struct Rival {
    name: &'static str,
    operations: Operations<f64>,
    tolerance: Tolerance,
}

/// All engines of the façade and their combinations.
fn rivals() -> Vec<Rival> {
    let (duals, tape, code) = (NumDual::default(), Tape::default(), EnzymeStyle::default());
    let exact = |name, operations| Rival { name, operations, tolerance: Tolerance::EXACT };
    let named = "num-dual".parse::<AnyBackend>().expect("the name is known");
    vec![
        exact("dual numbers", operations(&duals)),
        exact("dual numbers, eight wide", operations(&NumDual::fixed(8))),
        exact("tape", operations(&tape)),
        exact("tape, eight wide", operations(&Tape::fixed(8))),
        exact("derivative code", operations(&code)),
        exact("both directions", operations(&Mixed { forward: duals, reverse: tape })),
        exact("forward over reverse", operations(&SecondOrder { outer: duals, inner: tape })),
        exact("reverse over forward", operations(&SecondOrder { outer: tape, inner: duals })),
        exact("forward over derivative code", operations(&SecondOrder { outer: duals, inner: code })),
        exact("by name", operations(&named)),
        exact("the primitive of dual numbers", operations(&FromPrimitive(duals))),
        exact("the primitive of the tape", operations(&FromPrimitive(tape))),
        Rival {
            name: "central differences",
            operations: operations(&FiniteDiff::central()),
            tolerance: Tolerance::CENTRAL,
        },
        Rival {
            name: "forward differences",
            operations: operations(&FiniteDiff::forward()),
            tolerance: Tolerance::FORWARD,
        },
    ]
}

/// The answer of one engine, by the way to call the operator that fills every slot.
fn answer(
    rival: &Rival,
    (operator, shape): (Operator, Option<FunctionShape>),
    f: &Program,
    inputs: &Inputs<f64>,
) -> Result<Slots<f64>, String> {
    let found = rival.operations.iter().find(|(o, s, _)| *o == operator && *s == shape);
    let (.., operation) = found.ok_or("no such operator")?;
    let subject = Subject::new(Formula::Program(f.clone()), &Modifier::PLAIN);
    let mut prepared = operation.prepare(subject, inputs).map_err(|error| error.to_string())?;
    let mut slots = Slots::of(operator, inputs.x.len(), f.outputs(), inputs.seeds.ncols(), f64::NAN);
    let variant = operation.variants().first().ok_or("no way to call it")?;
    prepared.run(variant, inputs, &mut slots).map_err(|error| error.to_string())?;
    Ok(slots)
}

fn close(a: &Array2<f64>, b: &Array2<f64>, allowed: f64) -> bool {
    let scale = a.iter().chain(b).fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
    a.dim() == b.dim() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= allowed * scale)
}

/// The first two engines that disagree.
fn disagreement(
    rivals: &[Rival],
    operators: &[(Operator, Option<FunctionShape>)],
    f: &Program,
    x: &[f64],
    seeds: impl Fn(usize) -> Array2<f64>,
) -> Result<(), String> {
    for &(operator, shape) in operators {
        let rows = if operator == Operator::Pullback { f.outputs() } else { x.len() };
        let inputs = Inputs { x: x.to_vec(), seeds: seeds(rows) };
        let named = |rival: &Rival| {
            answer(rival, (operator, shape), f, &inputs)
                .map_err(|error| format!("{operator} by {}: {error}", rival.name))
        };
        let answers = rivals.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        for (i, (first, a)) in rivals.iter().zip(&answers).enumerate() {
            for (second, b) in rivals.iter().zip(&answers).skip(i + 1) {
                let [first_order, second_order] = [
                    first.tolerance.first_f64.max(second.tolerance.first_f64),
                    first.tolerance.second_f64.max(second.tolerance.second_f64),
                ];
                let middle = if operator.is_second_order() { second_order } else { first_order };
                for (order, allowed) in [first_order, middle, second_order].into_iter().enumerate() {
                    let (a, b) = (&a.0[order], &b.0[order]);
                    if !close(a, b, 10.0 * allowed) {
                        let (first, second) = (first.name, second.name);
                        return Err(format!("{operator}, derivative {order}: {first} gives {a}, {second} gives {b}"));
                    }
                }
            }
        }
    }
    Ok(())
}

/// Compares all engines on random programs of at most so many inputs and outputs: as many as `DI_LAWS_CASES` says, chosen by
/// `DI_LAWS_SEED`.
fn compare(operators: &[(Operator, Option<FunctionShape>)], most_inputs: usize, most_outputs: usize) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let cases = number("DI_LAWS_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(24);
    let rng_seed = RngSeed::Fixed(number("DI_LAWS_SEED").unwrap_or(0));
    let config = Config { cases, rng_seed, failure_persistence: None, ..Config::default() };
    let entry = || (-96_i8..=96).prop_map(|i| f64::from(i) / 64.0);
    let drawn = (1..=most_inputs, 1..=most_outputs)
        .prop_flat_map(|(n, m)| (programs(n, m), vec(entry(), n), vec(entry(), 3 * n.max(m))));
    let rivals = rivals();
    let result = TestRunner::new(config).run(&drawn, |(f, x, entries)| {
        let seeds = |rows| Array2::from_shape_fn((rows, 3), |(i, j)| entries[3 * i + j]);
        disagreement(&rivals, operators, &f, &x, seeds).map_err(TestCaseError::fail)
    });
    assert!(result.is_ok(), "{result:?}; again by DI_LAWS_CASES={cases} and DI_LAWS_SEED={rng_seed:?}");
}

#[test]
fn of_several_outputs() {
    compare(&[Operator::Pushforward, Operator::Pullback, Operator::Jacobian].map(|operator| (operator, None)), 7, 4);
}

#[test]
fn of_one_output() {
    compare(&[Operator::Gradient, Operator::Hvp, Operator::Hessian].map(|operator| (operator, None)), 7, 1);
}

#[test]
fn of_one_input() {
    let curve = Some(FunctionShape::Curve);
    compare(&[(Operator::Derivative, curve), (Operator::SecondDerivative, curve)], 1, 4);
}

#[test]
fn of_one_number() {
    let unary = Some(FunctionShape::Unary);
    compare(&[(Operator::Derivative, unary), (Operator::SecondDerivative, unary)], 1, 1);
}
