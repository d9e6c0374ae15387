//! The sparse scenarios against detection and colouring, without an engine.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use di_core::{ColoringMethod, HessianDetector, JacobianDetector, Order, Pattern, TracerDetector};
use di_test::{Modifier, SparseOperator, SparseScenario, sparse_catalogue};
use std::collections::HashSet;

fn detect(detector: &TracerDetector, scenario: &SparseScenario, modifier: &Modifier) -> Pattern {
    let f = scenario.subject(modifier);
    match scenario.operator {
        SparseOperator::Jacobian => JacobianDetector::<_>::jacobian_pattern(detector, &f, &scenario.x),
        SparseOperator::Hessian => HessianDetector::<_>::hessian_pattern(detector, &f, &scenario.x),
    }
    .unwrap()
}

#[test]
fn names_are_unique() {
    let scenarios = sparse_catalogue();
    let names: HashSet<String> = scenarios.iter().map(SparseScenario::id).collect();
    assert_eq!(names.len(), scenarios.len());
}

#[test]
fn detection_finds_the_patterns_entry_by_entry() {
    for scenario in sparse_catalogue() {
        let pattern = scenario.pattern();
        if let Some(nnz) = scenario.nnz {
            assert_eq!(pattern.nnz(), nnz, "{}", scenario.id());
        }
        for detector in [TracerDetector::global(), TracerDetector::local()] {
            // Large ones once.
            let modifiers = if scenario.x.len() > 5000 { &Modifier::ALL[..1] } else { &Modifier::ALL };
            for modifier in modifiers {
                let found = detect(&detector, &scenario, modifier);
                assert_eq!(found, pattern, "{}, {detector:?}, {modifier:?}", scenario.id());
            }
        }
    }
}

#[test]
fn numbers_of_colours_are_the_known_ones() {
    for scenario in sparse_catalogue() {
        let pattern = scenario.pattern();
        for &(kind, known) in &scenario.colors {
            for method in [ColoringMethod::new(kind), ColoringMethod::new(kind).orders(&[Order::SmallestLast])] {
                let count = method.color(&pattern).unwrap().color_count();
                assert!(known.allow(count), "{}, {kind}: {count}, not {known:?}", scenario.id());
            }
        }
        if scenario.operator == SparseOperator::Jacobian {
            let columns = ColoringMethod::columns().color(&pattern).unwrap().color_count();
            assert!(columns >= pattern.longest_row(), "{}", scenario.id());
        }
    }
}
