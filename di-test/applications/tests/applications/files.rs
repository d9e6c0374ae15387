//! Files that are wrong are refused, with the line.

use di_applications::{BundleAdjustment, DataError, Gmm, Lstm, adbench};
use std::path::Path;

/// A text with one line replaced; lines are counted from 1.
pub(crate) fn with_line(text: &str, number: usize, line: &str) -> String {
    let replaced = (1..).zip(text.lines()).map(|(n, old)| if n == number { line } else { old });
    replaced.collect::<Vec<_>>().join("\n")
}

/// Fails unless the text is refused at this line.
pub(crate) fn assert_malformed<R>(what: &str, result: Result<R, DataError>, at: usize, expects: &str) {
    match result {
        Err(DataError::Malformed { line, expected, found }) => {
            assert_eq!(line, at, "{what}: expected {expected}, found {found}");
            assert!(expected.contains(expects), "{what}: expected {expected}");
        }
        Err(other) => panic!("{what}: {other}"),
        Ok(_) => panic!("{what}: not refused"),
    }
}

fn text(name: &str) -> String {
    std::fs::read_to_string(adbench(name)).unwrap()
}

#[test]
fn a_mixture_with_a_wrong_line_is_refused() {
    let text = text("gmm/gmm_test.txt");
    assert!(Gmm::parse(&text).is_ok());
    for (what, number, line, expects) in [
        ("no counts", 1, "2 3", "`d K n`"),
        ("no dimension", 1, "0 3 1", "`d K n`"),
        ("a huge count", 1, "2 3 18446744073709551615", "`d K n`"),
        ("no number", 3, "one", "weight 2 of 3, 1 finite numbers"),
        ("an infinite number", 3, "inf", "weight 2 of 3"),
        ("a short mean", 5, "0.1", "mean 1 of 3, 2 finite numbers"),
        ("a long factor", 8, "1 2 3 4", "inverse factor 1 of 3"),
        ("no point", 11, "nan 1", "point 1 of 1"),
        ("a negative scale", 12, "-1 0", "the prior `γ m`"),
        ("a fraction of a degree of freedom", 12, "1 0.5", "the prior `γ m`"),
    ] {
        assert_malformed(what, Gmm::parse(&with_line(&text, number, line)), number, expects);
    }
    let lines: Vec<&str> = text.lines().collect();
    assert_malformed("text that ends early", Gmm::parse(&lines[..11].join("\n")), 12, "the prior");
    assert_malformed("text that goes on", Gmm::parse(&format!("{text}\n1")), 14, "the end");
    assert_malformed("no text", Gmm::parse(""), 1, "`d K n`");
}

#[test]
fn a_network_with_a_wrong_line_is_refused() {
    let text = text("lstm/lstm_l2_c1024.txt");
    for (what, number, line, expects) in [
        ("no counts", 1, "2 1024", "`l c b`"),
        ("short parameters", 4, "1 2 3", "parameters of layers 2 of 4, 56 finite numbers"),
        ("short parameters", 9, "1 2 3", "parameters of input and output 2 of 3, 14 finite numbers"),
        ("a word in the state", 12, "a 2 3 4 5 6 7 8 9 10 11 12 13 14", "state 1 of 4"),
        ("a short vector", 17, "1 0", "vector 1 of 1024"),
    ] {
        assert_malformed(what, Lstm::parse(&with_line(&text, number, line)), number, expects);
    }
    let one = "1 1 1\n1 2 3 4\n1 2 3 4\n1\n2\n3\n0\n0\n1\n";
    assert!(matches!(Lstm::parse(one), Err(DataError::Length { what: "sequence", expected: 2, found: 1 })));
}

#[test]
fn cameras_with_a_wrong_line_are_refused() {
    let text = text("ba/ba_test.txt");
    for (what, number, line, expects) in [
        ("no counts", 1, "2 10 x", "`n m p`"),
        ("a short camera", 2, "1 2 3", "the camera, 11 finite numbers"),
        ("a short point", 3, "1 2", "the point, 3 finite numbers"),
        ("no weight", 4, "w", "the weight, 1 finite numbers"),
        ("a long feature", 5, "1 2 3", "the feature, 2 finite numbers"),
    ] {
        assert_malformed(what, BundleAdjustment::parse(&with_line(&text, number, line)), number, expects);
    }
}

#[test]
fn an_error_names_the_file() {
    let missing = Gmm::read(Path::new("no/such/file.txt")).unwrap_err();
    assert!(matches!(missing, DataError::Read { .. }));
    assert!(missing.to_string().contains("no/such/file.txt"));
    let another = Gmm::read(&adbench("ba/ba_test.txt")).unwrap_err();
    assert!(another.to_string().contains("ba_test.txt: line 2: expected weight 1 of 10"), "{another}");
}

#[test]
fn constructors_refuse_what_does_not_fit() {
    assert!(matches!(Gmm::new(0, 1, vec![1.0], 1.0, 0), Err(DataError::TooFew { what: "dimensions", .. })));
    assert!(matches!(Gmm::new(2, 1, vec![1.0; 3], 1.0, 0), Err(DataError::Length { expected: 2, found: 3, .. })));
    assert!(matches!(Lstm::new(1, 2, vec![0.0; 4], vec![0.0; 2]), Err(DataError::Length { expected: 4, .. })));
    let outside = BundleAdjustment::new(1, 1, vec![[0, 1]], vec![[0.0; 2]]);
    assert!(matches!(outside, Err(DataError::Index { what: "a point", index: 1, count: 1 })));
}
