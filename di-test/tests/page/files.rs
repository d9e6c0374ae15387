//! The three files of a report hold the same values.

use crate::folder;
use crate::samples::{HOSTILE, complete, everything, figures, record};
use di_test::{Measurement, Record, Results, ResultsError, write_report};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Page, spreadsheet and JSON.
fn report(name: &str, results: &Results) -> (String, String, String) {
    let folder = folder(name);
    let page = write_report(results, &folder).expect("the report can be written");
    assert_eq!(page, folder.join("report.html"));
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect(file);
    (read("report.html"), read("report.csv"), read("report.json"))
}

/// What stands between two texts.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} after {from}")).0
}

fn parse(json: &str) -> serde_json::Value {
    serde_json::from_str(json).expect("JSON")
}

/// The text that HTML stands for.
fn unescape(html: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(html.to_string(), |text, (from, to)| text.replace(from, to))
}

/// Values of an attribute, in their order.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).map(|rest| unescape(rest.split('"').next().unwrap_or(""))).collect()
}

/// The element of a plot.
fn figure<'a>(page: &'a str, study: &str, title: &str) -> &'a str {
    between(page, &format!("<figure data-study=\"{study}\" data-title=\"{title}\">"), "</figure>")
}

#[test]
fn the_page_holds_the_json_and_the_json_the_results() {
    let results = everything();
    let (page, _, json) = report("everything", &results);
    let inner = between(&page, "<script type=\"application/json\" id=\"results\">", "</script>");
    assert_eq!(parse(inner), parse(&json));
    let read = Results::read(&folder("everything").join("report.json")).expect("it can be read again");
    assert_eq!(read, results);
    assert!(read.records.iter().any(|record| record.problem == HOSTILE));
}

#[test]
fn the_spreadsheet_reads_back() {
    let results = everything();
    let (_, csv, _) = report("spreadsheet", &results);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<HashMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), results.records.len());
    for (row, record) in rows.iter().zip(&results.records) {
        let expected = [&record.engine, &record.operator, &record.problem, &record.method];
        assert_eq!(["engine", "operator", "function", "method"].map(|name| &row[name]), expected);
        assert_eq!(row["inputs"].parse(), Ok(record.inputs));
        match &record.outcome {
            Measurement::Figures(figures) => {
                assert_eq!(row["outcome"], "measured");
                assert_eq!(row["ratio"].parse(), Ok(figures.ratio));
                assert_eq!(row["time_ns"].parse(), Ok(figures.time.median));
                assert_eq!(row["plain_ns"].parse(), Ok(figures.plain.median));
                assert_eq!(row["ratio_to_hand"].parse().ok(), figures.ratio_to_hand);
                assert_eq!(row["pays_after"].parse().ok(), figures.pays_after);
                assert_eq!(row["preparation_bytes"].parse(), Ok(figures.preparation.bytes));
            }
            Measurement::Skipped(reason) | Measurement::Wrong(reason) => {
                assert_eq!((&row["reason"], &*row["ratio"]), (reason, ""));
            }
        }
    }
}

#[test]
fn figures_of_the_table_are_those_of_the_records() {
    let results = everything();
    let (page, ..) = report("table", &results);
    let table = between(&page, "<table id=\"records\">", "</table>");
    let head: Vec<&str> =
        table.split("<button type=\"button\">").skip(1).map(|rest| between(rest, "", "</button>")).collect();
    let rows: Vec<&str> = table.split("<tr class=").skip(1).collect();
    assert_eq!(rows.len(), results.records.len());
    for (row, record) in rows.iter().zip(&results.records) {
        let cells: Vec<&str> = row.split("<td").skip(1).collect();
        assert_eq!(cells.len(), head.len());
        let value = |heading: &str| {
            let index = head.iter().position(|other| *other == heading).expect(heading);
            attributes(cells[index], "data-value").pop()
        };
        assert_eq!(value("function").as_ref(), Some(&record.problem));
        assert_eq!(value("n"), Some(record.inputs.to_string()));
        let number = |heading: &str| value(heading).map(|text| text.parse::<f64>().expect("a number"));
        let figures = record.figures();
        assert_eq!(number("ratio"), record.ratio());
        assert_eq!(number("time"), figures.map(|figures| figures.time.median));
        assert_eq!(number("preparation"), figures.map(|figures| figures.preparation.time.median));
        assert_eq!(number("ratio to hand"), figures.and_then(|figures| figures.ratio_to_hand));
        if let Measurement::Skipped(reason) | Measurement::Wrong(reason) = &record.outcome {
            assert!(unescape(row).contains(reason));
        }
    }
}

#[test]
fn the_heat_map_shows_medians() {
    let ratios = [4.0, 1.0, 2.5];
    let records = ratios.map(|ratio| record("tape", "gradient", "f", 10, ratio)).to_vec();
    let expected = records.iter().filter_map(Record::ratio).find(|ratio| (ratio - 2.5).abs() < 1e-9);
    let (page, ..) = report("heat", &complete(records));
    let heat = between(&page, "id=\"heat-ratio\"", "</table>");
    let values: Vec<f64> = attributes(heat, "data-value").iter().map(|text| text.parse().expect("a number")).collect();
    assert_eq!(values, [expected.expect("the middle one")]);
    assert!(heat.contains(">2.50<small>3/3</small>"), "{heat}");
}

