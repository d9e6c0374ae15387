//! The Jacobian of a hand, by hand.

mod bones;

use super::model::{HandModel, PARAMETERS};
use super::{HandComplicated, HandSimple};
use bones::Bones;

/// Residuals and Jacobian of a [`HandSimple`] or a [`HandComplicated`] by code written for it, with the memory that it needs.
///
/// A bone depends on the joints between it and the wrist alone, so that few products of maps are differentiated, and of a
/// row few columns are computed.
#[derive(Clone, Debug)]
pub struct HandJacobian<'f> {
    model: &'f HandModel,
    targets: &'f [[f64; 3]],
    /// The vertices that make up each measured point: one, or the three of a triangle.
    corners: Vec<Vec<usize>>,
    /// The parameters of joints that each measured point depends on.
    joints: Vec<Vec<usize>>,
    bones: Bones,
}

impl<'f> HandJacobian<'f> {
    /// Takes the memory, for vertices.
    #[must_use]
    pub fn simple(f: &'f HandSimple) -> Self {
        Self::new(&f.model, &f.targets, f.vertices.iter().map(|&vertex| vec![vertex]).collect())
    }

    /// Takes the memory, for triangles.
    #[must_use]
    pub fn complicated(f: &'f HandComplicated) -> Self {
        let corners = f.triangles.iter().map(|&triangle| f.model.0.triangles[triangle].to_vec()).collect();
        Self::new(&f.model, &f.targets, corners)
    }

    fn new(model: &'f HandModel, targets: &'f [[f64; 3]], corners: Vec<Vec<usize>>) -> Self {
        let hand = &*model.0;
        let bones = Bones::new(hand);
        let joints = corners.iter().map(|corners| {
            let followed = corners.iter().flat_map(|&v| &hand.followed[hand.starts[v]..hand.starts[v + 1]]);
            let mut joints: Vec<usize> = followed.flat_map(|&bone| bones.joints(bone)).copied().collect();
            joints.sort_unstable();
            joints.dedup();
            joints
        });
        let joints = joints.collect();
        Self { model, targets, corners, joints, bones }
    }

    /// The entries of a row: 26, and for triangles two more, for `u1` and `u2` of the row's own measured point.
    #[must_use]
    pub fn columns(&self) -> usize {
        PARAMETERS + self.corners[0].len() / 3 * 2
    }

    /// Writes the residuals at `x` and the Jacobian, row by row, [`columns`](Self::columns) entries each.
    pub fn value_and_jacobian_into(&mut self, x: &[f64], y: &mut [f64], jacobian: &mut [f64]) {
        let hand = &*self.model.0;
        let (columns, theta) = (self.columns(), &x[..PARAMETERS]);
        self.bones.pose(hand, theta);
        let (matrix, by_angles) = turn([x[0], x[1], x[2]]);
        jacobian.fill(0.0);
        let mut slopes = [[0.0; 3]; PARAMETERS];
        for (i, corners) in self.corners.iter().enumerate() {
            let rows = &mut jacobian[3 * i * columns..][..3 * columns];
            let mut put = |column: usize, entries: [f64; 3]| {
                (0..3).for_each(|row| rows[row * columns + column] = -entries[row]);
            };
            let mut point = [0.0; 3];
            if let &[vertex] = corners.as_slice() {
                self.bones.add(hand, vertex, 1.0, &mut point, &mut slopes);
            } else {
                let (u1, u2) = (x[PARAMETERS + 2 * i], x[PARAMETERS + 2 * i + 1]);
                let mut places = [[0.0; 3]; 3];
                for ((&vertex, share), place) in corners.iter().zip([u1, u2, 1.0 - u1 - u2]).zip(&mut places) {
                    self.bones.add(hand, vertex, share, place, &mut slopes);
                    (0..3).for_each(|row| point[row] += share * place[row]);
                }
                for (k, place) in places[..2].iter().enumerate() {
                    put(PARAMETERS + k, times(&matrix, std::array::from_fn(|row| place[row] - places[2][row])));
                }
            }
            for (k, matrix) in by_angles.iter().enumerate() {
                put(k, times(matrix, point));
                put(3 + k, std::array::from_fn(|row| f64::from(u8::from(row == k))));
            }
            for &joint in &self.joints[i] {
                put(joint, times(&matrix, std::mem::take(&mut slopes[joint])));
            }
            let turned = times(&matrix, point);
            (0..3).for_each(|row| y[3 * i + row] = self.targets[i][row] - turned[row] - x[3 + row]);
        }
    }
}

#[inline]
fn times(matrix: &[f64; 9], v: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|row| matrix[3 * row] * v[0] + matrix[3 * row + 1] * v[1] + matrix[3 * row + 2] * v[2])
}

/// A rotation by angle and axis, and its derivatives in the three numbers.
fn turn(r: [f64; 3]) -> ([f64; 9], [[f64; 9]; 3]) {
    let square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    let unit = |i: usize, j: usize| f64::from(u8::from(i == j));
    if square < 1e-8 {
        return (std::array::from_fn(|e| unit(e / 3, e % 3)), [[0.0; 9]; 3]);
    }
    let angle = square.sqrt();
    let (sine, cosine) = angle.sin_cos();
    let (a, rest) = (r.map(|r| r / angle), 1.0 - cosine);
    let skew = |v: [f64; 3]| [0.0, -v[2], v[1], v[2], 0.0, -v[0], -v[1], v[0], 0.0];
    let across = skew(a);
    let matrix = std::array::from_fn(|e| {
        let (i, j) = (e / 3, e % 3);
        cosine * unit(i, j) + sine * across[e] + rest * a[i] * a[j]
    });
    let derivatives = std::array::from_fn(|k| {
        let own = skew(std::array::from_fn(|i| unit(i, k)));
        std::array::from_fn(|e| {
            let (i, j) = (e / 3, e % 3);
            let by_angle = sine * (a[i] * a[j] - unit(i, j)) + cosine * across[e];
            let by_axis = sine * (own[e] - a[k] * across[e])
                + rest * (unit(i, k) * a[j] + a[i] * unit(j, k) - 2.0 * a[k] * a[i] * a[j]);
            a[k] * by_angle + by_axis / angle
        })
    });
    (matrix, derivatives)
}
