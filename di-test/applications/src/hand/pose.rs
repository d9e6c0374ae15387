//! From the parameters of a pose to places of vertices.

use super::model::{Bone, Parts};
use di_core::{Real, differentiable};

/// Writes the maps of all bones from the model at rest to the pose, twelve numbers each.
#[differentiable]
pub(super) fn pose_bones<T: Real>(hand: &Parts, theta: &[T], transforms: &mut [T]) {
    let count = hand.bones.len();
    let mut absolute = vec![T::zero(); 12 * count];
    let mut relative = [T::zero(); 12];
    let mut product = [T::zero(); 12];
    for i in 0..count {
        let bone = &hand.bones[i];
        turn_joint(bone, theta, &mut relative);
        if bone.parent == 0 {
            absolute[12 * i..12 * i + 12].copy_from_slice(&relative);
        } else {
            let parent = 12 * (bone.parent - 1);
            multiply(&absolute[parent..parent + 12], &relative, &mut product);
            absolute[12 * i..12 * i + 12].copy_from_slice(&product);
        }
        let transform = &mut transforms[12 * i..12 * i + 12];
        multiply_by_constants(&absolute[12 * i..12 * i + 12], &bone.inverse, transform);
    }
}

/// The map from the parent, with the joint spread about the third axis after it is bent about the first.
#[differentiable]
fn turn_joint<T: Real>(bone: &Bone, theta: &[T], relative: &mut [T]) {
    for i in 0..12 {
        relative[i] = T::lift(bone.relative[i]);
    }
    if bone.spread > 0 {
        let (sine, cosine) = (theta[bone.spread].sin(), theta[bone.spread].cos());
        for row in 0..3 {
            let (first, second) = (bone.relative[4 * row], bone.relative[4 * row + 1]);
            relative[4 * row] = cosine * first + sine * second;
            relative[4 * row + 1] = cosine * second - sine * first;
        }
    }
    if bone.bend > 0 {
        let (sine, cosine) = (theta[bone.bend].sin(), theta[bone.bend].cos());
        for row in 0..3 {
            let (second, third) = (relative[4 * row + 1], bone.relative[4 * row + 2]);
            relative[4 * row + 1] = second * cosine + sine * third;
            relative[4 * row + 2] = cosine * third - second * sine;
        }
    }
}

/// `c = a b` of affine maps.
#[differentiable]
fn multiply<T: Real>(a: &[T], b: &[T], c: &mut [T]) {
    for row in 0..3 {
        for column in 0..4 {
            let mut sum = a[4 * row] * b[column] + a[4 * row + 1] * b[4 + column] + a[4 * row + 2] * b[8 + column];
            if column == 3 {
                sum += a[4 * row + 3];
            }
            c[4 * row + column] = sum;
        }
    }
}

/// `c = a b` of affine maps.
#[differentiable]
fn multiply_by_constants<T: Real>(a: &[T], b: &[f64], c: &mut [T]) {
    for row in 0..3 {
        for column in 0..4 {
            let mut sum = a[4 * row] * b[column] + a[4 * row + 1] * b[4 + column] + a[4 * row + 2] * b[8 + column];
            if column == 3 {
                sum += a[4 * row + 3];
            }
            c[4 * row + column] = sum;
        }
    }
}

/// Writes where a vertex is: the mean of the places that its bones give it, by their weights.
#[differentiable]
pub(super) fn place_vertex<T: Real>(hand: &Parts, transforms: &[T], vertex: usize, position: &mut [T]) {
    let [x, y, z] = hand.vertices[vertex];
    position.fill(T::zero());
    for i in hand.starts[vertex]..hand.starts[vertex + 1] {
        let transform = &transforms[12 * hand.followed[i]..12 * hand.followed[i] + 12];
        let weight = hand.weights[i];
        for row in 0..3 {
            let r = 4 * row;
            let place = transform[r] * x + transform[r + 1] * y + transform[r + 2] * z + transform[r + 3];
            position[row] += place * weight;
        }
    }
}

/// Writes the matrix of the rotation by the angle `|r|` about the axis `r`, row by row; angles below 1e-4 turn nothing.
#[differentiable]
pub(super) fn turn_hand<T: Real>(r: &[T], matrix: &mut [T]) {
    let square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    if square < T::lift(1e-8) {
        for i in 0..9 {
            matrix[i] = if i % 4 == 0 { T::one() } else { T::zero() };
        }
        return;
    }
    let angle = square.sqrt();
    let (sine, cosine) = (angle.sin(), angle.cos());
    let rest = -(cosine - 1.0);
    let (x, y, z) = (r[0] / angle, r[1] / angle, r[2] / angle);
    matrix[0] = cosine + x * x * rest;
    matrix[1] = x * y * rest - z * sine;
    matrix[2] = x * z * rest + y * sine;
    matrix[3] = x * y * rest + z * sine;
    matrix[4] = cosine + y * y * rest;
    matrix[5] = y * z * rest - x * sine;
    matrix[6] = x * z * rest - y * sine;
    matrix[7] = y * z * rest + x * sine;
    matrix[8] = cosine + z * z * rest;
}

/// Writes `target − (G p + t)`, with the rotation `G` of the hand and its translation `t`.
#[differentiable]
pub(super) fn compare<T: Real>(matrix: &[T], translation: &[T], p: &[T], target: [f64; 3], error: &mut [T]) {
    for row in 0..3 {
        let turned = matrix[3 * row] * p[0] + matrix[3 * row + 1] * p[1] + matrix[3 * row + 2] * p[2];
        error[row] = -(turned + translation[row] - target[row]);
    }
}
