//! The recurrent network.

use crate::support::{EXACT, POINTS, assert_close, check_by_differences, check_gradient, check_large_gradient};
use di_applications::{Lstm, LstmAdjoint, adbench};

fn by_hand(f: &Lstm, x: &[f64]) -> (f64, Vec<f64>) {
    let mut gradient = vec![f64::NAN; x.len()];
    let value = LstmAdjoint::new(f).value_and_gradient_into(x, &mut gradient);
    (value, gradient)
}

/// Computed by another program.
#[test]
fn the_value_is_known_and_engines_agree_on_the_file() {
    let (f, x) = Lstm::read(&adbench("lstm/lstm_l2_c1024.txt")).unwrap();
    let (value, gradient) = by_hand(&f, &x);
    assert_close("value", &[value], &[0.666_665_179_558_853], EXACT);
    check_large_gradient("lstm_l2_c1024", &f, &x, value, &gradient);
}

#[test]
fn engines_agree_at_random_points() {
    for (i, seed) in (0..POINTS).enumerate() {
        let f = Lstm::random(1 + i % 3, 1 + i % 4, 2 + i % 5, seed).unwrap();
        let x = f.point(seed);
        let (value, gradient) = by_hand(&f, &x);
        check_gradient("random network", &f, &x, value, &gradient);
        if seed < 5 {
            check_by_differences("random network", &f, &x, &gradient, 1e-7);
        }
    }
}

/// The memory of one call leaves nothing behind for the next.
#[test]
fn calls_do_not_disturb_each_other() {
    let f = Lstm::random(2, 3, 6, 1).unwrap();
    let mut adjoint = LstmAdjoint::new(&f);
    let mut gradient = vec![0.0; f.input_len()];
    for seed in [1, 2, 1] {
        let x = f.point(seed);
        let value = adjoint.value_and_gradient_into(&x, &mut gradient);
        assert_eq!((value, gradient.clone()), by_hand(&f, &x));
    }
}
