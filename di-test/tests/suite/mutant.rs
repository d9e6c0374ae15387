//! An engine with one mistake in one operator.

use super::exact::Exact;
use super::mutation::{History, Mutation};
use di_core::ndarray::{Array2, ArrayViewMut2};
use di_core::{
    Backend, Mode, PrepareDerivative, PrepareGradient, PrepareHessian, PrepareHvp, PrepareJacobian, PreparePullback,
    PreparePushforward, PrepareSecondDerivative, Result, Scalar, Seeds, ViaPushforward,
};
use di_test::Operator;

/// Right but for `mutation`, which `operator` alone has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mutant {
    pub(crate) mutation: Mutation,
    pub(crate) operator: Operator,
}

/// What the operators of the right engine keep, and what mistakes are made of.
#[derive(Clone, Debug)]
pub(crate) struct Memory<W, T> {
    exact: W,
    history: History<T>,
}

impl<W: Default, T> Default for Memory<W, T> {
    fn default() -> Self {
        Self { exact: W::default(), history: History::default() }
    }
}

impl Mutant {
    /// The mistake of an operator, if it has it.
    fn of(self, operator: Operator) -> Option<Mutation> {
        (self.operator == operator).then_some(self.mutation)
    }

    /// Runs `init` for the right engine, unless the mistake is to do so once only.
    fn init<W, T: Scalar, R: Copy>(
        self,
        operator: Operator,
        memory: &mut Memory<W, T>,
        x: &[T],
        init: impl FnOnce(&mut W) -> Result<R>,
        fresh: impl FnOnce() -> W,
    ) -> Result<R> {
        memory.history.restart();
        if self.of(operator).is_some_and(|mutation| mutation.keeps_its_size(x.len(), &mut memory.history)) {
            return init(&mut fresh());
        }
        init(&mut memory.exact)
    }
}

impl Backend for Mutant {
    type Primitive = ViaPushforward;

    fn name(&self) -> String {
        format!("{:?} of {}", self.mutation, self.operator)
    }

    fn mode(&self) -> Mode {
        Mode::Forward
    }
}

/// The columns of seeds as a matrix.
fn matrix<T: Scalar>(seeds: Seeds<'_, T>, rows: usize) -> Array2<T> {
    Array2::from_shape_fn((rows, seeds.width()), |(i, j)| seeds.get(i, j))
}

/// A column as a matrix.
fn column<T>(entries: &mut [T]) -> ArrayViewMut2<'_, T> {
    ArrayViewMut2::from_shape((entries.len(), 1), entries).expect("a column has as many entries")
}

impl<F, T: Scalar, S> PreparePushforward<F, T, S> for Mutant
where
    Exact: PreparePushforward<F, T, S>,
{
    type Workspace = Memory<<Exact as PreparePushforward<F, T, S>>::Workspace, T>;

    fn init_pushforward(&self, f: &F, x: &[T], batch: usize, memory: &mut Self::Workspace) -> Result<usize> {
        let init = |w: &mut _| Exact.init_pushforward(f, x, batch, w);
        self.init(Operator::Pushforward, memory, x, init, Default::default)
    }

    fn compute_pushforward(
        &self,
        f: &F,
        Memory { exact, history }: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        y: Option<&mut [T]>,
        dy: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let mutation = self.of(Operator::Pushforward);
        history.run(mutation, (x, matrix(dx, x.len())), [y, None], dy, |x, dx, [y, _], dy| {
            Exact.compute_pushforward(f, exact, x, dx.view().into(), y, dy)
        })
    }
}

