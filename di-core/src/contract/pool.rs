//! Vectors that each thread keeps between calls.

use std::any::{Any, TypeId};
use std::cell::RefCell;

thread_local! {
    /// Vectors that nobody uses, by the type of their entries. They lie in boxes, so that taking and giving back allocates
    /// nothing.
    static POOL: RefCell<Vec<(TypeId, Box<dyn Any>)>> = const { RefCell::new(Vec::new()) };
}

/// A vector that goes back to the thread's pool when dropped, with the box that it came in.
#[derive(Debug)]
#[expect(clippy::box_collection, reason = "the pool keeps boxes")]
pub(super) struct Pooled<X: 'static> {
    pub(super) entries: Vec<X>,
    held: Option<Box<Vec<X>>>,
}

impl<X: 'static> Pooled<X> {
    /// Without memory.
    pub(super) const fn new() -> Self {
        Self { entries: Vec::new(), held: None }
    }

    /// Without entries, with memory if there was some in the pool.
    pub(super) fn take() -> Self {
        let held = POOL.try_with(|pool| {
            let mut pool = pool.try_borrow_mut().ok()?;
            let at = pool.iter().rposition(|(id, _)| *id == TypeId::of::<X>())?;
            pool.swap_remove(at).1.downcast::<Vec<X>>().ok()
        });
        let mut held = held.ok().flatten();
        let entries = held.as_mut().map(|held| std::mem::take(&mut **held)).unwrap_or_default();
        Self { entries, held }
    }

    /// Room for so many more entries; the first time from the pool.
    #[cold]
    #[inline(never)]
    pub(super) fn grow(&mut self, more: usize) {
        if self.entries.capacity() == 0 {
            *self = Self::take();
        }
        self.entries.reserve(more);
    }
}

impl<X: 'static> Drop for Pooled<X> {
    #[inline]
    fn drop(&mut self) {
        if self.entries.capacity() > 0 {
            give_back(std::mem::take(&mut self.entries), self.held.take());
        }
    }
}

#[expect(clippy::box_collection, reason = "the pool keeps boxes")]
fn give_back<X: 'static>(mut entries: Vec<X>, held: Option<Box<Vec<X>>>) {
    entries.clear();
    let mut held = held.unwrap_or_default();
    *held = entries;
    // A thread that is ending has no pool: the vector is dropped then.
    let _ = POOL.try_with(|pool| {
        if let Ok(mut pool) = pool.try_borrow_mut() {
            pool.push((TypeId::of::<X>(), held));
        }
    });
}
