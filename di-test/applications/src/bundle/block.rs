//! The derivatives of one observation, by hand.

/// The Jacobian of a [`Reprojection`](crate::Reprojection): two rows of eleven entries for the camera, three for the point
/// and one for the weight.
pub type Block = [[f64; 15]; 2];

/// Writes the Jacobian of an observation and returns its residual.
///
/// `camera` and `point` are 11 and 3 numbers. Each row is pulled back through the projection and the rotation; the value of
/// every sine, cosine and quotient is shared.
#[must_use]
#[inline]
pub fn reprojection_block(
    camera: &[f64],
    point: &[f64],
    weight: f64,
    feature: [f64; 2],
    block: &mut Block,
) -> [f64; 2] {
    let offset: [f64; 3] = std::array::from_fn(|i| point[i] - camera[3 + i]);
    let rotation = Rotation::new([camera[0], camera[1], camera[2]]);
    let turned = rotation.turn(offset);
    let inverse = 1.0 / turned[2];
    let p = [turned[0] * inverse, turned[1] * inverse];
    let s = p[0] * p[0] + p[1] * p[1];
    let (focal, k1, k2) = (camera[6], camera[9], camera[10]);
    let distortion = 1.0 + s * (k1 + s * k2);
    let slope = 2.0 * (k1 + 2.0 * s * k2);
    let mut residual = [0.0; 2];
    for (i, row) in block.iter_mut().enumerate() {
        let difference = p[i] * distortion * focal + camera[7 + i] - feature[i];
        residual[i] = weight * difference;
        let scale = weight * focal;
        let mut by_p = p.map(|other| scale * slope * p[i] * other);
        by_p[i] += scale * distortion;
        let by_turned = [by_p[0] * inverse, by_p[1] * inverse, -(by_p[0] * p[0] + by_p[1] * p[1]) * inverse];
        let by_point = rotation.turn_back(by_turned);
        row[..3].copy_from_slice(&rotation.by_vector(by_turned, offset));
        row[3..6].copy_from_slice(&by_point.map(|d| -d));
        row[6] = weight * p[i] * distortion;
        row[7] = 0.0;
        row[8] = 0.0;
        row[7 + i] = weight;
        row[9] = scale * p[i] * s;
        row[10] = scale * p[i] * s * s;
        row[11..14].copy_from_slice(&by_point);
        row[14] = difference;
    }
    residual
}

/// A rotation by angle and axis.
struct Rotation {
    angle: f64,
    axis: [f64; 3],
    sine: f64,
    cosine: f64,
}

impl Rotation {
    #[inline]
    fn new(r: [f64; 3]) -> Self {
        let angle = dot(r, r).sqrt();
        if angle == 0.0 {
            return Self { angle, axis: r, sine: 0.0, cosine: 1.0 };
        }
        let (sine, cosine) = angle.sin_cos();
        Self { angle, axis: r.map(|r| r / angle), sine, cosine }
    }

    #[inline]
    fn turn(&self, v: [f64; 3]) -> [f64; 3] {
        let (across, along) = (cross(self.axis, v), dot(self.axis, v) * (1.0 - self.cosine));
        std::array::from_fn(|i| v[i] * self.cosine + across[i] * self.sine + self.axis[i] * along)
    }

    #[inline]
    fn turn_back(&self, v: [f64; 3]) -> [f64; 3] {
        let (across, along) = (cross(self.axis, v), dot(self.axis, v) * (1.0 - self.cosine));
        std::array::from_fn(|i| v[i] * self.cosine - across[i] * self.sine + self.axis[i] * along)
    }

    /// The derivatives of `g · R(r) v` in `r`: those in the angle go along the axis, those in the axis across it.
    #[inline]
    fn by_vector(&self, g: [f64; 3], v: [f64; 3]) -> [f64; 3] {
        let pair = cross(v, g);
        if self.angle == 0.0 {
            return pair;
        }
        let (a, rest) = (self.axis, 1.0 - self.cosine);
        let (av, ag) = (dot(a, v), dot(a, g));
        let by_angle = (av * ag - dot(g, v)) * self.sine + dot(a, pair) * self.cosine;
        let by_axis: [f64; 3] = std::array::from_fn(|i| self.sine * pair[i] + rest * (av * g[i] + ag * v[i]));
        let along = dot(by_axis, a);
        std::array::from_fn(|i| by_angle * a[i] + (by_axis[i] - along * a[i]) / self.angle)
    }
}

#[inline]
fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline]
fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
