//! Hessian-vector product: the tangent of the adjoint, forward over reverse.

use crate::generated::{Shadows, product};
use crate::{Enclosure, Enzyme, Number};
use di_core::ndarray::ArrayViewMut2;
use di_core::{Activity, Map, PrepareHvp, Result, ScalarFn, ScalarShape, Seeds, Shadow};
use std::fmt::Debug;

/// A tangent, the gradient and its tangent, and the function's three shadows.
#[derive(Clone, Debug)]
pub struct HvpWorkspace<T, S> {
    dx: Vec<T>,
    grad: Vec<T>,
    dg: Vec<T>,
    enclosures: [Enclosure<S>; 3],
}

impl<T, S> Default for HvpWorkspace<T, S> {
    fn default() -> Self {
        Self { dx: Vec::new(), grad: Vec::new(), dg: Vec::new(), enclosures: Default::default() }
    }
}

impl<F, T: Number> PrepareHvp<F, T> for Enzyme
where
    F: ScalarFn<T> + Shadow<Shadow: Clone + Debug + Send + 'static>,
{
    type Function = F;
    type Workspace = HvpWorkspace<T, F::Shadow>;

    fn enclose_hvp(&self, f: F) -> F {
        f
    }

    fn init_hvp(&self, _f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        let HvpWorkspace { dx, grad, dg, enclosures } = workspace;
        for buffer in [dx, grad, dg] {
            buffer.resize(x.len(), T::zero());
        }
        renew::<F>(enclosures, self.function_activity())
    }

    fn compute_hvp(
        &self,
        f: &F,
        workspace: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        mut dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        ready::<F, ScalarShape, T>(&mut workspace.enclosures, self.function_activity(), f, x)?;
        let HvpWorkspace { dx: direction, grad: gradient, dg: result, enclosures } = workspace;
        if x.is_empty() {
            return Ok(f.call(x));
        }
        let mut value = T::nan();
        // Without a tangent the gradient is computed all the same, along none.
        for j in 0..dx.width().max(1) {
            let along = j < dx.width();
            let entry = |i| if along { dx.get(i, j) } else { T::zero() };
            direction.iter_mut().enumerate().for_each(|(i, to)| *to = entry(i));
            gradient.fill(T::zero());
            result.fill(T::zero());
            value = run(enclosures, f, |shadows| product(f, shadows, (x, direction), (gradient, result)))?;
            if along {
                dg.column_mut(j).iter_mut().zip(&*result).for_each(|(to, &from)| *to = from);
            }
        }
        if let Some(grad) = grad {
            grad.copy_from_slice(gradient);
        }
        Ok(value)
    }

    /// Evaluates `f` as it is, and pushes a tangent of zeros forward.
    fn warm_hvp(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        ready::<F, ScalarShape, T>(&mut workspace.enclosures, self.function_activity(), f, x)
    }
}

/// Forgets the size of the function's buffers.
pub(crate) fn renew<F: Shadow<Shadow: 'static>>(
    enclosures: &mut [Enclosure<F::Shadow>; 3],
    activity: Activity,
) -> Result<()> {
    enclosures.iter_mut().try_for_each(|enclosure| enclosure.renew::<F>(activity))
}

/// Evaluates `f` as it is, if need be, and makes its shadows.
pub(crate) fn ready<F: Shadow<Shadow: 'static> + Map<S, T>, S, T: Number>(
    enclosures: &mut [Enclosure<F::Shadow>; 3],
    activity: Activity,
    f: &F,
    x: &[T],
) -> Result<()> {
    let [first, second, third] = enclosures;
    if first.is_ready() {
        return Ok(());
    }
    first.ready::<F, S, T>(activity, f, x)?;
    second.make(activity, f);
    third.make(activity, f);
    Ok(())
}

/// Runs derivative code of second order with the function's three shadows at zero, or without if it is constant.
pub(crate) fn run<F: Shadow<Shadow: 'static>, R>(
    enclosures: &mut [Enclosure<F::Shadow>; 3],
    f: &F,
    derivative: impl FnOnce(Option<Shadows<'_, F>>) -> R,
) -> R {
    let [first, second, third] = enclosures;
    first.run(f, |inner| {
        second.run(f, |outer| {
            third.run(f, |mixed| match (inner, outer, mixed) {
                (Some(inner), Some(outer), Some(mixed)) => derivative(Some(Shadows { inner, outer, mixed })),
                _ => derivative(None),
            })
        })
    })
}
