//! The gradient of a function by three engines, through one interface.
//!
//! `cargo run --release --example quickstart`

use di_backends::{FiniteDiff, NumDual, Real, Result, ScalarFn, Tape, gradient};

/// The function is written once, for every number; its constants are fields.
struct Rosenbrock {
    steepness: f64,
}

impl<T: Real> ScalarFn<T> for Rosenbrock {
    fn call(&self, x: &[T]) -> T {
        let term = |w: &[T]| (w[1] - w[0].powi(2)).powi(2) * self.steepness + (w[0] - 1.0).powi(2);
        x.windows(2).map(term).sum()
    }
}

fn main() -> Result<()> {
    let f = Rosenbrock { steepness: 100.0 };
    let x = [0.5, -1.0];

    println!("f(x) = 100 (x_1 - x_0²)² + (x_0 - 1)² at x = {x:?} is {}\n", f.call(&x));
    println!("gradient by dual numbers:       {:?}", gradient(&NumDual::default(), &f, &x)?);
    println!("gradient by a tape:             {:?}", gradient(&Tape::default(), &f, &x)?);
    println!("gradient by finite differences: {:?}", gradient(&FiniteDiff::central(), &f, &x)?);
    println!("gradient by hand:               [249.0, -250.0]");
    Ok(())
}