impl<F, T: Scalar, S> PreparePullback<F, T, S> for Mutant
where
    Exact: PreparePullback<F, T, S>,
{
    type Workspace = Memory<<Exact as PreparePullback<F, T, S>>::Workspace, T>;

    fn init_pullback(&self, f: &F, x: &[T], batch: usize, memory: &mut Self::Workspace) -> Result<usize> {
        let init = |w: &mut _| Exact.init_pullback(f, x, batch, w);
        self.init(Operator::Pullback, memory, x, init, Default::default)
    }

    fn linearize(
        &self,
        f: &F,
        Memory { exact, history }: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
    ) -> Result<()> {
        let mutation = self.of(Operator::Pullback).filter(|mutation| mutation.is_of_the_point());
        let mut nothing: [T; 0] = [];
        history.run(mutation, (x, Array2::zeros((0, 0))), [y, None], column(&mut nothing), |x, _, [y, _], _| {
            Exact.linearize(f, exact, x, y)
        })
    }

    fn compute_pullback(
        &self,
        f: &F,
        Memory { exact, history }: &mut Self::Workspace,
        dy: Seeds<'_, T>,
        dx: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let swept = |mutation: &Mutation| !mutation.is_of_the_point() || *mutation == Mutation::Poisoned;
        let mutation = self.of(Operator::Pullback).filter(swept);
        let rows = dy.dim();
        history.run(mutation, (&[], matrix(dy, rows)), [None, None], dx, |_, dy, _, dx| {
            Exact.compute_pullback(f, exact, dy.view().into(), dx)
        })
    }
}

impl<F, T: Scalar, S> PrepareDerivative<F, T, S> for Mutant
where
    Exact: PrepareDerivative<F, T, S>,
{
    type Workspace = Memory<<Exact as PrepareDerivative<F, T, S>>::Workspace, T>;

    fn init_derivative(&self, f: &F, x: T, memory: &mut Self::Workspace) -> Result<usize> {
        memory.history.restart();
        Exact.init_derivative(f, x, &mut memory.exact)
    }

    fn compute_derivative(
        &self,
        f: &F,
        Memory { exact, history }: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: &mut [T],
    ) -> Result<()> {
        let mutation = self.of(Operator::Derivative);
        history.run(mutation, (&[x], Array2::zeros((0, 0))), [y, None], column(dy), |x, _, [y, _], mut dy| {
            Exact.compute_derivative(f, exact, x[0], y, dy.as_slice_mut().unwrap_or_default())
        })
    }
}

impl<F, T: Scalar> PrepareGradient<F, T> for Mutant
where
    Exact: PrepareGradient<F, T>,
{
    type Workspace = Memory<<Exact as PrepareGradient<F, T>>::Workspace, T>;

    fn init_gradient(&self, f: &F, x: &[T], memory: &mut Self::Workspace) -> Result<()> {
        let init = |w: &mut _| Exact.init_gradient(f, x, w);
        self.init(Operator::Gradient, memory, x, init, Default::default)
    }

    fn compute_gradient(
        &self,
        f: &F,
        Memory { exact, history }: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut T>,
        grad: &mut [T],
    ) -> Result<()> {
        let mutation = self.of(Operator::Gradient);
        let outputs = [y.map(std::slice::from_mut), None];
        history.run(mutation, (x, Array2::zeros((0, 0))), outputs, column(grad), |x, _, [y, _], mut grad| {
            let y = y.and_then(<[T]>::first_mut);
            Exact.compute_gradient(f, exact, x, y, grad.as_slice_mut().unwrap_or_default())
        })
    }
}

impl<F, T: Scalar> PrepareJacobian<F, T> for Mutant
where
    Exact: PrepareJacobian<F, T>,
{
    type Workspace = Memory<<Exact as PrepareJacobian<F, T>>::Workspace, T>;

    fn init_jacobian(&self, f: &F, x: &[T], memory: &mut Self::Workspace) -> Result<usize> {
        let init = |w: &mut _| Exact.init_jacobian(f, x, w);
        self.init(Operator::Jacobian, memory, x, init, Default::default)
    }

    fn compute_jacobian(
        &self,
        f: &F,
        Memory { exact, history }: &mut Self::Workspace,
        x: &[T],
        y: Option<&mut [T]>,
        jac: ArrayViewMut2<'_, T>,
    ) -> Result<()> {
        let mutation = self.of(Operator::Jacobian);
        history.run(mutation, (x, Array2::zeros((0, 0))), [y, None], jac, |x, _, [y, _], jac| {
            Exact.compute_jacobian(f, exact, x, y, jac)
        })
    }

    fn warm_jacobian(&self, f: &F, memory: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
        Exact.warm_jacobian(f, &mut memory.exact, x, outputs)
    }
}

