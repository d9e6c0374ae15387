//! Where candidates are compared.

use super::operation::Place;
use di_core::{Scalar, SplitMix};

/// Numbers in (1/2, 3/2), which cannot cancel.
fn weights<T: Scalar>(random: &mut SplitMix, count: usize) -> Vec<T> {
    (0..count).map(|_| T::lift(1.0 + 0.5 * random.uniform())).collect()
}

/// How far a neighbour is from `x`, in parts of each input.
const DISTANCE: f64 = 1.0 / 1024.0;

/// `x`, and points near it; the signs of inputs are kept, and inputs that are zero become positive.
pub(super) fn places<T: Scalar>(x: &[T], outputs: usize, neighbours: usize, seed: u64) -> Vec<Place<T>> {
    let mut random = SplitMix::new(seed);
    let n = x.len();
    let (dx, dy) = (weights(&mut random, x.len()), weights(&mut random, outputs));
    let mut places = vec![Place { x: x.to_vec(), dx, dy }];
    // Without inputs there is no other point.
    for _ in 0..if x.is_empty() { 0 } else { neighbours } {
        let step = |&x: &T| {
            let weight = T::lift(random.uniform());
            if x == T::zero() { T::lift(DISTANCE) * weight.abs() } else { x + x * T::lift(DISTANCE) * weight }
        };
        let x = x.iter().map(step).collect();
        places.push(Place { x, dx: weights(&mut random, n), dy: weights(&mut random, outputs) });
    }
    places
}
