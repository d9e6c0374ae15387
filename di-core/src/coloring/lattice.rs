//! Colours by position on a grid: a column's number is written in mixed radix, and its colour is linear in the digits.

use crate::sparse::{Compressed, narrow};

/// More different distances of rows and columns than this are those of no grid.
const MOST_OFFSETS: usize = 48;

/// Moduli are below this, so that the colours of a row are the bits of one number.
const MOST_COLORS: usize = 64;

/// How many linear maps are tried.
const MOST_TRIES: usize = 60_000;

/// How many digits a number has at most: three dimensions, and species.
const DIGITS: usize = 4;

/// Column colours of a square pattern, fewer than `most`, from the columns of each row; `None` if none are found.
///
/// Unknowns that are numbered line by line have neighbours at few distances, among them the lengths of a line, a plane and
/// a species, each a multiple of the one before. With the digits `d` of a column's number in these radices the colours
///
/// ```math
/// c(d) = \Bigl(\sum_t a_t d_t\Bigr) \bmod p
/// ```
///
/// are tried with the fewest colours `p` first, on some rows and then on all; of `a_0` the divisors of `p` are enough, as
/// multiplication by a number without a common divisor only renames colours. On a grid that does
/// not wrap around, a five-point stencil gets its five colours so, a seven-point stencil in three dimensions its seven.
pub(super) fn columns(rows: &Compressed, most: usize) -> Option<Vec<u32>> {
    let n = rows.major_len();
    let least = (0..n).map(|i| rows.slice(i).len()).max().unwrap_or(0).max(2);
    if n != rows.minor_len || least >= most || least > MOST_COLORS {
        return None;
    }
    let mut chains = Vec::new();
    extend(&strides(rows)?, n, &mut Vec::new(), &mut chains);
    let searches: Vec<Search> = chains.into_iter().map(|strides| Search::new(rows, strides)).collect();
    let mut tries = 0;
    for p in least..most.min(MOST_COLORS + 1) {
        for (search, divisor) in searches.iter().flat_map(|search| (1..p).map(move |a| (search, a))) {
            if !p.is_multiple_of(divisor) {
                continue;
            }
            let maps = p.pow(narrow(search.strides.len()));
            tries += maps;
            if tries > MOST_TRIES {
                return None;
            }
            for map in 0..maps {
                let mut coefficients = [divisor, 0, 0, 0];
                let mut rest = map;
                for a in &mut coefficients[1..=search.strides.len()] {
                    *a = rest % p;
                    rest /= p;
                }
                if search.some_rows_are_right(coefficients, p)
                    && let Some(colors) = search.colors(rows, coefficients, p)
                {
                    return Some(colors);
                }
            }
        }
    }
    None
}

/// All distances above 1 between a row and its columns, ascending; `None` if there are too many.
fn strides(rows: &Compressed) -> Option<Vec<usize>> {
    let mut offsets = Vec::new();
    for i in 0..rows.major_len() {
        for &j in rows.slice(i) {
            let offset = i.abs_diff(j as usize);
            if let Err(place) = offsets.binary_search(&offset) {
                if offsets.len() == MOST_OFFSETS {
                    return None;
                }
                offsets.insert(place, offset);
            }
        }
    }
    offsets.retain(|&offset| offset > 1);
    Some(offsets)
}

/// Appends all chains of strides, each a divisor of the next and the last of `n`.
fn extend(strides: &[usize], n: usize, chain: &mut Vec<usize>, chains: &mut Vec<Vec<usize>>) {
    for (place, &stride) in strides.iter().enumerate() {
        if stride.is_multiple_of(chain.last().copied().unwrap_or(1)) && stride < n {
            chain.push(stride);
            if n.is_multiple_of(stride) {
                chains.push(chain.clone());
            }
            if chain.len() + 1 < DIGITS {
                extend(&strides[place + 1..], n, chain, chains);
            }
            chain.pop();
        }
    }
}

/// A choice of radices, and the digits of the columns of some rows.
struct Search {
    strides: Vec<usize>,
    samples: Vec<Vec<[usize; DIGITS]>>,
}

impl Search {
    fn new(rows: &Compressed, strides: Vec<usize>) -> Self {
        let n = rows.major_len();
        let digits_of = |i: usize| rows.slice(i).iter().map(|&j| digits(j as usize, &strides)).collect();
        // The middle first: what is wrong there is wrong nearly everywhere.
        let samples = [n / 2, n / 3, 2 * n / 3, 0, n - 1].map(digits_of).into();
        Self { strides, samples }
    }

    fn some_rows_are_right(&self, a: [usize; DIGITS], p: usize) -> bool {
        self.samples.iter().all(|row| differ(row.iter().map(|&d| color(d, a, p))))
    }

    /// The colours of all columns, if no row has two of one.
    fn colors(&self, rows: &Compressed, a: [usize; DIGITS], p: usize) -> Option<Vec<u32>> {
        let n = rows.minor_len;
        let colors: Vec<u32> = (0..n).map(|j| narrow(color(digits(j, &self.strides), a, p))).collect();
        let right = |i| differ(rows.slice(i).iter().map(|&j| colors[j as usize] as usize));
        (0..rows.major_len()).all(right).then_some(colors)
    }
}

/// The digits of a number, lowest first.
fn digits(mut number: usize, strides: &[usize]) -> [usize; DIGITS] {
    let mut digits = [0; DIGITS];
    for (digit, &stride) in digits[1..].iter_mut().zip(strides).rev() {
        (*digit, number) = (number / stride, number % stride);
    }
    digits[0] = number;
    digits
}

fn color(digits: [usize; DIGITS], a: [usize; DIGITS], p: usize) -> usize {
    digits.iter().zip(a).map(|(digit, a)| digit * a).sum::<usize>() % p
}

/// Whether no colour comes twice.
fn differ(colors: impl Iterator<Item = usize>) -> bool {
    let mut seen = 0_u64;
    colors.into_iter().all(|color| {
        let bit = 1 << color;
        let new = seen & bit == 0;
        seen |= bit;
        new
    })
}
