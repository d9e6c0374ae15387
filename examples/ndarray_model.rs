//! A model written with `ndarray`'s own products and maps, in double and single precision, with every engine.
//!
//! `cargo run --release --example ndarray_model`

use di_backends::{AnyBackend, Result, Scalar, ScalarBackend, ScalarFn, gradient};
use di_examples::{Table, relative_difference};
use ndarray::{Array1, Array2, ArrayView1, arr1, arr2};

/// Logistic regression: the negative log-likelihood of yes and no, as a function of the weights.
struct Logistic {
    /// One row for each sample.
    features: Array2<f64>,
    /// 1 for yes, 0 for no.
    labels: Array1<f64>,
}

impl Logistic {
    /// The probability of yes for each sample. It is `ndarray` code as usual, over any scalar.
    fn probabilities<T: Scalar>(&self, weights: &[T]) -> Array1<T> {
        let scores = self.features.mapv(T::lift).dot(&ArrayView1::from(weights));
        scores.mapv(|score| (T::one() + (-score).exp()).recip())
    }

    /// The gradient by hand, `Xᵀ (p - y)`.
    fn gradient(&self, weights: &[f64]) -> Vec<f64> {
        let excess = self.probabilities(weights) - &self.labels;
        self.features.t().dot(&excess).to_vec()
    }
}

/// `Scalar` rather than `Real`, because finite differences call it with plain `f32`.
impl<T: Scalar> ScalarFn<T> for Logistic {
    fn call(&self, weights: &[T]) -> T {
        let yes = self.probabilities(weights);
        let no = yes.mapv(|p| T::one() - p);
        let labels = self.labels.mapv(T::lift);
        let others = labels.mapv(|label| T::one() - label);
        -(labels.dot(&yes.mapv(T::ln)) + others.dot(&no.mapv(T::ln)))
    }
}

/// How far the gradient of an engine is from the one by hand, with numbers `T`.
fn error<'f, T: Scalar>(backend: &impl ScalarBackend<&'f Logistic, T>, f: &'f Logistic, w: &[f64]) -> Result<f64> {
    let weights: Vec<T> = w.iter().map(|&w| T::lift(w)).collect();
    let grad = gradient(backend, f, &weights)?;
    let grad: Vec<f64> = grad.iter().map(|g| g.to_f64().unwrap_or(f64::NAN)).collect();
    Ok(relative_difference(&grad, &f.gradient(w)))
}

fn example() -> (Logistic, [f64; 3]) {
    let features = arr2(&[[1.0, 0.5, -1.2], [1.0, -0.3, 0.8], [1.0, 1.7, 0.1], [1.0, -1.1, -0.4], [1.0, 0.2, 2.0]]);
    (Logistic { features, labels: arr1(&[1.0, 0.0, 1.0, 0.0, 1.0]) }, [0.1, -0.4, 0.7])
}

fn main() -> Result<()> {
    let (f, w) = example();
    println!("logistic regression, 3 weights {w:?}, 5 samples");
    println!("loss {:.6}, gradient by hand {:.6?}\n", f.call(&w), f.gradient(&w));

    println!("largest difference of the gradient from the one by hand, relative to its largest entry\n");
    let mut table = Table::new(1, ["engine", "f64", "f32"]);
    for name in AnyBackend::names() {
        let backend: AnyBackend = name.parse()?;
        let errors = [error::<f64>(&backend, &f, &w)?, error::<f32>(&backend, &f, &w)?];
        table.push(std::iter::once((*name).to_owned()).chain(errors.map(|error| format!("{error:.1e}"))));
    }
    print!("{table}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use di_backends::{Backend, Mode};

    #[test]
    fn every_engine_agrees_with_the_gradient_by_hand() -> Result<()> {
        let (f, w) = example();
        for name in AnyBackend::names() {
            let backend: AnyBackend = name.parse()?;
            let allowed = if backend.mode() == Mode::Difference { [1e-6, 1e-2] } else { [1e-14, 1e-5] };
            assert!(error::<f64>(&backend, &f, &w)? < allowed[0], "{name} in f64");
            assert!(error::<f32>(&backend, &f, &w)? < allowed[1], "{name} in f32");
        }
        Ok(())
    }
}
