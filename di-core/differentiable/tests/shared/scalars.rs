//! How tests write functions.

/// Functions `R^n -> R` with derivative code, each from its body.
macro_rules! scalars {
    ($($name:ident($x:ident) $body:block)*) => {$(
        #[derive(Clone, Debug, Shadow)]
        #[shadow(constant)]
        struct $name;

        #[differentiable]
        impl<T: Real> ScalarFn<T> for $name {
            fn call(&self, $x: &[T]) -> T $body
        }
    )*};
}
