//! Predators and prey, integrated in time.

mod adjoint;

use crate::random::Random;
use di_core::{Real, ScalarFn, Shadow, differentiable};

pub use adjoint::LotkaVolterraAdjoint;

/// Half the squared distance to a target, after so many steps of the classical method of Runge and Kutta, of
///
/// ```math
/// \dot u = \alpha u - \beta u v, \qquad \dot v = \delta u v - \gamma v
/// ```
///
/// The six inputs are the initial state `u v` and the parameters `α β γ δ`.
///
/// # References
///
/// Hairer, Nørsett and Wanner, *Solving Ordinary Differential Equations I* (1993), section II.1.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct LotkaVolterra {
    /// The number of steps.
    pub steps: usize,
    /// The length of a step.
    pub step: f64,
    /// Where the state should end.
    pub target: [f64; 2],
}

impl LotkaVolterra {
    /// The number of inputs.
    pub const INPUTS: usize = 6;

    /// So many steps of a time interval of length 10.
    #[must_use]
    pub fn new(steps: u32) -> Self {
        Self { steps: steps as usize, step: 10.0 / f64::from(steps), target: [1.0, 0.5] }
    }

    /// A random state and random parameters.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        Random::new(seed).vector(Self::INPUTS, 0.5, 1.5)
    }
}

#[differentiable]
impl<T: Real> ScalarFn<T> for LotkaVolterra {
    fn call(&self, x: &[T]) -> T {
        let parameters = &x[2..6];
        let h = self.step;
        let mut state = [x[0], x[1]];
        let mut stage = [T::zero(); 2];
        let mut k1 = [T::zero(); 2];
        let mut k2 = [T::zero(); 2];
        let mut k3 = [T::zero(); 2];
        let mut k4 = [T::zero(); 2];
        for _ in 0..self.steps {
            rate(parameters, &state, &mut k1);
            advance(&state, &k1, 0.5 * h, &mut stage);
            rate(parameters, &stage, &mut k2);
            advance(&state, &k2, 0.5 * h, &mut stage);
            rate(parameters, &stage, &mut k3);
            advance(&state, &k3, h, &mut stage);
            rate(parameters, &stage, &mut k4);
            for i in 0..2 {
                state[i] += (k1[i] + (k2[i] + k3[i]) * 2.0 + k4[i]) * (h / 6.0);
            }
        }
        let (du, dv) = (state[0] - self.target[0], state[1] - self.target[1]);
        (du * du + dv * dv) * 0.5
    }
}

/// The right-hand side.
#[differentiable]
fn rate<T: Real>(parameters: &[T], state: &[T], rate: &mut [T]) {
    let meetings = state[0] * state[1];
    rate[0] = parameters[0] * state[0] - parameters[1] * meetings;
    rate[1] = parameters[3] * meetings - parameters[2] * state[1];
}

/// `stage = state + h k`.
#[differentiable]
fn advance<T: Real>(state: &[T], k: &[T], h: f64, stage: &mut [T]) {
    for i in 0..state.len() {
        stage[i] = state[i] + k[i] * h;
    }
}
