//! Finding the elements of unions.

use super::lists::{List, Lists, Run, join};
use super::unions::{Made, Unions};

/// Visits unions, each set once for each walk, by stamps.
///
/// A walk costs as many visits as operations led to the set. Where these are many more than elements, as with numbers
/// that were computed step by step and are shared by many others, sets that are operands of several get lists, at no more
/// than the cost of the same visits again; later walks stop there.
pub(super) struct Walk<'a> {
    unions: &'a Unions,
    /// For each set, the last walk that visited it.
    visited: Vec<u32>,
    /// For each element, the last walk that found it.
    found: Vec<u32>,
    stamp: u32,
    stack: Vec<u32>,
    /// Runs that the present walk found.
    runs: Vec<Run>,
    /// Whether each set is an operand of several; empty until that is of use.
    is_shared: Vec<bool>,
    /// Shared sets without lists that the present walk met.
    shared: Vec<u32>,
    lists: Lists,
    scratch: Vec<u32>,
}

/// What a walk took.
#[derive(Clone, Copy, Debug, Default)]
struct Effort {
    visits: usize,
    /// Visits that would have been needed without lists, at most.
    weight: usize,
    /// The longest list that was used.
    longest: Option<u32>,
}

impl Effort {
    /// Whether there were many more visits than elements.
    fn is_waste(&self, elements: usize) -> bool {
        self.visits > 4 * elements + 64
    }
}

impl<'a> Walk<'a> {
    /// Walks over sets of numbers below `universe`.
    pub(super) fn new(unions: &'a Unions, universe: usize) -> Self {
        Self {
            unions,
            visited: vec![0; unions.len()],
            found: vec![0; universe],
            stamp: 0,
            stack: Vec::new(),
            runs: Vec::new(),
            is_shared: Vec::new(),
            shared: Vec::new(),
            lists: Lists::default(),
            scratch: Vec::new(),
        }
    }

    /// Appends the elements of the union of `sets`, unsorted and unique.
    pub(super) fn collect(&mut self, sets: &[u32], into: &mut Vec<u32>) {
        let before = into.len();
        self.stack.extend_from_slice(sets);
        let effort = self.visit(into, |_| true);
        self.find_runs(into);
        self.learn(effort, into.len() - before);
    }

    /// Appends the elements of lists, unsorted and unique; uses only those that save much.
    pub(super) fn collect_lists(&mut self, lists: &[u32], into: &mut Vec<u32>) {
        self.stack.extend(lists.iter().map(|&list| self.lists.list(list).set));
        self.visit(into, List::saves);
        self.find_runs(into);
        self.shared.clear();
    }

    /// The list of a set, equal to that of a part where the elements are the same. Cheapest when parts get theirs first.
    pub(super) fn list(&mut self, set: u32) -> u32 {
        if let Some(list) = self.lists.of(set) {
            return list;
        }
        let (list, effort) = self.make_list(set);
        self.learn(effort, self.lists.list(list).len);
        list
    }

    /// All lists that were made.
    pub(super) fn lists(&self) -> &Lists {
        &self.lists
    }

    fn make_list(&mut self, set: u32) -> (u32, Effort) {
        let mut elements = std::mem::take(&mut self.scratch);
        self.stack.push(set);
        let effort = self.visit(&mut elements, |_| true);
        self.runs.extend(elements.drain(..).map(|element| [element, element + 1]));
        self.scratch = elements;
        join(&mut self.runs);
        let list = self.lists.keep(set, self.unions.len(), &self.runs, effort.longest, effort.weight);
        self.runs.clear();
        (list, effort)
    }

    /// After a walk that took many visits, makes lists of shared sets, parts first.
    fn learn(&mut self, effort: Effort, elements: usize) {
        if !effort.is_waste(elements) {
            self.shared.clear();
            return;
        }
        if self.is_shared.is_empty() {
            self.is_shared = self.unions.shared();
        }
        let mut shared = std::mem::take(&mut self.shared);
        shared.sort_unstable();
        let mut budget = effort.visits;
        for &set in &shared {
            let (_, effort) = self.make_list(set);
            budget = budget.saturating_sub(effort.visits);
            if budget == 0 {
                break;
            }
        }
        shared.clear();
        self.shared = shared;
    }

    /// One walk from the sets on the stack: appends elements, and leaves runs of others, until all are found.
    fn visit(&mut self, into: &mut Vec<u32>, uses: impl Fn(&List) -> bool) -> Effort {
        self.begin();
        let all = into.len() + self.found.len();
        let mut effort = Effort::default();
        while let Some(mut set) = self.stack.pop() {
            effort.visits += 1;
            effort.weight += 1;
            if std::mem::replace(&mut self.visited[set as usize], self.stamp) == self.stamp {
                continue;
            }
            if let Some(index) = self.lists.of(set) {
                let list = self.lists.list(index);
                if uses(list) {
                    self.runs.extend_from_slice(self.lists.runs(index));
                    effort.visits += list.cost();
                    effort.weight += list.weight();
                    if effort.longest.is_none_or(|longest| self.lists.list(longest).len < list.len) {
                        effort.longest = Some(index);
                    }
                    if list.len == self.found.len() {
                        self.stack.clear();
                    }
                    continue;
                }
                // Another set of the same elements may have fewer operands.
                set = list.set;
            } else if self.is_shared.get(set as usize) == Some(&true) {
                self.shared.push(set);
            }
            match self.unions.made(set) {
                Made::Element(element) => self.find(element, into),
                Made::Union(operands) => self.stack.extend(operands),
                Made::UnionOf(operands) => self.stack.extend(operands),
            }
            if into.len() == all {
                self.stack.clear();
            }
        }
        effort
    }

    /// Appends what is in the runs of the present walk and was not found yet.
    fn find_runs(&mut self, into: &mut Vec<u32>) {
        let mut runs = std::mem::take(&mut self.runs);
        join(&mut runs);
        for element in runs.iter().flat_map(|&[start, end]| start..end) {
            self.find(element, into);
        }
        runs.clear();
        self.runs = runs;
    }

    #[inline]
    fn find(&mut self, element: u32, into: &mut Vec<u32>) {
        if std::mem::replace(&mut self.found[element as usize], self.stamp) != self.stamp {
            into.push(element);
        }
    }

    /// Takes a stamp that was not used yet.
    fn begin(&mut self) {
        if self.stamp == u32::MAX {
            self.visited.fill(0);
            self.found.fill(0);
            self.stamp = 0;
        }
        self.stamp += 1;
    }
}
