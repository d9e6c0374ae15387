//! An engine chosen at run time.

#[macro_use]
mod engines;
mod first_order;
mod name;
mod second_order;
mod workspace;

use workspace::{AnyFunction, AnyWorkspace};

macro_rules! any_backend {
    ([$($variant:ident: $backend:ty,)*]) => {
        /// One of the engines that are enabled, chosen at run time.
        ///
        /// It has every operator, and its prepared objects are those of any other backend. The function must suit all
        /// enabled engines, since any of them may be chosen. A call costs one branch more than the engine's own.
        ///
        /// | name | backend |
        /// | --- | --- |
        /// | `num-dual` | `NumDual::default()` |
        /// | `tape` | `Tape::default()` |
        /// | `mixed` | `Mixed` of these two |
        /// | `finite-diff` | `FiniteDiff::central()` |
        /// | `finite-diff-forward` | `FiniteDiff::forward()` |
        ///
        /// An engine with other options enters by `From`.
        ///
        /// ```
        /// use di_backends::{AnyBackend, Gradient, PrepareGradient, Real, scalar_fn};
        ///
        /// fn bowl<T: Real>(x: &[T]) -> T {
        ///     x[0].powi(2) + x[1].powi(2) * 3.0
        /// }
        /// for name in AnyBackend::names() {
        ///     let backend: AnyBackend = name.parse()?;
        ///     let mut prepared: Box<dyn Gradient> = Box::new(backend.prepare_gradient(scalar_fn!(bowl), &[0.0; 2])?);
        ///     assert!((prepared.gradient(&[1.0, 2.0])?[1] - 12.0).abs() < 1e-6);
        /// }
        /// # Ok::<(), di_backends::Error>(())
        /// ```
        #[non_exhaustive]
        #[derive(Clone, Debug)]
        pub enum AnyBackend {
            $(
                #[doc = concat!("`", stringify!($backend), "`.")]
                $variant($backend),
            )*
        }

        $(
            impl From<$backend> for AnyBackend {
                fn from(backend: $backend) -> Self {
                    Self::$variant(backend)
                }
            }
        )*
    };
}
with_engines!(any_backend {});
