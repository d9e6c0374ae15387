//! Runs Enzyme on the smallest function with a cache and on the right-hand side of a partial differential equation, and
//! compares it with dual numbers. Ends with an error if it is wrong anywhere.
//!
//! ```text
//! RUSTFLAGS="-Zautodiff=Enable" cargo +nightly run --release --example check
//! ```

use di_core::{Cache, Gradient, PrepareGradient, Real, Result, ScalarFn, Shadow, VectorFn, pullback, pushforward};
use di_enzyme_nightly::{Enzyme, SelfCheck};
use di_num_dual::NumDual;
use std::process::ExitCode;

/// How far from dual numbers derivatives may be: fast-math changes the order of operations.
const TOLERANCE: f64 = 1e-9;

/// `a_0 = 1; a_0 += x; a_0²`, with `a` enclosed: the derivative is `2 (1 + x)`.
#[derive(Clone, Debug, Default, Shadow)]
struct Smallest {
    a: Cache,
}

impl<T: Real> ScalarFn<T> for Smallest {
    fn call(&self, x: &[T]) -> T {
        let mut a = self.a.buffer::<T>(1);
        a[0] = T::one();
        a[0] += x[0];
        a[0] * a[0]
    }
}

/// The Brusselator on a periodic `side × side` grid, all of `u` before all of `v`; the diffusion of each goes through a
/// buffer.
#[derive(Clone, Debug, Shadow)]
struct Brusselator {
    side: usize,
    alpha: f64,
    diffusion: Cache,
}

impl<T: Real> VectorFn<T> for Brusselator {
    fn output_len(&self, input_len: usize) -> usize {
        input_len
    }

    fn call_into(&self, state: &[T], rate: &mut [T]) {
        let (n, cells) = (self.side, self.side * self.side);
        let mut diffusion = self.diffusion.buffer::<T>(2 * cells);
        for field in 0..2 {
            for row in 0..n {
                for column in 0..n {
                    let at = |row: usize, column: usize| state[field * cells + row % n * n + column % n];
                    diffusion[field * cells + row * n + column] =
                        (at(row + 1, column) + at(row + n - 1, column) + at(row, column + 1) + at(row, column + n - 1)
                            - at(row, column) * 4.0)
                            * self.alpha;
                }
            }
        }
        for i in 0..cells {
            let (u, v) = (state[i], state[cells + i]);
            let reaction = u * u * v;
            rate[i] = reaction - u * 4.4 + 1.0 + diffusion[i];
            rate[cells + i] = u * 3.4 - reaction + diffusion[cells + i];
        }
    }
}

/// The smallest function: the gradient at the first and at the tenth call, and the self-check.
fn smallest(enzyme: Enzyme) -> Result<bool> {
    let mut gradient = enzyme.prepare_gradient(Smallest::default(), &[0.0])?;
    let mut right = true;
    for call in 1..=10 {
        let x = 0.5 * f64::from(call);
        let found = gradient.gradient(&[x])?[0];
        println!("call {call:2}: derivative at {x} is {found}, of 2 (1 + x) = {}", 2.0 * (1.0 + x));
        right &= (found - 2.0 * (1.0 + x)).abs() < TOLERANCE;
    }
    let check = enzyme.self_check_scalar(&Smallest::default(), &[0.5], &NumDual::default())?;
    Ok(right & report("smallest", check))
}

/// A pushforward, a pullback, and the self-check.
fn brusselator(enzyme: Enzyme) -> Result<bool> {
    let f = Brusselator { side: 4, alpha: 0.1, diffusion: Cache::new() };
    let x: Vec<f64> = (0..32).map(|i| 1.0 + 0.1 * f64::from(i % 7)).collect();
    let ones = vec![1.0; x.len()];
    println!("pushforward of ones begins with {:?}", &pushforward(&enzyme, &f, &x, &ones)?[..3]);
    println!("pullback of ones begins with {:?}", &pullback(&enzyme, &f, &x, &ones)?[..3]);
    let check = enzyme.self_check(&f, &x, &NumDual::default())?;
    Ok(report("brusselator", check))
}

fn report(name: &str, check: SelfCheck) -> bool {
    println!(
        "{name}: value {:.1e}, pushforward {:.1e}, pullback {:.1e}",
        check.value, check.pushforward, check.pullback
    );
    check.is_within(TOLERANCE)
}

fn main() -> Result<ExitCode> {
    let enzyme = Enzyme::default();
    let right = [smallest(enzyme)?, brusselator(enzyme)?];
    if right.contains(&false) {
        eprintln!("Enzyme and dual numbers differ");
        return Ok(ExitCode::FAILURE);
    }
    println!("Enzyme and dual numbers agree");
    Ok(ExitCode::SUCCESS)
}
