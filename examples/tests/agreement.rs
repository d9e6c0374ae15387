//! The numbers of the tour: engines against closed forms and against each other.

use di_backends::Mode;
use di_examples::{Clock, Named, Row, agreement_table, compare, engines, names, relative_difference, time_table};

fn rows() -> (Vec<Named>, Vec<Row>) {
    let engines = engines().expect("known names");
    let rows = compare(&engines, &Clock::hasty()).expect("every engine has every operator");
    (engines, rows)
}

#[test]
fn engines_agree_with_the_reference() {
    let (engines, rows) = rows();
    assert_eq!(names(&engines).last(), Some(&"enzyme-style"));
    for operator in
        ["derivative", "second derivative", "gradient", "hvp", "hessian", "pushforward", "pullback", "jacobian"]
    {
        assert!(rows.iter().any(|row| row.operator == operator), "no row for {operator}");
    }
    for row in &rows {
        assert_eq!(row.differences.len(), engines.len());
        for ((name, engine), &difference) in engines.iter().zip(&row.differences) {
            let second_order = ["second derivative", "hvp", "hessian"].contains(&row.operator);
            let allowed = match (engine.mode(), second_order) {
                (Mode::Difference, true) => 1e-5,
                (Mode::Difference, false) => 1e-6,
                _ => 1e-12,
            };
            assert!(difference <= allowed, "{} of {} with {name}: {difference:e}", row.operator, row.function);
        }
    }
}

#[test]
fn tables_have_a_line_for_each_row_and_mark_the_reference() {
    let (engines, rows) = rows();
    let text = agreement_table(&rows, &names(&engines)).to_string();
    assert_eq!(text.lines().count(), rows.len() + 2);
    let line = text.lines().find(|line| line.starts_with("network loss")).expect("a row of the network");
    assert!(line.split_whitespace().any(|cell| cell == "-"), "{line}");
    assert_eq!(time_table(&rows, &names(&engines)).to_string().lines().count(), rows.len() + 2);
}

#[test]
fn differences_are_relative_to_the_largest_number() {
    assert_eq!(relative_difference(&[1.0, 2.0], &[1.0, 4.0]), 0.5);
    assert_eq!(relative_difference(&[0.25], &[0.0]), 0.25);
    assert!(relative_difference(&[f64::NAN, 1.0], &[1.0, 1.0]).is_nan());
    assert!(relative_difference(&[1.0, 1.0], &[f64::NAN, 1.0]).is_nan());
}
