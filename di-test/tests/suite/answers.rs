//! The closed forms are those of the published catalogue, and the data has not changed.

use di_test::{Check, Exclusions, Formula, Operator, SplitMix64, catalogue, elementary_cases};
use std::collections::HashSet;

const X6: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];

#[test]
fn arr_to_num() {
    let formula = Formula::QuarticSextic { rows: 1 };
    assert_eq!(formula.value(&X6), [152_814_025.0]);
    let gradient = [282_334.0, 2_586_272.0, 10_571_418.0, 31_173_376.0, 76_241_750.0, 164_178_144.0];
    assert_eq!(formula.jacobian(&X6).row(0).to_vec(), gradient);
    let hessian = formula.second(&X6).expect("it has a Hessian");
    let diagonal = [874_350.0, 4_328_496.0, 13_097_646.0, 33_514_560.0, 81_557_550.0, 198_091_440.0];
    assert_eq!(hessian.diag().to_vec(), diagonal);
    let above = [
        vec![960.0, 6480.0, 26_112.0, 78_000.0, 191_808.0],
        vec![67_392.0, 245_760.0, 696_000.0, 1_658_880.0],
        vec![1_036_800.0, 2_754_000.0, 6_298_560.0],
        vec![7_872_000.0, 17_252_352.0],
        vec![39_528_000.0],
    ];
    for (i, row) in above.iter().enumerate() {
        for (k, &entry) in row.iter().enumerate() {
            assert_eq!((hessian[(i, i + 1 + k)], hessian[(i + 1 + k, i)]), (entry, entry));
        }
    }
}

#[test]
fn seeds_and_answers_of_the_catalogue() {
    let answer = |name: &str, operator| {
        let scenarios = catalogue();
        let scenario = scenarios.iter().find(|s| s.name == name && s.operator == operator).expect("in the catalogue");
        scenario.answer(&scenario.inputs::<f64>()).expect("it has a closed form").0
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-15, "{a} {b}");
    close(answer("num_to_num", Operator::Pushforward)[1][(0, 0)], 2.867_099_272_580_648);
    close(answer("num_to_num", Operator::Pullback)[1][(0, 0)], -0.076_090_745_026_025_68);
    assert_eq!(answer("arr_to_num", Operator::Pushforward)[1][(0, 0)], -1_528_140_250.0);
    let [_, gradient, product] = answer("mat_to_num", Operator::Hvp);
    assert_eq!(product, gradient * -9.0);
    assert_eq!(answer("mat_to_mat", Operator::Jacobian)[1].dim(), (12, 6));
}

#[test]
fn every_scenario_has_its_own_name_and_a_closed_form() {
    let scenarios = catalogue();
    let ids: HashSet<String> = scenarios.iter().map(di_test::Scenario::id).collect();
    assert_eq!(ids.len(), scenarios.len());
    for scenario in &scenarios {
        assert!(scenario.answer(&scenario.inputs::<f64>()).is_some(), "{}", scenario.id());
    }
}

#[test]
fn there_are_enough_elementary_cases() {
    let cases = elementary_cases();
    assert!(cases.len() >= 91, "{}", cases.len());
    let names: HashSet<String> = cases.iter().map(di_test::Elementary::name).collect();
    assert_eq!(names.len(), cases.len());
    assert!(cases.iter().any(|case| !case.is_smooth()) && cases.iter().any(di_test::Elementary::is_smooth));
}

#[test]
fn random_data_is_the_same_everywhere() {
    assert_eq!(SplitMix64::new(0).bits(), 0xE220_A839_7B1D_CDAF);
    assert!(SplitMix64::new(1).vector(1000).iter().all(|x| (-1.0..1.0).contains(x)));
}

#[test]
#[should_panic(expected = "matches no scenario")]
fn a_needless_exclusion_fails() {
    Exclusions(&[("num_to_num", "it is needed"), ("no_such_thing", "it is not")]).assert_needed();
}

#[test]
#[should_panic(expected = "has no reason")]
fn an_exclusion_without_a_reason_fails() {
    Exclusions(&[("sizes/*/hessian/f64/*", " ")]).assert_needed();
}

#[test]
fn exclusions_exclude_what_they_name() {
    let scenarios = catalogue();
    let hessian =
        scenarios.iter().find(|s| s.operator == Operator::Hessian && s.group == "sizes").expect("there is one");
    let exclusions = Exclusions(&[("sizes/*/hessian/f64/*", "an example")]);
    assert!(exclusions.exclude(hessian, Check::Agreement, "f64"));
    assert!(!exclusions.exclude(hessian, Check::Agreement, "f32"));
}
