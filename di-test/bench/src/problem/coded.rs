//! Tangents and adjoints of the problems, as [`EnzymeStyle`](di_backends::EnzymeStyle) runs them.

use super::brusselator::diffuse;
use super::{Brusselator, Rosenbrock, Upwind};
use di_backends::{AdjointFn, Enclosed, Real, ScalarFn, Shadow, TangentFn, VectorFn};

/// These functions own nothing that they write into.
macro_rules! no_shadow {
    ($($type:ty)*) => {$(
        impl Shadow for $type {
            type Shadow = ();

            fn make_zero(&self) {}

            fn remake_zero(&self, (): &mut ()) {}
        }
    )*};
}

no_shadow!(Rosenbrock Brusselator Upwind);

impl<T: Real> AdjointFn<T> for Rosenbrock {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let Some((last, others)) = dx.split_last_mut() else { return };
        let (mut sum, mut carried) = (T::zero(), T::zero());
        for (pair, dx) in x.windows(2).zip(others) {
            let (across, along) = (pair[1] - pair[0] * pair[0], pair[0] - 1.0);
            sum += across * across * 100.0 + along * along;
            let bent = across * dy[0] * 200.0;
            *dx += carried + (along * dy[0] - pair[0] * bent) * 2.0;
            carried = bent;
        }
        *last += carried;
        if let Some(y) = y {
            y[0] = sum;
        }
    }
}

impl<T: Real> TangentFn<T> for Rosenbrock {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        dy[0] = [T::zero(); K];
        for (pair, tangents) in x.windows(2).zip(dx.windows(2)) {
            let (across, along) = (pair[1] - pair[0] * pair[0], pair[0] - 1.0);
            for (dy, (&da, &db)) in dy[0].iter_mut().zip(tangents[0].iter().zip(&tangents[1])) {
                *dy += across * (db - pair[0] * da * 2.0) * 200.0 + along * da * 2.0;
            }
        }
        if let Some(y) = y {
            y[0] = self.call(x);
        }
    }
}

impl<T: Real> AdjointFn<T> for Brusselator {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        if let Some(y) = y {
            self.call_into(x, y);
        }
        let cells = self.side * self.side;
        let (u, v) = x.split_at(cells);
        let (wu, wv) = dy.split_at(cells);
        let (pu, pv) = dx.split_at_mut(cells);
        diffuse(self.side, wu, pu, |to, spread| *to += spread);
        diffuse(self.side, wv, pv, |to, spread| *to += spread);
        for (((((pu, pv), &u), &v), &wu), &wv) in pu.iter_mut().zip(pv).zip(u).zip(v).zip(wu).zip(wv) {
            let both = wu - wv;
            *pu += both * 2.0 * u * v - wu * 4.4 + wv * 3.4;
            *pv += both * u * u;
        }
    }
}

impl<T: Real> TangentFn<T> for Upwind {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        if let Some(y) = y {
            Self::evaluate(x, y);
        }
        let flux = |u: T, du: &[T; K]| du.map(|du| u * du * 10.0);
        let mut before = x.last().zip(dx.last()).map_or([T::zero(); K], |(&u, du)| flux(u, du));
        for ((&u, du), dy) in x.iter().zip(dx).zip(dy) {
            let here = flux(u, du);
            for (dy, (&before, &here)) in dy.iter_mut().zip(before.iter().zip(&here)) {
                *dy = before - here;
            }
            before = here;
        }
    }
}

impl<T: Real> AdjointFn<T> for Upwind {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        if let Some(y) = y {
            Self::evaluate(x, y);
        }
        for (i, (dx, &u)) in dx.iter_mut().zip(x).enumerate() {
            let next = if i + 1 < dy.len() { i + 1 } else { 0 };
            *dx += (dy[next] - dy[i]) * u * 10.0;
        }
    }
}
