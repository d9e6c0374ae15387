//! The page: everything that is in it is written here, and it loads nothing.

mod figures;
mod heat;
mod table;

use super::text::{html, json_within_html};
use super::{Machine, Measurement, Record, Results, ResultsError, plots};
use std::fmt::Write;
use std::path::PathBuf;

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// The page of some results.
pub(super) fn page(results: &Results) -> Result<String, ResultsError> {
    let json = serde_json::to_string(results)
        .map_err(|source| ResultsError::Content { path: PathBuf::from("report.html"), source })?;
    let json = json_within_html(&json);
    let figures = figures::figures(&plots::plots(results))?;
    let [about, heat, table] = [about(results), heat::tables(&results.records), table::table(&results.records)];
    let navigation = navigation(&[&heat, &figures, &table]);
    let version = html(&results.version);
    Ok(format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Benchmark of derivatives</title>
<style>
{STYLE}</style>
</head>
<body>
<header>
<h1>Benchmark of derivatives</h1>
{about}{navigation}</header>
<main>
{heat}{figures}{table}</main>
<footer><p>Written by <code>di-test {version}</code>. The values of this page are also in <code>report.csv</code> and <code>report.json</code>.</p></footer>
<script type="application/json" id="results">{json}</script>
<script>
{SCRIPT}</script>
</body>
</html>
"#
    ))
}

/// Opens a section that the navigation finds.
fn section(id: &str, title: &str) -> String {
    format!("<section id=\"{id}\">\n<h2>{title}</h2>\n")
}

/// Links to the sections that [`section`] has opened.
fn navigation(parts: &[&str]) -> String {
    let mut text = String::from("<nav aria-label=\"sections\"><ul>\n");
    for opened in parts.iter().flat_map(|part| part.split("<section id=\"").skip(1)) {
        let Some((id, rest)) = opened.split_once("\">\n<h2>") else { continue };
        let title = rest.split("</h2>").next().unwrap_or(id);
        _ = writeln!(text, "<li><a href=\"#{id}\">{title}</a></li>");
    }
    text.push_str("</ul></nav>\n");
    text
}

/// Machine, settings, and what a reader must know before the figures.
fn about(results: &Results) -> String {
    let Results { version, machine, quick, complete, records, .. } = results;
    let Machine { system, architecture, target, cores } = machine;
    let count = |name: &str| records.iter().filter(|record| record.outcome.name() == name).count();
    let [measured, skipped, wrong] = ["measured", "skipped", "wrong"].map(count);
    let mut text = String::new();
    if *quick {
        warn(&mut text, "Quick run: as little as possible was measured, so times and ratios mean nothing.");
    }
    if !complete {
        warn(&mut text, "Incomplete: the benchmark ended before everything was measured.");
    }
    if records.is_empty() {
        warn(&mut text, "There is no record.");
    }
    if wrong > 0 {
        warn(&mut text, &format!("Wrong answers: {wrong} of {} records. They are listed below.", records.len()));
    }
    let facts = [
        ("system", format!("{system}, {architecture}")),
        ("compiled for", target.clone()),
        ("cores", cores.to_string()),
        ("di-test", version.clone()),
        (
            "run",
            format!("{}, {}", if *quick { "quick" } else { "full" }, if *complete { "complete" } else { "incomplete" }),
        ),
        ("records", format!("{measured} measured, {skipped} skipped, {wrong} wrong")),
    ];
    text.push_str("<dl class=\"facts\">\n");
    for (name, value) in facts {
        _ = writeln!(text, "<div><dt>{name}</dt><dd>{}</dd></div>", html(&value));
    }
    text.push_str("</dl>\n");
    text.push_str(
        "<p>Times are CPU time of one pinned thread. A ratio is the time of one evaluation by a prepared object over the \
         time of the plain function in the same run, both the middle of several samples.</p>\n",
    );
    wrong_answers(&mut text, records);
    text
}

fn warn(text: &mut String, message: &str) {
    _ = writeln!(text, "<p class=\"warning\" role=\"note\">{}</p>", html(message));
}

fn wrong_answers(text: &mut String, records: &[Record]) {
    let mut items = String::new();
    for record in records {
        let Measurement::Wrong(reason) = &record.outcome else { continue };
        let Record { engine, operator, problem, inputs, .. } = record;
        let what = format!("{engine}, {operator} of {problem}, n = {inputs}: {reason}");
        _ = writeln!(items, "<li>{}</li>", html(&what));
    }
    if !items.is_empty() {
        _ = writeln!(text, "<section class=\"wrong\">\n<h2>Wrong answers</h2>\n<ul>\n{items}</ul>\n</section>");
    }
}
