//! The gradient of an integration, by hand.

use super::{LotkaVolterra, rate};

/// Value and gradient of a [`LotkaVolterra`] by code written for it, with the memory that it needs: the state before each
/// step. Stages are computed again on the way back.
#[derive(Clone, Debug)]
pub struct LotkaVolterraAdjoint {
    f: LotkaVolterra,
    states: Vec<[f64; 2]>,
}

impl LotkaVolterraAdjoint {
    /// Takes the memory.
    #[must_use]
    pub fn new(f: LotkaVolterra) -> Self {
        Self { f, states: vec![[0.0; 2]; f.steps] }
    }

    /// Writes the gradient at the six inputs and returns the value.
    pub fn value_and_gradient_into(&mut self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let p = [x[2], x[3], x[4], x[5]];
        let h = self.f.step;
        let mut state = [x[0], x[1]];
        for before in &mut self.states {
            *before = state;
            let ([.., s4], [k1, k2, k3]) = stages(p, state, h);
            let k4 = rate_at(p, s4);
            state = [0, 1].map(|i| state[i] + (k1[i] + (k2[i] + k3[i]) * 2.0 + k4[i]) * (h / 6.0));
        }
        let mut by_state = [state[0] - self.f.target[0], state[1] - self.f.target[1]];
        let value = 0.5 * (by_state[0] * by_state[0] + by_state[1] * by_state[1]);
        let mut by_p = [0.0; 4];
        for &before in self.states.iter().rev() {
            let ([s1, s2, s3, s4], _) = stages(p, before, h);
            let [sixth, third] = [h / 6.0, h / 3.0].map(|part| by_state.map(|d| d * part));
            let g4 = pull(p, s4, sixth, &mut by_p);
            let g3 = pull(p, s3, [0, 1].map(|i| third[i] + h * g4[i]), &mut by_p);
            let g2 = pull(p, s2, [0, 1].map(|i| third[i] + 0.5 * h * g3[i]), &mut by_p);
            let g1 = pull(p, s1, [0, 1].map(|i| sixth[i] + 0.5 * h * g2[i]), &mut by_p);
            by_state = [0, 1].map(|i| by_state[i] + g1[i] + g2[i] + g3[i] + g4[i]);
        }
        gradient[..2].copy_from_slice(&by_state);
        gradient[2..6].copy_from_slice(&by_p);
        value
    }
}

#[inline]
fn rate_at(p: [f64; 4], state: [f64; 2]) -> [f64; 2] {
    let mut k = [0.0; 2];
    rate(&p, &state, &mut k);
    k
}

/// The four states at which a step asks for rates, and the first three rates.
#[inline]
fn stages(p: [f64; 4], state: [f64; 2], h: f64) -> ([[f64; 2]; 4], [[f64; 2]; 3]) {
    let along = |k: [f64; 2], h: f64| [state[0] + k[0] * h, state[1] + k[1] * h];
    let k1 = rate_at(p, state);
    let s2 = along(k1, 0.5 * h);
    let k2 = rate_at(p, s2);
    let s3 = along(k2, 0.5 * h);
    let k3 = rate_at(p, s3);
    ([state, s2, s3, along(k3, h)], [k1, k2, k3])
}

/// From derivatives `a` in the rates at a state to those in the state; adds those in the parameters.
#[inline]
fn pull(p: [f64; 4], [u, v]: [f64; 2], a: [f64; 2], by_p: &mut [f64; 4]) -> [f64; 2] {
    let meetings = u * v;
    by_p[0] += a[0] * u;
    by_p[1] -= a[0] * meetings;
    by_p[2] -= a[1] * v;
    by_p[3] += a[1] * meetings;
    let by_meetings = a[1] * p[3] - a[0] * p[1];
    [a[0] * p[0] + by_meetings * v, by_meetings * u - a[1] * p[2]]
}
