//! Vertices sorted by a small key that changes by one at a time.

use super::side::NEUTRAL;
use crate::sparse::narrow;

const NONE: u32 = NEUTRAL;

/// A list of vertices for each key; every operation takes constant time, spread over all.
#[derive(Debug)]
pub(super) struct Queue {
    /// By key: the first vertex.
    heads: Vec<u32>,
    /// By vertex.
    next: Vec<u32>,
    previous: Vec<u32>,
    keys: Vec<u32>,
    /// No vertex has a smaller key.
    low: usize,
    /// No vertex has a larger key.
    high: usize,
}

/// The key of a vertex that has left the queue.
const GONE: u32 = u32::MAX;

impl Queue {
    pub(super) fn new(keys: &[u32]) -> Self {
        let high = keys.iter().max().map_or(0, |&key| key as usize);
        let links = || vec![NONE; keys.len()];
        let mut queue =
            Self { heads: vec![NONE; high + 1], next: links(), previous: links(), keys: keys.to_vec(), low: 0, high };
        // Backwards, so that vertices of one key leave in their natural order.
        for v in (0..keys.len()).rev() {
            queue.link(v);
        }
        queue
    }

    pub(super) fn pop_smallest(&mut self) -> Option<usize> {
        while *self.heads.get(self.low)? == NONE {
            self.low += 1;
        }
        Some(self.pop(self.low))
    }

    pub(super) fn pop_largest(&mut self) -> Option<usize> {
        while self.heads[self.high] == NONE {
            self.high = self.high.checked_sub(1)?;
        }
        Some(self.pop(self.high))
    }

    /// Adds one to the key of `v`, if it is still in the queue.
    pub(super) fn increase(&mut self, v: usize) {
        if self.keys[v] != GONE {
            self.unlink(v);
            self.keys[v] += 1;
            let key = self.keys[v] as usize;
            if key == self.heads.len() {
                self.heads.push(NONE);
            }
            self.high = self.high.max(key);
            self.link(v);
        }
    }

    /// Takes one from the key of `v`, if it is still in the queue.
    pub(super) fn decrease(&mut self, v: usize) {
        if self.keys[v] != GONE {
            self.unlink(v);
            self.keys[v] = self.keys[v].saturating_sub(1);
            self.low = self.low.min(self.keys[v] as usize);
            self.link(v);
        }
    }

    fn pop(&mut self, key: usize) -> usize {
        let v = self.heads[key] as usize;
        self.unlink(v);
        self.keys[v] = GONE;
        v
    }

    fn link(&mut self, v: usize) {
        let key = self.keys[v] as usize;
        let head = std::mem::replace(&mut self.heads[key], narrow(v));
        self.next[v] = head;
        self.previous[v] = NONE;
        if head != NONE {
            self.previous[head as usize] = narrow(v);
        }
    }

    fn unlink(&mut self, v: usize) {
        let (previous, next) = (self.previous[v], self.next[v]);
        if previous == NONE {
            self.heads[self.keys[v] as usize] = next;
        } else {
            self.next[previous as usize] = next;
        }
        if next != NONE {
            self.previous[next as usize] = previous;
        }
    }
}
