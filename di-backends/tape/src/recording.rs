//! What is stored of an evaluation.

use crate::TapeError;
use di_core::Scalar;
use std::cell::Cell;
use std::ops::Range;
use std::sync::Mutex;

/// No recording has more slots.
pub(crate) const MAX_SLOTS: u64 = 1 << 31;

/// The identifier of a number that depends on no input.
pub(crate) const CONSTANT: u64 = 0;

/// The identifier of a number whose dependencies were lost: made from a variable outside of its recording.
pub(crate) const LOST: u64 = u64::MAX;

/// The slot of results that are constant.
pub(crate) const SINK: u32 = 0;

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

/// Which identifiers belong to a recording; independent of its scalar.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// The identifier of slot 0.
    pub(crate) base: Cell<u64>,
    /// The number of slots: the sink, the inputs, one for each node.
    pub(crate) slots: Cell<u64>,
    /// Whether a variable of another recording was used.
    pub(crate) foreign: Cell<bool>,
    /// Whether there were more operations than slots.
    pub(crate) too_long: Cell<bool>,
}

impl Header {
    /// The slot of an identifier of this recording.
    #[inline]
    pub(crate) fn slot(&self, id: u64) -> Option<u32> {
        let slot = id.wrapping_sub(self.base.get());
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer than 2³² slots")]
        (slot < self.slots.get()).then_some(slot as u32)
    }
}

/// An evaluation as a list of operations, in storage that is kept between evaluations.
///
/// The header comes first, at a place that does not depend on `T`.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct Recording<T> {
    pub(crate) header: Header,
    pub(crate) nodes: Vec<Node<T>>,
    pub(crate) spans: Vec<Range<u32>>,
    pub(crate) operands: Vec<(u32, T)>,
    /// Identifiers that were never given out.
    unused: Range<u64>,
}

impl<T> Default for Recording<T> {
    fn default() -> Self {
        Self { header: Header::default(), nodes: Vec::new(), spans: Vec::new(), operands: Vec::new(), unused: 0..0 }
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
        give_back(self.header.base.get() + self.header.slots.get()..self.unused.end);
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
        let used = self.header.base.get() + self.header.slots.get();
        self.unused.start = self.unused.start.max(used).min(self.unused.end);
        if self.unused.end - self.unused.start < MAX_SLOTS {
            self.unused = take_block().ok_or(TapeError::TooLong)?;
        }
        self.header.base.set(self.unused.start);
        self.header.slots.set(slots);
        self.header.foreign.set(false);
        self.header.too_long.set(false);
        Ok(self.unused.start)
    }

    /// `Ok` if every dependency was recorded.
    pub(crate) fn check(&self) -> Result<(), TapeError> {
        if self.header.foreign.get() {
            Err(TapeError::ForeignVariable)
        } else if self.header.too_long.get() {
            Err(TapeError::TooLong)
        } else {
            Ok(())
        }
    }

    /// The slot of a result: the sink for a constant.
    pub(crate) fn result_slot(&self, id: u64) -> Result<u32, TapeError> {
        match self.header.slot(id) {
            Some(slot) => Ok(slot),
            None if id == CONSTANT => Ok(SINK),
            None => Err(TapeError::ForeignVariable),
        }
    }

    /// The number of slots, of the sink, the inputs and the nodes.
    pub(crate) fn slots(&self) -> usize {
        usize::try_from(self.header.slots.get()).unwrap_or(usize::MAX)
    }

    /// Adds a node with two operands; returns its identifier.
    ///
    /// This, like every method that is called while a recording is active, runs no code of the scalar.
    #[inline]
    pub(crate) fn push(&mut self, [a, b]: [u32; 2], da: T, db: T) -> u64 {
        let slot = self.header.slots.get();
        if slot >= MAX_SLOTS {
            self.header.too_long.set(true);
            return LOST;
        }
        self.nodes.push(Node { da, db, a, b });
        self.header.slots.set(slot + 1);
        self.header.base.get() + slot
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

    /// Adds a node whose operands are those since the last span; returns its identifier.
    pub(crate) fn push_span(&mut self) -> u64 {
        let start = self.spans.last().map_or(0, |span| span.end);
        let (Ok(end), Ok(index)) = (u32::try_from(self.operands.len()), u32::try_from(self.spans.len())) else {
            self.header.too_long.set(true);
            return LOST;
        };
        let Some(&(_, unused)) = self.operands.get(start as usize) else {
            self.header.foreign.set(true);
            return LOST;
        };
        self.spans.push(start..end);
        self.push([index, SPAN], unused, unused)
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
