//! First-order operators of the chosen engine.

use super::workspace::mismatch;
use super::{AnyBackend, AnyWorkspace};
use di_core::ndarray::ArrayViewMut2;
use di_core::{
    PrepareDerivative, PrepareGradient, PrepareJacobian, PreparePullback, PreparePushforward, Result, Scalar, Seeds,
};

/// Writes the operators of a table. A method's arguments stand before and after the workspace, parted by a bar; the
/// first method of each operator chooses the workspace.
macro_rules! operators {
    ($engines:tt $(
        impl[$($shape:ident)?] $trait:path {
            fn $init:ident($($i:ident: $I:ty),*) -> $inputs:ty;
            $(fn $method:ident($($b:ident: $B:ty),* | $($a:ident: $A:ty),*) -> $output:ty;)*
        }
    )*) => {$(
        operators! { @implement $engines $engines
            [$($shape)?] $trait {
                fn $init($($i: $I),*) -> $inputs;
                $(fn $method($($b: $B),* | $($a: $A),*) -> $output;)*
            }
        }
    )*};
    (@implement [$($variant:ident: $backend:ty,)*] $engines:tt
        [$($shape:ident)?] $trait:path {
            fn $init:ident($($i:ident: $I:ty),*) -> $inputs:ty;
            $(fn $method:ident($($b:ident: $B:ty),* | $($a:ident: $A:ty),*) -> $output:ty;)*
        }
    ) => {
        #[diagnostic::do_not_recommend]
        impl<F, T: Scalar $(, $shape)?> $trait for AnyBackend
        where
            $($backend: $trait,)*
        {
            type Workspace = AnyWorkspace<$(<$backend as $trait>::Workspace),*>;

            fn $init(&self, $($i: $I,)* workspace: &mut Self::Workspace) -> Result<$inputs> {
                workspace.choose(self);
                operators!(@call $engines self workspace, $init($($i,)* workspace))
            }

            $(
                #[inline]
                fn $method(&self, $($b: $B,)* workspace: &mut Self::Workspace, $($a: $A),*) -> Result<$output> {
                    operators!(@call $engines self workspace, $method($($b,)* workspace, $($a),*))
                }
            )*
        }
    };
    (@call [$($variant:ident: $backend:ty,)*] $self:ident $workspace:ident, $method:ident $arguments:tt) => {
        match ($self, $workspace) {
            $((AnyBackend::$variant(backend), AnyWorkspace::$variant($workspace)) => backend.$method $arguments,)*
            _ => Err(mismatch($self, stringify!($method))),
        }
    };
}

with_engines!(operators {
    impl[S] PreparePushforward<F, T, S> {
        fn init_pushforward(f: &F, x: &[T], batch: usize) -> usize;
        fn compute_pushforward(
            f: &F | x: &[T], dx: Seeds<'_, T>, y: Option<&mut [T]>, dy: ArrayViewMut2<'_, T>
        ) -> ();
        fn warm_pushforward(f: &F | x: &[T], outputs: usize) -> ();
    }
    impl[S] PreparePullback<F, T, S> {
        fn init_pullback(f: &F, x: &[T], batch: usize) -> usize;
        fn linearize(f: &F | x: &[T], y: Option<&mut [T]>) -> ();
        fn compute_pullback(f: &F | dy: Seeds<'_, T>, dx: ArrayViewMut2<'_, T>) -> ();
        fn compute_value_and_pullback(
            f: &F | x: &[T], dy: Seeds<'_, T>, y: Option<&mut [T]>, dx: ArrayViewMut2<'_, T>
        ) -> ();
        fn warm_pullback(f: &F | x: &[T], outputs: usize) -> ();
    }
    impl[S] PrepareDerivative<F, T, S> {
        fn init_derivative(f: &F, x: T) -> usize;
        fn compute_derivative(f: &F | x: T, y: Option<&mut [T]>, dy: &mut [T]) -> ();
        fn warm_derivative(f: &F | x: T, outputs: usize) -> ();
    }
    impl[] PrepareGradient<F, T> {
        fn init_gradient(f: &F, x: &[T]) -> ();
        fn compute_gradient(f: &F | x: &[T], y: Option<&mut T>, grad: &mut [T]) -> ();
        fn warm_gradient(f: &F | x: &[T]) -> ();
    }
    impl[] PrepareJacobian<F, T> {
        fn init_jacobian(f: &F, x: &[T]) -> usize;
        fn compute_jacobian(f: &F | x: &[T], y: Option<&mut [T]>, jac: ArrayViewMut2<'_, T>) -> ();
        fn warm_jacobian(f: &F | x: &[T], outputs: usize) -> ();
    }
});
