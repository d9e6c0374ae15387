//! The small functions `R^n → R`.

use crate::support::{POINTS, check_by_differences, check_gradient, check_large_gradient};
use di_applications::{LotkaVolterra, LotkaVolterraAdjoint, Mlp, MlpAdjoint, Orbit, Rosenbrock};
use di_backends::ScalarFn;

#[test]
fn the_curved_valley() {
    for (i, seed) in (0..POINTS).enumerate() {
        let x = Rosenbrock.point(2 + i % 20, seed);
        let mut gradient = vec![f64::NAN; x.len()];
        let value = Rosenbrock.value_and_gradient_into(&x, &mut gradient);
        check_gradient("valley", &Rosenbrock, &x, value, &gradient);
        check_by_differences("valley", &Rosenbrock, &x, &gradient, 1e-8);
    }
    assert_eq!(Rosenbrock.call(&[-1.0, 2.0, 1.0]), 104.0 + 901.0);
    assert_eq!(Rosenbrock.call(&[1.0; 9]), 0.0);
    let mut gradient = [f64::NAN];
    assert_eq!((Rosenbrock.value_and_gradient_into(&[3.0], &mut gradient), gradient), (0.0, [0.0]));
}

fn network(f: &Mlp, x: &[f64]) -> (f64, Vec<f64>) {
    let mut adjoint = MlpAdjoint::new(f);
    let mut gradient = vec![f64::NAN; x.len()];
    adjoint.value_and_gradient_into(&f.point(99), &mut gradient);
    let value = adjoint.value_and_gradient_into(x, &mut gradient);
    (value, gradient)
}

#[test]
fn the_network() {
    for (i, seed) in (0..POINTS).enumerate() {
        let f = Mlp::random(1 + i % 6, 1 + i % 3, seed).unwrap();
        let x = f.point(seed);
        let (value, gradient) = network(&f, &x);
        check_gradient("network", &f, &x, value, &gradient);
        if seed < 5 {
            check_by_differences("network", &f, &x, &gradient, 1e-7);
        }
    }
    for samples in [1, 32] {
        let f = Mlp::random(64, samples, 1).unwrap();
        let x = f.point(2);
        let (value, gradient) = network(&f, &x);
        check_large_gradient("64-64-64-1", &f, &x, value, &gradient);
    }
}

fn integration(f: LotkaVolterra, x: &[f64]) -> (f64, Vec<f64>) {
    let mut adjoint = LotkaVolterraAdjoint::new(f);
    let mut gradient = vec![f64::NAN; x.len()];
    adjoint.value_and_gradient_into(&f.point(99), &mut gradient);
    let value = adjoint.value_and_gradient_into(x, &mut gradient);
    (value, gradient)
}

#[test]
fn predators_and_prey() {
    let f = LotkaVolterra::new(50);
    for seed in 0..POINTS {
        let x = f.point(seed);
        let (value, gradient) = integration(f, &x);
        check_gradient("50 steps", &f, &x, value, &gradient);
        if seed < 5 {
            check_by_differences("50 steps", &f, &x, &gradient, 1e-7);
        }
    }
    let f = LotkaVolterra::new(1000);
    let x = f.point(1);
    let (value, gradient) = integration(f, &x);
    check_gradient("1000 steps", &f, &x, value, &gradient);
}

/// `δ u − γ ln u + β v − α ln v` does not change with time.
#[test]
fn predators_and_prey_keep_their_invariant() {
    let x = [1.2, 0.8, 1.1, 0.9, 1.3, 0.7];
    let at = |u: f64, v: f64| x[5] * u - x[4] * u.ln() + x[3] * v - x[2] * v.ln();
    let place = |i: usize| {
        // Distances to two targets along an axis, from which the coordinate follows.
        let mut f = LotkaVolterra { target: [0.0; 2], ..LotkaVolterra::new(1000) };
        let origin = f.call(&x);
        f.target[i] = 1.0;
        origin - f.call(&x) + 0.5
    };
    let drift = at(place(0), place(1)) - at(x[0], x[1]);
    assert!(drift.abs() < 1e-9, "{drift:e}");
    assert!((place(0) - x[0]).abs() > 1e-3, "nothing has moved");
}

#[test]
fn the_orbit() {
    for seed in 0..POINTS {
        let f = Orbit::random(7, seed).unwrap();
        let x = f.point(seed);
        let mut gradient = vec![f64::NAN; 4];
        let value = f.value_and_gradient_into(&x, &mut gradient);
        check_gradient("orbit", &f, &x, value, &gradient);
        check_by_differences("orbit", &f, &x, &gradient, 1e-7);
    }
}

/// A planet that is observed where it is has no error.
#[test]
fn an_orbit_is_found_again() {
    let [a, e, n, start]: [f64; 4] = [1.2, 0.4, 2.0, 0.3];
    let anomalies = [0.5, 1.0, 1.5, 2.0];
    let times = anomalies.map(|anomaly: f64| (anomaly - e * anomaly.sin() - start) / n).to_vec();
    let places = anomalies.map(|anomaly| [a * (anomaly.cos() - e), a * (1.0 - e * e).sqrt() * anomaly.sin()]);
    let f = Orbit::new(times, places.to_vec(), 1e-13).unwrap();
    let mut gradient = [f64::NAN; 4];
    assert!(f.value_and_gradient_into(&[a, e, n, start], &mut gradient) < 1e-24);
    assert!(gradient.iter().all(|g| g.abs() < 1e-12), "{gradient:?}");
}
