//! The functions with enclosed caches agree with plain evaluation, and their derivative code with their closed forms.

mod closed;
mod code;
mod plain;
mod reuse;

use di_core::ndarray::Array2;
use di_core::{AdjointFn, Enclosed, Scalar, TangentFn, VectorFn};
use di_test::{Accumulate, Brusselator, Cached, Galerkin, ReactionDiffusion};
use di_test::{Smallest, SplitMix64, Steps, Swap, Upwind, WriteThenRead};

type Matrix = fn(&[f64]) -> Array2<f64>;

/// A function, where it is tried, and the same in plain code.
struct Case {
    f: Cached,
    sizes: &'static [usize],
    plain: fn(&[f64]) -> Vec<f64>,
    /// The Jacobian of the terms that read nothing enclosed; `None` if there are no such terms.
    direct: Option<Matrix>,
}

fn cases() -> Vec<Case> {
    let case = |f, sizes, plain| Case { f, sizes, plain, direct: None };
    let partly = |f, sizes, plain, direct| Case { f, sizes, plain, direct: Some(direct) };
    let any: &[usize] = &[1, 2, 5];
    vec![
        case(Cached::Smallest(Smallest::default()), &[1], plain::smallest),
        partly(Cached::WriteThenRead(WriteThenRead::new(false)), any, plain::write_then_read, plain::read_directly),
        partly(Cached::WriteThenRead(WriteThenRead::new(true)), any, plain::summed, plain::summed_directly),
        case(Cached::Accumulate(Accumulate::default()), any, plain::accumulate),
        case(Cached::Swap(Swap::new(5)), any, plain::swap),
        partly(rd(3, 4), &[24], plain::reaction_diffusion::<3>, plain::reaction),
        partly(rd(2, 1), &[4], plain::reaction_diffusion::<2>, plain::reaction),
        case(Cached::Upwind(Upwind::burgers()), any, plain::burgers),
        case(Cached::Upwind(Upwind::advection(0.75)), any, plain::rightwards),
        case(Cached::Upwind(Upwind::advection(-1.5)), any, plain::leftwards),
        case(Cached::Galerkin(Galerkin::linear()), &[2, 8], plain::linear_elements),
        case(Cached::Galerkin(Galerkin::quadratic()), &[3, 12], plain::quadratic_elements),
        partly(Cached::Brusselator(Brusselator::new(1)), &[2], plain::brusselator, plain::brusselator_reaction),
        partly(Cached::Brusselator(Brusselator::new(4)), &[32], plain::brusselator, plain::brusselator_reaction),
        case(Cached::Steps(Steps::new(3)), any, plain::steps),
    ]
}

fn rd(rows: usize, columns: usize) -> Cached {
    Cached::ReactionDiffusion(ReactionDiffusion::new(rows, columns))
}

/// Calls `check` with each function at random points of `0.25 .. 0.75`; where the flow may turn, of both signs.
fn at_points(check: impl Fn(&Case, &[f64])) {
    let mut random = SplitMix64::new(3);
    for case in cases() {
        let turning = matches!(case.f, Cached::Upwind(_));
        for &n in case.sizes {
            for _ in 0..3 {
                let mut x = random.vector(n);
                if !turning {
                    x = x.into_iter().map(|x| 0.5 + x / 4.0).collect();
                }
                check(&case, &x);
            }
        }
    }
}

fn value<T: Scalar>(f: &Cached, x: &[T]) -> Vec<T> {
    let mut y = vec![T::nan(); f.outputs(x.len())];
    f.call_into(x, &mut y);
    y
}

fn assert_close(f: &Cached, got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len());
    let scale = expected.iter().fold(1.0_f64, |scale, e| scale.max(e.abs()));
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() <= tolerance * scale, "{f:?}: {got} instead of {expected}");
    }
}

/// `J V` by tangent code, m × K, whose values are those of the function.
fn tangent<T: Scalar, const K: usize>(f: &Cached, enclosed: Enclosed<'_, Cached>, x: &[T], dx: &[[T; K]]) -> Vec<T> {
    let mut y = vec![T::nan(); f.outputs(x.len())];
    let mut dy = vec![[T::nan(); K]; y.len()];
    f.tangent_into(enclosed, x, dx, Some(&mut y), &mut dy);
    assert_eq!(y, value(f, x));
    dy.into_flattened()
}

/// `x̄ = Jᵀ ȳ` by adjoint code, from an `x̄` of ones that are taken off again.
fn adjoint<T: Scalar>(f: &Cached, enclosed: Enclosed<'_, Cached>, x: &[T], dy: &[T]) -> Vec<T> {
    let mut y = vec![T::nan(); f.outputs(x.len())];
    let mut dx = vec![T::one(); x.len()];
    f.adjoint_into(enclosed, x, &mut dx, Some(&mut y), &mut dy.to_vec());
    assert_eq!(y, value(f, x));
    dx.into_iter().map(|dx| dx - T::one()).collect()
}

fn tangents<const K: usize>(random: &mut SplitMix64, n: usize) -> Vec<[f64; K]> {
    (0..n).map(|_| [(); K].map(|()| random.uniform())).collect()
}

fn flat(matrix: &Array2<f64>) -> Vec<f64> {
    matrix.iter().copied().collect()
}
