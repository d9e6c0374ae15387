//! The mixture of normal distributions.

use crate::support::{EXACT, POINTS, assert_close, check_by_differences, check_gradient, check_large_gradient};
use di_applications::{Gmm, GmmAdjoint, adbench};

fn by_hand(f: &Gmm, x: &[f64]) -> (f64, Vec<f64>) {
    let mut gradient = vec![f64::NAN; x.len()];
    let value = GmmAdjoint::new(f).value_and_gradient_into(x, &mut gradient);
    (value, gradient)
}

fn read(name: &str) -> (Gmm, Vec<f64>) {
    Gmm::read(&adbench(&format!("gmm/{name}.txt"))).unwrap()
}

/// Computed from the densities themselves, by another program.
#[test]
fn values_are_known() {
    for (name, expected) in [
        ("gmm_test", 8.073_804_080_049_724),
        ("gmm_d2_K5", -5_240.590_562_549_577),
        ("gmm_d10_K25", -25_649.652_621_197_303),
    ] {
        let (f, x) = read(name);
        assert_close(name, &[by_hand(&f, &x).0], &[expected], EXACT);
    }
}

/// The same points under another prior, computed by that program too.
#[test]
fn the_prior_is_known() {
    let text = std::fs::read_to_string(adbench("gmm/gmm_d2_K5.txt")).unwrap();
    let (points, _) = text.trim_end().rsplit_once('\n').unwrap();
    let (f, x) = Gmm::parse(&format!("{points}\n0.7 3\n")).unwrap();
    let (value, gradient) = by_hand(&f, &x);
    assert_close("value", &[value], &[-5_239.227_010_280_264], EXACT);
    check_gradient("another prior", &f, &x, value, &gradient);
}

#[test]
fn engines_agree_on_small_files() {
    for name in ["gmm_test", "gmm_d2_K5"] {
        let (f, x) = read(name);
        let (value, gradient) = by_hand(&f, &x);
        check_gradient(name, &f, &x, value, &gradient);
        check_by_differences(name, &f, &x, &gradient, 1e-8);
    }
}

#[test]
fn engines_agree_on_the_large_file() {
    let (f, x) = read("gmm_d10_K25");
    let (value, gradient) = by_hand(&f, &x);
    check_large_gradient("gmm_d10_K25", &f, &x, value, &gradient);
}

#[test]
fn engines_agree_at_random_points() {
    for (i, seed) in (0..POINTS).enumerate() {
        let f = Gmm::random(1 + i % 3, 1 + i % 4, 5, seed).unwrap();
        let x = f.point(seed);
        let (value, gradient) = by_hand(&f, &x);
        check_gradient("random mixture", &f, &x, value, &gradient);
    }
}

/// The memory of one call leaves nothing behind for the next.
#[test]
fn calls_do_not_disturb_each_other() {
    let f = Gmm::random(3, 4, 6, 1).unwrap();
    let mut adjoint = GmmAdjoint::new(&f);
    let mut gradient = vec![0.0; f.input_len()];
    for seed in [1, 2, 1] {
        let x = f.point(seed);
        let value = adjoint.value_and_gradient_into(&x, &mut gradient);
        assert_eq!((value, gradient.clone()), by_hand(&f, &x));
    }
}
