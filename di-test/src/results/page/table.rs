//! Every record in a table that the script sorts and filters.

use super::section;
use crate::results::Record;
use crate::results::columns::{COLUMNS, Cell};
use crate::results::text::{distinct, html, number, time};
use std::fmt::Write;

/// The section with filters and table.
pub(super) fn table(records: &[Record]) -> String {
    let mut text = section("all-records", "All records");
    text.push_str("<div class=\"filters\">\n");
    let engines = distinct(records.iter().map(|record| &*record.engine));
    let operators = distinct(records.iter().map(|record| &*record.operator));
    let outcomes = distinct(records.iter().map(|record| record.outcome.name()));
    for (name, values) in [("engine", engines), ("operator", operators), ("outcome", outcomes)] {
        select(&mut text, name, &values);
    }
    text.push_str("<label>text <input type=\"search\" id=\"filter-text\"></label>\n");
    let count = records.len();
    _ = writeln!(text, "<output id=\"shown\" aria-live=\"polite\">{count} of {count} records</output>\n</div>");
    text.push_str("<div class=\"scroll tall\" tabindex=\"0\"><table id=\"records\">\n<thead><tr>");
    for column in &COLUMNS {
        let Some(heading) = column.heading else { continue };
        _ = write!(
            text,
            "<th scope=\"col\" aria-sort=\"none\" title=\"{}\"><button type=\"button\">{heading}</button></th>",
            column.meaning
        );
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for record in records {
        row(&mut text, record);
    }
    text.push_str("</tbody>\n</table></div>\n<details><summary>What the columns mean</summary>\n<dl>\n");
    for column in &COLUMNS {
        if let Some(heading) = column.heading {
            _ = writeln!(text, "<dt>{heading}</dt><dd>{}</dd>", column.meaning);
        }
    }
    text.push_str("</dl>\n</details>\n</section>\n");
    text
}

fn select(text: &mut String, name: &str, values: &[&str]) {
    _ = write!(text, "<label>{name} <select id=\"filter-{name}\"><option value=\"\">all</option>");
    for value in values {
        let value = html(value);
        _ = write!(text, "<option value=\"{value}\">{value}</option>");
    }
    text.push_str("</select></label>\n");
}

fn row(text: &mut String, record: &Record) {
    let [engine, operator] = [html(&record.engine), html(&record.operator)];
    let outcome = record.outcome.name();
    _ = write!(text, "<tr class=\"{outcome}\" data-engine=\"{engine}\" data-operator=\"{operator}\" ");
    _ = write!(text, "data-outcome=\"{outcome}\">");
    for column in COLUMNS.iter().filter(|column| column.heading.is_some()) {
        let name = column.name;
        _ = match (column.of)(record) {
            Cell::Text(value) if name == "outcome" => outcome_cell(text, value, record.outcome.reason()),
            Cell::Text(value) => write!(text, "<td data-value=\"{0}\">{0}</td>", html(value)),
            Cell::Count(count) => write!(text, "<td class=\"number\" data-value=\"{count}\">{count}</td>"),
            Cell::Number(value) => write!(text, "<td class=\"number\" data-value=\"{value}\">{}</td>", number(value)),
            Cell::Time(value) => write!(text, "<td class=\"number\" data-value=\"{value}\">{}</td>", time(value)),
            Cell::Missing => write!(text, "<td class=\"number\"></td>"),
        };
    }
    text.push_str("</tr>\n");
}

fn outcome_cell(text: &mut String, outcome: &str, reason: Option<&str>) -> std::fmt::Result {
    write!(text, "<td data-value=\"{outcome}\">{outcome}")?;
    if let Some(reason) = reason {
        write!(text, "<small>{}</small>", html(reason))?;
    }
    write!(text, "</td>")
}
