//! A model as one writes it, whose derivative code is written by the compiler: gradient, Hessian-vector product, and a
//! fit by a solver that takes any engine.
//!
//! `cargo run --release --example differentiable`

use di_backends::{Cache, EnzymeStyle, NumDual, Real, ScalarFn, Shadow, Tape, VectorFn, differentiable};
use di_backends::{hvp, value_and_gradient};
use di_examples::{FitError, LevenbergMarquardt};

/// What runs over a weir of the given width and height.
#[differentiable]
fn overflow<T: Real>(level: T, width: T, crest: T) -> T {
    if level > crest { width * (level - crest).powf(T::lift(1.5)) } else { T::zero() }
}

/// The level of a pond after each day: rain fills it, it drains through its bottom, and over a weir where it stands high.
///
/// ```math
/// h_{i+1} = h_i + r_i - b_0 \sqrt{h_i} - b_1 \max(h_i - b_2, 0)^{3/2}
/// ```
#[differentiable]
fn simulate<T: Real>(rain: &[f64], b: &[T], levels: &mut [T]) {
    let mut level = T::one();
    for (after, &rain) in levels.iter_mut().zip(rain) {
        level += -b[0] * level.sqrt() - overflow(level, b[1], b[2]) + rain;
        *after = level;
    }
}

/// Modelled less measured levels, for parameters `b`.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Residuals {
    rain: Vec<f64>,
    measured: Vec<f64>,
}

#[differentiable]
impl<T: Real> VectorFn<T> for Residuals {
    fn output_len(&self, _parameters: usize) -> usize {
        self.rain.len()
    }

    fn call_into(&self, b: &[T], residuals: &mut [T]) {
        simulate(&self.rain, b, residuals);
        for (residual, &measured) in residuals.iter_mut().zip(&self.measured) {
            *residual -= measured;
        }
    }
}

/// Half the sum of the squared residuals, with a buffer that is kept between calls.
#[derive(Clone, Debug, Shadow)]
struct Loss {
    #[shadow(constant)]
    data: Residuals,
    levels: Cache,
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Loss {
    fn call(&self, b: &[T]) -> T {
        let mut levels = self.levels.buffer::<T>(self.data.rain.len());
        simulate(&self.data.rain, b, &mut levels);
        levels.iter().zip(&self.data.measured).map(|(&level, &measured)| (level - measured).powi(2)).sum::<T>() * 0.5
    }
}

/// A wet month and a dry one, over and over; levels are measured to a thousandth.
fn data(b: &[f64; 3]) -> Residuals {
    let rain: Vec<f64> = (0..120).map(|day| 0.3 + 0.25 * (f64::from(day) * 0.2).sin()).collect();
    let mut measured = vec![0.0; rain.len()];
    simulate(&rain, b, &mut measured);
    for level in &mut measured {
        *level = (*level * 1e3).round() / 1e3;
    }
    Residuals { rain, measured }
}

fn main() -> Result<(), FitError> {
    let truth = [0.25, 0.6, 1.4];
    let start = [0.3, 0.4, 1.1];
    let loss = Loss { data: data(&truth), levels: Cache::new() };

    let (value, by_code) = value_and_gradient(&EnzymeStyle::default(), &loss, &start)?;
    println!("loss at {start:?}: {value:.6}\n");
    println!("gradient by the code that was written: {by_code:.9?}");
    println!("gradient by a tape:                    {:.9?}\n", value_and_gradient(&Tape::default(), &loss, &start)?.1);

    let dx = [1.0, -1.0, 0.5];
    println!("H·dx by the code that was written:     {:.9?}", hvp(&EnzymeStyle::default(), &loss, &start, &dx)?);
    println!("H·dx by dual numbers:                  {:.9?}\n", hvp(&NumDual::default(), &loss, &start, &dx)?);

    let fit = LevenbergMarquardt::default().minimize(&EnzymeStyle::default(), &loss.data, &start)?;
    println!("fit after {} evaluations: {:.4?}, measured with {truth:?}", fit.evaluations, fit.parameters);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: &[f64], b: &[f64]) {
        assert!(di_examples::relative_difference(a, b) < 1e-12, "{a:?}, {b:?}");
    }

    #[test]
    fn the_code_agrees_with_other_engines_and_the_fit_is_found() -> Result<(), FitError> {
        let (truth, start) = ([0.25, 0.6, 1.4], [0.3, 0.4, 1.1]);
        let loss = Loss { data: data(&truth), levels: Cache::new() };
        let code = EnzymeStyle::default();
        close(&value_and_gradient(&code, &loss, &start)?.1, &value_and_gradient(&Tape::default(), &loss, &start)?.1);
        close(&hvp(&code, &loss, &start, &truth)?, &hvp(&NumDual::default(), &loss, &start, &truth)?);
        let fit = LevenbergMarquardt::default().minimize(&code, &loss.data, &start)?;
        assert!(fit.parameters.iter().zip(truth).all(|(b, c)| (b - c).abs() < 2e-3), "{fit:?}");
        Ok(())
    }
}
