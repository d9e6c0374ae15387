//! One point in one camera.

use super::{CAMERA, POINT, reprojection_block};
use crate::bundle::Block;
use crate::random::Random;
use di_core::{Real, Shadow, VectorFn, differentiable};

/// The weighted difference of where a camera sees a point and where it was seen.
///
/// The 15 inputs are the camera `r1 r2 r3 C1 C2 C3 f u0 v0 k1 k2` (rotation by angle and axis, centre, focal length,
/// principal point, radial distortion), the point `X1 X2 X3` and the weight `w`:
///
/// ```math
/// w\,\bigl(f\,(1 + k_1 s + k_2 s^2)\,p + (u_0, v_0) - \text{feature}\bigr), \qquad
/// Y = R(r)(X - C), \quad p = (Y_1, Y_2)/Y_3, \quad s = p \cdot p
/// ```
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Reprojection {
    /// Where the point was seen.
    pub feature: [f64; 2],
}

impl Reprojection {
    /// The number of inputs.
    pub const INPUTS: usize = CAMERA + POINT + 1;

    /// A random camera in front of a random point, and a random weight.
    #[must_use]
    pub fn point(self, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed);
        let (camera, point) = (random_camera(&mut random), random_point(&mut random));
        camera.into_iter().chain(point).chain([random.between(0.1, 1.0)]).collect()
    }

    /// Writes the Jacobian at the 15 inputs and returns the residual, by code written for them.
    #[must_use]
    pub fn value_and_block(self, x: &[f64], block: &mut Block) -> [f64; 2] {
        reprojection_block(&x[..CAMERA], &x[CAMERA..][..POINT], x[CAMERA + POINT], self.feature, block)
    }
}

pub(super) fn random_camera(random: &mut Random) -> [f64; CAMERA] {
    let [r1, r2, r3, c1, c2] = std::array::from_fn(|_| random.between(-1.0, 1.0));
    let [f, u, v] = [(1.0, 3.0), (-1.0, 1.0), (-1.0, 1.0)].map(|(low, high)| random.between(low, high));
    let [k1, k2] = std::array::from_fn(|_| random.between(-0.1, 0.1));
    [r1, r2, r3, c1, c2, random.between(-9.0, -8.0), f, u, v, k1, k2]
}

pub(super) fn random_point(random: &mut Random) -> [f64; POINT] {
    std::array::from_fn(|_| random.between(-1.0, 1.0))
}

#[differentiable]
impl<T: Real> VectorFn<T> for Reprojection {
    fn output_len(&self, _input_len: usize) -> usize {
        2
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        reproject(&x[..CAMERA], &x[CAMERA..CAMERA + POINT], x[CAMERA + POINT], self.feature, y);
    }
}

/// Writes the two numbers of the residual.
#[differentiable]
pub(super) fn reproject<T: Real>(camera: &[T], point: &[T], weight: T, feature: [f64; 2], residual: &mut [T]) {
    let offset = [point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]];
    let turned = rotate(&camera[..3], offset);
    let p = [turned[0] / turned[2], turned[1] / turned[2]];
    let s = p[0] * p[0] + p[1] * p[1];
    let distortion = camera[9] * s + camera[10] * s * s + 1.0;
    for i in 0..2 {
        let projected = p[i] * distortion * camera[6] + camera[7 + i];
        residual[i] = weight * (projected - feature[i]);
    }
}

/// `v` turned by the angle `|r|` about the axis `r` (Rodrigues), to first order where `r` is 0.
#[differentiable]
fn rotate<T: Real>(r: &[T], v: [T; 3]) -> [T; 3] {
    let square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    if square == T::zero() {
        let across = cross([r[0], r[1], r[2]], v);
        return [v[0] + across[0], v[1] + across[1], v[2] + across[2]];
    }
    let angle = square.sqrt();
    let (sine, cosine) = (angle.sin(), angle.cos());
    let axis = [r[0] / angle, r[1] / angle, r[2] / angle];
    let across = cross(axis, v);
    let along = (axis[0] * v[0] + axis[1] * v[1] + axis[2] * v[2]) * (-(cosine - 1.0));
    [
        v[0] * cosine + across[0] * sine + axis[0] * along,
        v[1] * cosine + across[1] * sine + axis[1] * along,
        v[2] * cosine + across[2] * sine + axis[2] * along,
    ]
}

#[differentiable]
fn cross<T: Real>(a: [T; 3], b: [T; 3]) -> [T; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
