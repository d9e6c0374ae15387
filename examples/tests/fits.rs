//! The least-squares solver: an easy problem, its failures, and the certified fits with every engine.

use di_backends::{FiniteDiff, Mode, NumDual, Real, Tape, from_vector_fn, vector_fn};
use di_examples::{Dataset, FitError, LevenbergMarquardt, Model, digits, engines};
use std::path::Path;

/// Residuals of Rosenbrock's function, whose least sum of squares is 0 at (1, 1).
fn valley<T: Real>(x: &[T], residuals: &mut [T]) {
    residuals[0] = (x[1] - x[0] * x[0]) * 10.0;
    residuals[1] = x[0] - 1.0;
}

/// A line through three points that are not on a line: `y = 1/6 + x` by hand.
fn line<T: Real>(b: &[T], residuals: &mut [T]) {
    for ((residual, x), y) in residuals.iter_mut().zip([0.0, 1.0, 2.0]).zip([0.0, 1.5, 2.0]) {
        *residual = b[0] + b[1] * x - y;
    }
}

#[test]
fn easy_problems_are_solved() {
    let solver = LevenbergMarquardt::default();
    let fit = solver.minimize(&NumDual::default(), vector_fn!(valley, |_| 2), &[-1.2, 1.0]).expect("converges");
    assert!(fit.parameters.iter().all(|x| (x - 1.0).abs() < 1e-12), "{fit:?}");
    assert!(fit.sum_of_squares < 1e-24);

    let fit = solver.minimize(&Tape::default(), vector_fn!(line, |_| 3), &[5.0, -5.0]).expect("converges");
    assert!((fit.parameters[0] - 1.0 / 6.0).abs() < 1e-12 && (fit.parameters[1] - 1.0).abs() < 1e-12, "{fit:?}");
    assert!((fit.sum_of_squares - 1.0 / 6.0).abs() < 1e-12);
}

#[test]
fn a_parameter_without_influence_stays() {
    fn first_only<T: Real>(b: &[T], residuals: &mut [T]) {
        residuals[0] = b[0] - 2.0;
        residuals[1] = (b[0] - 2.0) * 3.0;
    }
    let fit = LevenbergMarquardt::default()
        .minimize(&NumDual::default(), vector_fn!(first_only, |_| 2), &[0.0, 7.0])
        .expect("converges");
    assert!((fit.parameters[0] - 2.0).abs() < 1e-12, "{fit:?}");
    assert_eq!(fit.parameters[1], 7.0);
}

#[test]
fn too_few_evaluations_are_an_error() {
    let solver = LevenbergMarquardt { max_evaluations: 3, ..Default::default() };
    let result = solver.minimize(&NumDual::default(), vector_fn!(valley, |_| 2), &[-1.2, 1.0]);
    assert!(matches!(result, Err(FitError::Evaluations(3))), "{result:?}");
}

#[test]
fn a_start_where_residuals_are_not_finite_or_too_large_is_an_error() {
    fn logarithm<T: Real>(b: &[T], residuals: &mut [T]) {
        residuals[0] = b[0].ln();
    }
    let solver = LevenbergMarquardt::default();
    let result = solver.minimize(&NumDual::default(), vector_fn!(logarithm, |_| 1), &[-1.0]);
    assert!(matches!(result, Err(FitError::Start)), "{result:?}");
    let result = solver.minimize(&NumDual::default(), vector_fn!(line, |_| 3), &[1e200, 0.0]);
    assert!(matches!(result, Err(FitError::Start)), "{result:?}");
}

#[test]
fn an_error_of_the_engine_comes_through() {
    let f = from_vector_fn(1, |b: &[f64], residuals: &mut [f64]| residuals[0] = b[0]);
    let engine = FiniteDiff::central().relative_step(-1.0);
    let result = LevenbergMarquardt::default().minimize(&engine, f, &[1.0]);
    assert!(matches!(result, Err(FitError::Engine(_))), "{result:?}");
}

#[test]
fn digits_are_counted_up_to_the_certified_ones() {
    assert_eq!(digits(1.0, 1.0), 11.0);
    assert!((digits(1.001, 1.0) - 3.0).abs() < 1e-6);
    assert!((digits(-0.002, -0.002_002) - 3.0).abs() < 0.01);
    assert_eq!(digits(5.0, 1.0), 0.0);
    assert_eq!(digits(f64::NAN, 1.0), 0.0);
    assert_eq!(digits(0.0, 0.0), 11.0);
}

#[test]
fn certified_digits_are_reached_by_every_engine_from_both_starts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nist-strd");
    for file in Model::NAMES {
        let dataset = Dataset::read(&folder.join(file).with_extension("dat")).expect("a good file");
        for (name, engine) in engines().expect("known names") {
            let least = if engine.mode() == Mode::Difference { 6.0 } else { 8.0 };
            for start in [0, 1] {
                let found = engine.fit(&dataset, start);
                let found = found.unwrap_or_else(|error| panic!("{file} from start {start} with {name}: {error}"));
                assert!(found.least_digits() >= least, "{file} from start {start} with {name}: {found:?}");
                assert!(found.sum_digits >= 8.0, "{file} from start {start} with {name}: {found:?}");
            }
        }
    }
}
