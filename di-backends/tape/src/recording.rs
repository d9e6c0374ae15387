//! What is stored of an evaluation.

use crate::{TapeError, Var};
use di_core::Scalar;
use std::ops::Range;
use std::sync::Mutex;

/// No recording has more slots.
pub(crate) const MAX_SLOTS: u64 = 1 << 31;

/// The identifier of a number that depends on no input.
pub(crate) const CONSTANT: u64 = 0;

/// The identifier of a number whose dependencies were lost: made from a variable outside of its recording.
pub(crate) const LOST: u64 = u64::MAX;

/// The slot of results that are constant.
pub(crate) const SINK: usize = 0;

/// The second operand of a node whose operands are a span.
pub(crate) const SPAN: u32 = u32::MAX;

/// Room that the first recording starts with: growing from nothing copies every node twice, which a gradient that is
/// prepared for once pays in full.
const FIRST_NODES: usize = 64;
const FIRST_NODES_PER_INPUT: usize = 8;
const MOST_FIRST_NODES: usize = 1 << 18;

/// One operation: its operands' slots and the partial derivatives in them.
///
/// With `b == SPAN`, `a` is the index of a span of operands, and the partials are unused.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<T> {
    pub(crate) da: T,
    pub(crate) db: T,
    pub(crate) a: u32,
    pub(crate) b: u32,
}

/// An evaluation as a list of operations, in storage that is kept between evaluations.
#[derive(Debug)]
pub(crate) struct Recording<T> {
    /// The identifier of slot 0.
    pub(crate) base: u64,
    /// The slot of the first node, after the sink and the inputs.
    pub(crate) first: u64,
    /// The number of slots.
    pub(crate) slots: u64,
    /// Why dependencies were lost.
    pub(crate) error: Option<TapeError>,
    pub(crate) nodes: Vec<Node<T>>,
    pub(crate) spans: Vec<Range<u32>>,
    pub(crate) operands: Vec<(u32, T)>,
    /// Identifiers that were never given out.
    unused: Range<u64>,
}

impl<T> Default for Recording<T> {
    fn default() -> Self {
        Self {
            base: 0,
            first: 0,
            slots: 0,
            error: None,
            nodes: Vec::new(),
            spans: Vec::new(),
            operands: Vec::new(),
            unused: 0..0,
        }
    }
}

impl<T> Clone for Recording<T> {
    /// Storage of the same size, with identifiers of its own.
    fn clone(&self) -> Self {
        let mut clone = Self::default();
        clone.nodes.reserve_exact(self.nodes.capacity());
        clone.spans.reserve_exact(self.spans.capacity());
        clone.operands.reserve_exact(self.operands.capacity());
        clone
    }
}

impl<T> Drop for Recording<T> {
    fn drop(&mut self) {
        give_back(self.base + self.slots..self.unused.end);
    }
}

impl<T: Scalar> Recording<T> {
    /// Starts anew with the given number of inputs; their identifiers follow the returned one.
    pub(crate) fn start(&mut self, inputs: usize) -> Result<u64, TapeError> {
        let slots = inputs as u64 + 1;
        if slots > MAX_SLOTS {
            return Err(TapeError::TooLong);
        }
        if self.nodes.capacity() == 0 {
            self.nodes.reserve_exact((FIRST_NODES + FIRST_NODES_PER_INPUT * inputs).min(MOST_FIRST_NODES));
        }
        self.nodes.clear();
        self.spans.clear();
        self.operands.clear();
        let used = self.base + self.slots;
        self.unused.start = self.unused.start.max(used).min(self.unused.end);
        if self.unused.end - self.unused.start < MAX_SLOTS {
            self.unused = take_block().ok_or(TapeError::TooLong)?;
        }
        self.base = self.unused.start;
        self.first = slots;
        self.slots = slots;
        self.error = None;
        Ok(self.unused.start)
    }

    /// `Ok` if every dependency of these results was recorded.
    pub(crate) fn check(&self, results: &[Var<T>]) -> Result<(), TapeError> {
        let is_known = |y: &Var<T>| y.id == CONSTANT || y.id.wrapping_sub(self.base) < self.slots;
        match self.error {
            Some(error) => Err(error),
            None if results.iter().all(is_known) => Ok(()),
            None => Err(TapeError::ForeignVariable),
        }
    }

    /// The slot of a result: the sink for a constant.
    #[inline]
    pub(crate) fn result_slot(&self, id: u64) -> usize {
        if id == CONSTANT { SINK } else { usize::try_from(id.wrapping_sub(self.base)).unwrap_or(usize::MAX) }
    }

    /// The number of slots, of the sink, the inputs and the nodes.
    pub(crate) fn slots(&self) -> usize {
        usize::try_from(self.slots).unwrap_or(usize::MAX)
    }

    /// The operands of all spans, to be added to and put back.
    pub(crate) fn take_operands(&mut self) -> Vec<(u32, T)> {
        if self.operands.capacity() == 0 {
            self.operands.reserve_exact((2 * self.slots()).min(MOST_FIRST_NODES));
        }
        std::mem::take(&mut self.operands)
    }

    /// Puts back the operands of all spans.
    pub(crate) fn put_operands(&mut self, operands: Vec<(u32, T)>) {
        self.operands = operands;
    }

    /// Makes the operands since the last span one; returns its index, and any value of the type.
    ///
    /// This, like every method that is called while a recording is active, runs no code of the scalar.
    pub(crate) fn push_span(&mut self) -> Result<(u32, T), TapeError> {
        let start = self.spans.last().map_or(0, |span| span.end);
        let (Ok(end), Ok(index)) = (u32::try_from(self.operands.len()), u32::try_from(self.spans.len())) else {
            return Err(TapeError::TooLong);
        };
        let &(_, unused) = self.operands.get(start as usize).ok_or(TapeError::ForeignVariable)?;
        self.spans.push(start..end);
        Ok((index, unused))
    }
}

/// Identifiers are given out once in the life of the program, in blocks of this many.
const BLOCK: u64 = 1 << 32;

/// The first block that was never given out, and what is left of others. The first identifier of all stays [`CONSTANT`].
static BLOCKS: Mutex<(u64, Vec<Range<u64>>)> = Mutex::new((BLOCK, Vec::new()));

/// A block of identifiers with room for the longest recording, while there are any.
fn take_block() -> Option<Range<u64>> {
    let mut blocks = BLOCKS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(rest) = blocks.1.pop() {
        return Some(rest);
    }
    let start = blocks.0;
    blocks.0 = start.checked_add(BLOCK)?;
    Some(start..blocks.0)
}

/// Takes back what is left of a block, if that is enough for another recording.
fn give_back(rest: Range<u64>) {
    if rest.start < rest.end && rest.end - rest.start >= MAX_SLOTS {
        let mut blocks = BLOCKS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        blocks.1.push(rest);
    }
}
