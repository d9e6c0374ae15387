//! Random numbers from a seed.

/// The generator `SplitMix64`: for directions and points that are chosen at random and must be the same again.
///
/// ```
/// use di_core::SplitMix;
///
/// let [mut a, mut b] = [SplitMix::new(7), SplitMix::new(7)];
/// assert_eq!(a.uniform(), b.uniform());
/// ```
///
/// # References
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", *OOPSLA* (2014).
#[derive(Clone, Debug)]
pub struct SplitMix(u64);

impl SplitMix {
    /// The generator of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number in (-1, 1).
    pub fn uniform(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "52 bits are exact")]
        {
            ((self.bits() >> 12) as f64 + 0.5) / (1_u64 << 51) as f64 - 1.0
        }
    }
}
