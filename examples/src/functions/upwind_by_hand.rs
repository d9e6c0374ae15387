//! The conservation law with its tangent and its adjoint written by hand, to compare what `#[differentiable]` writes with.

use crate::Upwind;
use di_backends::{AdjointFn, Enclosed, Real, Shadow, TangentFn, VectorFn};

/// The same function as [`Upwind`], with derivative code of an author who knows the formula.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct UpwindByHand(
    /// The function.
    pub Upwind,
);

impl<T: Real> VectorFn<T> for UpwindByHand {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    #[inline]
    fn call_into(&self, x: &[T], y: &mut [T]) {
        self.0.call_into(x, y);
    }
}

/// `ẏ_i = a (x_{i-1} ẋ_{i-1} - x_i ẋ_i)`
impl<T: Real> TangentFn<T> for UpwindByHand {
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
            let (from, to) = (from * self.0.speed, to * self.0.speed);
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
impl<T: Real> AdjointFn<T> for UpwindByHand {
    #[inline]
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let next = (1..x.len()).chain([0]);
        for (i, next) in next.enumerate() {
            dx[i] += x[i] * (dy[next] - dy[i]) * self.0.speed;
        }
        if let Some(y) = y {
            self.call_into(x, y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UpwindByHand;
    use crate::{Upwind, relative_difference};
    use di_backends::{EnzymeStyle, NumDual, Result, VectorBackend, pullback, value_and_jacobian};
    use ndarray::{Array1, Array2};

    const F: Upwind = Upwind { speed: 10.0 };

    fn entries(jac: &Array2<f64>) -> Vec<f64> {
        jac.iter().copied().collect()
    }

    /// Tangents at three widths and one adjoint.
    fn agrees_with_dual_numbers<G: Copy>(g: G) -> Result<()>
    where
        EnzymeStyle: VectorBackend<G>,
    {
        let x = Upwind::wave(7);
        let (value, jac) = value_and_jacobian(&NumDual::default(), F, &x)?;
        for width in [1, 4, 12] {
            let (y, tangents) = value_and_jacobian(&EnzymeStyle::fixed(width), g, &x)?;
            assert_eq!(y, value);
            assert!(relative_difference(&entries(&tangents), &entries(&jac)) < 1e-14, "width {width}");
        }
        let dy: Array1<f64> = (0..7).map(|i| f64::from(i).cos()).collect();
        let adjoint = pullback(&EnzymeStyle::default(), g, &x, &dy.to_vec())?;
        assert!(relative_difference(&adjoint, &jac.t().dot(&dy).to_vec()) < 1e-14);
        Ok(())
    }

    #[test]
    fn what_is_written_by_hand_agrees_with_dual_numbers() -> Result<()> {
        agrees_with_dual_numbers(UpwindByHand(F))
    }

    #[test]
    fn what_the_attribute_writes_agrees_with_dual_numbers() -> Result<()> {
        agrees_with_dual_numbers(F)
    }

    #[test]
    fn the_closed_form_agrees_with_dual_numbers() -> Result<()> {
        let x = Upwind::wave(7);
        let (_, jac) = value_and_jacobian(&NumDual::default(), F, &x)?;
        let mut closed = Array2::from_elem((7, 7), f64::NAN);
        F.jacobian_into(&x, closed.view_mut());
        assert!(relative_difference(&entries(&closed), &entries(&jac)) < 1e-14);
        Ok(())
    }
}
