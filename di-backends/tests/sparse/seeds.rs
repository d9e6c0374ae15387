//! Engines keep the seeds of a colouring from one call to the next: calls with other seeds in between change nothing.

use super::functions::{Ring, point};
use di_backends::ndarray::Array2;
use di_backends::{EnzymeStyle, FiniteDiff, NumDual, PreparePushforward, Seeds, Tape};

/// The product of a dense Jacobian with seeds.
fn product(x: &[f64], seeds: &Seeds<'_, f64>) -> Array2<f64> {
    let dense = Ring::jacobian(x).to_dense();
    let tangents = Array2::from_shape_fn((x.len(), seeds.width()), |(i, j)| seeds.get(i, j));
    dense.dot(&tangents)
}

fn check<B: PreparePushforward<Ring>>(backend: &B, tolerance: f64) {
    let n = 11;
    let [thirds, shifted, sparse]: [Vec<u32>; 3] = [
        (0..n).map(|i| i % 3).collect(),
        (0..n).map(|i| (i + 1) % 3).collect(),
        // Some rows are in no group.
        (0..n).map(|i| if i % 4 == 0 { u32::MAX } else { i % 4 - 1 }).collect(),
    ];
    let dense = Array2::from_shape_fn((11, 4), |(i, j)| f64::from(u8::try_from(i * 7 + j).unwrap()) / 50.0);
    let groups = |colors, start, width| Seeds::Groups { dim: 11, colors, start, width };
    let sequence = [
        groups(&thirds, 0, 1),
        groups(&thirds, 0, 3),
        groups(&thirds, 0, 3),
        groups(&thirds, 1, 2),
        groups(&shifted, 0, 3),
        Seeds::Basis { dim: 11, start: 4, width: 4 },
        groups(&shifted, 0, 3),
        Seeds::Dense(dense.view()),
        groups(&sparse, 0, 3),
        groups(&sparse, 0, 4),
        groups(&thirds, 0, 2),
        groups(&thirds, 0, 3),
    ];
    let mut workspace = B::Workspace::default();
    backend.init_pushforward(&Ring, &point(11), 4, &mut workspace).unwrap();
    let mut shift = 0.0;
    for (step, seeds) in sequence.into_iter().enumerate() {
        let x: Vec<f64> = point(11).into_iter().map(|x| x + shift).collect();
        shift += 0.125;
        let expected = product(&x, &seeds);
        let mut found = Array2::from_elem(expected.dim(), f64::NAN);
        backend.compute_pushforward(&Ring, &mut workspace, &x, seeds, None, found.view_mut()).unwrap();
        for (at, &expected) in expected.indexed_iter() {
            let error = (found[at] - expected).abs();
            assert!(error < tolerance, "{}, step {step}, {at:?}: {} is not {expected}", backend.name(), found[at]);
        }
    }
}

#[test]
fn other_seeds_in_between() {
    check(&NumDual::default(), 1e-13);
    check(&EnzymeStyle::default(), 1e-13);
    for width in [1, 2, 4, 8, 16] {
        check(&NumDual::fixed(width), 1e-13);
        check(&EnzymeStyle::fixed(width), 1e-13);
    }
    check(&Tape::default(), 1e-13);
    check(&FiniteDiff::central(), 1e-6);
}
