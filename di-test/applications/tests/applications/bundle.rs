//! The cameras that look at points.

use crate::support::{EXACT, POINTS, assert_close, check_jacobian, check_jacobian_by_differences};
use di_applications::{Block, BundleAdjustment, Random, Reprojection, adbench};
use di_backends::{EnzymeStyle, NumDual, Tape, value_and_pullback, value_and_pushforward};

fn block_by_hand(f: Reprojection, x: &[f64]) -> ([f64; 2], Block) {
    let mut block = [[f64::NAN; 15]; 2];
    let residual = f.value_and_block(x, &mut block);
    (residual, block)
}

/// The blocks in their places.
fn products(f: &BundleAdjustment, x: &[f64], blocks: &[Block], dx: &[f64], dy: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let n = f.observations();
    let (mut forward, mut backward) = (vec![0.0; 3 * n], vec![0.0; x.len()]);
    for (i, block) in blocks.iter().enumerate() {
        let [camera, point, weight] = f.columns(i);
        let columns = (camera..camera + 11).chain(point..point + 3).chain([weight]);
        for (k, column) in columns.enumerate() {
            for (row, block) in block.iter().enumerate() {
                forward[2 * i + row] += block[k] * dx[column];
                backward[column] += block[k] * dy[2 * i + row];
            }
        }
        forward[2 * n + i] = -2.0 * x[weight] * dx[weight];
        backward[weight] -= 2.0 * x[weight] * dy[2 * n + i];
    }
    (forward, backward)
}

fn check_whole(what: &str, f: &BundleAdjustment, x: &[f64]) {
    let n = f.observations();
    let (mut y, mut blocks) = (vec![f64::NAN; 3 * n], vec![[[f64::NAN; 15]; 2]; n]);
    f.value_and_blocks_into(x, &mut y, &mut blocks);
    let mut random = Random::new(7);
    let (dx, dy) = (random.vector(x.len(), -1.0, 1.0), random.vector(3 * n, -1.0, 1.0));
    let (forward, backward) = products(f, x, &blocks, &dx, &dy);
    let by_duals = value_and_pushforward(&NumDual::default(), f, x, &dx).unwrap();
    let by_code = value_and_pushforward(&EnzymeStyle::default(), f, x, &dx).unwrap();
    for (engine, (value, pushed)) in [("dual numbers", by_duals), ("derivative code", by_code)] {
        assert_close(&format!("{what}, value by {engine}"), &value, &y, EXACT);
        assert_close(&format!("{what}, pushforward by {engine}"), &pushed, &forward, EXACT);
    }
    let by_tape = value_and_pullback(&Tape::default(), f, x, &dy).unwrap();
    let by_code = value_and_pullback(&EnzymeStyle::default(), f, x, &dy).unwrap();
    for (engine, (value, pulled)) in [("tape", by_tape), ("derivative code", by_code)] {
        assert_close(&format!("{what}, value by {engine}"), &value, &y, EXACT);
        assert_close(&format!("{what}, pullback by {engine}"), &pulled, &backward, EXACT);
    }
}

#[test]
fn engines_agree_on_files() {
    for name in ["ba_test", "ba1_n49_m7776_p31843"] {
        let (f, x) = BundleAdjustment::read(&adbench(&format!("ba/{name}.txt"))).unwrap();
        check_whole(name, &f, &x);
    }
}

/// Computed by another program.
#[test]
fn values_are_known() {
    for (name, expected) in [
        ("ba_test", [-0.269_048_849_235_473_9, 0.259_944_792_677_937_46, 0.826_092_651_516]),
        ("ba1_n49_m7776_p31843", [0.101_335_837_914_437_75, -0.068_967_765_924_386_25, 0.826_092_651_516]),
    ] {
        let (f, x) = BundleAdjustment::read(&adbench(&format!("ba/{name}.txt"))).unwrap();
        let n = f.observations();
        let (mut y, mut blocks) = (vec![f64::NAN; 3 * n], vec![[[f64::NAN; 15]; 2]; n]);
        f.value_and_blocks_into(&x, &mut y, &mut blocks);
        assert_close(name, &y[..2], &expected[..2], 1e-11);
        assert_close(name, &y[2 * n..][..1], &expected[2..], EXACT);
        assert!(y[..2 * n].chunks(2).all(|residual| residual == &y[..2]), "all observations are the same");
    }
}

#[test]
fn engines_agree_on_random_problems() {
    for seed in 0..5 {
        let f = BundleAdjustment::random(3, 7, 20, seed).unwrap();
        check_whole("random problem", &f, &f.point(seed));
    }
}

#[test]
fn engines_agree_on_blocks_at_random_points() {
    let f = Reprojection { feature: [0.25, -0.5] };
    for seed in 0..POINTS {
        let x = f.point(seed);
        let (residual, block) = block_by_hand(f, &x);
        check_jacobian("observation", &f, &x, &residual, block.as_flattened());
        if seed < 5 {
            check_jacobian_by_differences("observation", &f, &x, block.as_flattened(), 1e-8);
        }
    }
}

/// Without a rotation there is another formula.
#[test]
fn engines_agree_where_the_camera_is_not_turned() {
    let f = Reprojection { feature: [0.25, -0.5] };
    let mut x = f.point(1);
    x[..3].fill(0.0);
    let (residual, block) = block_by_hand(f, &x);
    check_jacobian("observation", &f, &x, &residual, block.as_flattened());
    check_jacobian_by_differences("observation", &f, &x, block.as_flattened(), 1e-7);
}
