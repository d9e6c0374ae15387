//! Maps of bones, and their derivatives in the joints above them.

use super::super::model::{Bone, Parts};
use super::PARAMETERS;

/// An affine map: three rows of four numbers.
type Map = [f64; 12];

/// The maps of a pose. Each bone has a stretch of `joints` and of the derivatives in them.
#[derive(Clone, Debug)]
pub(super) struct Bones {
    absolute: Vec<Map>,
    transforms: Vec<Map>,
    /// Where the stretch of each bone starts, and the end of the last.
    starts: Vec<usize>,
    joints: Vec<usize>,
    absolute_by: Vec<Map>,
    transforms_by: Vec<Map>,
}

impl Bones {
    /// A bone depends on the joints that its parent depends on, and on its own.
    pub(super) fn new(hand: &Parts) -> Self {
        let (mut starts, mut joints) = (vec![0], Vec::new());
        for bone in &hand.bones {
            if bone.parent > 0 {
                joints.extend_from_within(starts[bone.parent - 1]..starts[bone.parent]);
            }
            joints.extend([bone.bend, bone.spread].into_iter().filter(|&joint| joint > 0));
            starts.push(joints.len());
        }
        let [absolute, transforms] = [hand.bones.len(); 2].map(|n| vec![[0.0; 12]; n]);
        let [absolute_by, transforms_by] = [joints.len(); 2].map(|n| vec![[0.0; 12]; n]);
        Self { absolute, transforms, starts, joints, absolute_by, transforms_by }
    }

    /// The parameters that a bone depends on.
    pub(super) fn joints(&self, bone: usize) -> &[usize] {
        &self.joints[self.starts[bone]..self.starts[bone + 1]]
    }

    /// Computes all maps.
    pub(super) fn pose(&mut self, hand: &Parts, theta: &[f64]) {
        for (i, bone) in hand.bones.iter().enumerate() {
            let [relative, by_bend, by_spread] = joint(bone, theta);
            let start = self.starts[i];
            let mut own = start;
            if bone.parent == 0 {
                self.absolute[i] = relative;
            } else {
                let parent = bone.parent - 1;
                self.absolute[i] = product(&self.absolute[parent], &relative, 1.0);
                for inherited in self.starts[parent]..self.starts[parent + 1] {
                    self.absolute_by[own] = product(&self.absolute_by[inherited], &relative, 1.0);
                    own += 1;
                }
            }
            for (_, map) in [(bone.bend, by_bend), (bone.spread, by_spread)].iter().filter(|(joint, _)| *joint > 0) {
                let above = bone.parent.checked_sub(1).map(|parent| &self.absolute[parent]);
                self.absolute_by[own] = above.map_or(*map, |above| product(above, map, 0.0));
                own += 1;
            }
            self.transforms[i] = product(&self.absolute[i], &bone.inverse, 1.0);
            for slot in start..own {
                self.transforms_by[slot] = product(&self.absolute_by[slot], &bone.inverse, 1.0);
            }
        }
    }

    /// Adds the place of a vertex to `place`, and its slopes, times `share`, to those of the joints.
    pub(super) fn add(
        &self,
        hand: &Parts,
        vertex: usize,
        share: f64,
        place: &mut [f64; 3],
        slopes: &mut [[f64; 3]; PARAMETERS],
    ) {
        let [x, y, z] = hand.vertices[vertex];
        for i in hand.starts[vertex]..hand.starts[vertex + 1] {
            let (bone, weight) = (hand.followed[i], hand.weights[i]);
            let v = [weight * x, weight * y, weight * z, weight];
            add_product(&self.transforms[bone], v, place);
            let v = v.map(|v| v * share);
            let stretch = self.starts[bone]..self.starts[bone + 1];
            for (&joint, map) in self.joints[stretch.clone()].iter().zip(&self.transforms_by[stretch]) {
                add_product(map, v, &mut slopes[joint]);
            }
        }
    }
}

/// The map from the parent and its derivatives in the bend and in the spread.
fn joint(bone: &Bone, theta: &[f64]) -> [Map; 3] {
    let angle = |joint: usize| if joint > 0 { theta[joint].sin_cos() } else { (0.0, 1.0) };
    let ((sx, cx), (sz, cz)) = (angle(bone.bend), angle(bone.spread));
    let mut maps = [bone.relative, [0.0; 12], [0.0; 12]];
    for row in [0, 4, 8] {
        let (a, b, c) = (bone.relative[row], bone.relative[row + 1], bone.relative[row + 2]);
        let (first, second) = (a * cz + b * sz, b * cz - a * sz);
        let (bent, rest) = (second * cx + c * sx, c * cx - second * sx);
        maps[0][row..row + 3].copy_from_slice(&[first, bent, rest]);
        maps[1][row..row + 3].copy_from_slice(&[0.0, rest, -bent]);
        maps[2][row..row + 3].copy_from_slice(&[second, -first * cx, first * sx]);
    }
    maps
}

/// `a b` of affine maps; `last` is the last entry of `b`, 1 of a map and 0 of a derivative.
#[inline]
fn product(a: &Map, b: &Map, last: f64) -> Map {
    let mut c = [0.0; 12];
    for row in [0, 4, 8] {
        for column in 0..4 {
            c[row + column] = a[row] * b[column] + a[row + 1] * b[4 + column] + a[row + 2] * b[8 + column];
        }
        c[row + 3] += a[row + 3] * last;
    }
    c
}

#[inline]
fn add_product(map: &Map, v: [f64; 4], sum: &mut [f64; 3]) {
    for (sum, row) in sum.iter_mut().zip(map.chunks_exact(4)) {
        *sum += row[0] * v[0] + row[1] * v[1] + row[2] * v[2] + row[3] * v[3];
    }
}
