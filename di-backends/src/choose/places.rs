//! Where candidates are compared.

use super::operation::Place;
use di_core::Scalar;

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", *OOPSLA* (2014).
struct SplitMix(u64);

impl SplitMix {
    /// A number in (-1, 1).
    fn uniform<T: Scalar>(&mut self) -> T {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        #[expect(clippy::cast_precision_loss, reason = "52 bits are exact")]
        T::lift(((z >> 12) as f64 + 0.5) / (1_u64 << 51) as f64 - 1.0)
    }

    /// Numbers in (1/2, 3/2), which cannot cancel.
    fn weights<T: Scalar>(&mut self, count: usize) -> Vec<T> {
        (0..count).map(|_| T::one() + T::lift(0.5) * self.uniform()).collect()
    }
}

/// How far a neighbour is from `x`, in parts of each input.
const DISTANCE: f64 = 1.0 / 1024.0;

/// `x`, and points near it; the signs of inputs are kept, and inputs that are zero become positive.
pub(super) fn places<T: Scalar>(x: &[T], outputs: usize, neighbours: usize, seed: u64) -> Vec<Place<T>> {
    let mut random = SplitMix(seed);
    let (dx, dy) = (random.weights(x.len()), random.weights(outputs));
    let mut places = vec![Place { x: x.to_vec(), dx, dy }];
    // Without inputs there is no other point.
    for _ in 0..if x.is_empty() { 0 } else { neighbours } {
        let step = |&x: &T| {
            let weight: T = random.uniform();
            if x == T::zero() { T::lift(DISTANCE) * weight.abs() } else { x + x * T::lift(DISTANCE) * weight }
        };
        let x = x.iter().map(step).collect();
        places.push(Place { x, dx: random.weights(places[0].dx.len()), dy: random.weights(outputs) });
    }
    places
}
