//! Hessian-vector product by second differences.

use crate::backend::FiniteDiff;
use crate::pushforward::shifted;
use crate::step::Steps;
use di_core::ndarray::{ArrayViewMut1, ArrayViewMut2};
use di_core::{PrepareHvp, Result, Scalar, ScalarFn, Seeds};

/// Values at the point and one step to either side of it along each coordinate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Star<T> {
    pub(crate) steps: Steps,
    pub(crate) point: Vec<T>,
    pub(crate) h: Vec<T>,
    pub(crate) centre: T,
    pub(crate) plus: Vec<T>,
    pub(crate) minus: Vec<T>,
}

impl<T: Scalar> Star<T> {
    /// Makes room for `n` coordinates.
    pub(crate) fn init(&mut self, options: &FiniteDiff, n: usize) -> Result<()> {
        self.steps = Steps::second::<T>(options)?;
        for buffer in [&mut self.point, &mut self.h, &mut self.plus, &mut self.minus] {
            buffer.resize(n, T::zero());
        }
        Ok(())
    }

    /// Evaluates `f` at `x`.
    pub(crate) fn evaluate_centre(&mut self, f: &impl ScalarFn<T>, x: &[T]) {
        self.point.copy_from_slice(x);
        self.centre = f.call(x);
    }

    /// Evaluates `f` beside `x`, 2n times.
    pub(crate) fn evaluate_arms(&mut self, f: &impl ScalarFn<T>, x: &[T]) {
        for (i, &coordinate) in x.iter().enumerate() {
            let h = self.steps.at(coordinate);
            self.h[i] = h;
            self.point[i] = coordinate + h;
            self.plus[i] = f.call(&self.point);
            self.point[i] = coordinate - h;
            self.minus[i] = f.call(&self.point);
            self.point[i] = coordinate;
        }
    }

    /// Writes the gradient.
    pub(crate) fn gradient(&self, grad: &mut [T]) {
        for (i, grad) in grad.iter_mut().enumerate() {
            *grad = (self.plus[i] - self.minus[i]) * T::lift(0.5) / self.h[i];
        }
    }

    /// The second derivative in coordinate `i`.
    pub(crate) fn diagonal(&self, i: usize) -> T {
        ((self.plus[i] - self.centre) - (self.centre - self.minus[i])) / self.h[i] / self.h[i]
    }

    /// The second derivative in coordinate `i` and along a second arm, times the length of that arm.
    ///
    /// `corner` has the values at both steps together, `arm` those at the second one alone; plus first.
    pub(crate) fn mixed(&self, i: usize, arm: [T; 2], corner: [T; 2]) -> T {
        let plus = (corner[0] - self.plus[i]) - (arm[0] - self.centre);
        let minus = (corner[1] - self.minus[i]) - (arm[1] - self.centre);
        (plus + minus) * T::lift(0.5) / self.h[i]
    }

    /// The second derivative in coordinates `i` and `j`, two evaluations.
    pub(crate) fn off_diagonal(&mut self, f: &impl ScalarFn<T>, x: &[T], i: usize, j: usize) -> T {
        let (hi, hj) = (self.h[i], self.h[j]);
        (self.point[i], self.point[j]) = (x[i] + hi, x[j] + hj);
        let plus = f.call(&self.point);
        (self.point[i], self.point[j]) = (x[i] - hi, x[j] - hj);
        let minus = f.call(&self.point);
        (self.point[i], self.point[j]) = (x[i], x[j]);
        self.mixed(i, [self.plus[j], self.minus[j]], [plus, minus]) / hj
    }
}

/// Points and values of second differences along tangents.
#[derive(Clone, Debug, Default)]
pub struct HvpWorkspace<T> {
    star: Star<T>,
    shift: Vec<T>,
    ends: [Vec<T>; 2],
}

impl<F: ScalarFn<T>, T: Scalar> PrepareHvp<F, T> for FiniteDiff {
    type Function = F;
    type Workspace = HvpWorkspace<T>;

    fn enclose_hvp(&self, f: F) -> F {
        f
    }

    fn init_hvp(&self, _f: &F, x: &[T], _batch: usize, workspace: &mut Self::Workspace) -> Result<()> {
        workspace.star.init(self, x.len())?;
        workspace.shift.resize(x.len(), T::zero());
        for end in &mut workspace.ends {
            end.resize(x.len(), T::zero());
        }
        Ok(())
    }

    fn warm_hvp(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
        workspace.star.evaluate_centre(f, x);
        Ok(())
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
        workspace.star.evaluate_centre(f, x);
        if dx.width() > 0 || grad.is_some() {
            workspace.star.evaluate_arms(f, x);
        }
        for column in 0..dx.width() {
            match &dx {
                Seeds::Basis { start, .. } => {
                    let (star, j) = (&mut workspace.star, start + column);
                    for i in 0..x.len() {
                        dg[(i, column)] = if i == j { star.diagonal(i) } else { star.off_diagonal(f, x, i, j) };
                    }
                }
                _ => workspace.along_direction(f, x, &dx, column, dg.column_mut(column)),
            }
        }
        if let Some(grad) = grad {
            workspace.star.gradient(grad);
        }
        Ok(workspace.star.centre)
    }
}

impl<T: Scalar> HvpWorkspace<T> {
    /// The product with any direction, 2n + 2 evaluations.
    fn along_direction(
        &mut self,
        f: &impl ScalarFn<T>,
        x: &[T],
        dx: &Seeds<'_, T>,
        column: usize,
        mut dg: ArrayViewMut1<'_, T>,
    ) {
        let Self { star, shift, ends: [plus, minus] } = self;
        let Some(along) = star.steps.along(x, dx, column, shift) else {
            dg.fill(T::zero());
            return;
        };
        shifted(x, shift, plus, |x, shift| x + shift);
        shifted(x, shift, minus, |x, shift| x - shift);
        let arm = [f.call(plus), f.call(minus)];
        for i in 0..x.len() {
            let (plus_i, minus_i) = (plus[i], minus[i]);
            plus[i] = plus_i + star.h[i];
            minus[i] = minus_i - star.h[i];
            let corner = [f.call(plus), f.call(minus)];
            (plus[i], minus[i]) = (plus_i, minus_i);
            dg[i] = along.rate(star.mixed(i, arm, corner));
        }
    }
}
