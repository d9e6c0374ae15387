//! Functions of one variable.

use di_core::{CurveFn, Real, Shadow, UnaryFn, differentiable};

/// A damped oscillation, `exp(-t/5) cos 3t`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Oscillation;

#[differentiable]
impl<T: Real> UnaryFn<T> for Oscillation {
    fn call(&self, t: T) -> T {
        (t * -0.2).exp() * (t * 3.0).cos()
    }
}

impl Oscillation {
    /// The value with its first derivative, by hand.
    #[must_use]
    pub fn value_and_derivative(t: f64) -> [f64; 2] {
        let (envelope, (sin, cos)) = ((-0.2 * t).exp(), (3.0 * t).sin_cos());
        [envelope * cos, envelope * (-0.2 * cos - 3.0 * sin)]
    }
}

/// The conical spiral `(t cos t, t sin t, t²)`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Spiral;

#[differentiable]
impl<T: Real> CurveFn<T> for Spiral {
    fn output_len(&self) -> usize {
        3
    }

    fn call_into(&self, t: T, y: &mut [T]) {
        let (sin, cos) = t.sin_cos();
        y[0] = t * cos;
        y[1] = t * sin;
        y[2] = t * t;
    }
}

impl Spiral {
    /// The value with its first and second derivative, by hand.
    #[must_use]
    pub fn derivatives(t: f64) -> [[f64; 3]; 3] {
        let (sin, cos) = t.sin_cos();
        let value = [t * cos, t * sin, t * t];
        let first = [cos - t * sin, sin + t * cos, 2.0 * t];
        let second = [-2.0 * sin - t * cos, 2.0 * cos - t * sin, 2.0];
        [value, first, second]
    }
}
