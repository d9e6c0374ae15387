//! Lines of a text with fields.

use super::{DataError, Result};

/// The largest count that a file may name.
const LARGEST: usize = 1_000_000;

/// The lines of a text that are not blank, and where the reader is.
pub(crate) struct Lines<'a> {
    all: Vec<(usize, &'a str)>,
    next: usize,
    separator: Option<char>,
}

impl<'a> Lines<'a> {
    /// Of fields that are separated by white space.
    pub(crate) fn of_words(text: &'a str) -> Self {
        Self::new(text, None)
    }

    /// Of fields that are separated by colons.
    pub(crate) fn of_colons(text: &'a str) -> Self {
        Self::new(text, Some(':'))
    }

    fn new(text: &'a str, separator: Option<char>) -> Self {
        let all = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
        Self { all, next: 0, separator }
    }

    /// Whether all lines are read.
    pub(crate) fn is_done(&self) -> bool {
        self.next == self.all.len()
    }

    /// The fields of the next line.
    pub(crate) fn fields(&mut self, expected: &str) -> Result<Vec<&'a str>> {
        self.next += 1;
        let Some((_, line)) = self.all.get(self.next - 1) else { return Err(self.malformed(expected)) };
        Ok(match self.separator {
            None => line.split_whitespace().collect(),
            Some(separator) => line.split(separator).map(str::trim).collect(),
        })
    }

    /// The error that `expected` is not in the line that was read last.
    pub(crate) fn malformed(&self, expected: &str) -> DataError {
        let (line, found) = match self.all.get(self.next - 1) {
            Some((line, text)) => (*line, format!("`{}`", shortened(text.trim()))),
            None => (self.all.last().map_or(0, |(line, _)| *line) + 1, "the end of the text".to_owned()),
        };
        DataError::Malformed { line, expected: expected.to_owned(), found }
    }

    /// Counts, none of them 0.
    pub(crate) fn counts<const N: usize>(&mut self, names: &str) -> Result<[usize; N]> {
        let expected = format!("the counts `{names}`, whole numbers from 1 to {LARGEST}");
        let fields = self.fields(&expected)?;
        let counts: Option<Vec<usize>> = fields.iter().map(|field| field.parse().ok()).collect();
        let counts: Option<[usize; N]> = counts.and_then(|counts| counts.try_into().ok());
        let valid = counts.filter(|counts| counts.iter().all(|count| (1..=LARGEST).contains(count)));
        valid.ok_or_else(|| self.malformed(&expected))
    }

    /// A line of so many numbers.
    pub(crate) fn numbers(&mut self, count: usize, what: &str) -> Result<Vec<f64>> {
        let expected = format!("{what}, {count} finite numbers");
        let fields = self.fields(&expected)?;
        let numbers: Option<Vec<f64>> = fields.iter().map(|field| number(field)).collect();
        numbers.filter(|numbers| numbers.len() == count).ok_or_else(|| self.malformed(&expected))
    }

    /// Lines of so many numbers, one after the other.
    pub(crate) fn rows(&mut self, rows: usize, columns: usize, what: &str) -> Result<Vec<f64>> {
        let mut all = Vec::new();
        for row in 1..=rows {
            all.extend(self.numbers(columns, &format!("{what} {row} of {rows}"))?);
        }
        Ok(all)
    }

    /// Fails unless all lines are read.
    pub(crate) fn end(&mut self) -> Result<()> {
        if self.is_done() {
            return Ok(());
        }
        self.next += 1;
        Err(self.malformed("the end of the text"))
    }
}

/// A finite number.
pub(crate) fn number(field: &str) -> Option<f64> {
    field.parse().ok().filter(|number: &f64| number.is_finite())
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain("…".chars()).collect()
}
