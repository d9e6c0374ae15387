//! A short simulation inside a scalar-valued function.

use super::ClosedForm;
use super::memory::{Cotangents, Tangents};
use di_core::{AdjointFn, Cache, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::{Array1, Array2, aview1};
use std::array::from_fn;

/// The ratio of the length of a step to the width of a cell.
const RATIO: f64 = 0.375;

/// The energy `y = Σ u_i²/2` after explicit steps `u_i ← u_i − λ (F_i − F_{i−1})` with `F_i = u_i²/2` from `u = x`,
/// periodic: the equation of Burgers, upwind for positive `u`.
///
/// State and fluxes are in buffers that are taken and given back several times in each step.
#[derive(Clone, Debug, Shadow)]
pub struct Steps {
    #[shadow(constant)]
    count: usize,
    state: Cache,
    flux: Cache,
    #[shadow(constant)]
    history: Cache,
}

impl Steps {
    /// So many steps.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { count, state: Cache::new(), flux: Cache::new(), history: Cache::new() }
    }

    fn start<T: Scalar>(&self, x: &[T]) {
        self.state.buffer::<T>(x.len()).copy_from_slice(x);
    }

    fn fluxes<T: Scalar>(&self, n: usize) {
        let state = self.state.buffer::<T>(n);
        let mut flux = self.flux.buffer::<T>(n);
        for (flux, &u) in flux.iter_mut().zip(&*state) {
            *flux = u * u / T::lift(2.0);
        }
    }

    fn advance<T: Scalar>(&self, n: usize) {
        let flux = self.flux.buffer::<T>(n);
        let mut state = self.state.buffer::<T>(n);
        for i in 0..n {
            state[i] -= T::lift(RATIO) * (flux[i] - flux[before(i, n)]);
        }
    }

    fn energy<T: Scalar>(&self, n: usize) -> T {
        let state = self.state.buffer::<T>(n);
        T::dot(&state, &state) / T::lift(2.0)
    }

    /// The states before each step, and the last.
    fn states(&self, x: &[f64]) -> Vec<Array1<f64>> {
        let mut states = vec![aview1(x).to_owned()];
        for step in 0..self.count {
            let u = &states[step];
            let flux = |i: usize| u[i] * u[i] / 2.0;
            states.push((0..x.len()).map(|i| u[i] - RATIO * (flux(i) - flux((i + x.len() - 1) % x.len()))).collect());
        }
        states
    }
}

fn before(i: usize, n: usize) -> usize {
    if i > 0 { i - 1 } else { n - 1 }
}

/// The Jacobian of a step at `u`.
fn step_jacobian(u: &Array1<f64>) -> Array2<f64> {
    let n = u.len();
    let mut jacobian = Array2::eye(n);
    for i in 0..n {
        jacobian[[i, i]] -= RATIO * u[i];
        jacobian[[(i + 1) % n, i]] += RATIO * u[i];
    }
    jacobian
}

/// Backwards through the steps `φ`: `g ← φ'ᵀ g`, and `H ← φ'ᵀ H φ' + Σ g_i φ_i''`, whose second term is diagonal.
impl ClosedForm for Steps {
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let states = self.states(x);
        let mut gradient = states[self.count].clone();
        for u in states[..self.count].iter().rev() {
            gradient = step_jacobian(u).t().dot(&gradient);
        }
        gradient.insert_axis(ndarray::Axis(0))
    }

    fn second(&self, x: &[f64]) -> Option<Array2<f64>> {
        let n = x.len();
        let states = self.states(x);
        let (mut gradient, mut hessian) = (states[self.count].clone(), Array2::eye(n));
        for u in states[..self.count].iter().rev() {
            let step = step_jacobian(u);
            hessian = step.t().dot(&hessian).dot(&step);
            (0..n).for_each(|i| hessian[[i, i]] += RATIO * (gradient[(i + 1) % n] - gradient[i]));
            gradient = step.t().dot(&gradient);
        }
        Some(hessian)
    }
}

impl<T: Scalar> VectorFn<T> for Steps {
    fn output_len(&self, _: usize) -> usize {
        1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.start(x);
        for _ in 0..self.count {
            self.fluxes::<T>(x.len());
            self.advance::<T>(x.len());
        }
        y[0] = self.energy(x.len());
    }
}

impl<T: Scalar> TangentFn<T> for Steps {
    fn tangent_into<const K: usize>(
        &self,
        enclosed: Enclosed<'_, Self>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let n = x.len();
        let shadow = enclosed.shadow().map(|shadow| &*shadow);
        let mut dstate = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.state), n);
        let mut dflux = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.flux), n);
        self.start(x);
        (0..n).for_each(|i| dstate.set(i, dx[i]));
        for _ in 0..self.count {
            self.fluxes::<T>(n);
            for (i, &u) in self.state.buffer::<T>(n).iter().enumerate() {
                dflux.set(i, dstate.get(i).map(|du| u * du));
            }
            self.advance::<T>(n);
            for i in 0..n {
                let (own, left) = (dflux.get(i), dflux.get(before(i, n)));
                dstate.add(i, from_fn(|k| T::lift(RATIO) * (left[k] - own[k])));
            }
        }
        dy[0] = [T::zero(); K];
        for (i, &u) in self.state.buffer::<T>(n).iter().enumerate() {
            dy[0].iter_mut().zip(dstate.get(i)).for_each(|(dy, du)| *dy += u * du);
        }
        if let Some(y) = y {
            y[0] = self.energy(n);
        }
    }
}

impl<T: Scalar> AdjointFn<T> for Steps {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let n = x.len();
        // The states that the steps overwrite.
        let mut history = self.history.buffer::<T>(n * self.count);
        self.start(x);
        for step in 0..self.count {
            history[n * step..][..n].copy_from_slice(&self.state.buffer(n));
            self.fluxes::<T>(n);
            self.advance::<T>(n);
        }
        if let Some(y) = y {
            y[0] = self.energy(n);
        }
        let shadow = enclosed.shadow().map(|shadow| &*shadow);
        let mut dstate = Cotangents::beside(shadow.map(|shadow| &shadow.state), n);
        let mut dflux = Cotangents::beside(shadow.map(|shadow| &shadow.flux), n);
        for (i, &u) in self.state.buffer::<T>(n).iter().enumerate() {
            dstate.add(i, u * dy[0]);
        }
        for step in (0..self.count).rev() {
            for i in (0..n).rev() {
                let through = T::lift(RATIO) * dstate.get(i);
                dflux.add(i, -through);
                dflux.add(before(i, n), through);
            }
            for (i, &u) in history[n * step..][..n].iter().enumerate() {
                dstate.add(i, u * dflux.take(i));
            }
        }
        (0..n).for_each(|i| dx[i] += dstate.take(i));
    }
}
