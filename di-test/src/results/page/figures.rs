//! The plots with their legends, by study.

use super::section;
use crate::results::ResultsError;
use crate::results::plots::{Plot, Study, swatch};
use crate::results::text::{distinct, html};
use std::fmt::Write;

/// A study with its heading and what it shows.
const STUDIES: [(Study, &str, &str); 6] = [
    (
        Study::Ratio,
        "Ratio by size",
        "Time of one evaluation over time of the plain function, by the number of inputs, one direction at a time. Lines \
         join the sizes of one function.",
    ),
    (
        Study::ByHand,
        "Ratio to code by hand",
        "Time of one evaluation over time of code that was written for the function; 1 is as fast as by hand.",
    ),
    (
        Study::Batch,
        "Directions at a time",
        "Time of each direction, by the number of directions that one evaluation takes; lower is better.",
    ),
    (
        Study::Sparse,
        "Sparse beside dense",
        "Ratio to the plain function of sparse derivatives (filled) and of dense ones of the same kind of function (hollow).",
    ),
    (
        Study::Preparation,
        "Cost of preparing",
        "Time of preparing once over time of one evaluation by the prepared object.",
    ),
    (
        Study::PaysAfter,
        "Evaluations until preparing pays",
        "From how many evaluations on preparing once is cheaper than the free function; where it never is, there is no point.",
    ),
];

/// All sections that have a plot.
pub(super) fn figures(plots: &[Plot]) -> Result<String, ResultsError> {
    let mut text = format!("<div>\n{}", choice(plots));
    for (study, title, explanation) in STUDIES {
        let mut shown = plots.iter().filter(|plot| plot.study == study).peekable();
        if shown.peek().is_none() {
            continue;
        }
        text.push_str(&section(&format!("{study:?}"), title));
        _ = writeln!(text, "<p>{explanation}</p>\n<div class=\"plots\">");
        for plot in shown {
            figure(&mut text, plot)?;
        }
        text.push_str("</div>\n</section>\n");
    }
    text.push_str("</div>\n");
    Ok(text)
}

/// A choice of the function that plots show.
fn choice(plots: &[Plot]) -> String {
    let lines = plots.iter().flat_map(|plot| &plot.series).flat_map(|series| &series.lines);
    let functions = distinct(lines.map(|line| &*line.problem));
    if functions.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "<div class=\"filters\" id=\"plots\"><label>function in the plots <select id=\"plotted\"><option value=\"\">all</option>",
    );
    for function in functions {
        _ = write!(text, "<option value=\"{0}\">{0}</option>", html(function));
    }
    text.push_str("</select></label></div>\n");
    text
}

fn figure(text: &mut String, plot: &Plot) -> Result<(), ResultsError> {
    _ = write!(text, "<figure data-study=\"{:?}\" data-title=\"{}\">", plot.study, html(&plot.title));
    _ = write!(text, "<figcaption>{}</figcaption>{}<ul class=\"legend\">", html(&plot.title), plot.svg()?);
    for series in &plot.series {
        _ = write!(
            text,
            "<li><button type=\"button\" aria-pressed=\"true\" data-series=\"{0}\">{1}{0}</button></li>",
            html(&series.name),
            swatch(series.style, series.hollow)
        );
    }
    text.push_str("</ul></figure>\n");
    Ok(())
}
