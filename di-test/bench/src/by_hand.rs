//! Engines called without the interface: buffers are kept by hand and nothing is checked.

use crate::Expression;
use di_backends::ndarray::ArrayViewMut2;
use di_backends::{PreparePullback, PreparePushforward, ScalarShape, Seeds};
use nalgebra::SVector;
use num_dual::{Derivative, DualNum, DualSVec64};

/// A gradient by an engine's pullback: what the interface calls, called directly.
pub fn pullback<B, F>(backend: B, f: F, x: &[f64]) -> impl FnMut(&[f64], &mut [f64])
where
    B: PreparePullback<F, f64, ScalarShape>,
{
    let mut workspace = B::Workspace::default();
    backend.init_pullback(&f, x, 1, &mut workspace).expect("the engine has pullbacks");
    move |x, grad| {
        let mut y = [0.0];
        backend.linearize(&f, &mut workspace, x, Some(&mut y)).expect("the function can be recorded");
        let column = ArrayViewMut2::from_shape((x.len(), 1), grad).expect("the gradient is as long as the point");
        backend.compute_pullback(&f, &mut workspace, Seeds::identity(1), column).expect("the engine sweeps");
    }
}

/// A gradient by an engine's pushforwards: what the interface calls, called directly.
pub fn pushforward<B, F>(backend: B, f: F, x: &[f64]) -> impl FnMut(&[f64], &mut [f64])
where
    B: PreparePushforward<F, f64, ScalarShape>,
{
    let mut workspace = B::Workspace::default();
    backend.init_pushforward(&f, x, x.len(), &mut workspace).expect("the engine has pushforwards");
    move |x, grad| {
        let mut y = [0.0];
        let row = ArrayViewMut2::from_shape((1, x.len()), grad).expect("the gradient is as long as the point");
        let seeds = Seeds::identity(x.len());
        backend.compute_pushforward(&f, &mut workspace, x, seeds, Some(&mut y), row).expect("the engine evaluates");
    }
}

/// num-dual's own number.
pub type Dual<const N: usize> = DualSVec64<N>;

fn constant<const N: usize>(x: f64) -> Dual<N> {
    Dual::new(x, Derivative::none())
}

/// Seeds chunk after chunk and calls `f`, as a user of num-dual alone would; inputs that are not seeded are constants.
fn chunks<const N: usize>(x: &[f64], inputs: &mut [Dual<N>], mut f: impl FnMut(&[Dual<N>], usize, usize)) {
    for (input, &x) in inputs.iter_mut().zip(x) {
        *input = constant(x);
    }
    for start in (0..x.len()).step_by(N) {
        let end = (start + N).min(x.len());
        for i in start..end {
            let mut lanes = SVector::<f64, N>::zeros();
            lanes[i - start] = 1.0;
            inputs[i].eps = Derivative::some(lanes);
        }
        f(inputs, start, end);
        for input in &mut inputs[start..end] {
            input.eps = Derivative::none();
        }
    }
}

/// A gradient with num-dual alone.
pub fn dual_gradient<const N: usize>(f: &impl Expression, n: usize) -> impl FnMut(&[f64], &mut [f64]) {
    let mut inputs = vec![constant::<N>(0.0); n];
    move |x, grad| {
        chunks(x, &mut inputs, |inputs, start, end| {
            let value = f.evaluate(inputs, |x| x.tanh());
            let lanes = value.eps.0.unwrap_or_else(SVector::zeros);
            grad[start..end].copy_from_slice(&lanes.as_slice()[..end - start]);
        });
    }
}

/// A square Jacobian with num-dual alone.
pub fn dual_jacobian<const N: usize>(
    f: impl Fn(&[Dual<N>], &mut [Dual<N>]),
    n: usize,
) -> impl FnMut(&[f64], &mut [f64]) {
    let mut inputs = vec![constant::<N>(0.0); n];
    let mut outputs = inputs.clone();
    move |x, jac| {
        chunks(x, &mut inputs, |inputs, start, end| {
            f(inputs, &mut outputs);
            for (output, row) in outputs.iter().zip(jac.chunks_exact_mut(x.len())) {
                match &output.eps.0 {
                    Some(lanes) => row[start..end].copy_from_slice(&lanes.as_slice()[..end - start]),
                    None => row[start..end].fill(0.0),
                }
            }
        });
    }
}
