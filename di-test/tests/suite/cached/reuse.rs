//! What earlier calls leave in caches and shadows.

use super::{Case, adjoint, at_points, cases, tangent, tangents, value};
use di_core::{AdjointFn, Enclosed, Scalar, Shadow, TangentFn, VectorFn};
use di_test::{Accumulate, Cached, Smallest, SplitMix64};

#[test]
fn earlier_calls_leave_no_trace() {
    for Case { f, sizes, .. } in cases() {
        let mut shadow = f.make_zero();
        for call in 0..10 {
            let n = sizes[call % sizes.len()];
            let x: Vec<f64> = SplitMix64::new(call as u64).vector(n).iter().map(|x| 0.5 + x / 4.0).collect();
            let dx = tangents::<3>(&mut SplitMix64::new(8), n);
            let dy = vec![0.5; f.outputs(n)];
            let fresh = f.clone();
            assert_eq!(value(&f, &x), value(&fresh, &x));
            let constant = tangent(&f, Enclosed::Constant, &x, &dx);
            assert_eq!(constant, tangent(&fresh, Enclosed::Constant, &x, &dx));
            f.remake_zero(&mut shadow);
            let used = tangent(&f, Enclosed::Duplicated(&mut shadow), &x, &dx);
            assert_eq!(used, tangent(&fresh, Enclosed::Duplicated(&mut fresh.make_zero()), &x, &dx));
            f.remake_zero(&mut shadow);
            let used = adjoint(&f, Enclosed::Duplicated(&mut shadow), &x, &dy);
            assert_eq!(used, adjoint(&fresh, Enclosed::Duplicated(&mut fresh.make_zero()), &x, &dy));
        }
    }
}

#[test]
fn nothing_allocates_after_the_first_call() {
    fn sweep<T: Scalar>(f: &Cached, shadow: &mut Cached, x: &[T], dx: &mut [T], dy: &mut [T], lanes: &mut [[T; 2]]) {
        f.call_into(x, dy);
        f.remake_zero(shadow);
        let ones = [[T::one(); 2]; 128];
        f.tangent_into(Enclosed::Duplicated(shadow), x, &ones[..x.len()], None, lanes);
        f.remake_zero(shadow);
        f.adjoint_into(Enclosed::Duplicated(shadow), x, dx, None, dy);
    }
    at_points(|Case { f, .. }, x| {
        let mut shadow = f.make_zero();
        let (mut dx, mut dy) = (x.to_vec(), vec![0.0; f.outputs(x.len())]);
        let mut lanes = vec![[0.0; 2]; dy.len()];
        sweep(f, &mut shadow, x, &mut dx, &mut dy, &mut lanes);
        let (count, ()) = di_test::count_allocations_of(|| sweep(f, &mut shadow, x, &mut dx, &mut dy, &mut lanes));
        assert_eq!(count, 0, "{f:?}");
    });
}

/// Derivative code fills the primal buffers too, so that a value that is wanted later finds them.
#[test]
fn a_value_allocates_nothing_after_derivatives_without() {
    at_points(|Case { f, .. }, x| {
        let (mut shadow, mut y) = (f.make_zero(), vec![0.0; f.outputs(x.len())]);
        let (tangents, mut lanes) = (vec![[1.0; 2]; x.len()], vec![[0.0; 2]; y.len()]);
        f.tangent_into(Enclosed::Duplicated(&mut shadow), x, &tangents, None, &mut lanes);
        let (count, ()) = di_test::count_allocations_of(|| f.call_into(x, &mut y));
        assert_eq!(count, 0, "{f:?}");

        let (f, mut dx) = (f.clone(), x.to_vec());
        f.remake_zero(&mut shadow);
        f.adjoint_into(Enclosed::Duplicated(&mut shadow), x, &mut dx, None, &mut y.clone());
        let mut dy = y.clone();
        let (count, ()) = di_test::count_allocations_of(|| {
            f.call_into(x, &mut y);
            f.adjoint_into(Enclosed::Constant, x, &mut dx, Some(&mut y), &mut dy);
        });
        assert_eq!(count, 0, "{f:?}");
    });
}

/// A shadow of another function is replaced, never read.
#[test]
fn a_foreign_shadow_does_no_harm() {
    let f = Cached::Smallest(Smallest::default());
    let mut foreign = Cached::Accumulate(Accumulate::default());
    assert_eq!(tangent(&f, Enclosed::Duplicated(&mut foreign), &[0.5], &[[1.0]]), [3.0]);
    f.remake_zero(&mut foreign);
    assert_eq!(adjoint(&f, Enclosed::Duplicated(&mut foreign), &[0.5], &[1.0]), [3.0]);
}
