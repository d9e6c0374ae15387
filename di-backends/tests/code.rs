//! Functions that come with derivative code, combined with the other engines.
#![cfg(all(feature = "num-dual", feature = "tape", feature = "enzyme"))]

use di_backends::ndarray::Array2;
use di_backends::{
    AdjointFn, Cache, Enclosed, EnzymeStyle, Mixed, NumDual, Real, Result, ScalarFn, SecondOrder, Shadow,
};
use di_backends::{Hvp, PrepareHvp, Tape, VectorFn, gradient, hessian, hvp, jacobian};

/// `Σ x_i² x_{i+1}` and each of its terms, by way of a buffer of squares; with an adjoint and without a tangent.
#[derive(Clone, Debug, Default)]
struct Products {
    squares: Cache,
}

impl Shadow for Products {
    type Shadow = Cache;

    fn make_zero(&self) -> Cache {
        self.squares.make_zero()
    }

    fn remake_zero(&self, shadow: &mut Cache) {
        self.squares.remake_zero(shadow);
    }
}

impl<T: Real> VectorFn<T> for Products {
    fn output_len(&self, input_len: usize) -> usize {
        input_len - 1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        let mut squares = self.squares.buffer::<T>(x.len());
        squares.iter_mut().zip(x).for_each(|(square, &x)| *square = x * x);
        for (i, y) in y.iter_mut().enumerate() {
            *y = squares[i] * x[i + 1];
        }
    }
}

impl<T: Real> ScalarFn<T> for Products {
    fn call(&self, x: &[T]) -> T {
        let mut squares = self.squares.buffer::<T>(x.len());
        squares.iter_mut().zip(x).for_each(|(square, &x)| *square = x * x);
        squares.iter().zip(&x[1..]).map(|(&square, &x)| square * x).sum()
    }
}

/// One adjoint for both shapes: with one output for several inputs it is that of the sum.
impl<T: Real> AdjointFn<T> for Products {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Cache>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        let shared = dy.len() == 1;
        match y {
            Some([y]) if shared => *y = self.call(x),
            Some(y) => self.call_into(x, y),
            None => {}
        }
        let seed = |i: usize| if shared { dy[0] } else { dy[i] };
        for i in 0..x.len() - 1 {
            dx[i + 1] += x[i] * x[i] * seed(i);
        }
        let Some(shadow) = enclosed.shadow() else { return };
        let mut cotangents = shadow.buffer::<T>(x.len());
        for i in 0..x.len() - 1 {
            cotangents[i] += x[i + 1] * seed(i);
        }
        for ((dx, &x), &cotangent) in dx.iter_mut().zip(x).zip(&*cotangents) {
            *dx += x * cotangent * 2.0;
        }
    }
}

const X: [f64; 3] = [1.5, -2.0, 0.5];

fn exact_hessian() -> Array2<f64> {
    let [a, b, c] = X;
    Array2::from_shape_vec((3, 3), vec![2.0 * b, 2.0 * a, 0.0, 2.0 * a, 2.0 * c, 2.0 * b, 0.0, 2.0 * b, 0.0])
        .expect("nine entries")
}

#[test]
fn forward_over_derivative_code() -> Result<()> {
    let f = Products::default();
    let over = SecondOrder { outer: NumDual::default(), inner: EnzymeStyle::default() };
    let by_hand = EnzymeStyle::default();
    assert_eq!(gradient(&over, &f, &X)?, gradient(&Tape::default(), &f, &X)?);
    assert_eq!(hessian(&over, &f, &X)?, exact_hessian());
    assert_eq!(hessian(&by_hand, &f, &X)?, exact_hessian());
    let dx = [1.0, 2.0, -1.0];
    let along = exact_hessian().dot(&di_backends::ndarray::arr1(&dx)).to_vec();
    let mut prepared = over.prepare_hvp(f.clone(), &[0.0; 3])?;
    for _ in 0..10 {
        assert_eq!(prepared.hvp(&X, &dx)?, along);
    }
    assert_eq!(hvp(&by_hand, f, &X, &dx)?, along);
    Ok(())
}

#[test]
fn constant_buffers_drop_their_part_alone() -> Result<()> {
    let backend = EnzymeStyle::default().duplicate_function(false);
    let [a, b, _] = X;
    assert_eq!(gradient(&backend, Products::default(), &X)?, [0.0, a * a, b * b]);
    Ok(())
}

#[test]
fn another_engine_supplies_the_missing_tangent() -> Result<()> {
    let mixed = Mixed { forward: NumDual::default(), reverse: EnzymeStyle::default() };
    let [a, b, c] = X;
    let exact = [[2.0 * a * b, a * a, 0.0], [0.0, 2.0 * b * c, b * b]];
    let jac: Array2<f64> = jacobian(&mixed, Products::default(), &X)?;
    assert_eq!(jac.rows().into_iter().map(|row| row.to_vec()).collect::<Vec<_>>(), exact);
    Ok(())
}

/// `n x²` by way of `n` numbers; its adjoint reads `n` from the shadow.
#[derive(Clone, Debug)]
struct Copies {
    n: usize,
    squares: Cache,
}

impl Shadow for Copies {
    type Shadow = Self;

    fn make_zero(&self) -> Self {
        Self { n: self.n, squares: self.squares.make_zero() }
    }

    /// Leaves the constant as it is.
    fn remake_zero(&self, shadow: &mut Self) {
        self.squares.remake_zero(&mut shadow.squares);
    }
}

impl<T: Real> ScalarFn<T> for Copies {
    fn call(&self, x: &[T]) -> T {
        let mut squares = self.squares.buffer::<T>(self.n);
        squares.fill(x[0] * x[0]);
        T::sum_of(&squares)
    }
}

impl<T: Real> AdjointFn<T> for Copies {
    fn adjoint_into(&self, enclosed: Enclosed<'_, Self>, x: &[T], dx: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        if let Some(y) = y {
            y[0] = self.call(x);
        }
        let Some(shadow) = enclosed.shadow() else { return };
        let mut cotangents = shadow.squares.buffer::<T>(shadow.n);
        cotangents.iter_mut().for_each(|cotangent| *cotangent += dy[0]);
        dx[0] += cotangents.iter().map(|&cotangent| cotangent * x[0] * 2.0).sum::<T>();
    }
}

#[test]
fn the_shadow_of_a_nested_engine_follows_a_change_of_the_function() -> Result<()> {
    fn check(backend: &impl PrepareHvp<Copies>) -> Result<()> {
        let mut prepared = backend.prepare_hvp(Copies { n: 1, squares: Cache::new() }, &[0.5])?;
        for n in [1, 3, 2, 5] {
            prepared.function_mut().n = n;
            assert_eq!(prepared.hvp(&[0.5], &[1.0])?, [f64::from(u8::try_from(2 * n).unwrap_or(0))]);
        }
        Ok(())
    }
    check(&EnzymeStyle::default())?;
    check(&SecondOrder { outer: NumDual::default(), inner: EnzymeStyle::default() })?;
    check(&SecondOrder { outer: Tape::default(), inner: EnzymeStyle::default() })
}
