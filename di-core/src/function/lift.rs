//! Generic functions as functions of any scalar.

/// Makes a [`UnaryFn`](crate::UnaryFn) for every scalar out of a generic function `fn(T) -> T`.
///
/// `unary_fn!(f)` asks for `T: Real`; `unary_fn!(f: Scalar)` runs in plain `f32` too.
///
/// ```
/// use di_core::{Real, UnaryFn, unary_fn};
///
/// fn wave<T: Real>(x: T) -> T {
///     x.sin() * 2.0
/// }
/// assert_eq!(unary_fn!(wave).call(0.0), 0.0);
/// ```
#[macro_export]
macro_rules! unary_fn {
    ($f:path) => {
        $crate::unary_fn!($f: $crate::Real)
    };
    ($f:path: $bound:path) => {{
        #[derive(Clone, Copy, Debug)]
        struct Lifted;
        impl<T: $bound> $crate::UnaryFn<T> for Lifted {
            #[inline]
            fn call(&self, x: T) -> T {
                $f(x)
            }
        }
        Lifted
    }};
}

/// Makes a [`ScalarFn`](crate::ScalarFn) for every scalar out of a generic function `fn(&[T]) -> T`.
///
/// `scalar_fn!(f)` asks for `T: Real`; `scalar_fn!(f: Scalar)` runs in plain `f32` too; `scalar_fn!(f: Float)` takes
/// code that knows only [`num_traits::Float`].
///
/// ```
/// use di_core::{Real, ScalarFn, scalar_fn};
///
/// fn energy<T: Real>(x: &[T]) -> T {
///     x.iter().map(|v| v.powi(2) * 0.5).sum()
/// }
/// assert_eq!(scalar_fn!(energy).call(&[2.0, 4.0]), 10.0);
/// ```
#[macro_export]
macro_rules! scalar_fn {
    ($f:path) => {
        $crate::scalar_fn!($f: $crate::Real)
    };
    ($f:path: $bound:path) => {{
        #[derive(Clone, Copy, Debug)]
        struct Lifted;
        impl<T: $bound> $crate::ScalarFn<T> for Lifted {
            #[inline]
            fn call(&self, x: &[T]) -> T {
                $f(x)
            }
        }
        Lifted
    }};
}

/// Makes a [`VectorFn`](crate::VectorFn) for every scalar out of a generic function `fn(&[T], &mut [T])` and the number
/// of its outputs, an expression that may use `n`, the number of inputs, as a closure.
///
/// ```
/// use di_core::{Real, VectorFn, vector_fn};
///
/// fn differences<T: Real>(x: &[T], y: &mut [T]) {
///     for (y, w) in y.iter_mut().zip(x.windows(2)) {
///         *y = (w[1] - w[0]) * 0.5;
///     }
/// }
/// let f = vector_fn!(differences, |n| n - 1);
/// assert_eq!(VectorFn::<f64>::output_len(&f, 5), 4);
/// ```
#[macro_export]
macro_rules! vector_fn {
    ($f:path, $outputs:expr) => {
        $crate::vector_fn!($f: $crate::Real, $outputs)
    };
    ($f:path: $bound:path, $outputs:expr) => {{
        #[derive(Clone, Copy, Debug)]
        struct Lifted;
        impl<T: $bound> $crate::VectorFn<T> for Lifted {
            fn output_len(&self, input_len: usize) -> usize {
                let outputs: fn(usize) -> usize = $outputs;
                outputs(input_len)
            }
            #[inline]
            fn call_into(&self, x: &[T], y: &mut [T]) {
                $f(x, y)
            }
        }
        Lifted
    }};
}
