//! What stands beside an enclosed buffer: a shadow, or nothing if the buffer counts as constant.

use di_core::{Cache, CacheMut, Scalar};

/// The tangents of a buffer's entries: those in its shadow; all zero if it counts as constant.
pub(super) struct Tangents<'a, T, const K: usize>(Option<CacheMut<'a, [[T; K]]>>);

impl<'a, T: Scalar, const K: usize> Tangents<'a, T, K> {
    pub(super) fn beside(shadow: Option<&'a Cache>, len: usize) -> Self {
        Self(shadow.map(|shadow| shadow.lanes(len)))
    }

    pub(super) fn get(&self, i: usize) -> [T; K] {
        self.0.as_ref().map_or([T::zero(); K], |lanes| lanes[i])
    }

    pub(super) fn set(&mut self, i: usize, tangents: [T; K]) {
        if let Some(lanes) = &mut self.0 {
            lanes[i] = tangents;
        }
    }

    pub(super) fn add(&mut self, i: usize, tangents: [T; K]) {
        if let Some(lanes) = &mut self.0 {
            lanes[i].iter_mut().zip(tangents).for_each(|(sum, t)| *sum += t);
        }
    }

    pub(super) fn swap(&mut self, other: &mut Self) {
        if let (Some(a), Some(b)) = (&mut self.0, &mut other.0) {
            a.swap_with_slice(b);
        }
    }
}

/// The cotangents of a buffer's entries, collected in its shadow; lost if the buffer counts as constant.
pub(super) struct Cotangents<'a, T>(Option<CacheMut<'a, [T]>>);

impl<'a, T: Scalar> Cotangents<'a, T> {
    pub(super) fn beside(shadow: Option<&'a Cache>, len: usize) -> Self {
        Self(shadow.map(|shadow| shadow.buffer(len)))
    }

    /// Where the entry was read.
    pub(super) fn add(&mut self, i: usize, cotangent: T) {
        if let Some(buffer) = &mut self.0 {
            buffer[i] += cotangent;
        }
    }

    /// Where the entry was added to.
    pub(super) fn get(&self, i: usize) -> T {
        self.0.as_ref().map_or(T::zero(), |buffer| buffer[i])
    }

    /// Where the entry was overwritten: it is zero before.
    pub(super) fn take(&mut self, i: usize) -> T {
        self.0.as_mut().map_or(T::zero(), |buffer| std::mem::replace(&mut buffer[i], T::zero()))
    }

    pub(super) fn swap(&mut self, other: &mut Self) {
        if let (Some(a), Some(b)) = (&mut self.0, &mut other.0) {
            a.swap_with_slice(b);
        }
    }
}
