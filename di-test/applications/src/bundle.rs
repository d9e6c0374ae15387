//! Cameras that look at points.

mod block;
mod file;
mod projection;

use crate::data::{Result, check_indices, check_least, check_length};
use crate::random::Random;
use di_core::{Real, Shadow, VectorFn, differentiable};

pub use block::{Block, reprojection_block};
pub use projection::Reprojection;
use projection::reproject;

/// The numbers of a camera.
const CAMERA: usize = 11;
/// The numbers of a point.
const POINT: usize = 3;

/// The residuals of all observations, each of a point by a camera: first two numbers for each observation, its
/// [`Reprojection`], then one for each, `1 − w²`.
///
/// The inputs are, for n cameras, m points and p observations, 11n + 3m + p numbers: the cameras, the points, and a weight
/// `w` for each observation. The outputs are 3p numbers. Each row of the Jacobian has at most 15 entries that are not 0.
///
/// # References
///
/// Triggs, `McLauchlan`, Hartley and Fitzgibbon, "Bundle adjustment: a modern synthesis" (2000); the problem `BA` of `ADBench`.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct BundleAdjustment {
    cameras: usize,
    points: usize,
    /// The camera and the point of each observation.
    pairs: Vec<[usize; 2]>,
    features: Vec<[f64; 2]>,
}

impl BundleAdjustment {
    /// So many cameras and points, and for each observation its camera and point and what was seen.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew), [`DataError::Length`](crate::DataError::Length) and
    /// [`DataError::Index`](crate::DataError::Index).
    pub fn new(cameras: usize, points: usize, pairs: Vec<[usize; 2]>, features: Vec<[f64; 2]>) -> Result<Self> {
        check_least("observations", 1, pairs.len())?;
        check_length("features", pairs.len(), features.len())?;
        for &[camera, point] in &pairs {
            check_indices("a camera", &[camera], cameras)?;
            check_indices("a point", &[point], points)?;
        }
        Ok(Self { cameras, points, pairs, features })
    }

    /// Random observations; point i mod m is seen by a random camera.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn random(cameras: usize, points: usize, observations: usize, seed: u64) -> Result<Self> {
        check_least("cameras", 1, cameras)?;
        check_least("points", 1, points)?;
        let mut random = Random::new(seed);
        let pairs = (0..observations).map(|i| [random.below(cameras), i % points]).collect();
        let features = (0..observations).map(|_| [random.between(-1.0, 1.0), random.between(-1.0, 1.0)]).collect();
        Self::new(cameras, points, pairs, features)
    }

    /// The number of inputs.
    #[must_use]
    pub fn input_len(&self) -> usize {
        CAMERA * self.cameras + POINT * self.points + self.pairs.len()
    }

    /// The number of observations.
    #[must_use]
    pub fn observations(&self) -> usize {
        self.pairs.len()
    }

    /// Random cameras in front of random points, and random weights.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed);
        let mut x: Vec<f64> = (0..self.cameras).flat_map(|_| projection::random_camera(&mut random)).collect();
        x.extend((0..self.points).flat_map(|_| projection::random_point(&mut random)));
        x.extend(random.vector(self.pairs.len(), 0.1, 1.0));
        x
    }

    /// Where the camera, the point and the weight of an observation start in the inputs: the columns of its [`Block`].
    #[must_use]
    pub fn columns(&self, observation: usize) -> [usize; 3] {
        let [camera, point] = self.pairs[observation];
        let points = CAMERA * self.cameras;
        [CAMERA * camera, points + POINT * point, points + POINT * self.points + observation]
    }

    /// Writes the residuals at `x`, 3p numbers, and the p blocks of the Jacobian that depend on `x` otherwise than by
    /// `d(1 − w²)/dw = −2w`, by code written for them.
    pub fn value_and_blocks_into(&self, x: &[f64], y: &mut [f64], blocks: &mut [Block]) {
        let (residuals, weights) = y.split_at_mut(2 * self.pairs.len());
        for (i, block) in blocks.iter_mut().enumerate() {
            let [camera, point, weight] = self.columns(i);
            let (camera, point) = (&x[camera..][..CAMERA], &x[point..][..POINT]);
            let residual = reprojection_block(camera, point, x[weight], self.features[i], block);
            residuals[2 * i..][..2].copy_from_slice(&residual);
            weights[i] = 1.0 - x[weight] * x[weight];
        }
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for BundleAdjustment {
    fn output_len(&self, _input_len: usize) -> usize {
        3 * self.pairs.len()
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let observations = self.pairs.len();
        for i in 0..observations {
            let [camera, point, weight] = self.columns(i);
            let residual = &mut y[2 * i..2 * i + 2];
            reproject(&x[camera..camera + CAMERA], &x[point..point + POINT], x[weight], self.features[i], residual);
            y[2 * observations + i] = -(x[weight] * x[weight] - 1.0);
        }
    }
}
