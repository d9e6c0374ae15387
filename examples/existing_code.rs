//! Derivatives of code that was written for `num_traits::Float`, without a change to it.
//!
//! `cargo run --release --example existing_code`

use di_backends::{AnyBackend, Result, gradient, scalar_fn};
use di_examples::Table;
use num_traits::Float;

/// What somebody wrote before: it knows nothing of derivatives.
mod orbit {
    use num_traits::Float;

    /// Solves Kepler's equation `E - e sin E = M` for the eccentric anomaly `E`, by Newton's method.
    pub(crate) fn eccentric_anomaly<F: Float>(mean_anomaly: F, eccentricity: F) -> F {
        let mut anomaly = mean_anomaly;
        for _ in 0..50 {
            let residual = anomaly - eccentricity * anomaly.sin() - mean_anomaly;
            let step = residual / (F::one() - eccentricity * anomaly.cos());
            anomaly = anomaly - step;
            if step.abs() <= F::epsilon() {
                break;
            }
        }
        anomaly
    }
}

/// The same as a function of a slice `[M, e]`.
fn anomaly<F: Float>(x: &[F]) -> F {
    orbit::eccentric_anomaly(x[0], x[1])
}

fn main() -> Result<()> {
    let (m, e) = (1.2_f64, 0.6_f64);
    let found = orbit::eccentric_anomaly(m, e);
    println!("Kepler's equation E - e sin E = M with M = {m}, e = {e}: E = {found:.12}\n");

    let mut table = Table::new(2, ["numbers", "engine", "∂E/∂M", "∂E/∂e"]);
    let mut add = |numbers: &str, engine: &str, digits: usize, [dm, de]: [f64; 2]| {
        table.push([numbers.to_owned(), engine.to_owned(), format!("{dm:.digits$}"), format!("{de:.digits$}")]);
    };
    let slope = 1.0 - e * found.cos();
    add("f64", "by hand", 15, [1.0 / slope, found.sin() / slope]);
    let f = scalar_fn!(anomaly: Float);
    for name in AnyBackend::names() {
        let grad = gradient(&name.parse::<AnyBackend>()?, f, &[1.2_f64, 0.6])?;
        add("f64", name, 15, [grad[0], grad[1]]);
    }
    for name in AnyBackend::names() {
        let grad = gradient(&name.parse::<AnyBackend>()?, f, &[1.2_f32, 0.6])?;
        add("f32", name, 7, [grad[0].into(), grad[1].into()]);
    }
    print!("{table}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use di_backends::{NumDual, Tape};

    #[test]
    fn derivatives_agree_with_the_implicit_function_theorem() -> Result<()> {
        let f = scalar_fn!(anomaly: Float);
        for [m, e] in [[0.1, 0.0], [1.2, 0.6], [3.0, 0.9]] {
            let found = orbit::eccentric_anomaly(m, e);
            let slope = 1.0 - e * found.cos();
            for grad in [gradient(&NumDual::default(), f, &[m, e])?, gradient(&Tape::default(), f, &[m, e])?] {
                assert!((grad[0] - 1.0 / slope).abs() < 1e-13, "{grad:?}");
                assert!((grad[1] - found.sin() / slope).abs() < 1e-13, "{grad:?}");
            }
        }
        Ok(())
    }
}
