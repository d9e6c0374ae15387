//! Scratch memory that a function owns, for whatever scalar it is called with.

use crate::{Error, Result, Scalar, Shadow};
use std::any::{Any, TypeId};
use std::cell::{RefCell, RefMut};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// Buffers that a function writes into while it is evaluated, one for each scalar that it is called with.
///
/// An engine calls a function with its own numbers, so a buffer of plain `f64` cannot hold what the function computes. A
/// cache gives a buffer of the right type and length at each use:
///
/// ```
/// use di_core::{Cache, Real, ScalarFn};
///
/// /// Mean square of second differences, through a buffer.
/// #[derive(Clone, Debug, Default)]
/// struct Roughness {
///     work: Cache,
/// }
/// impl<T: Real> ScalarFn<T> for Roughness {
///     fn call(&self, x: &[T]) -> T {
///         let mut d = self.work.buffer::<T>(x.len() - 2);
///         for (d, w) in d.iter_mut().zip(x.windows(3)) {
///             *d = w[0] - w[1] * 2.0 + w[2];
///         }
///         T::dot(&d, &d) / d.len() as f64
///     }
/// }
/// assert_eq!(Roughness::default().call(&[0.0, 1.0, 0.0, 1.0]), 4.0);
/// ```
///
/// What a buffer holds when it is given out is unspecified, but for what was written into it earlier in the same
/// evaluation: write before you read. It is as long as was asked for; its memory grows when it must and is kept when less
/// is asked for, so that nothing allocates after the first use at a length. A clone starts without memory: two clones
/// never share a buffer.
///
/// A cache is `Send` and not `Sync`: each thread evaluates its own clone of the function.
///
/// # References
///
/// The counterpart of `DiffCache` and `LazyBufferCache` of `PreallocationTools.jl`.
#[derive(Default)]
pub struct Cache(RefCell<Buffers>);

/// Plain numbers first, without indirection, so that a compiler sees through to the memory.
#[derive(Default)]
struct Buffers {
    doubles: Vec<f64>,
    singles: Vec<f32>,
    others: Vec<(TypeId, Box<dyn Buffer>)>,
}

impl Cache {
    /// A cache without memory.
    #[must_use]
    pub const fn new() -> Self {
        Self(RefCell::new(Buffers { doubles: Vec::new(), singles: Vec::new(), others: Vec::new() }))
    }

    /// The buffer for scalars `T`, `len` long, until the guard is dropped.
    ///
    /// # Panics
    ///
    /// If a guard of this cache is alive: see [`try_buffer`](Self::try_buffer).
    #[must_use]
    #[inline]
    pub fn buffer<T: Scalar>(&self, len: usize) -> CacheMut<'_, [T]> {
        self.try_buffer(len).unwrap_or_else(|error| panic!("{error}"))
    }

    /// As [`buffer`](Self::buffer), of `N` numbers for each entry: a shadow of `N` directions.
    ///
    /// # Panics
    ///
    /// As [`buffer`](Self::buffer).
    #[must_use]
    #[inline]
    pub fn lanes<T: Scalar, const N: usize>(&self, len: usize) -> CacheMut<'_, [[T; N]]> {
        CacheMut(RefMut::map(self.buffer::<T>(len.saturating_mul(N)).0, |buffer| buffer.as_chunks_mut::<N>().0))
    }

    /// The buffer for scalars `T`, `len` long, until the guard is dropped.
    ///
    /// # Errors
    ///
    /// [`Error::CacheInUse`] if a guard of this cache is alive: the function uses the cache twice at once, or calls itself.
    #[inline]
    pub fn try_buffer<T: Scalar>(&self, len: usize) -> Result<CacheMut<'_, [T]>> {
        let buffers = self.0.try_borrow_mut().map_err(|_| Error::CacheInUse)?;
        Ok(CacheMut(RefMut::map(buffers, |buffers| {
            let buffer = buffers.of::<T>();
            if buffer.len() < len {
                buffer.resize(len, T::zero());
            }
            &mut buffer[..len]
        })))
    }

    /// Gives all memory back.
    pub fn clear(&mut self) {
        *self.0.get_mut() = Buffers::default();
    }
}

impl Buffers {
    #[inline]
    fn of<T: Scalar>(&mut self) -> &mut Vec<T> {
        let id = TypeId::of::<T>();
        let buffer: &mut dyn Any = if id == TypeId::of::<f64>() {
            &mut self.doubles
        } else if id == TypeId::of::<f32>() {
            &mut self.singles
        } else {
            self.other::<T>(id)
        };
        match buffer.downcast_mut() {
            Some(buffer) => buffer,
            None => unreachable!("a buffer stands beside the identifier of its type"),
        }
    }

    fn other<T: Scalar>(&mut self, id: TypeId) -> &mut dyn Any {
        let held = self.others.iter().position(|(held, _)| *held == id).unwrap_or_else(|| {
            self.others.push((id, Box::new(Vec::<T>::new())));
            self.others.len() - 1
        });
        self.others[held].1.as_any_mut()
    }
}

/// A buffer whose scalar is not known.
trait Buffer: Send {
    fn as_any_mut(&mut self) -> &mut dyn Any;
    fn zero(&mut self);
}

impl<T: Scalar> Buffer for Vec<T> {
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn zero(&mut self) {
        self.fill(T::zero());
    }
}

impl Clone for Cache {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").finish_non_exhaustive()
    }
}

/// Zeros where the primal cache holds plain numbers; other scalars get their zeros at the first use.
impl Shadow for Cache {
    type Shadow = Self;

    fn make_zero(&self) -> Self {
        let mut shadow = Self::new();
        self.remake_zero(&mut shadow);
        shadow
    }

    fn remake_zero(&self, shadow: &mut Self) {
        let shadow = shadow.0.get_mut();
        shadow.doubles.fill(0.0);
        shadow.singles.fill(0.0);
        shadow.others.iter_mut().for_each(|(_, buffer)| buffer.zero());
        if let Ok(primal) = self.0.try_borrow() {
            shadow.doubles.resize(primal.doubles.len().max(shadow.doubles.len()), 0.0);
            shadow.singles.resize(primal.singles.len().max(shadow.singles.len()), 0.0);
        }
    }
}

/// A buffer of a [`Cache`], given back when dropped.
pub struct CacheMut<'a, B: ?Sized>(RefMut<'a, B>);

impl<B: ?Sized> Deref for CacheMut<'_, B> {
    type Target = B;

    #[inline]
    fn deref(&self) -> &B {
        &self.0
    }
}

impl<B: ?Sized> DerefMut for CacheMut<'_, B> {
    #[inline]
    fn deref_mut(&mut self) -> &mut B {
        &mut self.0
    }
}

impl<B: ?Sized + fmt::Debug> fmt::Debug for CacheMut<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
