//! Memory of derivative code: a stack for what is overwritten, and buffers; kept between calls on each thread.

use crate::Scalar;
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::ops::{Deref, DerefMut};

thread_local! {
    /// Vectors that nobody uses, by the type of their entries.
    static POOL: RefCell<Vec<(TypeId, Box<dyn Any>)>> = const { RefCell::new(Vec::new()) };
    static HIGH_WATER: Cell<usize> = const { Cell::new(0) };
}

/// The most entries, numbers and words, that a [`Stack`] has held on this thread since [`reset_high_water`].
#[must_use]
pub fn high_water() -> usize {
    HIGH_WATER.get()
}

/// Begins to count anew.
pub fn reset_high_water() {
    HIGH_WATER.set(0);
}

/// A vector that is taken from the thread's pool, and given back when dropped.
#[derive(Debug)]
#[expect(clippy::box_collection, reason = "the pool keeps boxes, so that taking and giving back allocates nothing")]
pub struct Buffer<X: Copy + 'static>(Box<Vec<X>>);

impl<X: Copy + 'static> Buffer<X> {
    /// An empty vector, with memory if there was one in the pool.
    #[must_use]
    pub fn take() -> Self {
        let held = POOL.try_with(|pool| {
            let mut pool = pool.try_borrow_mut().ok()?;
            let at = pool.iter().rposition(|(id, _)| *id == TypeId::of::<X>())?;
            pool.swap_remove(at).1.downcast::<Vec<X>>().ok()
        });
        Self(held.ok().flatten().unwrap_or_default())
    }

    /// `len` entries of one value.
    #[must_use]
    pub fn filled(len: usize, value: X) -> Self {
        let mut buffer = Self::take();
        buffer.0.resize(len, value);
        buffer
    }

    /// At least `len` entries: new ones are `value`.
    #[inline]
    pub fn grow(&mut self, len: usize, value: X) {
        if self.0.len() < len {
            self.0.resize(len, value);
        }
    }
}

impl<X: Copy + 'static> Drop for Buffer<X> {
    fn drop(&mut self) {
        let mut vector = std::mem::take(&mut self.0);
        vector.clear();
        // A thread that is ending has no pool: the vector is dropped then.
        let _ = POOL.try_with(|pool| {
            if let Ok(mut pool) = pool.try_borrow_mut() {
                pool.push((TypeId::of::<X>(), vector));
            }
        });
    }
}

impl<X: Copy + 'static> Deref for Buffer<X> {
    type Target = [X];

    #[inline]
    fn deref(&self) -> &[X] {
        &self.0
    }
}

impl<X: Copy + 'static> DerefMut for Buffer<X> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [X] {
        &mut self.0
    }
}

/// What passive data is saved as: 64 bits.
pub trait Word: Copy {
    /// As 64 bits.
    fn to_word(self) -> u64;

    /// From 64 bits.
    fn from_word(word: u64) -> Self;
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Word for $type {
            #[inline]
            #[allow(clippy::cast_lossless, clippy::cast_sign_loss, reason = "the same bits come back")]
            fn to_word(self) -> u64 {
                self as u64
            }

            #[inline]
            #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "these bits came from it")]
            fn from_word(word: u64) -> Self {
                word as Self
            }
        }
    )*};
}

integers!(usize isize u8 u16 u32 u64 i8 i16 i32 i64);

impl Word for bool {
    #[inline]
    fn to_word(self) -> u64 {
        u64::from(self)
    }

    #[inline]
    fn from_word(word: u64) -> Self {
        word != 0
    }
}

impl Word for f64 {
    #[inline]
    fn to_word(self) -> u64 {
        self.to_bits()
    }

    #[inline]
    fn from_word(word: u64) -> Self {
        Self::from_bits(word)
    }
}

impl Word for f32 {
    #[inline]
    fn to_word(self) -> u64 {
        u64::from(self.to_bits())
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "these bits came from it")]
    fn from_word(word: u64) -> Self {
        Self::from_bits(word as u32)
    }
}

/// The type of passive data that is saved, where only its use tells it.
#[derive(Debug)]
pub struct Kind<W>(std::marker::PhantomData<fn() -> W>);

