//! Sets whose elements are known, as runs of consecutive numbers.

/// Consecutive numbers: from the first one to before the second one.
pub(super) type Run = [u32; 2];

/// Sorts runs and joins those that touch.
#[expect(clippy::stable_sort_primitive, reason = "it merges runs of ascending lists, of which there are few")]
pub(super) fn join(runs: &mut Vec<Run>) {
    runs.sort();
    let mut kept = 0;
    for place in 1..runs.len() {
        let [start, end] = runs[place];
        if start <= runs[kept][1] {
            runs[kept][1] = runs[kept][1].max(end);
        } else {
            kept += 1;
            runs[kept] = [start, end];
        }
    }
    runs.truncate(kept + 1);
}

/// The elements of one set.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    first_run: usize,
    end_run: usize,
    /// The number of elements.
    pub(super) len: usize,
    /// The first set that has these elements, as far as that was noticed.
    pub(super) set: u32,
    /// How many sets have to be visited to find the elements without the list, at most.
    weight: usize,
}

impl List {
    /// What it costs to use the list.
    pub(super) fn cost(&self) -> usize {
        self.end_run - self.first_run
    }

    /// What it costs to do without it, or with it if that saves much.
    pub(super) fn weight(&self) -> usize {
        if self.saves() { self.cost() } else { self.weight }
    }

    /// Whether the list saves much over visiting operands.
    pub(super) fn saves(&self) -> bool {
        self.weight > 4 * self.cost() + 16
    }
}

/// Lists of some of the sets of a graph.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// For each set one more than the index of its list, or zero; empty as long as there are no lists.
    of: Vec<u32>,
    all: Vec<List>,
    runs: Vec<Run>,
}

impl Lists {
    /// The index of the list of a set.
    #[inline]
    pub(super) fn of(&self, set: u32) -> Option<u32> {
        self.of.get(set as usize).and_then(|list| list.checked_sub(1))
    }

    pub(super) fn list(&self, index: u32) -> &List {
        &self.all[index as usize]
    }

    pub(super) fn runs(&self, index: u32) -> &[Run] {
        let list = self.list(index);
        &self.runs[list.first_run..list.end_run]
    }

    /// The elements of a list, ascending.
    pub(super) fn elements(&self, index: u32) -> impl Iterator<Item = u32> + '_ {
        self.runs(index).iter().flat_map(|&[start, end]| start..end)
    }

    /// Keeps the joined `runs` as the elements of `set`, one of `sets`; or `known`, the list of a part of it, if that is
    /// as long.
    pub(super) fn keep(&mut self, set: u32, sets: usize, runs: &[Run], known: Option<u32>, weight: usize) -> u32 {
        self.of.resize(sets, 0);
        let len = runs.iter().map(|[start, end]| (end - start) as usize).sum();
        let index = known.filter(|&known| self.list(known).len == len).unwrap_or_else(|| {
            let first_run = self.runs.len();
            self.runs.extend_from_slice(runs);
            self.all.push(List { first_run, end_run: self.runs.len(), len, set, weight });
            // There are no more lists than sets, which are at most 2³¹.
            u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX - 1)
        });
        self.of[set as usize] = index + 1;
        index
    }
}
