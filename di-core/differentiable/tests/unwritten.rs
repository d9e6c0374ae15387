//! An output that a function leaves unwritten is not a number, at each call.
#![allow(clippy::pedantic, reason = "code is written in as many ways as authors may write it")]

use di_backends::{EnzymeStyle, PreparePullback, PreparePushforward, Pullback, Pushforward, Real, Result, Shadow};
use di_backends::{VectorFn, differentiable};

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Never;

#[differentiable]
impl<T: Real> VectorFn<T> for Never {
    fn output_len(&self, n: usize) -> usize {
        n + 1
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for i in 0..x.len() {
            y[i] = x[i] * x[i];
        }
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct WherePositive;

#[differentiable]
fn squared_if<T: Real>(wanted: bool, x: &[T], y: &mut [T]) {
    if wanted {
        for i in 0..x.len() {
            y[i] = x[i] * x[i];
        }
    }
}

#[differentiable]
impl<T: Real> VectorFn<T> for WherePositive {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        squared_if(x[0] > T::zero(), x, y);
    }
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct WhereTold {
    wanted: bool,
}

#[differentiable]
impl<T: Real> VectorFn<T> for WhereTold {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        squared_if(self.wanted, x, y);
    }
}

/// Reads its output before it writes it: what is there is not a number, so that the maximum is the other one.
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct ReadsFirst;

#[differentiable]
impl<T: Real> VectorFn<T> for ReadsFirst {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, x: &[T], y: &mut [T]) {
        for i in 0..x.len() {
            y[i] = y[i].max(x[i] * 2.0);
        }
    }
}

#[test]
fn an_output_that_is_read_holds_nothing_of_an_earlier_call() -> Result<()> {
    let (mut forward, mut reverse) = (
        EnzymeStyle::default().prepare_pushforward(ReadsFirst, &[9.0])?,
        EnzymeStyle::default().prepare_pullback(ReadsFirst, &[9.0])?,
    );
    for x in [5.0, 3.0, -1.0, 4.0] {
        assert_eq!(forward.value_and_pushforward(&[x], &[1.0])?, (vec![2.0 * x], vec![2.0]));
        assert_eq!(forward.pushforward(&[x], &[1.0])?, [2.0]);
        assert_eq!(reverse.value_and_pullback(&[x], &[1.0])?, (vec![2.0 * x], vec![2.0]));
        assert_eq!(reverse.pullback(&[x], &[1.0])?, [2.0]);
    }
    Ok(())
}

/// Whether each output is not a number, of the value and tangent by forward mode and the value by reverse mode.
fn missing<F>(f: F, points: &[[f64; 1]], change: Option<fn(usize, &mut F)>) -> Result<Vec<[bool; 3]>>
where
    F: Clone,
    EnzymeStyle: PreparePushforward<F> + PreparePullback<F>,
{
    let mut forward = EnzymeStyle::default().prepare_pushforward(f.clone(), &points[0])?;
    let mut reverse = EnzymeStyle::default().prepare_pullback(f, &points[0])?;
    let mut found = vec![];
    for (at, x) in points.iter().enumerate() {
        if let Some(change) = change {
            change(at, forward.function_mut());
            change(at, reverse.function_mut());
        }
        for _ in 0..2 {
            let (y, dy) = forward.value_and_pushforward(x, &[1.0])?;
            let (value, _) = reverse.value_and_pullback(x, &vec![1.0; y.len()])?;
            let last = y.len() - 1;
            found.push([y[last].is_nan(), dy[last].is_nan(), value[last].is_nan()]);
        }
    }
    Ok(found)
}

#[test]
fn outputs_that_are_never_written() -> Result<()> {
    assert_eq!(missing(Never, &[[1.0], [2.0]], None)?, [[true; 3]; 4]);
    Ok(())
}

#[test]
fn outputs_that_are_written_at_some_points() -> Result<()> {
    let found = missing(WherePositive, &[[1.0], [2.0], [-1.0], [3.0], [-2.0]], None)?;
    assert_eq!(found, [false, false, true, false, true].into_iter().flat_map(|is| [[is; 3]; 2]).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn outputs_that_are_written_by_some_functions() -> Result<()> {
    let f = WhereTold { wanted: true };
    let found = missing(f, &[[1.0], [2.0], [3.0]], Some(|at, f| f.wanted = at != 1))?;
    assert_eq!(found, [false, true, false].into_iter().flat_map(|is| [[is; 3]; 2]).collect::<Vec<_>>());
    Ok(())
}
