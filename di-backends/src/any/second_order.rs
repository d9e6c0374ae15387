//! Second-order operators of the chosen engine.

use super::workspace::mismatch;
use super::{AnyBackend, AnyFunction, AnyWorkspace};
use di_core::ndarray::ArrayViewMut2;
use di_core::{PrepareHessian, PrepareHvp, PrepareSecondDerivative, Result, Scalar, Seeds};
use std::marker::PhantomData;

/// Writes the operators of a table. `f` and the workspace are implied: arguments are those after `f` for the first
/// method, which chooses the workspace, and those after the workspace for all others.
macro_rules! operators {
    ($engines:tt $(
        impl[$($shape:ident)?] $trait:path {
            fn $enclose:ident;
            fn $init:ident($($i:ident: $I:ty),*) -> $inputs:ty;
            $(fn $method:ident($($a:ident: $A:ty),*) -> $output:ty;)*
        }
    )*) => {$(
        operators! { @implement $engines $engines
            [$($shape)?] $trait {
                fn $enclose;
                fn $init($($i: $I),*) -> $inputs;
                $(fn $method($($a: $A),*) -> $output;)*
            }
        }
    )*};
    (@implement [$($variant:ident: $backend:ty,)*] $engines:tt
        [$($shape:ident)?] $trait:path {
            fn $enclose:ident;
            fn $init:ident($($i:ident: $I:ty),*) -> $inputs:ty;
            $(fn $method:ident($($a:ident: $A:ty),*) -> $output:ty;)*
        }
    ) => {
        #[diagnostic::do_not_recommend]
        impl<F, T: Scalar $(, $shape)?> $trait for AnyBackend
        where
            $($backend: $trait,)*
        {
            type Function = AnyFunction<F, $(<$backend as $trait>::Function),*>;
            type Workspace = AnyWorkspace<$(<$backend as $trait>::Workspace),*>;

            fn $enclose(&self, f: F) -> Self::Function {
                match self {
                    $(
                        Self::$variant(backend) => {
                            AnyFunction::$variant(<$backend as $trait>::$enclose(backend, f), PhantomData)
                        }
                    )*
                }
            }

            fn $init(&self, f: &Self::Function, $($i: $I,)* workspace: &mut Self::Workspace) -> Result<$inputs> {
                workspace.choose(self);
                operators!(@call $engines self f workspace, $init(f, $($i,)* workspace))
            }

            $(
                #[inline]
                fn $method(
                    &self, f: &Self::Function, workspace: &mut Self::Workspace, $($a: $A),*
                ) -> Result<$output> {
                    operators!(@call $engines self f workspace, $method(f, workspace, $($a),*))
                }
            )*
        }
    };
    (@call [$($variant:ident: $backend:ty,)*] $self:ident $f:ident $workspace:ident, $method:ident $arguments:tt) => {
        match ($self, $f, $workspace) {
            $(
                (AnyBackend::$variant(backend), AnyFunction::$variant($f, _), AnyWorkspace::$variant($workspace)) => {
                    backend.$method $arguments
                }
            )*
            _ => Err(mismatch($self, stringify!($method))),
        }
    };
}

with_engines!(operators {
    impl[S] PrepareSecondDerivative<F, T, S> {
        fn enclose_second_derivative;
        fn init_second_derivative(x: T) -> usize;
        fn compute_second_derivative(
            x: T, y: Option<&mut [T]>, dy: Option<&mut [T]>, ddy: &mut [T]
        ) -> ();
    }
    impl[] PrepareHvp<F, T> {
        fn enclose_hvp;
        fn init_hvp(x: &[T], batch: usize) -> ();
        fn compute_hvp(x: &[T], dx: Seeds<'_, T>, grad: Option<&mut [T]>, dg: ArrayViewMut2<'_, T>) -> T;
        fn linearize_hvp(x: &[T]) -> bool;
        fn compute_hvp_here(dx: Seeds<'_, T>, dg: ArrayViewMut2<'_, T>) -> ();
        fn warm_hvp(x: &[T]) -> ();
    }
    impl[] PrepareHessian<F, T> {
        fn enclose_hessian;
        fn init_hessian(x: &[T]) -> ();
        fn compute_hessian(x: &[T], grad: Option<&mut [T]>, hess: ArrayViewMut2<'_, T>) -> T;
        fn warm_hessian(x: &[T]) -> ();
    }
});