impl<W> Kind<W> {
    /// A type that is to be inferred.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it is named in written code only")]
    pub const fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

/// What a forward sweep saves for the reverse sweep: numbers, and words for control flow and passive data.
#[derive(Debug)]
pub struct Stack<T: Copy + 'static> {
    numbers: Buffer<T>,
    words: Buffer<u64>,
    most: usize,
}

impl<T: Scalar> Stack<T> {
    /// An empty stack with the memory of an earlier one.
    #[must_use]
    pub fn take() -> Self {
        Self { numbers: Buffer::take(), words: Buffer::take(), most: 0 }
    }

    /// Saves a number.
    #[inline]
    pub fn push(&mut self, value: T) {
        self.numbers.0.push(value);
    }

    /// Takes the last number back.
    ///
    /// # Panics
    ///
    /// If there is none, which is a mistake in the derivative code.
    #[inline]
    pub fn pop(&mut self) -> T {
        self.note();
        let Some(value) = self.numbers.0.pop() else {
            unreachable!("the reverse sweep takes what the forward sweep saved")
        };
        value
    }

    /// Saves an integer, a condition or a passive number.
    #[inline]
    pub fn push_word(&mut self, value: impl Word) {
        self.words.0.push(value.to_word());
    }

    /// Takes the last word back.
    ///
    /// # Panics
    ///
    /// As [`pop`](Self::pop).
    #[inline]
    pub fn pop_word<W: Word>(&mut self) -> W {
        self.note();
        let Some(word) = self.words.0.pop() else {
            unreachable!("the reverse sweep takes what the forward sweep saved")
        };
        W::from_word(word)
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
    pub fn push_slice(&mut self, values: &[T]) {
        self.numbers.0.extend_from_slice(values);
    }

    /// Takes as many numbers back as the slice is long.
    pub fn pop_slice(&mut self, values: &mut [T]) {
        self.note();
        let rest = self.numbers.0.len() - values.len();
        values.copy_from_slice(&self.numbers.0[rest..]);
        self.numbers.0.truncate(rest);
    }

    /// Copies what lies below the last `above` numbers, and leaves it there.
    pub fn peek_slice(&mut self, values: &mut [T], above: usize) {
        let end = self.numbers.0.len() - above;
        values.copy_from_slice(&self.numbers.0[end - values.len()..end]);
    }

    /// Saves a slice of passive data.
    pub fn push_words(&mut self, values: &[impl Word]) {
        self.words.0.extend(values.iter().map(|value| value.to_word()));
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
        self.most = self.most.max(self.numbers.0.len() + self.words.0.len());
    }
}

impl<T: Copy + 'static> Drop for Stack<T> {
    fn drop(&mut self) {
        HIGH_WATER.set(HIGH_WATER.get().max(self.most));
    }
}

/// `t · d`, where a derivative `t` of zero gives zero even if the factor is infinite or NaN.
#[must_use]
#[inline]
pub fn chain<T: Scalar>(t: T, d: T) -> T {
    if t.is_identically_zero() { t } else { t * d }
}

/// Adds to what a cell holds.
#[inline]
pub fn add<T: Scalar>(cell: &Cell<T>, value: T) {
    cell.set(cell.get() + value);
}

/// Adds entry by entry.
pub fn add_to<T: Scalar>(to: &mut [T], from: &[T]) {
    to.iter_mut().zip(from).for_each(|(to, &from)| *to += from);
}

/// The slice if there is one, else `len` entries of the buffer.
#[inline]
pub fn or_held<'a, T: Scalar>(slice: Option<&'a mut [T]>, held: &'a mut Buffer<T>, len: usize) -> &'a mut [T] {
    if let Some(slice) = slice {
        return slice;
    }
    held.grow(len, T::zero());
    &mut held[..len]
}

/// An array with zeros after the given entries.
///
/// # Panics
///
/// If it is shorter than these, which is a mistake in the derivative code.
#[must_use]
#[inline]
pub fn padded<T: Scalar, const M: usize, const N: usize>(entries: [T; M]) -> [T; N] {
    let mut array = [T::zero(); N];
    array[..M].copy_from_slice(&entries);
    array
}
