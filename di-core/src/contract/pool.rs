//! Vectors that each thread keeps between calls, with what is in them.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::thread::LocalKey;

/// Vectors that nobody uses.
type Unused<X> = RefCell<Vec<Vec<X>>>;

/// The type of the entries, and whether it is a pile's.
type Key = (TypeId, bool);

thread_local! {
    static NUMBERS: [Unused<f64>; 2] = const { [RefCell::new(Vec::new()), RefCell::new(Vec::new())] };
    static WORDS: [Unused<u64>; 2] = const { [RefCell::new(Vec::new()), RefCell::new(Vec::new())] };
    /// Those of other types: for each a `Vec<Vec<X>>`.
    static OTHERS: RefCell<Vec<(Key, Box<dyn Any>)>> = const { RefCell::new(Vec::new()) };
}

/// A vector that goes back to the thread's pool when dropped. Those of a `PILE` are kept apart: they are long, and a short vector
/// that took the place of one would have to grow at the next call.
#[derive(Debug)]
pub(super) struct Pooled<X: 'static, const PILE: bool> {
    pub(super) entries: Vec<X>,
}

impl<X: 'static, const PILE: bool> Pooled<X, PILE> {
    /// Without memory.
    pub(super) const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Memory of the pool, with what is left in it, if there is none so far.
    fn take(&mut self) {
        if self.entries.capacity() == 0 {
            self.entries = unused::<X, PILE, _>(Vec::pop).flatten().unwrap_or_default();
        }
    }

    /// Room for so many more entries; the first time from the pool.
    #[inline(never)]
    pub(super) fn grow(&mut self, more: usize) {
        if self.entries.capacity() == 0 {
            self.take();
            self.entries.clear();
        }
        self.entries.reserve(more);
    }

    /// At least `len` entries: of the pool, whatever they are, and new ones.
    #[inline(never)]
    pub(super) fn extend(&mut self, len: usize, entry: X)
    where
        X: Clone,
    {
        self.take();
        if self.entries.len() < len {
            self.entries.resize(len.max(2 * self.entries.len()), entry);
        }
    }
}

impl<X: 'static, const PILE: bool> Drop for Pooled<X, PILE> {
    #[inline]
    fn drop(&mut self) {
        if self.entries.capacity() > 0 {
            // A thread that is ending has no pool: the vector is dropped then.
            let entries = std::mem::take(&mut self.entries);
            let _ = unused::<X, PILE, _>(|vectors| vectors.push(entries));
        }
    }
}

/// What the thread keeps of this type; `None` if it is in use, or the thread is ending.
#[inline]
fn unused<X: 'static, const PILE: bool, R>(run: impl FnOnce(&mut Vec<Vec<X>>) -> R) -> Option<R> {
    let id = TypeId::of::<X>();
    let role = usize::from(PILE);
    if id == TypeId::of::<f64>() {
        return known(&NUMBERS, role, run);
    }
    if id == TypeId::of::<u64>() {
        return known(&WORDS, role, run);
    }
    let found = OTHERS.try_with(|pool| {
        let mut pool = pool.try_borrow_mut().ok()?;
        let at = pool.iter().position(|(held, _)| *held == (id, PILE)).unwrap_or_else(|| {
            pool.push(((id, PILE), Box::new(Vec::<Vec<X>>::new())));
            pool.len() - 1
        });
        pool[at].1.downcast_mut().map(run)
    });
    found.ok().flatten()
}

/// The pool of a type that has one of its own, which is that of `X`.
#[inline]
fn known<X: 'static, Y: 'static, R>(
    pools: &'static LocalKey<[Unused<Y>; 2]>,
    role: usize,
    run: impl FnOnce(&mut Vec<Vec<X>>) -> R,
) -> Option<R> {
    let found = pools.try_with(|pools| {
        let mut vectors = pools[role].try_borrow_mut().ok()?;
        let vectors: &mut dyn Any = &mut *vectors;
        vectors.downcast_mut().map(run)
    });
    found.ok().flatten()
}
