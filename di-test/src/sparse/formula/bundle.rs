//! Cameras that look at points.

use super::Reference;
use crate::scenario::SplitMix64;
use di_core::{Scalar, Shadow, VectorFn, differentiable};

/// The numbers of a camera: an angle about its axis, its centre, focal length and distortion.
const CAMERA: usize = 6;
/// The numbers of a point.
const POINT: usize = 3;

/// The residuals of observations, each of a point by a camera, two numbers for each observation:
///
/// ```math
/// f\,(1 + k\,p \cdot p)\,p - \text{feature}, \qquad p = (Y_1, Y_2) / Y_3, \quad Y = R(\theta)(X - C)
/// ```
///
/// The inputs are the cameras `θ C1 C2 C3 f k`, then the points. A row has nine entries, in a block of the camera and one of the
/// point.
///
/// # References
///
/// Triggs, `McLauchlan`, Hartley and Fitzgibbon, "Bundle adjustment: a modern synthesis" (2000).
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct Bundle {
    cameras: usize,
    points: usize,
    /// The camera and the point of each observation.
    pairs: Vec<[usize; 2]>,
    features: Vec<[f64; 2]>,
}

impl Bundle {
    /// Every point is seen by so many cameras, which differ, with random features.
    #[must_use]
    pub fn random(cameras: usize, points: usize, views: usize, seed: u64) -> Self {
        let mut random = SplitMix64::new(seed);
        let mut pairs = Vec::new();
        for point in 0..points {
            let first = usize::try_from(random.bits() % cameras.max(1) as u64).unwrap_or(0);
            pairs.extend((0..views.min(cameras)).map(|view| [(first + view) % cameras, point]));
        }
        let features = pairs.iter().map(|_| [random.uniform(), random.uniform()]).collect();
        Self { cameras, points, pairs, features }
    }

    /// Random cameras in front of random points.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        let mut random = SplitMix64::new(seed);
        let mut x = Vec::new();
        for _ in 0..self.cameras {
            x.extend([random.uniform(), random.uniform(), random.uniform(), random.uniform() - 6.0]);
            x.extend([2.0 + random.uniform(), random.uniform() * 0.125]);
        }
        x.extend((0..POINT * self.points).map(|_| random.uniform()));
        x
    }

    /// Where the camera and the point of an observation start.
    fn places(&self, observation: usize) -> [usize; 2] {
        let [camera, point] = self.pairs[observation];
        [CAMERA * camera, CAMERA * self.cameras + POINT * point]
    }
}

#[differentiable]
impl<T: Scalar> VectorFn<T> for Bundle {
    fn output_len(&self, _input_len: usize) -> usize {
        2 * self.pairs.len()
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for observation in 0..self.pairs.len() {
            let places = self.places(observation);
            let (camera, point) = (places[0], places[1]);
            let feature = self.features[observation];
            let (sine, cosine) = (x[camera].sin(), x[camera].cos());
            let across = x[point] - x[camera + 1];
            let along = x[point + 1] - x[camera + 2];
            let depth = x[point + 2] - x[camera + 3];
            let p = (cosine * across - sine * along) / depth;
            let q = (sine * across + cosine * along) / depth;
            let scale = x[camera + 4] * ((p * p + q * q) * x[camera + 5] + T::one());
            y[2 * observation] = scale * p - T::lift(feature[0]);
            y[2 * observation + 1] = scale * q - T::lift(feature[1]);
        }
    }
}

impl Reference for Bundle {
    fn jacobian(&self, x: &[f64], add: &mut dyn FnMut(usize, usize, f64)) {
        for observation in 0..self.pairs.len() {
            let [camera, point] = self.places(observation);
            let (sine, cosine) = x[camera].sin_cos();
            let d: [f64; 3] = std::array::from_fn(|k| x[point + k] - x[camera + 1 + k]);
            let turned = [cosine * d[0] - sine * d[1], sine * d[0] + cosine * d[1]];
            let p = turned.map(|turned| turned / d[2]);
            let (focal, bend) = (x[camera + 4], x[camera + 5]);
            let square = p[0] * p[0] + p[1] * p[1];
            for a in 0..2 {
                // By the two turned coordinates, and by the depth.
                let by_p: [f64; 2] = std::array::from_fn(|b| {
                    let own = if a == b { focal * (1.0 + bend * square) } else { 0.0 };
                    own + 2.0 * focal * bend * p[a] * p[b]
                });
                let by_turned = by_p.map(|by_p| by_p / d[2]);
                let by_depth = -(by_p[0] * p[0] + by_p[1] * p[1]) / d[2];
                let by_point = [
                    by_turned[0] * cosine + by_turned[1] * sine,
                    by_turned[1] * cosine - by_turned[0] * sine,
                    by_depth,
                ];
                let row = 2 * observation + a;
                add(row, camera, by_turned[1] * turned[0] - by_turned[0] * turned[1]);
                for (k, by_point) in by_point.into_iter().enumerate() {
                    add(row, camera + 1 + k, -by_point);
                    add(row, point + k, by_point);
                }
                add(row, camera + 4, (1.0 + bend * square) * p[a]);
                add(row, camera + 5, focal * square * p[a]);
            }
        }
    }
}