impl<F, T: Scalar, S> PrepareSecondDerivative<F, T, S> for Mutant
where
    Exact: PrepareSecondDerivative<F, T, S>,
{
    type Function = <Exact as PrepareSecondDerivative<F, T, S>>::Function;
    type Workspace = Memory<<Exact as PrepareSecondDerivative<F, T, S>>::Workspace, T>;

    fn enclose_second_derivative(&self, f: F) -> Self::Function {
        Exact.enclose_second_derivative(f)
    }

    fn init_second_derivative(&self, f: &Self::Function, x: T, memory: &mut Self::Workspace) -> Result<usize> {
        memory.history.restart();
        Exact.init_second_derivative(f, x, &mut memory.exact)
    }

    fn compute_second_derivative(
        &self,
        f: &Self::Function,
        Memory { exact, history }: &mut Self::Workspace,
        x: T,
        y: Option<&mut [T]>,
        dy: Option<&mut [T]>,
        ddy: &mut [T],
    ) -> Result<()> {
        let mutation = self.of(Operator::SecondDerivative);
        history.run(mutation, (&[x], Array2::zeros((0, 0))), [y, dy], column(ddy), |x, _, [y, dy], mut ddy| {
            Exact.compute_second_derivative(f, exact, x[0], y, dy, ddy.as_slice_mut().unwrap_or_default())
        })
    }
}

impl<F, T: Scalar> PrepareHvp<F, T> for Mutant
where
    Exact: PrepareHvp<F, T>,
{
    type Function = <Exact as PrepareHvp<F, T>>::Function;
    type Workspace = Memory<<Exact as PrepareHvp<F, T>>::Workspace, T>;

    fn enclose_hvp(&self, f: F) -> Self::Function {
        Exact.enclose_hvp(f)
    }

    fn init_hvp(&self, f: &Self::Function, x: &[T], batch: usize, memory: &mut Self::Workspace) -> Result<()> {
        let init = |w: &mut _| Exact.init_hvp(f, x, batch, w);
        self.init(Operator::Hvp, memory, x, init, Default::default)
    }

    fn compute_hvp(
        &self,
        f: &Self::Function,
        Memory { exact, history }: &mut Self::Workspace,
        x: &[T],
        dx: Seeds<'_, T>,
        grad: Option<&mut [T]>,
        dg: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        let mutation = self.of(Operator::Hvp);
        let mut value = [T::nan()];
        let outputs = [Some(&mut value[..]), grad];
        history.run(mutation, (x, matrix(dx, x.len())), outputs, dg, |x, dx, [y, grad], dg| {
            let value = Exact.compute_hvp(f, exact, x, dx.view().into(), grad, dg)?;
            y.into_iter().flatten().for_each(|y| *y = value);
            Ok(())
        })?;
        Ok(value[0])
    }
}

impl<F, T: Scalar> PrepareHessian<F, T> for Mutant
where
    Exact: PrepareHessian<F, T>,
{
    type Function = <Exact as PrepareHessian<F, T>>::Function;
    type Workspace = Memory<<Exact as PrepareHessian<F, T>>::Workspace, T>;

    fn enclose_hessian(&self, f: F) -> Self::Function {
        Exact.enclose_hessian(f)
    }

    fn init_hessian(&self, f: &Self::Function, x: &[T], memory: &mut Self::Workspace) -> Result<()> {
        let init = |w: &mut _| Exact.init_hessian(f, x, w);
        self.init(Operator::Hessian, memory, x, init, Default::default)
    }

    fn compute_hessian(
        &self,
        f: &Self::Function,
        Memory { exact, history }: &mut Self::Workspace,
        x: &[T],
        grad: Option<&mut [T]>,
        hess: ArrayViewMut2<'_, T>,
    ) -> Result<T> {
        let mutation = self.of(Operator::Hessian);
        let mut value = [T::nan()];
        let outputs = [Some(&mut value[..]), grad];
        history.run(mutation, (x, Array2::zeros((0, 0))), outputs, hess, |x, _, [y, grad], hess| {
            let value = Exact.compute_hessian(f, exact, x, grad, hess)?;
            y.into_iter().flatten().for_each(|y| *y = value);
            Ok(())
        })?;
        Ok(value[0])
    }

    fn warm_hessian(&self, f: &Self::Function, memory: &mut Self::Workspace, x: &[T]) -> Result<()> {
        Exact.warm_hessian(f, &mut memory.exact, x)
    }
}
