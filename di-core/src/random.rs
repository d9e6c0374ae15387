//! Random numbers from a seed.

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", *OOPSLA* (2014).
pub(crate) struct SplitMix(pub(crate) u64);

impl SplitMix {
    /// A number in (-1, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        #[expect(clippy::cast_precision_loss, reason = "52 bits are exact")]
        {
            ((z >> 12) as f64 + 0.5) / (1_u64 << 51) as f64 - 1.0
        }
    }
}
