//! One kind of what a stack holds.

use super::pool::Pooled;

/// Entries that are put on top and taken from there. Memory above the top stays as it is, so that room costs nothing the next time.
#[derive(Debug)]
pub(super) struct Pile<X: Copy + 'static> {
    memory: Pooled<X, true>,
    top: usize,
}

impl<X: Copy + 'static> Pile<X> {
    pub(super) const fn new() -> Self {
        Self { memory: Pooled::new(), top: 0 }
    }

    /// The number of entries.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.top
    }

    /// Memory for so many more entries.
    #[inline]
    fn reserve(&mut self, more: usize, entry: X) {
        if self.memory.entries.len() - self.top < more {
            self.memory.extend(self.top + more, entry);
        }
    }

    #[inline]
    pub(super) fn push(&mut self, entry: X) {
        self.reserve(1, entry);
        self.memory.entries[self.top] = entry;
        self.top += 1;
    }

    #[inline]
    pub(super) fn push_all(&mut self, entries: &[X]) {
        if let Some(&first) = entries.first() {
            self.room(entries.len(), first).copy_from_slice(entries);
        }
    }

    /// So many entries more, whatever they are; `entry` in new memory.
    #[inline]
    pub(super) fn room(&mut self, more: usize, entry: X) -> &mut [X] {
        self.reserve(more, entry);
        let start = self.top;
        self.top += more;
        &mut self.memory.entries[start..self.top]
    }

    /// The last entries, below so many others.
    #[inline]
    pub(super) fn last(&self, len: usize, above: usize) -> &[X] {
        let end = self.top - above;
        &self.memory.entries[end - len..end]
    }

    #[inline]
    pub(super) fn pop(&mut self) -> X {
        self.drop_last(1);
        self.memory.entries[self.top]
    }

    /// Does away with the last entries.
    #[inline]
    pub(super) fn drop_last(&mut self, len: usize) {
        let Some(top) = self.top.checked_sub(len) else {
            unreachable!("the reverse sweep takes what the forward sweep saved")
        };
        self.top = top;
    }
}

#[cfg(test)]
mod tests {
    use super::Pile;

    #[test]
    fn what_is_put_on_top_is_taken_first() {
        let mut pile = Pile::<f64>::new();
        pile.push(1.0);
        pile.push_all(&[2.0, 3.0]);
        pile.room(2, 0.0).fill(4.0);
        assert_eq!((pile.len(), pile.last(3, 1)), (5, &[2.0, 3.0, 4.0][..]));
        pile.drop_last(2);
        assert_eq!([pile.pop(), pile.pop(), pile.pop()], [3.0, 2.0, 1.0]);
        assert_eq!(pile.len(), 0);
    }

    #[test]
    fn memory_comes_back_from_the_pool() {
        let mut pile = Pile::<f32>::new();
        pile.room(100, 0.0).fill(1.0);
        let place = pile.last(100, 0).as_ptr();
        drop(pile);
        let mut again = Pile::<f32>::new();
        assert_eq!(again.room(100, 0.0).as_ptr(), place);
    }

    #[test]
    #[should_panic(expected = "the reverse sweep takes what the forward sweep saved")]
    fn there_is_nothing_below() {
        Pile::<u64>::new().pop();
    }
}
