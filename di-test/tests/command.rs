//! The program, as its user sees it.
#![cfg(feature = "command")]

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_di-test"));
    // A panic that a check provokes on purpose would print its trace.
    program.env("RUST_BACKTRACE", "0");
    program
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A file that no other test has.
fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn json(path: &PathBuf) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("the file is there")).expect("it is JSON")
}

#[test]
fn check_shows_a_matrix_and_writes_outcomes() {
    let path = file("check.json");
    let name = path.to_str().expect("the path is text");
    let selection = ["check", "--engine", "num-dual", "--engine", "tape", "--operator", "gradient", "--group", "dense"];
    let output = run(&[&selection[..], &["--json", name]].concat());
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}{}", text(&output.stderr));
    for word in ["num-dual", "tape", "gradient", "0 findings"] {
        assert!(shown.contains(word), "{shown}");
    }
    let engines = json(&path);
    let engines = engines.as_array().expect("a list of engines");
    assert_eq!(engines.len(), 2);
    for engine in engines {
        assert_eq!(engine["complete"], true);
        assert!(engine["findings"].as_array().is_some_and(Vec::is_empty));
        let outcomes = engine["outcomes"].as_array().expect("a list of outcomes");
        assert!(!outcomes.is_empty());
        assert!(
            outcomes.iter().all(|o| o["operator"] == "gradient" && o["group"] == "dense" && o["verdict"] == "passed")
        );
        let variants: u64 = outcomes.iter().filter_map(|outcome| outcome["variants"].as_u64()).sum();
        assert_eq!(engine["combinations"].as_u64(), Some(variants));
        assert!(shown.contains(&variants.to_string()), "{shown}");
    }
}

#[test]
fn check_looks_at_applications_and_names_what_it_excludes() {
    let output = run(&["check", "--engine", "enzyme-style", "--group", "applications", "--name", "camera"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let selection =
        ["check", "--engine", "num-dual", "--group", "sparse", "--operator", "sparse_hessian", "--name", "surface 60"];
    let output = run(&selection);
    let shown = text(&output.stdout);
    assert!(shown.contains("excluded: a gradient costs as many passes"), "{shown}");
    assert_eq!(output.status.code(), Some(0), "{shown}");
}

#[test]
fn bad_arguments_are_explained() {
    let expect = |arguments: &[&str], word: &str| {
        let output = run(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(word), "{arguments:?}: {said}");
    };
    expect(&["check", "--engine", "abacus"], "possible values: num-dual");
    expect(&["check", "--operator", "integral"], "possible values: pushforward");
    expect(&["check", "--group", "none"], "applications");
    expect(&["check", "--name", "no function has this name"], "no scenario fits");
    expect(
        &[
            "bench",
            "--engine",
            "tape",
            "--name",
            "no function has this name",
            "--output",
            file("none.json").to_str().unwrap_or_default(),
        ],
        "nothing fits",
    );
    expect(&["bench", "--output", "no/such/folder/bench.json"], "no/such/folder");
    expect(&["measure"], "unrecognized subcommand");
    expect(&[], "Usage: di-test <COMMAND>");
}

#[test]
fn bench_writes_figures() {
    let path = file("bench.json");
    let name = path.to_str().expect("the path is text");
    let selection = ["bench", "--quick", "--name", "camera", "--name", "oscillation", "--name", "upwind ring"];
    let engines = ["--engine", "tape", "--engine", "enzyme-style"];
    let output = run(&[&selection[..], &engines[..], &["--output", name]].concat());
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
    let results = di_test::Results::read(&path).expect("it reads what it writes");
    assert!(results.complete && results.quick);
    for engine in ["tape", "enzyme-style"] {
        for (operator, problem) in [
            ("derivative", "oscillation"),
            ("second_derivative", "oscillation"),
            ("pushforward", "camera"),
            ("pullback", "camera"),
            ("jacobian", "camera"),
            ("sparse_jacobian", "upwind ring"),
        ] {
            let of = |r: &&di_test::Record| r.engine == engine && r.operator == operator && r.problem == problem;
            let record = results.records.iter().find(of).unwrap_or_else(|| panic!("{engine}, {operator} of {problem}"));
            let figures = record.figures().unwrap_or_else(|| panic!("{record:?}"));
            assert!(figures.ratio > 0.0 && figures.error < 1e-9, "{record:?}");
            assert_eq!((figures.allocations, figures.bytes), (0, 0), "{record:?}");
            assert!(figures.calls >= 1 && figures.preparation.allocations >= 1, "{record:?}");
            let by_hand = operator == "derivative" || operator == "jacobian";
            assert_eq!(figures.by_hand.is_some() && figures.ratio_to_hand.is_some(), by_hand, "{record:?}");
        }
    }
}

/// Waits for the end of a process, but not for ever.
fn wait(child: &mut std::process::Child, most: Duration) -> Option<std::process::ExitStatus> {
    let start = Instant::now();
    while start.elapsed() < most {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return Some(status);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().expect("it can be ended");
    None
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_what_was_done() {
    let path = file("interrupted.json");
    let _ = std::fs::remove_file(&path);
    let mut child = program()
        .args(["bench", "--quick", "--output"])
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It writes after each function.
    let start = Instant::now();
    while !path.exists() && start.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("there is a `kill`");
    assert!(sent.success());
    let status = wait(&mut child, Duration::from_mins(2)).expect("it ends after what it was doing");
    assert_eq!(status.code(), Some(130));
    let results = di_test::Results::read(&path).expect("the file is whole");
    assert!(!results.complete && !results.records.is_empty());
}
