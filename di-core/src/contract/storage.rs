//! Memory of derivative code: a stack for what is overwritten, and buffers; kept between calls on each thread.

pub use super::parts::{apart, disjoint};
pub use super::stack::Stack;
pub use super::values::{TangentCode, Values, tangent};

use super::pool::Pooled;
use crate::Scalar;
use std::cell::Cell;
use std::ops::{Deref, DerefMut};

thread_local! {
    static HIGH_WATER: Cell<usize> = const { Cell::new(0) };
}

/// The value, of a type that is named.
#[inline]
#[must_use]
pub const fn typed<P: Copy>(value: P) -> P {
    value
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

#[inline]
pub(super) fn note_height(entries: usize) {
    HIGH_WATER.set(HIGH_WATER.get().max(entries));
}

/// A vector that is taken from the thread's pool, and given back when dropped.
#[derive(Debug)]
pub struct Buffer<X: Copy + 'static>(Pooled<X, false>);

impl<X: Copy + 'static> Buffer<X> {
    /// An empty vector, whose memory will be that of one in the pool if there is one.
    #[must_use]
    #[inline]
    pub const fn take() -> Self {
        Self(Pooled::new())
    }

    /// `len` entries of one value.
    #[must_use]
    pub fn filled(len: usize, value: X) -> Self {
        let mut buffer = Self::take();
        buffer.grow(len, value);
        buffer
    }

    /// The entries of a slice.
    #[must_use]
    pub fn copied(slice: &[X]) -> Self {
        let mut buffer = Self::take();
        buffer.0.entries.extend_from_slice(slice);
        buffer
    }

    /// At least `len` entries: new ones are `value`.
    #[inline]
    pub fn grow(&mut self, len: usize, value: X) {
        if self.0.entries.len() < len {
            if self.0.entries.capacity() < len {
                self.0.grow(len - self.0.entries.len());
            }
            self.0.entries.resize(len, value);
        }
    }
}

impl<X: Copy + 'static> Deref for Buffer<X> {
    type Target = [X];

    #[inline]
    fn deref(&self) -> &[X] {
        &self.0.entries
    }
}

impl<X: Copy + 'static> DerefMut for Buffer<X> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [X] {
        &mut self.0.entries
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

/// Stands in a loop whose iterations have `K` lanes each: the compiler then takes several lanes at once. Without it, it may take
/// several iterations, whose lanes are not beside each other.
#[inline]
pub fn by_lanes<const K: usize>() {
    if K > 1 {
        // No instruction, but no iteration begins before the one before it has ended.
        std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::AcqRel);
    }
}

/// Adds entry by entry.
pub fn add_to<T: Scalar>(to: &mut [T], from: &[T]) {
    to.iter_mut().zip(from).for_each(|(to, &from)| *to += from);
}

/// Memory for outputs that nobody wants.
#[derive(Debug)]
pub struct Held<T: Scalar> {
    /// Sooner had than memory of the pool.
    few: [T; FEW],
    many: Buffer<T>,
}

/// The most outputs that need no memory of the pool.
const FEW: usize = 4;

impl<T: Scalar> Held<T> {
    /// For any number of outputs.
    #[must_use]
    #[inline]
    #[expect(clippy::new_without_default, reason = "it is named in written code only")]
    pub fn new() -> Self {
        Self { few: [T::zero(); FEW], many: Buffer::take() }
    }
}

/// The slice if there is one, else `len` entries that are held: whatever they are if the function is steady, so that it reads
/// none that it has not written; else none of them is a number.
#[inline]
pub fn or_held<'a, T: Scalar>(
    slice: Option<&'a mut [T]>,
    held: &'a mut Held<T>,
    len: usize,
    steady: bool,
) -> &'a mut [T] {
    if let Some(slice) = slice {
        return slice;
    }
    let entries = if len <= FEW {
        &mut held.few[..len]
    } else {
        held.many.0.extend(len, T::zero());
        &mut held.many[..len]
    };
    if !steady {
        entries.fill(T::nan());
    }
    entries
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
