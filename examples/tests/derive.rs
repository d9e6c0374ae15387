//! The derive macro needs no `di_core` in scope: here is none.

use di_backends::{Cache, Enclosed, Real, ScalarFn, Shadow, TangentFn};

/// Sum of squares, through a buffer.
#[derive(Clone, Debug, Shadow)]
struct Squares<T> {
    scale: Vec<T>,
    #[shadow(constant)]
    shift: Vec<f64>,
    work: Cache,
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Fit<'a> {
    data: &'a [f64],
}

impl<T: Real> ScalarFn<T> for Fit<'_> {
    fn call(&self, x: &[T]) -> T {
        x.iter().zip(self.data).map(|(&x, &data)| (x - data) * (x - data)).sum()
    }
}

impl<T: Real> TangentFn<T> for Fit<'_> {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        dy[0] = [T::zero(); K];
        for ((&x, dx), &data) in x.iter().zip(dx).zip(self.data) {
            dy[0].iter_mut().zip(dx).for_each(|(dy, &dx)| *dy += (x - data) * dx * 2.0);
        }
        if let Some(y) = y {
            y[0] = self.call(x);
        }
    }
}

#[test]
fn a_shadow_of_buffers() {
    let squares = Squares { scale: vec![2.0_f32; 3], shift: vec![1.0; 3], work: Cache::new() };
    let mut shadow = squares.make_zero();
    assert_eq!((shadow.scale.as_slice(), shadow.shift.as_slice()), ([0.0; 3].as_slice(), [1.0; 3].as_slice()));
    shadow.scale[1] = 5.0;
    shadow.work.buffer::<f32>(2)[1] = 5.0;
    squares.remake_zero(&mut shadow);
    assert_eq!(shadow.scale, [0.0; 3]);
    assert_eq!(*shadow.work.buffer::<f32>(2), [0.0; 2]);
}

#[test]
fn a_function_that_borrows() {
    let data = [1.0, 2.0];
    let fit = Fit { data: &data };
    let () = fit.make_zero();
    let mut dy = [[0.0; 1]];
    fit.tangent_into(Enclosed::Constant, &[2.0, 2.0], &[[1.0], [1.0]], None, &mut dy);
    assert_eq!(dy, [[2.0]]);
}
