//! A conservation law on a line, with its tangent and its adjoint written by hand.

use di_backends::{AdjointFn, Enclosed, Real, Shadow, TangentFn, VectorFn};
use ndarray::ArrayViewMut2;

/// Upwind differences of Burgers' flux on a periodic grid with cells of width `1 / speed`:
///
/// ```math
/// y_i = a \left( \tfrac12 x_{i-1}^2 - \tfrac12 x_i^2 \right)
/// ```
///
/// # References
///
/// Toro, *Riemann Solvers and Numerical Methods for Fluid Dynamics*, 3rd ed. (2009), section 5.3.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Upwind {
    /// The factor `a`, one over the width of a cell.
    pub speed: f64,
}

impl Upwind {
    /// A wave of `n` cells about 1.
    #[must_use]
    pub fn wave(n: u32) -> Vec<f64> {
        (0..n).map(|i| 1.0 + (f64::from(i) * 0.1).sin() * 0.5).collect()
    }

    /// Writes the Jacobian, two diagonals and a corner, all of whose zeros are written too.
    pub fn jacobian_into(&self, x: &[f64], mut jac: ArrayViewMut2<'_, f64>) {
        jac.fill(0.0);
        let mut before = x.len() - 1;
        for i in 0..x.len() {
            jac[(i, before)] = self.speed * x[before];
            jac[(i, i)] = -self.speed * x[i];
            before = i;
        }
    }
}

impl<T: Real> VectorFn<T> for Upwind {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    #[inline]
    fn call_into(&self, x: &[T], y: &mut [T]) {
        let flux = |u: T| u * u * 0.5;
        y[0] = (flux(x[x.len() - 1]) - flux(x[0])) * self.speed;
        for (y, pair) in y[1..].iter_mut().zip(x.windows(2)) {
            *y = (flux(pair[0]) - flux(pair[1])) * self.speed;
        }
    }
}

/// `ẏ_i = a (x_{i-1} ẋ_{i-1} - x_i ẋ_i)`
impl<T: Real> TangentFn<T> for Upwind {
    #[inline]
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        let last = x.len() - 1;
        let slope = |from: T, dfrom: &[T; K], to: T, dto: &[T; K], dy: &mut [T; K]| {
            let (from, to) = (from * self.speed, to * self.speed);
            for ((dy, &dfrom), &dto) in dy.iter_mut().zip(dfrom).zip(dto) {
                *dy = from * dfrom - to * dto;
            }
        };
        slope(x[last], &dx[last], x[0], &dx[0], &mut dy[0]);
        for ((dy, x), dx) in dy[1..].iter_mut().zip(x.windows(2)).zip(dx.windows(2)) {
            slope(x[0], &dx[0], x[1], &dx[1], dy);
        }
        if let Some(y) = y {
            self.call_into(x, y);
        }
    }
}

/// `x̄_i += a x_i (ȳ_{i+1} - ȳ_i)`
impl<T: Real> AdjointFn<T> for Upwind {
    #[inline]
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let next = (1..x.len()).chain([0]);
        for (i, next) in next.enumerate() {
            dx[i] += x[i] * (dy[next] - dy[i]) * self.speed;
        }
        if let Some(y) = y {
            self.call_into(x, y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Upwind;
    use crate::relative_difference;
    use di_backends::{EnzymeStyle, NumDual, Result, pullback, value_and_jacobian};
    use ndarray::{Array1, Array2};

    #[test]
    fn what_is_written_by_hand_agrees_with_dual_numbers() -> Result<()> {
        let f = Upwind { speed: 10.0 };
        let x = Upwind::wave(7);
        let (value, jac) = value_and_jacobian(&NumDual::default(), f, &x)?;
        let entries = |jac: &Array2<f64>| jac.iter().copied().collect::<Vec<_>>();

        let mut closed = Array2::from_elem((7, 7), f64::NAN);
        f.jacobian_into(&x, closed.view_mut());
        assert!(relative_difference(&entries(&closed), &entries(&jac)) < 1e-14);

        for width in [1, 4, 12] {
            let (y, tangents) = value_and_jacobian(&EnzymeStyle::fixed(width), f, &x)?;
            assert_eq!(y, value);
            assert!(relative_difference(&entries(&tangents), &entries(&jac)) < 1e-14, "width {width}");
        }

        let dy: Array1<f64> = (0..7).map(|i| f64::from(i).cos()).collect();
        let adjoint = pullback(&EnzymeStyle::default(), f, &x, &dy.to_vec())?;
        assert!(relative_difference(&adjoint, &jac.t().dot(&dy).to_vec()) < 1e-14);
        Ok(())
    }
}
