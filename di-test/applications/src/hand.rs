//! A hand that is fitted to measured points.

mod file;
mod jacobian;
mod model;
mod pose;

use crate::data::{Result, check_indices, check_least, check_length};
use crate::random::Random;
use di_core::{Real, Shadow, VectorFn, differentiable};
use model::PARAMETERS;
use pose::{compare, place_vertex, pose_bones, turn_hand};

pub use jacobian::HandJacobian;
pub use model::HandModel;

/// The differences of measured points and vertices of a hand in a pose, three numbers for each point.
///
/// The 26 inputs are three of the rotation of the hand by angle and axis, three of its translation, and of each finger
/// four: bend and spread of its first joint, bend of the second and of the third. Bones form a tree of affine maps; a vertex
/// is at the weighted mean of the places that its bones give it.
///
/// # References
///
/// Taylor et al., "User-specific hand modeling from monocular depth sequences", CVPR (2014); the problem `Hand` of
/// `ADBench`, simple.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct HandSimple {
    model: HandModel,
    vertices: Vec<usize>,
    targets: Vec<[f64; 3]>,
}

impl HandSimple {
    /// The number of inputs.
    pub const INPUTS: usize = PARAMETERS;

    /// A hand with a vertex for each measured point.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew), [`DataError::Length`](crate::DataError::Length) and
    /// [`DataError::Index`](crate::DataError::Index).
    pub fn new(model: &HandModel, vertices: Vec<usize>, targets: Vec<[f64; 3]>) -> Result<Self> {
        check_least("measured points", 1, targets.len())?;
        check_length("measured points", vertices.len(), targets.len())?;
        check_indices("a vertex", &vertices, model.vertices())?;
        Ok(Self { model: model.clone(), vertices, targets })
    }

    /// A random pose.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(PARAMETERS, -1.0, 1.0)
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for HandSimple {
    fn output_len(&self, _input_len: usize) -> usize {
        3 * self.targets.len()
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let hand = &*self.model.0;
        let mut transforms = vec![T::zero(); 12 * hand.bones.len()];
        pose_bones(hand, x, &mut transforms);
        let mut matrix = [T::zero(); 9];
        turn_hand(&x[..3], &mut matrix);
        let mut position = [T::zero(); 3];
        for i in 0..self.targets.len() {
            place_vertex(hand, &transforms, self.vertices[i], &mut position);
            compare(&matrix, &x[3..6], &position, self.targets[i], &mut y[3 * i..3 * i + 3]);
        }
    }
}

/// The differences of measured points and points of triangles of a hand in a pose, three numbers for each point.
///
/// The inputs are the 26 of [`HandSimple`], then for each measured point the coordinates `u1 u2` in its triangle, whose
/// corners have the weights `u1`, `u2` and `1 − u1 − u2`. Each row of the Jacobian has at most 28 entries that are not 0.
///
/// # References
///
/// As [`HandSimple`]; the problem `Hand` of `ADBench`, complicated.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct HandComplicated {
    model: HandModel,
    triangles: Vec<usize>,
    targets: Vec<[f64; 3]>,
}

impl HandComplicated {
    /// A hand with a triangle for each measured point.
    ///
    /// # Errors
    ///
    /// As [`HandSimple::new`].
    pub fn new(model: &HandModel, triangles: Vec<usize>, targets: Vec<[f64; 3]>) -> Result<Self> {
        check_least("measured points", 1, targets.len())?;
        check_length("measured points", triangles.len(), targets.len())?;
        check_indices("a triangle", &triangles, model.triangles())?;
        Ok(Self { model: model.clone(), triangles, targets })
    }

    /// The number of inputs.
    #[must_use]
    pub fn input_len(&self) -> usize {
        PARAMETERS + 2 * self.targets.len()
    }

    /// A random pose, and random points of triangles.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed);
        let mut x = random.vector(PARAMETERS, -1.0, 1.0);
        x.extend(random.vector(2 * self.targets.len(), 0.0, 0.5));
        x
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for HandComplicated {
    fn output_len(&self, _input_len: usize) -> usize {
        3 * self.targets.len()
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let hand = &*self.model.0;
        let mut transforms = vec![T::zero(); 12 * hand.bones.len()];
        pose_bones(hand, &x[..PARAMETERS], &mut transforms);
        let mut matrix = [T::zero(); 9];
        turn_hand(&x[..3], &mut matrix);
        let mut position = [T::zero(); 3];
        for i in 0..self.targets.len() {
            let (u1, u2) = (x[PARAMETERS + 2 * i], x[PARAMETERS + 2 * i + 1]);
            let shares = [u1, u2, -(u1 + u2 - 1.0)];
            let corners = hand.triangles[self.triangles[i]];
            let mut point = [T::zero(); 3];
            for corner in 0..3 {
                place_vertex(hand, &transforms, corners[corner], &mut position);
                for row in 0..3 {
                    point[row] += position[row] * shares[corner];
                }
            }
            compare(&matrix, &x[3..6], &point, self.targets[i], &mut y[3 * i..3 * i + 3]);
        }
    }
}
