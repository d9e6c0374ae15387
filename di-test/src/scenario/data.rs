//! Seeded random data, the same on every machine and in every release.

use di_core::SplitMix;
use ndarray::Array2;

/// The generator of `di-core`, with numbers that are exact in single precision.
#[derive(Clone, Debug)]
pub struct SplitMix64(SplitMix);

impl SplitMix64 {
    /// The generator of the given seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(SplitMix::new(seed))
    }

    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.bits()
    }

    /// The next number, uniform in `-1 .. 1`, a multiple of `2⁻²⁰` and so exact in single precision.
    pub fn uniform(&mut self) -> f64 {
        let bits = u32::try_from(self.bits() >> 43).unwrap_or_default();
        f64::from(bits) / f64::from(1u32 << 20) - 1.0
    }

    /// The next `n` numbers.
    pub fn vector(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.uniform()).collect()
    }

    /// The next `rows · columns` numbers.
    pub fn matrix(&mut self, rows: usize, columns: usize) -> Array2<f64> {
        Array2::from_shape_simple_fn((rows, columns), || self.uniform())
    }
}
