//! Rows of derivative code that stands beside the function, as `EnzymeStyle` runs it.

use di_backends::ndarray::{ArrayView2, ArrayViewMut2};
use di_backends::{EnzymeStyle, Gradient, Jacobian, PrepareGradient, PrepareJacobian, PreparePullback};
use di_backends::{PreparePushforward, Pullback, Pushforward, VectorShape};

/// What writes a derivative at a point.
pub type Run<'a> = Box<dyn FnMut(&[f64], &mut [f64]) + 'a>;
/// A row of a problem: its name, and what writes the derivative.
pub type Row<'a> = (&'static str, Run<'a>);

/// A gradient with the value and without it.
pub fn gradient<'a, F>(f: &'a F, x: &[f64]) -> Vec<Row<'a>>
where
    EnzymeStyle: PrepareGradient<&'a F>,
{
    let prepare = || EnzymeStyle::default().prepare_gradient(f, x).expect("it has gradients");
    let (mut both, mut alone) = (prepare(), prepare());
    vec![
        (
            "EnzymeStyle",
            Box::new(move |x, grad| {
                both.value_and_gradient_into(x, grad).expect("lengths fit");
            }),
        ),
        ("EnzymeStyle, without the value", Box::new(move |x, grad| alone.gradient_into(x, grad).expect("lengths fit"))),
    ]
}

/// A pullback of `dy` with the value and without it.
pub fn pullback<'a, F>(f: &'a F, x: &[f64], dy: &'a [f64]) -> Vec<Row<'a>>
where
    EnzymeStyle: PreparePullback<&'a F, f64, VectorShape>,
{
    let prepare = || EnzymeStyle::default().prepare_pullback(f, x).expect("it has pullbacks");
    let (mut both, mut alone) = (prepare(), prepare());
    let mut y = vec![0.0; dy.len()];
    vec![
        ("EnzymeStyle", Box::new(move |x, dx| both.value_and_pullback_into(x, dy, &mut y, dx).expect("lengths fit"))),
        ("EnzymeStyle, without the value", Box::new(move |x, dx| alone.pullback_into(x, dy, dx).expect("lengths fit"))),
    ]
}

/// A dense Jacobian with the value.
pub fn jacobian<'a, F>(f: &'a F, x: &[f64]) -> Vec<Row<'a>>
where
    EnzymeStyle: PrepareJacobian<&'a F>,
{
    let mut prepared = EnzymeStyle::default().prepare_jacobian(f, x).expect("it has Jacobians");
    let mut y = vec![0.0; prepared.output_len()];
    vec![(
        "EnzymeStyle",
        Box::new(move |x, jac| {
            let jac = ArrayViewMut2::from_shape((y.len(), x.len()), jac).expect("the matrix has as many entries");
            prepared.value_and_jacobian_into(x, &mut y, jac).expect("lengths fit");
        }),
    )]
}

/// What writes the pushforward of the columns of `dx`, with the value or without, by any backend.
pub fn pushforward<'a, B, F, S>(backend: &B, f: &'a F, x: &[f64], dx: ArrayView2<'a, f64>, value: bool) -> Run<'a>
where
    B: PreparePushforward<&'a F, f64, S> + 'a,
    S: 'a,
{
    let mut prepared = backend.prepare_pushforward_batch(f, x, dx.ncols()).expect("it has pushforwards");
    let mut y = vec![0.0; prepared.output_len()];
    Box::new(move |x, dy| {
        let dy = ArrayViewMut2::from_shape((y.len(), dx.ncols()), dy).expect("the matrix has as many entries");
        prepared.evaluate_pushforward(x, dx, value.then_some(&mut y[..]), dy).expect("lengths fit");
    })
}
