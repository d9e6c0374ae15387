//! What is held for whichever engine was chosen.

use super::AnyBackend;
use di_core::{Backend, Encloses, Error};
use std::marker::PhantomData;

macro_rules! held {
    ([$($variant:ident: $backend:ty,)*]) => {
        /// The buffers of the chosen engine; each parameter is the type of one engine's.
        #[derive(Clone, Debug, Default)]
        pub enum AnyWorkspace<$($variant),*> {
            /// No engine has been chosen yet.
            #[default]
            Empty,
            $(
                #[doc = concat!("Of `", stringify!($backend), "`.")]
                $variant($variant),
            )*
        }

        impl<$($variant: Default),*> AnyWorkspace<$($variant),*> {
            /// Keeps the buffers if they are those of `backend`, else replaces them by empty ones.
            pub(super) fn choose(&mut self, backend: &AnyBackend) {
                match backend {
                    $(
                        AnyBackend::$variant(_) => {
                            if !matches!(self, Self::$variant(_)) {
                                *self = Self::$variant(Default::default());
                            }
                        }
                    )*
                }
            }
        }

        /// What the chosen engine holds in the place of the function `F`; each further parameter is the type of one
        /// engine's.
        #[derive(Clone, Debug)]
        pub enum AnyFunction<F, $($variant),*> {
            $(
                #[doc = concat!("Of `", stringify!($backend), "`.")]
                $variant($variant, PhantomData<fn() -> F>),
            )*
        }

        impl<F, $($variant: Encloses<F>),*> Encloses<F> for AnyFunction<F, $($variant),*> {
            fn enclosed(&self) -> &F {
                match self {
                    $(Self::$variant(function, _) => function.enclosed(),)*
                }
            }

            fn enclosed_mut(&mut self) -> &mut F {
                match self {
                    $(Self::$variant(function, _) => function.enclosed_mut(),)*
                }
            }
        }
    };
}
with_engines!(held {});

/// The error of a call with what another engine has made; prepared objects never make it.
pub(super) fn mismatch(backend: &AnyBackend, operator: &'static str) -> Error {
    Error::Unsupported {
        backend: backend.name(),
        operator,
        reason: "the function or the workspace is another engine's: use those that this backend initialised".into(),
    }
}