#[test]
fn plots_have_a_series_for_each_engine_and_the_records_values() {
    let results = everything();
    let (page, ..) = report("plots", &results);
    let engines: Vec<&str> =
        vec!["num-dual", "tape", "mixed", "enzyme-style", "forward-over-reverse", "finite-diff", "finite-diff-forward"];
    let series = |figure: &str| -> Vec<String> {
        let svg = between(figure, "<svg", "</svg>");
        let groups = svg.split("<g class=\"series").skip(1);
        groups.map(|group| attributes(group, "data-series").remove(0)).collect()
    };
    for operator in ["derivative", "gradient", "hvp", "hessian", "pushforward", "pullback", "jacobian"] {
        let figure = figure(&page, "Ratio", operator);
        assert_eq!(series(figure), engines, "{operator}");
        let points: Vec<(f64, f64)> = attributes(figure, "data-x")
            .iter()
            .zip(attributes(figure, "data-y"))
            .map(|(x, y)| (x.parse().expect("x"), y.parse().expect("y")))
            .collect();
        let records = results.records.iter().filter(|record| record.operator == operator && record.batch == 1);
        let mut expected: Vec<f64> = records.filter_map(Record::ratio).collect();
        let mut found: Vec<f64> = points.iter().map(|point| point.1).collect();
        expected.sort_by(f64::total_cmp);
        found.sort_by(f64::total_cmp);
        assert_eq!(found, expected, "{operator}");
    }
    let by_hand = attributes(&page, "data-study").iter().filter(|study| *study == "ByHand").count();
    assert_eq!(by_hand, 2);
    let batch = figure(&page, "Batch", "pushforward of upwind, n = 401");
    assert_eq!(series(batch), engines);
    assert_eq!(attributes(batch, "data-x")[..6], ["1", "2", "4", "8", "16", "32"]);
    let sparse = figure(&page, "Sparse", "sparse_jacobian of upwind ring");
    assert_eq!(series(sparse)[..2], ["num-dual, sparse", "num-dual, dense"]);
    // That of the last engine is wrong.
    assert_eq!(series(sparse).len(), 13);
    for axis in
        ["number of inputs", "directions at a time", "nanoseconds per direction", "evaluations until preparing pays"]
    {
        assert!(page.contains(axis), "{axis}");
    }
}

#[test]
fn names_stay_data() {
    let mut hostile = record(HOSTILE, HOSTILE, HOSTILE, 10, 2.0);
    hostile.batch = 2;
    let skipped = Record { outcome: Measurement::Skipped(HOSTILE.into()), ..hostile.clone() };
    let wrong = Record { outcome: Measurement::Wrong(HOSTILE.into()), ..hostile.clone() };
    let plain = record(HOSTILE, HOSTILE, HOSTILE, 10, 2.0);
    let mut results = complete(vec![hostile, skipped, wrong, plain]);
    results.machine.target = HOSTILE.into();
    results.version = HOSTILE.into();
    let (page, csv, _) = report("hostile", &results);
    assert!(!page.contains("<script>throw") && !page.contains("<b>&\"c"), "a name became markup");
    // The data and the code.
    assert_eq!(page.matches("<script").count(), 2);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| &row[0] == HOSTILE));
}

#[test]
fn what_is_no_number_is_left_out() {
    let mut figures = figures(10, 2.0);
    figures.ratio = f64::INFINITY;
    figures.plain.median = 0.0;
    figures.pays_after = Some(f64::NAN);
    let odd = Record { outcome: Measurement::Figures(figures), ..record("tape", "gradient", "f", 10, 1.0) };
    let (page, csv, _) = report("no number", &complete(vec![odd]));
    for (text, name) in [(between(&page, "<body>", "<script>"), "page"), (&*csv, "csv")] {
        assert!(!text.contains("NaN") && !text.contains(">inf") && !text.contains(",inf"), "{name}");
    }
    let read = Results::read(&folder("no number").join("report.json")).expect("it can be read again");
    assert!(read.records[0].ratio().is_some_and(f64::is_nan));
}

#[test]
fn quick_incomplete_empty_and_skipped_runs_are_told() {
    let (page, csv, _) = report("empty", &Results::new(true));
    for text in ["Quick run", "Incomplete", "There is no record"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("<figure") && csv.lines().count() == 1);

    let outcome = Measurement::Skipped("it would last too long".into());
    let skipped = Record { outcome, ..record("tape", "gradient", "f", 10, 1.0) };
    let (page, ..) = report("skipped", &complete(vec![skipped]));
    assert!(!page.contains("<figure") && page.contains("it would last too long") && page.contains("1 skipped"));
    assert!(!page.contains("Quick run") && !page.contains("class=\"warning\""));
}

#[test]
fn the_page_loads_nothing() {
    let (page, ..) = report("network", &everything());
    // Links within the page load nothing.
    let body = page.replace("http-equiv", "").replace("href=\"#", "");
    for text in ["http:", "https:", "src=", "href=", "url(", "@import", "fetch("] {
        assert!(!body.contains(text), "{text}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let file = folder("occupied").join("file");
    fs::write(&file, "").expect("a file");
    let error = write_report(&everything(), &file).expect_err("a file is in the way");
    assert!(matches!(&error, ResultsError::File { path, .. } if path == Path::new(&file)), "{error}");
}
