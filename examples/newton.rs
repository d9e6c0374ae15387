//! A damped Newton's method that takes any engine, run with two.
//!
//! `cargo run --release --example newton`

use di_backends::{Backend, Gradient, Hessian, NumDual, ScalarBackend, SecondOrder, Tape};
use di_examples::Rosenbrock;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use ndarray::Array2;

/// What `minimize` has found, and the way there.
struct Minimum {
    x: DVector<f64>,
    /// The value and the norm of the gradient before each step, and at the end.
    path: Vec<(f64, f64)>,
}

/// Why there is no minimum.
#[derive(Debug, thiserror::Error)]
enum NewtonError {
    #[error(transparent)]
    Engine(#[from] di_backends::Error),
    #[error("no step makes the function smaller, and the norm of the gradient is {0:e}")]
    NoDescent(f64),
    #[error("no convergence within {0} steps")]
    Steps(usize),
}

/// Walks from `start` to where the norm of the gradient is at most `tolerance`.
///
/// A step solves `(H + λI) p = -g`, with the smallest λ of a few that makes the matrix positive definite, and is halved
/// until the function falls.
fn minimize<F: Copy>(
    backend: &impl ScalarBackend<F>,
    f: F,
    start: &[f64],
    tolerance: f64,
) -> Result<Minimum, NewtonError> {
    const MOST_STEPS: usize = 100;
    const MOST_HALVINGS: i32 = 40;

    let mut gradient = backend.prepare_gradient(f, start)?;
    let mut hessian = backend.prepare_hessian(f, start)?;
    let mut x = DVector::from_column_slice(start);
    let mut grad = DVector::zeros(x.len());
    let mut hess = Array2::zeros((x.len(), x.len()));
    let mut path = Vec::new();
    for _ in 0..=MOST_STEPS {
        let here = hessian.value_gradient_and_hessian_into(x.as_slice(), grad.as_mut_slice(), hess.view_mut())?;
        path.push((here, grad.norm()));
        if grad.norm() <= tolerance {
            return Ok(Minimum { x, path });
        }
        let no_descent = || NewtonError::NoDescent(grad.norm());
        let step = -positive_definite(&hess).ok_or_else(no_descent)?.solve(&grad);
        let slope = grad.dot(&step);
        let mut trial_grad = grad.clone();
        let mut lower = |trial: &DVector<f64>, length: f64| -> Result<bool, di_backends::Error> {
            let there = gradient.value_and_gradient_into(trial.as_slice(), trial_grad.as_mut_slice())?;
            // Close to the minimum, rounding hides how far the value falls; a smaller gradient shows it.
            Ok(there <= here + 1e-4 * length * slope || trial_grad.norm() < 0.1 * grad.norm())
        };
        let mut accepted = None;
        for length in (0..MOST_HALVINGS).map(|halvings| 0.5_f64.powi(halvings)) {
            let trial = &x + &step * length;
            if lower(&trial, length)? {
                accepted = Some(trial);
                break;
            }
        }
        x = accepted.ok_or_else(no_descent)?;
    }
    Err(NewtonError::Steps(MOST_STEPS))
}

/// Factors of the matrix, with its diagonal raised if need be; none if it is not finite.
fn positive_definite(hess: &Array2<f64>) -> Option<Cholesky<f64, Dyn>> {
    let n = hess.nrows();
    let matrix = DMatrix::from_row_iterator(n, n, hess.iter().copied());
    let size = matrix.amax();
    let shifts = std::iter::once(0.0).chain((-3..=2).map(|power| size * 10.0_f64.powi(power)));
    shifts.into_iter().find_map(|shift| Cholesky::new(&matrix + DMatrix::identity(n, n) * shift))
}

/// The start that Rosenbrock's function is known for.
const START: [f64; 2] = [-1.2, 1.0];

fn report<B: ScalarBackend<Rosenbrock>>(backend: &B) -> Result<(), NewtonError> {
    const TOLERANCE: f64 = 1e-10;

    let minimum = minimize(backend, Rosenbrock, &START, TOLERANCE)?;
    println!("Newton's method on Rosenbrock's function from {START:?}, by {}\n", Backend::name(backend));
    println!("step      value   |gradient|");
    for (step, (value, slope)) in minimum.path.iter().enumerate() {
        println!("{step:4}  {value:9.3e}    {slope:9.3e}");
    }
    println!("\nminimum at {:?}, where |gradient| ≤ {TOLERANCE:e}\n", minimum.x.as_slice());
    Ok(())
}

fn main() -> Result<(), NewtonError> {
    report(&SecondOrder { outer: NumDual::default(), inner: Tape::default() })?;
    report(&NumDual::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use di_backends::{FiniteDiff, Real, scalar_fn};

    fn far_from_ones(backend: &impl ScalarBackend<Rosenbrock>, tolerance: f64) -> f64 {
        let minimum = minimize(backend, Rosenbrock, &START, tolerance).expect("converges");
        let (_, slope) = minimum.path.last().expect("at least one point");
        assert!(*slope <= tolerance);
        minimum.x.iter().map(|x| (x - 1.0).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn every_engine_converges() {
        assert!(far_from_ones(&NumDual::default(), 1e-10) < 1e-10);
        assert!(far_from_ones(&SecondOrder { outer: NumDual::default(), inner: Tape::default() }, 1e-10) < 1e-10);
        assert!(far_from_ones(&FiniteDiff::central(), 1e-5) < 1e-4);
    }

    #[test]
    fn a_function_without_minimum_is_an_error() {
        fn slide<T: Real>(x: &[T]) -> T {
            x[0] * 2.0
        }
        let found = minimize(&NumDual::default(), scalar_fn!(slide), &[0.0], 1e-10);
        assert!(matches!(found, Err(NewtonError::NoDescent(slope)) if slope == 2.0));
    }
}
