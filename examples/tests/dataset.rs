//! The reader of reference data: the files that come with it, and each way to be wrong.

use di_examples::{Dataset, Model, NistError};
use std::path::{Path, PathBuf};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nist-strd").join(name).with_extension("dat")
}

fn misra() -> String {
    std::fs::read_to_string(path("Misra1a")).expect("the file is here")
}

/// The line, what was expected and what was found, of a file that is malformed.
fn malformed(text: &str) -> (usize, String, String) {
    match Dataset::parse(text) {
        Err(NistError::Malformed { line, expected, found }) => (line, expected, found),
        other => panic!("not malformed: {other:?}"),
    }
}

#[test]
fn every_file_is_read() {
    let observations = [14, 54, 6, 250, 15, 33, 37, 35];
    for (name, observations) in Model::NAMES.into_iter().zip(observations) {
        let dataset = Dataset::read(&path(name)).expect("a good file");
        assert_eq!(dataset.name, name);
        assert_eq!(Some(dataset.model), Model::from_name(name));
        assert_eq!(dataset.parameters.len(), dataset.model.parameter_count());
        assert_eq!((dataset.x.len(), dataset.y.len()), (observations, observations));
    }
}

#[test]
fn numbers_are_in_their_places() {
    let dataset = Dataset::parse(&misra()).expect("a good file");
    assert_eq!(dataset.start(0), [500.0, 0.0001]);
    assert_eq!(dataset.start(1), [250.0, 0.0005]);
    assert_eq!(dataset.parameters[1].certified, 5.501_564_318_1E-4);
    assert_eq!(dataset.sum_of_squares, 1.245_513_889_4E-1);
    assert_eq!((dataset.x[0], dataset.y[0]), (77.6, 10.07));
    assert_eq!((dataset.x[13], dataset.y[13]), (760.0, 81.78));
}

#[test]
fn line_ends_and_blank_lines_at_the_end_do_not_matter() {
    let expected = Dataset::parse(&misra()).expect("a good file");
    let windows = misra().replace('\n', "\r\n") + "\r\n\r\n";
    assert_eq!(Dataset::parse(&windows).expect("as good"), expected);
}

#[test]
fn a_missing_file_is_named() {
    let error = Dataset::read(Path::new("/nowhere/at/all.dat")).expect_err("no such file");
    assert!(matches!(&error, NistError::Read { path, .. } if path.ends_with("all.dat")));
    assert!(error.to_string().contains("/nowhere/at/all.dat"), "{error}");
}

#[test]
fn an_unusable_file_is_named_with_its_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let error = Dataset::read(&path).expect_err("not a dataset");
    assert!(matches!(&error, NistError::File { source, .. } if matches!(**source, NistError::Malformed { .. })));
    assert!(error.to_string().contains("Cargo.toml: line "), "{error}");
}

#[test]
fn an_unknown_model_lists_the_known_ones() {
    let error = Dataset::parse(&misra().replace("Misra1a", "Osborne")).expect_err("no such model");
    assert!(matches!(&error, NistError::UnknownModel { line: 2, name } if name == "Osborne"), "{error:?}");
    assert!(Model::NAMES.iter().all(|name| error.to_string().contains(name)), "{error}");
}

#[test]
fn a_missing_parameter_is_counted() {
    let error = Dataset::parse(&without("b2 =")).expect_err("one parameter too few");
    let expected = matches!(error, NistError::ParameterCount { line: 41, expected: 2, found: 1, .. });
    assert!(expected, "{error:?}");
}

/// The file without the lines that have `part` in them.
fn without(part: &str) -> String {
    misra().lines().filter(|line| !line.contains(part)).collect::<Vec<_>>().join("\n")
}

#[test]
fn missing_parts_are_named_at_the_end_of_the_file() {
    let end_of_file = "the end of the file";
    for part in ["Dataset Name:", "Residual Sum of Squares:", "Number of Observations:"] {
        let (_, expected, found) = malformed(&without(part));
        assert!(expected.contains(part) && found == end_of_file, "{expected}; {found}");
    }
    let (_, expected, found) = malformed(&without("Data:   y"));
    assert!(expected.contains("`Data: y x`") && found == end_of_file, "{expected}; {found}");
    let (line, _, found) = malformed("");
    assert_eq!((line, found.as_str()), (1, end_of_file));
}

#[test]
fn a_bad_parameter_is_shown() {
    for bad in ["abc", "inf", "1 2"] {
        let (line, expected, found) = malformed(&misra().replace("500 ", bad));
        assert_eq!(line, 41);
        assert!(expected.starts_with("`b1 = ") && found.contains(bad), "{expected}; {found}");
    }
    let (line, expected, _) = malformed(&misra().replace("b2 =", "b7 ="));
    assert!(line == 42 && expected.starts_with("`b2 = "), "{line}; {expected}");
}

#[test]
fn bad_labelled_values_are_shown() {
    let (sum, count) = ("Residual Sum of Squares:", "Number of Observations:");
    for (label, bad, line) in [(sum, "-1", 44), (sum, "NaN", 44), (count, "many", 47), (count, "1", 47)] {
        let bad = format!("{label} {bad}");
        let replaced = |line: &str| if line.starts_with(label) { bad.clone() } else { line.to_owned() };
        let text: Vec<String> = misra().lines().map(replaced).collect();
        let (found_line, expected, found) = malformed(&text.join("\n"));
        assert_eq!((found_line, found), (line, format!("`{bad}`")));
        assert!(expected.contains(label), "{expected}");
    }
}

#[test]
fn bad_observations_are_shown() {
    for bad in ["77.6E0 3", "", "NaN", "1e999", "x"] {
        let (line, expected, _) = malformed(&misra().replace("77.6E0", bad));
        assert_eq!(line, 61);
        assert!(expected.contains("observation 1 of 14"), "{expected}");
    }
    let short: Vec<_> = misra().lines().take(65).map(str::to_owned).collect();
    let (line, expected, found) = malformed(&short.join("\n"));
    assert_eq!((line, found.as_str()), (66, "the end of the file"));
    assert!(expected.contains("observation 6 of 14"), "{expected}");
    let (line, expected, found) = malformed(&(misra() + "1 2\n"));
    assert_eq!((line, found.as_str()), (75, "`1 2`"));
    assert!(expected.contains("no more than 14"), "{expected}");
}
