//! Numbers and names for readers.

use std::borrow::Cow;

/// Three significant digits, as far as they help.
pub(super) fn number(value: f64) -> String {
    match value.abs() {
        size if size.is_nan() || size.is_infinite() => "–".into(),
        size if size.fract() == 0.0 && size < 999_999.5 => format!("{value:.0}"),
        size if !(0.001..999_999.5).contains(&size) => format!("{value:.1e}"),
        99.95.. => format!("{value:.0}"),
        9.995.. => format!("{value:.1}"),
        0.9995.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A time given in nanoseconds.
pub(super) fn time(nanoseconds: f64) -> String {
    let (factor, unit) = match nanoseconds.abs() {
        999.5e6.. => (1e-9, "s"),
        999.5e3.. => (1e-6, "ms"),
        999.5.. => (1e-3, "µs"),
        _ => (1.0, "ns"),
    };
    if nanoseconds.is_finite() { format!("{} {unit}", number(nanoseconds * factor)) } else { number(nanoseconds) }
}

/// Text within HTML, or within an attribute in quotation marks.
pub(super) fn html(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || c.is_control();
    if !text.contains(special) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(c),
            // Pages cannot hold other control characters.
            c if c.is_control() => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped.into()
}

/// JSON that may stand within a `<script>`: no `<` can end it or begin a comment.
pub(super) fn json_within_html(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// Text on one line of a terminal.
pub(super) fn line(text: &str) -> String {
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(escape).collect()
}

/// The values in the order in which they are first seen.
pub(super) fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

/// The middle one of the finite values, the upper of two.
pub(super) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::{html, json_within_html, line, median, number, time};

    #[test]
    fn numbers_have_three_digits() {
        let cases = [
            (0.0, "0"),
            (1.0, "1"),
            (1.5, "1.50"),
            (0.9999, "1.00"),
            (9.999, "10.0"),
            (12.34, "12.3"),
            (99.99, "100"),
            (1234.6, "1235"),
            (0.012_34, "0.012"),
            (1.5e-16, "1.5e-16"),
            (2.0e9, "2.0e9"),
            (f64::NAN, "–"),
            (f64::INFINITY, "–"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
        assert_eq!([12.0, 1234.0, 5.6e6, 2.5e9, f64::NAN].map(time), ["12 ns", "1.23 µs", "5.60 ms", "2.50 s", "–"]);
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(html("a <b> & \"c\" 'd'\n\0"), "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\n\u{fffd}");
        assert_eq!(json_within_html("\"</script><!--\""), "\"\\u003c/script>\\u003c!--\"");
        assert_eq!(line("a\nb\u{1b}[1m–"), "a\\nb\\u{1b}[1m–");
    }

    #[test]
    fn the_median_leaves_out_what_is_no_number() {
        assert_eq!(median([3.0, f64::NAN, 1.0, 2.0].into_iter()), Some(2.0));
        assert_eq!(median([3.0, 1.0].into_iter()), Some(3.0));
        assert_eq!(median([f64::INFINITY].into_iter()), None);
    }
}
