//! The page in a real browser, if one is installed: `chromium`, `chromium-browser` or `google-chrome`, or the program
//! that the variable `DI_CHROMIUM` names.

use crate::folder;
use crate::samples::everything;
use di_test::{Measurement, Results, write_report};
use serde_json::Value;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What the script of the test finds out, by width of the window.
const SCRIPT: &str = include_str!("browser.js");

/// Where a program is.
fn browser() -> Option<PathBuf> {
    if let Some(named) = env::var_os("DI_CHROMIUM") {
        return Some(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = env::var_os("PATH")?;
    env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file())
}

/// The most pixels of a screenshot.
const TALLEST: u64 = 16_000;
/// How long a browser may take: one that hangs must not hang the tests.
const PATIENCE: Duration = Duration::from_mins(3);

/// Runs the browser on a page, with options of its own, and returns what it wrote and what it logged.
fn run(browser: &Path, folder: &Path, page: &Path, options: &[String]) -> (String, String) {
    let common = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"];
    // Into files: a pipe that nobody empties would stop the browser.
    let [out, log] = ["out", "log"].map(|name| folder.join(name));
    let create = |path| fs::File::create(path).expect("a file");
    let mut child = Command::new(browser)
        .args(common)
        .args(["--no-first-run", "--virtual-time-budget=5000", "--enable-logging=stderr"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(options)
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .stdout(create(&out))
        .stderr(create(&log))
        .spawn()
        .expect("the browser starts");
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("the browser can be waited for") {
            Some(status) => break status,
            None if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(20)),
            None => {
                child.kill().expect("the browser can be ended");
                panic!("the browser took more than {PATIENCE:?}");
            }
        }
    };
    let [out, log] = [out, log].map(|path| String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned());
    assert!(status.success(), "{log}");
    (out, log)
}

/// The page in a frame of so many pixels: windows have a least width, frames have none.
fn framed(page: &str, width: u32, height: u64, script: &str) -> String {
    let page = page.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"margin:0\">\
         <iframe style=\"border:0;width:{width}px;height:{height}px\" srcdoc=\"{page}\"></iframe>\
         <pre id=\"outcome\"></pre><script>{script}</script></body>"
    )
}

/// What the script wrote.
fn outcome(browser: &Path, folder: &Path, page: &str, width: u32) -> Value {
    let file = folder.join(format!("{width}.html"));
    fs::write(&file, framed(page, width, 900, SCRIPT)).expect("the page is written");
    let (dom, log) = run(browser, folder, &file, &["--dump-dom".into(), "--window-size=1400,1000".into()]);
    assert!(!log.contains("CONSOLE"), "the page wrote to the console: {log}");
    let (_, rest) = dom.rsplit_once("<pre id=\"outcome\">").expect("the script's element");
    let json = rest.split("</pre>").next().unwrap_or("");
    let json = json.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// The numbers of an array; what is no number is none.
fn numbers(value: &Value) -> Vec<Option<f64>> {
    value.as_array().expect("an array").iter().map(Value::as_f64).collect()
}

/// The ratios as the page should sort them.
fn sorted(results: &Results, descending: bool) -> Vec<Option<f64>> {
    let mut ratios: Vec<f64> = results.records.iter().filter_map(di_test::Record::ratio).collect();
    ratios.sort_by(f64::total_cmp);
    if descending {
        ratios.reverse();
    }
    let missing = results.records.len() - ratios.len();
    ratios.into_iter().map(Some).chain(vec![None; missing]).collect()
}

fn check(found: &Value, results: &Results) {
    let records = &results.records;
    let count = |test: &dyn Fn(&di_test::Record) -> bool| records.iter().filter(|record| test(record)).count() as u64;
    assert_eq!(found["errors"], Value::Array(Vec::new()));
    assert_eq!(found["rows"], records.len());
    assert_eq!(found["records"], records.len());
    let json: Value = serde_json::from_str(found["json"].as_str().expect("text")).expect("JSON");
    assert_eq!(json, serde_json::to_value(results).expect("JSON"));

    assert_eq!(numbers(&found["ascending"]), sorted(results, false));
    assert_eq!(numbers(&found["descending"]), sorted(results, true));
    assert_eq!(found["aria"], serde_json::json!(["ascending", "descending", "none"]));
    let mut names: Vec<&str> = records.iter().map(|record| &*record.engine).collect();
    names.sort_unstable();
    assert_eq!(found["engines"], serde_json::json!(names));
    assert_eq!(found["focusable"], true);

    assert_eq!(found["tapes"], count(&|record| record.engine == "tape"));
    assert_eq!(found["hessians of tapes"], count(&|record| record.engine == "tape" && record.operator == "hessian"));
    assert_eq!(found["wrong"], count(&|record| matches!(record.outcome, Measurement::Wrong(_))));
    let searched = count(&|record| record.problem == "perceptron" && record.engine == "mixed");
    assert_eq!(found["searched"], searched);

    let plots = found["plots"].as_array().expect("plots");
    assert!(plots.len() > 20, "{} plots", plots.len());
    for plot in plots {
        assert!(plot["series"].as_u64() > Some(0) && plot["points"].as_u64() >= plot["series"].as_u64(), "{plot}");
        assert_eq!(plot["series"], plot["legend"], "{plot}");
        assert_eq!(plot["outside"], 0, "{plot}");
    }
    assert_eq!(found["series hidden by a click"], serde_json::json!([0, 1, 0]));
    assert_eq!(found["functions shown"], serde_json::json!(["Rosenbrock"]));
    assert_eq!((&found["links"], &found["links to nothing"]), (&10.into(), &0.into()));
    assert_eq!(found["overflow"], false, "the page is wider than its window");
}

#[test]
fn the_page_works_in_a_browser() {
    let Some(browser) = browser() else {
        println!("not tested: no chromium is installed, and DI_CHROMIUM names none");
        return;
    };
    let results = everything();
    let folder = folder("browser");
    let page = write_report(&results, &folder).expect("the report can be written");
    let page = fs::read_to_string(page).expect("the page");
    for width in [1280, 400] {
        let found = outcome(&browser, &folder, &page, width);
        check(&found, &results);
        let height = found["height"].as_u64().expect("a height").min(TALLEST);
        let file = folder.join(format!("framed {width}.html"));
        let picture = folder.join(format!("{width}.png"));
        fs::write(&file, framed(&page, width, height, "")).expect("the page is written");
        let options = [format!("--screenshot={}", picture.display()), format!("--window-size={width},{height}")];
        run(&browser, &folder, &file, &options);
        let bytes = fs::read(&picture).expect("a screenshot");
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 50_000, "{} bytes", bytes.len());
        println!("screenshot at {width} pixels: {}", picture.display());
    }
}
