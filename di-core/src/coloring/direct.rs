//! From which products an entry can be read without arithmetic.

use super::side::NEUTRAL;
use super::value::conflict;
use crate::sparse::{Compressed, narrow};
use crate::{ColoringKind, Pattern, Result};

/// Whether an entry `(i, j)` can be read from the product of the colour of column `j`: no other column of row `i` has it.
pub(super) const BY_COLUMN: u8 = 1;
/// Whether it can be read from the product of the colour of row `i`: no other row of column `j` has it.
pub(super) const BY_ROW: u8 = 2;

/// By entry in column order: which of the two there are.
pub(super) fn readable(pattern: &Pattern, columns: &[u32], rows: &[u32]) -> Vec<u8> {
    let mut found = vec![0; pattern.nnz()];
    // Row by row, the entries of each column come in the order in which they are kept.
    let mut next = pattern.column_starts().to_vec();
    let mut counts = Counts::default();
    for i in 0..pattern.rows() {
        let row = pattern.row(i);
        counts.count(row, columns);
        for &j in row {
            let place = next[j as usize];
            next[j as usize] += 1;
            found[place] |= BY_COLUMN * u8::from(counts.is_unique(columns[j as usize]));
        }
    }
    for j in 0..pattern.columns() {
        let column = pattern.column(j);
        counts.count(column, rows);
        for (place, &i) in (pattern.column_starts()[j]..).zip(column) {
            found[place] |= BY_ROW * u8::from(counts.is_unique(rows[i as usize]));
        }
    }
    found
}

/// How often each colour occurs in a list.
#[derive(Default)]
struct Counts {
    counts: Vec<u32>,
    seen: Vec<u32>,
}

impl Counts {
    fn count(&mut self, list: &[u32], colors: &[u32]) {
        for color in self.seen.drain(..) {
            self.counts[color as usize] = 0;
        }
        for &vertex in list {
            let color = colors[vertex as usize];
            if color == NEUTRAL {
                continue;
            }
            if color as usize >= self.counts.len() {
                self.counts.resize(color as usize + 1, 0);
            }
            self.counts[color as usize] += 1;
            self.seen.push(color);
        }
    }

    fn is_unique(&self, color: u32) -> bool {
        color != NEUTRAL && self.counts[color as usize] == 1
    }
}

/// An entry and where it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    /// The entry's place in column order.
    pub(super) place: u32,
    /// The row of the product.
    pub(super) line: u32,
    /// The column of the product.
    pub(super) color: u32,
}

/// Where each entry is read: from products `J·S` first, from products `Jᵀ·S` second.
///
/// # Errors
///
/// [`Error::Coloring`](crate::Error::Coloring) if one cannot be read, naming the first two of one colour.
pub(super) fn plan(
    kind: ColoringKind,
    pattern: &Pattern,
    columns: &[u32],
    rows: &[u32],
) -> Result<(Vec<Reading>, Vec<Reading>)> {
    let mut readings = (Vec::new(), Vec::new());
    for ((place, found), (i, j)) in readable(pattern, columns, rows).into_iter().enumerate().zip(pattern.entries()) {
        if found & BY_COLUMN != 0 {
            readings.0.push(Reading { place: narrow(place), line: narrow(i), color: columns[j] });
        } else if found & BY_ROW != 0 {
            readings.1.push(Reading { place: narrow(place), line: narrow(j), color: rows[i] });
        } else {
            return Err(unreadable(kind, pattern, columns, rows, (i, j)));
        }
    }
    if kind == ColoringKind::Star {
        // The mirror image is in the same product.
        let (mut all, mirrored) = readings;
        all.extend(mirrored);
        all.sort_unstable_by_key(|reading| reading.place);
        readings = (all, Vec::new());
    }
    Ok(readings)
}

/// Checks that every entry can be read by its column, of `lists`: the columns of each row.
///
/// # Errors
///
/// As [`plan`].
pub(super) fn check_one_sided(kind: ColoringKind, lists: &Compressed, colors: &[u32]) -> Result<()> {
    let what = if kind == ColoringKind::Rows { ["rows", "row", "column"] } else { ["columns", "column", "row"] };
    let mut counts = Counts::default();
    for i in 0..lists.major_len() {
        let list = lists.slice(i);
        counts.count(list, colors);
        for &j in list {
            if counts.is_unique(colors[j as usize]) {
                continue;
            }
            let [plural, one, other] = what;
            return Err(match twin(list, colors, j as usize) {
                Some(k) => conflict(
                    kind,
                    (j as usize, k),
                    format!("one colour, and both have an entry in {other} {i}"),
                    plural,
                ),
                None => crate::Error::coloring(kind, format!("{one} {j} has an entry, but no colour")),
            });
        }
    }
    Ok(())
}

/// Another vertex of the list with the colour of `vertex`, which has one.
fn twin(list: &[u32], colors: &[u32], vertex: usize) -> Option<usize> {
    let same = |&&other: &&u32| other as usize != vertex && colors[other as usize] == colors[vertex];
    list.iter().find(same).filter(|_| colors[vertex] != NEUTRAL).map(|&other| other as usize)
}

/// The error of an entry that cannot be read.
fn unreadable(
    kind: ColoringKind,
    pattern: &Pattern,
    columns: &[u32],
    rows: &[u32],
    (i, j): (usize, usize),
) -> crate::Error {
    let by_column = twin(pattern.row(i), columns, j);
    let by_row = twin(pattern.column(j), rows, i);
    let entry = format!("entry ({i}, {j}) can be read from no product");
    match (by_column, by_row) {
        (Some(k), Some(l)) => {
            let row = if kind.is_symmetric() { "columns" } else { "rows" };
            let reason = format!("one colour, and so have {row} {} and {}: {entry}", i.min(l), i.max(l));
            conflict(kind, (j, k), reason, "columns")
        }
        (Some(k), None) => conflict(kind, (j, k), format!("one colour, and row {i} has none: {entry}"), "columns"),
        (None, Some(l)) => conflict(kind, (i, l), format!("one colour, and column {j} has none: {entry}"), "rows"),
        (None, None) => crate::Error::coloring(kind, format!("neither row {i} nor column {j} has a colour: {entry}")),
    }
}
