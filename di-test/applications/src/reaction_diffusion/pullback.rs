//! The pullback of the reaction with diffusion, by hand.

use super::{DECAY, DIFFUSION, PRODUCTION, ReactionDiffusion, multiply_left, multiply_right};
use di_core::VectorFn;

/// Value and pullback of a [`ReactionDiffusion`] by code written for it, with the memory that it needs.
///
/// Diffusion is linear: its pullback is diffusion with the transposed matrix.
#[derive(Clone, Debug)]
pub struct ReactionDiffusionPullback<'f> {
    f: &'f ReactionDiffusion,
    transposed: Vec<f64>,
    across: Vec<f64>,
    along: Vec<f64>,
}

impl<'f> ReactionDiffusionPullback<'f> {
    /// Takes the memory.
    #[must_use]
    pub fn new(f: &'f ReactionDiffusion) -> Self {
        let n = f.side;
        let transposed = (0..n * n).map(|entry| f.matrix[entry % n * n + entry / n]).collect();
        Self { f, transposed, across: vec![0.0; n * n], along: vec![0.0; n * n] }
    }

    /// Writes the value at `x` and the pullback of `dy` into `dx`.
    pub fn value_and_pullback_into(&mut self, x: &[f64], y: &mut [f64], dy: &[f64], dx: &mut [f64]) {
        self.f.call_into(x, y);
        self.pullback_into(x, dy, dx);
    }

    /// Writes the pullback of `dy` at `x` into `dx`.
    pub fn pullback_into(&mut self, x: &[f64], dy: &[f64], dx: &mut [f64]) {
        let cells = self.f.side * self.f.side;
        let parts = dy.chunks_exact(cells).zip(dx.chunks_exact_mut(cells)).zip(DIFFUSION.into_iter().zip(DECAY));
        for ((dy, dx), (diffusion, decay)) in parts {
            multiply_left(self.f.side, &self.transposed, dy, &mut self.across);
            multiply_right(self.f.side, &self.transposed, dy, &mut self.along);
            for (((dx, dy), across), along) in dx.iter_mut().zip(dy).zip(&self.across).zip(&self.along) {
                *dx = diffusion * (across + along) - decay * dy;
            }
        }
        let (u, v) = x.split_at(cells);
        let (yu, yv) = dy.split_at(cells);
        let (xu, xv) = dx.split_at_mut(cells);
        for (((((xu, xv), u), v), yu), yv) in xu.iter_mut().zip(xv).zip(u).zip(v).zip(yu).zip(yv) {
            let ratio = u / v;
            *xu += 2.0 * PRODUCTION * (ratio * yu + u * yv);
            *xv -= PRODUCTION * ratio * ratio * yu;
        }
    }
}
