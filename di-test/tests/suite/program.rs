//! The closed forms of programs, by differences and by hand.

use di_core::VectorFn;
use di_test::proptest::strategy::{Strategy, ValueTree};
use di_test::proptest::test_runner::TestRunner;
use di_test::{Binary, Formula, Program, Step, Unary, programs};

/// Programs that are the same at every run.
fn random(inputs: usize, outputs: usize) -> impl Iterator<Item = Program> {
    let mut runner = TestRunner::deterministic();
    (0..60).map(move |_| programs(inputs, outputs).new_tree(&mut runner).expect("there are programs").current())
}

fn close(program: &Program, found: f64, expected: f64, allowed: f64) {
    assert!((found - expected).abs() <= allowed, "{program}: {found} is not {expected}");
}

#[test]
fn jacobians_are_near_differences_of_values() {
    let x = [0.4, -1.1, 0.7];
    for program in random(3, 4) {
        let formula = Formula::Program(program.clone());
        let jacobian = formula.jacobian(&x);
        for j in 0..3 {
            let at = |h: f64| {
                let mut moved = x;
                moved[j] += h;
                formula.value(&moved)
            };
            let (above, below) = (at(1e-5), at(-1e-5));
            for i in 0..4 {
                close(&program, (above[i] - below[i]) / 2e-5, jacobian[(i, j)], 1e-6);
            }
        }
    }
}

#[test]
fn second_derivatives_are_near_differences_of_first() {
    let x = [0.4, -1.1, 0.7];
    for program in random(3, 1) {
        let formula = Formula::Program(program.clone());
        let second = formula.second(&x).expect("there is one output");
        for j in 0..3 {
            let at = |h: f64| {
                let mut moved = x;
                moved[j] += h;
                formula.jacobian(&moved)
            };
            let difference = (at(1e-5) - at(-1e-5)) / 2e-5;
            for i in 0..3 {
                close(&program, difference[(0, i)], second[(i, j)], 1e-5);
            }
        }
    }
    for program in random(1, 3) {
        let formula = Formula::Program(program.clone());
        let second = formula.second(&[0.3]).expect("there is one input");
        let difference = (formula.jacobian(&[0.3 + 1e-5]) - formula.jacobian(&[0.3 - 1e-5])) / 2e-5;
        for i in 0..3 {
            close(&program, difference[(i, 0)], second[(i, 0)], 1e-5);
        }
    }
}

#[test]
fn composed_programs_compute_one_after_the_other() {
    for (inner, outer) in random(3, 2).zip(random(2, 2)) {
        let x = [0.2, 1.3, -0.8];
        let composed = inner.then(&outer).expect("they fit");
        let both = Formula::Program(outer).value(&Formula::Program(inner).value(&x));
        assert_eq!(Formula::Program(composed).value(&x), both);
    }
    let program = Program::new(2, &[], &[1]);
    assert!(program.then(&program).is_none());
}

#[test]
fn numbers_wrap_around_and_too_many_inputs_are_ignored() {
    let program = Program::new(1, &[Step::Binary(Binary::Sum, 3, 7)], &[5]);
    assert_eq!(program.to_string(), "v0 = (x0 + x0)/2; y = (v0)");
    let long = Program::new(100, &[Step::Unary(Unary::Sin, 1)], &[47]);
    let mut y = [0.0];
    Formula::Program(long.clone()).call_into(&[0.5; 100], &mut y);
    assert_eq!((y, long.inputs(), long.outputs()), ([0.5], 47, 1));
    assert_eq!(Formula::Program(long).jacobian(&[0.5; 100]).dim(), (1, 100));
}

#[test]
fn only_steps_that_are_needed_are_shown() {
    let steps = [Step::Unary(Unary::Sin, 1), Step::Unary(Unary::Cos, 1), Step::Binary(Binary::Product, 3, 0)];
    assert_eq!(Program::new(1, &steps, &[4]).to_string(), "v1 = cos(x0); v2 = sin(v1)·0.75; y = (v2)");
}
