//! Engines by operators: one number for each pair, coloured.

use super::section;
use crate::results::text::{distinct, html, median, number};
use crate::results::{Figures, Record};
use std::fmt::Write;

/// What a table shows.
struct Quantity {
    id: &'static str,
    title: &'static str,
    explanation: &'static str,
    of: fn(&Figures) -> Option<f64>,
}

const QUANTITIES: [Quantity; 3] = [
    Quantity {
        id: "ratio",
        title: "Engines and operators",
        explanation: "Median ratio to the plain function over all functions and sizes, one direction at a time. Below: how \
                      many of the records were measured; engines that skip hard functions look better than they are.",
        of: |figures| Some(figures.ratio),
    },
    Quantity {
        id: "preparation",
        title: "What preparing costs",
        explanation: "Median time of preparing once, in evaluations by the prepared object.",
        of: |figures| Some(figures.preparation.time.median / figures.time.median),
    },
    Quantity {
        id: "pays-after",
        title: "When preparing pays",
        explanation: "Median number of evaluations from which on preparing once is cheaper than calling the free function \
                      each time, where it ever is.",
        of: |figures| figures.pays_after,
    },
];

/// Light to dark, so that more is darker; readable with any kind of colour vision and without.
const COLORS: [[f64; 3]; 5] =
    [[253.0, 246.0, 214.0], [247.0, 203.0, 116.0], [226.0, 138.0, 62.0], [168.0, 64.0, 66.0], [82.0, 21.0, 64.0]];

/// All of the tables.
pub(super) fn tables(records: &[Record]) -> String {
    if records.is_empty() {
        return String::new();
    }
    QUANTITIES.iter().map(|quantity| quantity.table(records)).collect()
}

impl Quantity {
    fn table(&self, records: &[Record]) -> String {
        let Self { id, title, explanation, of } = self;
        let operators = distinct(records.iter().map(|record| &*record.operator));
        let engines = distinct(records.iter().map(|record| &*record.engine));
        let group = |engine: &str, operator: &str| -> Vec<&Record> {
            let belongs = |r: &&Record| r.engine == engine && r.operator == operator && r.batch == 1;
            records.iter().filter(belongs).collect()
        };
        let value = |group: &[&Record]| median(group.iter().filter_map(|record| record.figures()).filter_map(of));
        let all = engines.iter().flat_map(|engine| operators.iter().map(move |operator| (engine, operator)));
        let values: Vec<f64> = all.filter_map(|(engine, operator)| value(&group(engine, operator))).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(0.0, f64::max);

        let mut text = section(&format!("by-engine-{id}"), title);
        _ = write!(text, "<p>{explanation}</p>\n<div class=\"scroll\" tabindex=\"0\">");
        _ = write!(text, "<table class=\"heat\" id=\"heat-{id}\">\n<thead><tr><th scope=\"col\">engine</th>");
        for operator in &operators {
            _ = write!(text, "<th scope=\"col\">{}</th>", html(&operator.replace('_', " ")));
        }
        text.push_str("</tr></thead>\n<tbody>\n");
        for engine in &engines {
            _ = write!(text, "<tr><th scope=\"row\">{}</th>", html(engine));
            for operator in &operators {
                let group = group(engine, operator);
                text.push_str(&cell(value(&group), &group, (low, high), *id == "ratio"));
            }
            text.push_str("</tr>\n");
        }
        text.push_str("</tbody>\n</table></div>\n</section>\n");
        text
    }
}

fn cell(value: Option<f64>, group: &[&Record], ends: (f64, f64), with_counts: bool) -> String {
    let measured = group.iter().filter(|record| record.figures().is_some()).count();
    let wrong = group.iter().filter(|record| record.outcome.name() == "wrong").count();
    let counts = if with_counts && !group.is_empty() {
        let wrong = if wrong > 0 { format!(" <b>{wrong} wrong</b>") } else { String::new() };
        format!("<small>{measured}/{}{wrong}</small>", group.len())
    } else {
        String::new()
    };
    let Some(value) = value else { return format!("<td class=\"none\">–{counts}</td>") };
    let ([r, g, b], ink) = color(value, ends);
    let style = format!("background:rgb({r:.0},{g:.0},{b:.0});color:{ink}");
    format!("<td data-value=\"{value}\" style=\"{style}\">{}{counts}</td>", number(value))
}

/// The colour of a value between the ends, on a logarithmic scale, and that of text upon it.
fn color(value: f64, (low, high): (f64, f64)) -> ([f64; 3], &'static str) {
    let place = ((value / low).ln() / (high / low).ln()).clamp(0.0, 1.0);
    let place = if place.is_finite() { place * 3.999 } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 4")]
    let index = place as usize;
    let part = place - place.floor();
    let color = [0, 1, 2].map(|i| COLORS[index][i] + part * (COLORS[index + 1][i] - COLORS[index][i]));
    // Relative luminance, as in the Web Content Accessibility Guidelines 2.2: black and white contrast alike at 0.18.
    let [r, g, b] = color.map(|part| (part / 255.0).powf(2.2));
    let luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    (color, if luminance > 0.18 { "#111" } else { "#fff" })
}

#[cfg(test)]
mod tests {
    use super::{COLORS, color};

    #[test]
    fn colours_go_from_end_to_end_and_text_contrasts() {
        assert_eq!(color(1.0, (1.0, 100.0)), (COLORS[0], "#111"));
        assert_eq!(color(100.0, (1.0, 100.0)).1, "#fff");
        assert_eq!(color(5.0, (5.0, 5.0)), (COLORS[0], "#111"));
        assert_eq!(color(0.0, (0.0, 1.0)), (COLORS[0], "#111"));
    }
}
