//! One half of a pattern: the entries of each column, or of each row, one after the other.

use crate::{Error, Result};

/// Compressed indices: `indices[starts[k] .. starts[k + 1]]` are the minor indices of the major index `k`.
///
/// In a [`Pattern`](crate::Pattern) they are sorted and unique within each `k`. Indices are `u32`: a pattern of 10⁷
/// entries takes 80 MB in both forms, where `usize` would take 160 MB, and the colourings, which are bound by memory, run
/// faster by it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Compressed {
    pub(crate) minor_len: usize,
    pub(crate) starts: Vec<usize>,
    pub(crate) indices: Vec<u32>,
}

/// The index as it is stored. Dimensions are checked when a pattern is made, so that nothing is cut off.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "dimensions of a pattern fit into u32: see `check_dimension`")]
pub(crate) fn narrow(index: usize) -> u32 {
    index as u32
}

/// Whether `len` rows or columns can be indexed.
pub(crate) fn check_dimension(argument: &'static str, len: usize) -> Result<()> {
    match u32::try_from(len) {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::pattern(argument, format!("at most {}", u32::MAX), len.to_string())),
    }
}

/// An empty vector with room for `len` items; an error if there is no such memory.
pub(crate) fn reserved<I>(argument: &'static str, len: Option<usize>) -> Result<Vec<I>> {
    let mut vec = Vec::new();
    match len.map(|len| vec.try_reserve_exact(len)) {
        Some(Ok(())) => Ok(vec),
        _ => Err(Error::pattern(argument, "a size that fits into memory".into(), "a greater one".into())),
    }
}

impl Compressed {
    /// Lets `write` append the sorted, unique minor indices of each major index in turn.
    ///
    /// `entries` is the number of entries in all, `None` if it overflows.
    pub(crate) fn build(
        major_len: usize,
        minor_len: usize,
        entries: Option<usize>,
        mut write: impl FnMut(usize, &mut Vec<u32>),
    ) -> Result<Self> {
        check_dimension("columns", major_len)?;
        check_dimension("rows", minor_len)?;
        let mut starts = reserved("columns", major_len.checked_add(1))?;
        let mut indices = reserved("entries", entries)?;
        starts.push(0);
        for major in 0..major_len {
            write(major, &mut indices);
            starts.push(indices.len());
        }
        indices.shrink_to_fit();
        Ok(Self { minor_len, starts, indices })
    }

    /// Groups `(major, minor)` pairs, which are in range, by their major index, in the order in which they come.
    pub(crate) fn group(major_len: usize, minor_len: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0; major_len + 1];
        for &(major, _) in pairs {
            starts[major as usize + 1] += 1;
        }
        accumulate(&mut starts);
        let mut next = starts.clone();
        let mut indices = vec![0; pairs.len()];
        for &(major, minor) in pairs {
            let slot = &mut next[major as usize];
            indices[*slot] = minor;
            *slot += 1;
        }
        Self { minor_len, starts, indices }
    }

    pub(crate) fn major_len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The minor indices of one major index.
    #[inline]
    pub(crate) fn slice(&self, major: usize) -> &[u32] {
        &self.indices[self.starts[major]..self.starts[major + 1]]
    }

    /// The same entries by minor index; sorted within each, whether `self` is or not.
    pub(crate) fn transposed(&self) -> Self {
        // Counts lie two places to the right of their index: their sums, one to the right, are where the next entry goes,
        // and after the last one where the next index starts.
        let mut starts = vec![0; self.minor_len + 2];
        for &minor in &self.indices {
            starts[minor as usize + 2] += 1;
        }
        accumulate(&mut starts);
        let mut indices = vec![0; self.indices.len()];
        for major in 0..self.major_len() {
            for &minor in self.slice(major) {
                let slot = &mut starts[minor as usize + 1];
                indices[*slot] = narrow(major);
                *slot += 1;
            }
        }
        starts.pop();
        Self { minor_len: self.major_len(), starts, indices }
    }

    /// Removes repetitions of sorted indices.
    pub(crate) fn without_duplicates(mut self) -> Self {
        let mut kept = 0;
        let mut start = 0;
        for major in 0..self.major_len() {
            let end = self.starts[major + 1];
            let first = kept;
            for read in start..end {
                if kept == first || self.indices[kept - 1] != self.indices[read] {
                    self.indices[kept] = self.indices[read];
                    kept += 1;
                }
            }
            start = end;
            self.starts[major + 1] = kept;
        }
        self.indices.truncate(kept);
        self.indices.shrink_to_fit();
        self
    }
}

/// Turns counts, one place to the right of their index, into starts.
fn accumulate(starts: &mut [usize]) {
    let mut sum = 0;
    for start in starts {
        sum += *start;
        *start = sum;
    }
}
