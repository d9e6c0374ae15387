//! Finding the elements of unions.

use super::unions::{Made, Unions};

/// On a set to be visited: it was reached through one that is a candidate for a list.
const BELOW_CANDIDATE: u32 = 1 << 31;

/// No list.
const NONE: u32 = u32::MAX;

/// A list of the elements of one set, found before.
#[derive(Clone, Copy, Debug)]
struct List {
    start: usize,
    len: usize,
    /// The set that it was made for.
    set: u32,
    /// How many sets have to be visited to find the elements without the list, at most.
    weight: usize,
}

impl List {
    /// Whether the list saves much over visiting the set's operands.
    fn saves(&self) -> bool {
        self.weight > 4 * self.len + 16
    }
}

/// Visits unions, each set once for each walk, by stamps.
///
/// Sets that many walks meet, and that have many operands and few elements, get lists, so that the cost stays near the
/// number of elements found.
pub(super) struct Walk<'a> {
    unions: &'a Unions,
    /// For each set, the last walk that visited it.
    visited: Vec<u32>,
    /// For each element, the last walk that found it.
    found: Vec<u32>,
    walk: u32,
    stack: Vec<u32>,
    /// For each set its list; empty as long as there is none.
    list_of: Vec<u32>,
    lists: Vec<List>,
    elements: Vec<u32>,
    candidates: Vec<u32>,
    scratch: Vec<u32>,
}

/// What a walk did.
#[derive(Clone, Copy, Debug, Default)]
struct Effort {
    visits: usize,
    /// Visits that would have been needed without lists.
    weight: usize,
    /// The longest list that was used.
    longest: Option<u32>,
}

impl<'a> Walk<'a> {
    /// Walks over sets of numbers below `universe`.
    pub(super) fn new(unions: &'a Unions, universe: usize) -> Self {
        Self {
            unions,
            visited: vec![0; unions.len()],
            found: vec![0; universe],
            walk: 0,
            stack: Vec::new(),
            list_of: Vec::new(),
            lists: Vec::new(),
            elements: Vec::new(),
            candidates: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// Appends the elements of the union of `sets`, unsorted and unique. Where that took many more visits than there are
    /// elements, sets that were met before get lists, at no more than the cost of the same visits again.
    pub(super) fn collect(&mut self, sets: &[u32], into: &mut Vec<u32>) {
        let before = into.len();
        self.stack.extend_from_slice(sets);
        let effort = self.visit(into, |_| true, true);
        if effort.visits <= 4 * (into.len() - before) + 64 {
            self.candidates.clear();
            return;
        }
        let mut budget = effort.visits;
        for set in std::mem::take(&mut self.candidates) {
            budget = budget.saturating_sub(self.list(set).1);
            if budget == 0 {
                break;
            }
        }
    }

    /// As [`collect`](Self::collect), of sets that have lists; uses only the lists that save much.
    pub(super) fn collect_listed(&mut self, lists: &[u32], into: &mut Vec<u32>) {
        self.stack.extend(lists.iter().map(|&list| self.lists[list as usize].set));
        self.visit(into, List::saves, false);
    }

    /// The list of a set, equal to that of an operand where the elements are the same; and the visits it took.
    ///
    /// Cheapest when operands get their lists first.
    pub(super) fn list(&mut self, set: u32) -> (u32, usize) {
        if self.list_of.is_empty() {
            self.list_of = vec![NONE; self.unions.len()];
        }
        let known = self.list_of[set as usize];
        if known != NONE {
            return (known, 0);
        }
        let mut elements = std::mem::take(&mut self.scratch);
        elements.clear();
        self.stack.push(set);
        let effort = self.visit(&mut elements, |_| true, false);
        let len = elements.len();
        let same = effort.longest.filter(|&longest| self.lists[longest as usize].len == len);
        let list = same.unwrap_or_else(|| {
            self.lists.push(List { start: self.elements.len(), len, set, weight: effort.weight });
            self.elements.extend_from_slice(&elements);
            u32::try_from(self.lists.len() - 1).unwrap_or(NONE)
        });
        self.scratch = elements;
        self.list_of[set as usize] = list;
        (list, effort.visits)
    }

    /// The elements of a list.
    pub(super) fn elements(&self, list: u32) -> &[u32] {
        let List { start, len, .. } = self.lists[list as usize];
        &self.elements[start..start + len]
    }

    /// One walk: appends the elements of the union of the sets on the stack, until all there are have been found.
    fn visit(&mut self, into: &mut Vec<u32>, uses: impl Fn(&List) -> bool, candidates: bool) -> Effort {
        self.begin();
        let all = into.len() + self.found.len();
        let mut effort = Effort::default();
        while let Some(top) = self.stack.pop() {
            let set = top & !BELOW_CANDIDATE;
            let below = top & BELOW_CANDIDATE;
            effort.visits += 1;
            effort.weight += 1;
            let before = std::mem::replace(&mut self.visited[set as usize], self.walk);
            if before == self.walk {
                continue;
            }
            if let Some(&list) = self.list_of.get(set as usize).filter(|&&list| list != NONE)
                && uses(&self.lists[list as usize])
            {
                self.use_list(list, into, &mut effort);
                continue;
            }
            let hot = if candidates && before != 0 { BELOW_CANDIDATE } else { 0 };
            match self.unions.made(set) {
                Made::Element(element) => self.find(element, into),
                Made::Union(operands) => {
                    self.stack.extend(operands.map(|operand| operand | below | hot));
                    if below == 0 && hot != 0 {
                        self.candidates.push(set);
                    }
                }
                Made::UnionOf(operands) => {
                    self.stack.extend(operands.iter().map(|operand| operand | below | hot));
                    if below == 0 && hot != 0 {
                        self.candidates.push(set);
                    }
                }
            }
            if into.len() == all {
                self.stack.clear();
            }
        }
        effort
    }

    /// A stamp that was not used yet.
    fn begin(&mut self) {
        if self.walk == u32::MAX {
            self.visited.fill(0);
            self.found.fill(0);
            self.walk = 0;
        }
        self.walk += 1;
    }

    #[inline]
    fn find(&mut self, element: u32, into: &mut Vec<u32>) {
        if std::mem::replace(&mut self.found[element as usize], self.walk) != self.walk {
            into.push(element);
        }
    }

    fn use_list(&mut self, index: u32, into: &mut Vec<u32>, effort: &mut Effort) {
        let list = self.lists[index as usize];
        for place in list.start..list.start + list.len {
            let element = self.elements[place];
            self.find(element, into);
        }
        effort.visits += list.len;
        effort.weight += if list.saves() { list.len } else { list.weight };
        if effort.longest.is_none_or(|longest| self.lists[longest as usize].len < list.len) {
            effort.longest = Some(index);
        }
    }
}
