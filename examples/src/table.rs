//! Tables of text with aligned columns.

use std::fmt;

/// A table whose first columns are flush left and all others flush right.
#[derive(Clone, Debug)]
pub struct Table {
    left: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with the given heading, whose first `left` columns hold words.
    #[must_use]
    pub fn new<S: Into<String>>(left: usize, heading: impl IntoIterator<Item = S>) -> Self {
        Self { left, rows: vec![heading.into_iter().map(Into::into).collect()] }
    }

    /// Adds a row; missing cells are empty.
    pub fn push<S: Into<String>>(&mut self, row: impl IntoIterator<Item = S>) {
        self.rows.push(row.into_iter().map(Into::into).collect());
    }

    /// The width of each column in characters.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
        (0..columns).map(|column| width(column).unwrap_or(0)).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for (index, row) in self.rows.iter().enumerate() {
            let cells = widths.iter().enumerate().map(|(column, &width)| {
                let cell = row.get(column).map_or("", String::as_str);
                if column < self.left { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            let line: Vec<String> = cells.collect();
            writeln!(f, "{}", line.join("  ").trim_end())?;
            if index == 0 {
                let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
                writeln!(f, "{}", rule.join("  "))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::new(1, ["name", "∆ (s)"]);
        table.push(["a", "1.0"]);
        table.push(["longer", "12.5"]);
        table.push(["short row"]);
        let expected = "name       ∆ (s)\n---------  -----\na            1.0\nlonger      12.5\nshort row\n";
        assert_eq!(table.to_string(), expected);
    }
}
