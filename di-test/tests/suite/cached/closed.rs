//! The closed forms agree with central differences.

use super::{Case, assert_close, at_points, flat, value};
use di_core::ndarray::{Array2, Axis};

/// Central differences of `g`, one column for each input.
fn differences(x: &[f64], g: impl Fn(&[f64]) -> Vec<f64>) -> Array2<f64> {
    let h = 1e-5;
    let rows = g(x).len();
    let mut matrix = Array2::zeros((rows, x.len()));
    for (j, mut column) in matrix.axis_iter_mut(Axis(1)).enumerate() {
        let shifted = |by: f64| {
            let mut x = x.to_vec();
            x[j] += by;
            g(&x)
        };
        let (up, down) = (shifted(h), shifted(-h));
        column.iter_mut().zip(up.iter().zip(down)).for_each(|(d, (up, down))| *d = (up - down) / (2.0 * h));
    }
    matrix
}

#[test]
fn closed_forms_agree_with_differences() {
    at_points(|Case { f, .. }, x| {
        let jacobian = differences(x, |x| value(f, x));
        assert_close(f, &flat(&f.jacobian(x)), &flat(&jacobian), 1e-7);
        let second = f.second(x);
        assert_eq!(second.is_some(), f.outputs(x.len()) == 1 || x.len() == 1, "{f:?}");
        if let Some(second) = second {
            let differences = differences(x, |x| flat(&f.jacobian(x)));
            assert_close(f, &flat(&second), &flat(&differences), 1e-7);
        }
    });
}
