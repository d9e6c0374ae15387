//! Linear advection by a discontinuous Galerkin scheme.

use super::memory::{Cotangents, Tangents};
use super::{ClosedForm, number};
use di_core::{AdjointFn, Cache, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use ndarray::Array2;
use std::array::from_fn;

/// `u̇ + u' = 0` on a periodic unit interval, in elements of two or three nodes, n = elements × nodes.
///
/// `y = 2/h M⁻¹ (K u − û)` in each element, with the matrices `M` (mass) and `K` (stiffness) of the element of width 2.
/// The traces `û` that the upwind element gives to each face are in one buffer, the residuals in another.
///
/// # References
///
/// Hesthaven and Warburton, *Nodal Discontinuous Galerkin Methods* (2008), chapter 2.
#[derive(Clone, Debug, Shadow)]
pub struct Galerkin {
    #[shadow(constant)]
    nodes: usize,
    inverse_mass: Vec<f64>,
    stiffness: Vec<f64>,
    traces: Cache,
    residual: Cache,
}

impl Galerkin {
    /// Two nodes, at the ends of each element.
    #[must_use]
    pub fn linear() -> Self {
        Self::new(2, &[2.0, -1.0, -1.0, 2.0], &[-0.5, -0.5, 0.5, 0.5])
    }

    /// Three nodes, at the ends and in the middle of each element.
    #[must_use]
    pub fn quadratic() -> Self {
        const SIXTH: f64 = 1.0 / 6.0;
        const THIRDS: f64 = 2.0 / 3.0;
        Self::new(
            3,
            &[4.5, -0.75, 1.5, -0.75, 1.125, -0.75, 1.5, -0.75, 4.5],
            &[-0.5, -THIRDS, SIXTH, THIRDS, 0.0, -THIRDS, -SIXTH, THIRDS, 0.5],
        )
    }

    fn new(nodes: usize, inverse_mass: &[f64], stiffness: &[f64]) -> Self {
        let (inverse_mass, stiffness) = (inverse_mass.to_vec(), stiffness.to_vec());
        Self { nodes, inverse_mass, stiffness, traces: Cache::new(), residual: Cache::new() }
    }

    /// The terms of the residual that come from inside the elements: what they add to, what they read, and the weight.
    fn inside(&self, n: usize, term: impl FnMut(usize, usize, f64)) {
        self.blocks(n, &self.stiffness, 1.0, term);
    }

    /// The terms that come from the faces: the trace at the right face of element e has index e.
    fn faces(&self, n: usize, mut term: impl FnMut(usize, usize, f64)) {
        let elements = n / self.nodes;
        for element in 0..elements {
            let first = element * self.nodes;
            term(first + self.nodes - 1, element, -1.0);
            term(first, if element > 0 { element - 1 } else { elements - 1 }, 1.0);
        }
    }

    /// The terms of the outputs.
    fn outputs(&self, n: usize, term: impl FnMut(usize, usize, f64)) {
        self.blocks(n, &self.inverse_mass, 2.0 * number(n / self.nodes), term);
    }

    fn blocks(&self, n: usize, matrix: &[f64], factor: f64, mut term: impl FnMut(usize, usize, f64)) {
        for first in (0..n).step_by(self.nodes) {
            for (i, row) in matrix.chunks_exact(self.nodes).enumerate() {
                for (j, weight) in row.iter().enumerate() {
                    term(first + i, first + j, factor * weight);
                }
            }
        }
    }

    fn evaluate<T: Scalar>(&self, x: &[T], y: Option<&mut [T]>) {
        let n = x.len();
        let mut traces = self.traces.buffer::<T>(n / self.nodes);
        for (element, trace) in traces.iter_mut().enumerate() {
            *trace = x[self.last(element)];
        }
        let mut residual = self.residual.buffer::<T>(n);
        residual.fill(T::zero());
        self.inside(n, |to, from, weight| residual[to] += T::lift(weight) * x[from]);
        self.faces(n, |to, from, weight| residual[to] += T::lift(weight) * traces[from]);
        if let Some(y) = y {
            y.fill(T::zero());
            self.outputs(n, |to, from, weight| y[to] += T::lift(weight) * residual[from]);
        }
    }

    /// The node that the trace at the right face of the element is taken from.
    fn last(&self, element: usize) -> usize {
        (element + 1) * self.nodes - 1
    }
}

/// The blocks of each element and of its left neighbour, multiplied out.
impl ClosedForm for Galerkin {
    fn jacobian(&self, x: &[f64]) -> Array2<f64> {
        let (own, left): (&[&[f64]], &[f64]) = match self.nodes {
            2 => (&[&[-1.5, -0.5], &[1.5, -0.5]], &[2.0, -1.0]),
            _ => (&[&[-3.0, -2.0, 0.5], &[1.25, 0.0, -0.5], &[-2.0, 2.0, -1.5]], &[4.5, -0.75, 1.5]),
        };
        let (n, nodes) = (x.len(), self.nodes);
        let mut jacobian = Array2::zeros((n, n));
        for row in 0..n {
            let (first, i) = (row - row % nodes, row % nodes);
            (0..nodes).for_each(|j| jacobian[[row, first + j]] += own[i][j]);
            jacobian[[row, (first + n - 1) % n]] += left[i];
        }
        jacobian * 2.0 * number(n / nodes)
    }

    /// An element has more than one node.
    fn second(&self, _: &[f64]) -> Option<Array2<f64>> {
        None
    }
}

impl<T: Scalar> VectorFn<T> for Galerkin {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.evaluate(x, Some(y));
    }
}

impl<T: Scalar> TangentFn<T> for Galerkin {
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
        let mut traces = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.traces), n / self.nodes);
        (0..n / self.nodes).for_each(|element| traces.set(element, dx[self.last(element)]));
        let mut residual = Tangents::<T, K>::beside(shadow.map(|shadow| &shadow.residual), n);
        (0..n).for_each(|i| residual.set(i, [T::zero(); K]));
        self.inside(n, |to, from, weight| residual.add(to, dx[from].map(|dx| T::lift(weight) * dx)));
        self.faces(n, |to, from, weight| residual.add(to, traces.get(from).map(|trace| T::lift(weight) * trace)));
        dy.fill([T::zero(); K]);
        self.outputs(n, |to, from, weight| {
            let residual = residual.get(from);
            dy[to] = from_fn(|k| dy[to][k] + T::lift(weight) * residual[k]);
        });
        self.evaluate(x, y);
    }
}

impl<T: Scalar> AdjointFn<T> for Galerkin {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        self.evaluate(x, y);
        let n = x.len();
        let shadow = enclosed.shadow().map(|shadow| &*shadow);
        let mut residual = Cotangents::beside(shadow.map(|shadow| &shadow.residual), n);
        let mut traces = Cotangents::beside(shadow.map(|shadow| &shadow.traces), n / self.nodes);
        self.outputs(n, |to, from, weight| residual.add(from, T::lift(weight) * dy[to]));
        self.faces(n, |to, from, weight| traces.add(from, T::lift(weight) * residual.get(to)));
        self.inside(n, |to, from, weight| dx[from] += T::lift(weight) * residual.get(to));
        for i in 0..n {
            residual.take(i);
        }
        for element in 0..n / self.nodes {
            dx[self.last(element)] += traces.take(element);
        }
    }
}
