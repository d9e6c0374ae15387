//! Sets as unions of sets, evaluated later.

/// The set without elements.
pub(super) const EMPTY: u32 = 0;

/// No graph has more sets; the last bit of an identifier is free.
pub(super) const MAX_SETS: usize = 1 << 31;

/// Second operand of a set with one element, which is the first operand.
const ELEMENT: u32 = u32::MAX;

/// Second operand of a set whose operands are the span of the index in the first operand.
const SPAN: u32 = u32::MAX - 1;

/// What a set is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made<'a> {
    Element(u32),
    Union([u32; 2]),
    UnionOf(&'a [u32]),
}

/// A graph of sets of numbers. A union costs eight bytes and a few comparisons, however many elements it has; what it
/// holds is found out where it is needed, by [`Walk`](super::walk::Walk).
///
/// Operands precede their union.
#[derive(Debug)]
pub(super) struct Unions {
    nodes: Vec<[u32; 2]>,
    span_ends: Vec<usize>,
    operands: Vec<u32>,
    overflow: bool,
}

impl Unions {
    /// The empty set alone.
    pub(super) fn new() -> Self {
        Self { nodes: vec![[0, SPAN]], span_ends: vec![0], operands: Vec::new(), overflow: false }
    }

    /// The number of sets; their identifiers are below it.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there were more sets than identifiers; then sets lack elements.
    pub(super) fn overflow(&self) -> bool {
        self.overflow
    }

    /// Makes room.
    pub(super) fn reserve(&mut self, sets: usize) {
        self.nodes.reserve(sets);
    }

    /// The set `{element}`.
    pub(super) fn element(&mut self, element: u32) -> u32 {
        self.push([element, ELEMENT])
    }

    /// `a ∪ b`; one of them if it is seen at once that it holds the other.
    #[inline]
    pub(super) fn union(&mut self, a: u32, b: u32) -> u32 {
        if a == b || b == EMPTY || self.is_operand(b, a) {
            a
        } else if a == EMPTY || self.is_operand(a, b) {
            b
        } else {
            self.push([a, b])
        }
    }

    /// The union of any number of sets, as one node.
    pub(super) fn union_of(&mut self, sets: impl Iterator<Item = u32>) -> u32 {
        let start = self.operands.len();
        let mut last = EMPTY;
        for set in sets {
            if set != EMPTY && set != last {
                self.operands.push(set);
                last = set;
            }
        }
        match self.operands[start..] {
            [] => EMPTY,
            [a] => {
                self.operands.truncate(start);
                a
            }
            [a, b] => {
                self.operands.truncate(start);
                self.union(a, b)
            }
            _ => {
                let Some(index) = u32::try_from(self.span_ends.len()).ok().filter(|&index| index < SPAN) else {
                    self.overflow = true;
                    return EMPTY;
                };
                self.span_ends.push(self.operands.len());
                self.push([index, SPAN])
            }
        }
    }

    /// What `set` is made of.
    #[inline]
    pub(super) fn made(&self, set: u32) -> Made<'_> {
        match self.nodes[set as usize] {
            [element, ELEMENT] => Made::Element(element),
            [0, SPAN] => Made::UnionOf(&[]),
            [index, SPAN] => {
                let index = index as usize;
                Made::UnionOf(&self.operands[self.span_ends[index - 1]..self.span_ends[index]])
            }
            union => Made::Union(union),
        }
    }

    /// For each set whether it is an operand of several, and itself a union.
    pub(super) fn shared(&self) -> Vec<bool> {
        let mut shared = vec![false; self.len()];
        let mut used = shared.clone();
        let pairs = self.nodes.iter().filter(|[_, b]| *b < SPAN).flatten();
        for &operand in pairs.chain(&self.operands) {
            shared[operand as usize] |= std::mem::replace(&mut used[operand as usize], true);
        }
        for (shared, &[_, b]) in shared.iter_mut().zip(&self.nodes) {
            *shared &= b != ELEMENT;
        }
        shared
    }

    /// Whether `whole` is a union with the operand `part`.
    #[inline]
    fn is_operand(&self, part: u32, whole: u32) -> bool {
        let [a, b] = self.nodes[whole as usize];
        b < SPAN && (a == part || b == part)
    }

    #[inline]
    fn push(&mut self, node: [u32; 2]) -> u32 {
        let set = self.nodes.len();
        if set >= MAX_SETS {
            self.overflow = true;
            return EMPTY;
        }
        self.nodes.push(node);
        #[expect(clippy::cast_possible_truncation, reason = "there are at most 2³¹ sets")]
        {
            set as u32
        }
    }
}
