//! Tangents and adjoints of the problems, as [`EnzymeStyle`](di_backends::EnzymeStyle) runs them.

use super::brusselator::{SPREAD, diffuse};
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

impl<T: Real> TangentFn<T> for Brusselator {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        x: &[T],
        dx: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        if let Some(y) = y {
            self.call_into(x, y);
        }
        let cells = self.side * self.side;
        let (u, v) = x.split_at(cells);
        let (tu, tv) = dx.split_at(cells);
        let (du, dv) = dy.split_at_mut(cells);
        diffuse_lanes(self.side, tu, du);
        diffuse_lanes(self.side, tv, dv);
        for (((((du, dv), tu), tv), &u), &v) in du.iter_mut().zip(dv).zip(tu).zip(tv).zip(u).zip(v) {
            let (along_u, along_v) = (u * v * 2.0, u * u);
            for k in 0..K {
                let reaction = along_u * tu[k] + along_v * tv[k];
                du[k] += reaction - tu[k] * 4.4;
                dv[k] += tu[k] * 3.4 - reaction;
            }
        }
    }
}

/// `α ∇²` of tangents.
#[inline]
fn diffuse_lanes<T: Real, const K: usize>(side: usize, field: &[[T; K]], to: &mut [[T; K]]) {
    let row = |i: usize| &field[i * side..][..side];
    for (i, to) in to.chunks_exact_mut(side).enumerate() {
        let (above, middle, below) = (row((i + side - 1) % side), row(i), row((i + 1) % side));
        for j in 0..side {
            let (left, right) = if j == 0 {
                (side - 1, 1)
            } else if j + 1 == side {
                (j - 1, 0)
            } else {
                (j - 1, j + 1)
            };
            let [a, b, l, m, r] = [&above[j], &below[j], &middle[left], &middle[j], &middle[right]];
            for k in 0..K {
                to[j][k] = (a[k] + b[k] + l[k] + r[k] - m[k] * 4.0) * SPREAD;
            }
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
