//! Writes operators that a wrapper takes over from a backend that it holds.

/// All first-order operators as those of the backend in a field.
macro_rules! forward_first_order {
    ([$($generics:tt)*] $type:ty; $field:tt: $backend:ident) => {
        $crate::wrapper::forward_pushforward!([$($generics)*] $type; $field: $backend);
        $crate::wrapper::forward_pullback!([$($generics)*] $type; $field: $backend);

        #[diagnostic::do_not_recommend]
        impl<$($generics)*, F, T: Scalar, S> PrepareDerivative<F, T, S> for $type
        where
            $backend: PrepareDerivative<F, T, S>,
        {
            type Workspace = $backend::Workspace;

            fn init_derivative(&self, f: &F, x: T, workspace: &mut Self::Workspace) -> Result<usize> {
                self.$field.init_derivative(f, x, workspace)
            }

            fn compute_derivative(
                &self,
                f: &F,
                workspace: &mut Self::Workspace,
                x: T,
                y: Option<&mut [T]>,
                dy: &mut [T],
            ) -> Result<()> {
                self.$field.compute_derivative(f, workspace, x, y, dy)
            }

            fn warm_derivative(&self, f: &F, workspace: &mut Self::Workspace, x: T, outputs: usize) -> Result<()> {
                self.$field.warm_derivative(f, workspace, x, outputs)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*, F, T: Scalar> PrepareGradient<F, T> for $type
        where
            $backend: PrepareGradient<F, T>,
        {
            type Workspace = $backend::Workspace;

            fn init_gradient(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<()> {
                self.$field.init_gradient(f, x, workspace)
            }

            fn compute_gradient(
                &self,
                f: &F,
                workspace: &mut Self::Workspace,
                x: &[T],
                y: Option<&mut T>,
                grad: &mut [T],
            ) -> Result<()> {
                self.$field.compute_gradient(f, workspace, x, y, grad)
            }

            fn warm_gradient(&self, f: &F, workspace: &mut Self::Workspace, x: &[T]) -> Result<()> {
                self.$field.warm_gradient(f, workspace, x)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*, F, T: Scalar> PrepareJacobian<F, T> for $type
        where
            $backend: PrepareJacobian<F, T>,
        {
            type Workspace = $backend::Workspace;

            fn init_jacobian(&self, f: &F, x: &[T], workspace: &mut Self::Workspace) -> Result<usize> {
                self.$field.init_jacobian(f, x, workspace)
            }

            fn compute_jacobian(
                &self,
                f: &F,
                workspace: &mut Self::Workspace,
                x: &[T],
                y: Option<&mut [T]>,
                jac: ArrayViewMut2<'_, T>,
            ) -> Result<()> {
                self.$field.compute_jacobian(f, workspace, x, y, jac)
            }

            fn warm_jacobian(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
                self.$field.warm_jacobian(f, workspace, x, outputs)
            }
        }
    };
}
pub(crate) use forward_first_order;

/// The pushforward as that of the backend in a field.
macro_rules! forward_pushforward {
    ([$($generics:tt)*] $type:ty; $field:tt: $backend:ident) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*, F, T: Scalar, S> PreparePushforward<F, T, S> for $type
        where
            $backend: PreparePushforward<F, T, S>,
        {
            type Workspace = $backend::Workspace;

            fn init_pushforward(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
                self.$field.init_pushforward(f, x, batch, workspace)
            }

            fn compute_pushforward(
                &self,
                f: &F,
                workspace: &mut Self::Workspace,
                x: &[T],
                dx: Seeds<'_, T>,
                y: Option<&mut [T]>,
                dy: ArrayViewMut2<'_, T>,
            ) -> Result<()> {
                self.$field.compute_pushforward(f, workspace, x, dx, y, dy)
            }

            fn pushforward_width(&self, workspace: &Self::Workspace) -> usize {
                PreparePushforward::<F, T, S>::pushforward_width(&self.$field, workspace)
            }

            fn warm_pushforward(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
                self.$field.warm_pushforward(f, workspace, x, outputs)
            }
        }
    };
}
pub(crate) use forward_pushforward;

/// The pullback as that of the backend in a field.
macro_rules! forward_pullback {
    ([$($generics:tt)*] $type:ty; $field:tt: $backend:ident) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*, F, T: Scalar, S> PreparePullback<F, T, S> for $type
        where
            $backend: PreparePullback<F, T, S>,
        {
            type Workspace = $backend::Workspace;

            fn init_pullback(&self, f: &F, x: &[T], batch: usize, workspace: &mut Self::Workspace) -> Result<usize> {
                self.$field.init_pullback(f, x, batch, workspace)
            }

            fn linearize(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], y: Option<&mut [T]>) -> Result<()> {
                self.$field.linearize(f, workspace, x, y)
            }

            fn compute_pullback(
                &self,
                f: &F,
                workspace: &mut Self::Workspace,
                dy: Seeds<'_, T>,
                dx: ArrayViewMut2<'_, T>,
            ) -> Result<()> {
                self.$field.compute_pullback(f, workspace, dy, dx)
            }

            fn compute_value_and_pullback(
                &self,
                f: &F,
                workspace: &mut Self::Workspace,
                x: &[T],
                dy: Seeds<'_, T>,
                y: Option<&mut [T]>,
                dx: ArrayViewMut2<'_, T>,
            ) -> Result<()> {
                self.$field.compute_value_and_pullback(f, workspace, x, dy, y, dx)
            }

            fn pullback_width(&self, workspace: &Self::Workspace) -> usize {
                PreparePullback::<F, T, S>::pullback_width(&self.$field, workspace)
            }

            fn warm_pullback(&self, f: &F, workspace: &mut Self::Workspace, x: &[T], outputs: usize) -> Result<()> {
                self.$field.warm_pullback(f, workspace, x, outputs)
            }
        }
    };
}
pub(crate) use forward_pullback;
