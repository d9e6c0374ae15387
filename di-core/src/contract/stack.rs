//! The stack of derivative code.

use super::pile::Pile;
use super::storage::{Kind, Word, note_height};
use crate::Scalar;

/// What a forward sweep saves for the reverse sweep: numbers, and words for control flow and passive data.
///
/// It takes its memory from the thread's pool when something is saved for the first time.
#[derive(Debug)]
pub struct Stack<T: Copy + 'static> {
    numbers: Pile<T>,
    words: Pile<u64>,
    most: usize,
}

impl<T: Scalar> Stack<T> {
    /// An empty stack.
    #[must_use]
    #[inline]
    pub const fn take() -> Self {
        Self { numbers: Pile::new(), words: Pile::new(), most: 0 }
    }

    /// Saves a number.
    #[inline]
    pub fn push(&mut self, value: T) {
        self.numbers.push(value);
    }

    /// Takes the last number back.
    ///
    /// # Panics
    ///
    /// If there is none, which is a mistake in the derivative code.
    #[inline]
    pub fn pop(&mut self) -> T {
        self.note();
        self.numbers.pop()
    }

    /// Saves several numbers.
    #[inline]
    pub fn push_all<const N: usize>(&mut self, values: [T; N]) {
        self.numbers.push_all(&values);
    }

    /// Takes the last numbers back, in the order in which they were saved.
    ///
    /// # Panics
    ///
    /// As [`pop`](Self::pop).
    #[inline]
    pub fn pop_all<const N: usize>(&mut self) -> [T; N] {
        self.note();
        let last = self.numbers.last(N, 0);
        let values = std::array::from_fn(|i| last[i]);
        self.numbers.drop_last(N);
        values
    }

    /// Saves an integer, a condition or a passive number.
    #[inline]
    pub fn push_word(&mut self, value: impl Word) {
        self.words.push(value.to_word());
    }

    /// Takes the last word back.
    ///
    /// # Panics
    ///
    /// As [`pop`](Self::pop).
    #[inline]
    pub fn pop_word<W: Word>(&mut self) -> W {
        self.note();
        W::from_word(self.words.pop())
    }

    /// As [`push_word`](Self::push_word).
    #[inline]
    pub fn push_kind<W: Word>(&mut self, _: &Kind<W>, value: W) {
        self.push_word(value);
    }

    /// As [`pop_word`](Self::pop_word), of the type that was saved.
    #[inline]
    pub fn pop_kind<W: Word>(&mut self, _: &Kind<W>) -> W {
        self.pop_word()
    }

    /// Saves a slice of numbers.
    #[inline]
    pub fn push_slice(&mut self, values: &[T]) {
        self.numbers.push_all(values);
    }

    /// Takes as many numbers back as the slice is long.
    #[inline]
    pub fn pop_slice(&mut self, values: &mut [T]) {
        self.note();
        values.copy_from_slice(self.numbers.last(values.len(), 0));
        self.numbers.drop_last(values.len());
    }

    /// Copies what lies below the last `above` numbers, and leaves it there.
    pub fn peek_slice(&mut self, values: &mut [T], above: usize) {
        values.copy_from_slice(self.numbers.last(values.len(), above));
    }

    /// Room for so many more numbers and words, whatever they are.
    #[inline]
    pub fn room(&mut self, numbers: usize, words: usize) -> (&mut [T], &mut [u64]) {
        (self.numbers.room(numbers, T::zero()), self.words.room(words, 0))
    }

    /// The last numbers and words.
    #[inline]
    pub fn top(&mut self, numbers: usize, words: usize) -> (&[T], &[u64]) {
        self.note();
        (self.numbers.last(numbers, 0), self.words.last(words, 0))
    }

    /// Does away with the last numbers and words.
    #[inline]
    pub fn drop_top(&mut self, numbers: usize, words: usize) {
        self.numbers.drop_last(numbers);
        self.words.drop_last(words);
    }

    /// Saves a slice of passive data.
    pub fn push_words(&mut self, values: &[impl Word]) {
        for value in values {
            self.push_word(*value);
        }
    }

    /// Takes as many words back as the slice is long.
    pub fn pop_words<W: Word>(&mut self, values: &mut [W]) {
        for value in values.iter_mut().rev() {
            *value = self.pop_word();
        }
    }

    /// Where the stack is at its highest is where the reverse sweep begins to take.
    #[inline]
    fn note(&mut self) {
        self.most = self.most.max(self.numbers.len() + self.words.len());
    }
}

impl<T: Copy + 'static> Drop for Stack<T> {
    #[inline]
    fn drop(&mut self) {
        if self.most > 0 {
            note_height(self.most);
        }
    }
}
