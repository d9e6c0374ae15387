//! Two variables that a macro keeps apart.
use di_backends::{Real, ScalarFn, Shadow, differentiable};

macro_rules! product {
    ($name:ident($x:ident), $a:ident) => {
        #[derive(Debug, Shadow)]
        #[shadow(constant)]
        struct $name;

        #[differentiable]
        impl<T: Real> ScalarFn<T> for $name {
            fn call(&self, $x: &[T]) -> T {
                let a = $x[0];
                let $a = $x[1];
                a * $a * $a
            }
        }
    };
}

product!(F(x), a);

fn main() {}
