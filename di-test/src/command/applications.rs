//! Functions of real programs: what is checked in the group "applications", and measured.

use di_applications::{
    Brusselator, DataError, Gmm, GmmAdjoint, IndexedBrusselator, LotkaVolterra, LotkaVolterraAdjoint, Lstm,
    LstmAdjoint, LuSolve, LuSolvePullback, Mlp, MlpAdjoint, Orbit, ReactionDiffusion, ReactionDiffusionPullback,
    Reprojection, Rosenbrock, Upwind,
};
use di_applications::{Oscillation, Spiral};
use di_backends::di_core::{CurveShape, ScalarFn, ScalarShape, UnaryShape, VectorFn, VectorShape};
use di_backends::{CurveFn, UnaryFn};
use di_test::{Custom, Inputs, Operator, Operators, Probed, Slots};
use std::hint::black_box;

/// The group of all these scenarios.
pub(super) const GROUP: &str = "applications";

/// Writes one bound for the operators of all applications, each with its shape.
macro_rules! applied {
    ($($function:ident: $shape:ident),* $(,)?) => {
        /// A backend with every operator for every application.
        pub(super) trait Applied: $(Operators<Probed<$function>, f64, $shape> +)* {}

        impl<B> Applied for B where B: $(Operators<Probed<$function>, f64, $shape> +)* {}
    };
}
applied! {
    Oscillation: UnaryShape, Spiral: CurveShape,
    Rosenbrock: ScalarShape, Mlp: ScalarShape, Gmm: ScalarShape, Lstm: ScalarShape, LotkaVolterra: ScalarShape,
    Orbit: ScalarShape,
    LuSolve: VectorShape, Brusselator: VectorShape, IndexedBrusselator: VectorShape, ReactionDiffusion: VectorShape,
    Reprojection: VectorShape, Upwind: VectorShape,
}

/// Evaluates a function at a point.
pub(super) type Plain<'a> = Box<dyn FnMut(&[f64]) + 'a>;

/// Writes what an operator writes.
type Code<'a> = Box<dyn FnMut(&Inputs<f64>, &mut Slots<f64>) + 'a>;

/// A function at a point, the time of whose plain evaluation others are divided by.
pub(super) struct Application<'a, F, K> {
    pub(super) custom: Custom<F, K>,
    /// Evaluates the function and nothing else.
    pub(super) plain: Plain<'a>,
    /// A derivative by code written for this function.
    pub(super) by_hand: ByHand<'a>,
}

/// Code that writes what an operator writes, with the value.
pub(super) struct ByHand<'a> {
    pub(super) operator: Operator,
    pub(super) run: Code<'a>,
}

/// What is done with each application, by a backend `B`; answers that are expected come from `R`.
pub(super) trait Visitor<B, R> {
    fn visit<F, K>(&mut self, application: Application<'_, F, K>)
    where
        B: Operators<Probed<F>, f64, K>,
        R: Operators<Probed<F>, f64, K>,
        F: Clone + Send + 'static;
}

/// How large the applications are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sizes {
    /// For checks: a few inputs each.
    Small,
    /// For measurements: several sizes each.
    Several,
}

impl Sizes {
    fn of<N: Copy>(self, small: N, several: &[N]) -> Vec<N> {
        match self {
            Self::Small => vec![small],
            Self::Several => several.to_vec(),
        }
    }
}

/// The entries of a slot.
fn flat(slots: &mut Slots<f64>, index: usize) -> &mut [f64] {
    slots.0[index].as_slice_mut().unwrap_or_default()
}

/// Value and gradient by code that returns the value.
fn gradient<'a>(mut code: impl FnMut(&[f64], &mut [f64]) -> f64 + 'a) -> ByHand<'a> {
    let run = move |inputs: &Inputs<f64>, slots: &mut Slots<f64>| {
        let value = code(&inputs.x, flat(slots, 1));
        flat(slots, 0)[0] = value;
    };
    ByHand { operator: Operator::Gradient, run: Box::new(run) }
}

/// Value and one pullback, by code that takes point, value, cotangent and result.
fn pullback<'a>(mut code: impl FnMut(&[f64], &mut [f64], &[f64], &mut [f64]) + 'a) -> ByHand<'a> {
    let run = move |Inputs { x, seeds }: &Inputs<f64>, slots: &mut Slots<f64>| {
        let [y, dx, _] = &mut slots.0;
        let (Some(y), Some(dy), Some(dx)) = (y.as_slice_mut(), seeds.as_slice(), dx.as_slice_mut()) else { return };
        code(x, y, dy, dx);
    };
    ByHand { operator: Operator::Pullback, run: Box::new(run) }
}

/// Value and Jacobian.
fn jacobian<'a>(mut code: impl FnMut(&[f64], &mut [f64], &mut [f64]) + 'a) -> ByHand<'a> {
    let run = move |Inputs { x, .. }: &Inputs<f64>, slots: &mut Slots<f64>| {
        let [y, jac, _] = &mut slots.0;
        let (Some(y), Some(jac)) = (y.as_slice_mut(), jac.as_slice_mut()) else { return };
        code(x, y, jac);
    };
    ByHand { operator: Operator::Jacobian, run: Box::new(run) }
}

fn scalar<'a, F: ScalarFn<f64> + Clone>(
    name: &str,
    f: &'a F,
    x: Vec<f64>,
    by_hand: ByHand<'a>,
) -> Application<'a, F, ScalarShape> {
    let custom = Custom::scalar(name, f.clone(), x).in_group(GROUP);
    let plain = move |x: &[f64]| {
        black_box(f.call(black_box(x)));
    };
    Application { custom, plain: Box::new(plain), by_hand }
}

fn vector<'a, F: VectorFn<f64> + Clone>(
    name: &str,
    f: &'a F,
    x: Vec<f64>,
    by_hand: ByHand<'a>,
) -> Application<'a, F, VectorShape> {
    let mut y = vec![0.0; f.output_len(x.len())];
    let custom = Custom::vector(name, f.clone(), x).in_group(GROUP);
    let plain = move |x: &[f64]| f.call_into(black_box(x), black_box(&mut y));
    Application { custom, plain: Box::new(plain), by_hand }
}

/// Visits all applications.
pub(super) fn each<B: Applied, R: Applied>(sizes: Sizes, visitor: &mut impl Visitor<B, R>) -> Result<(), DataError> {
    one_variable(visitor);
    scalars(sizes, visitor)?;
    vectors(sizes, visitor)
}

fn one_variable<B: Applied, R: Applied>(visitor: &mut impl Visitor<B, R>) {
    let by_hand = |inputs: &Inputs<f64>, slots: &mut Slots<f64>| {
        let [value, derivative] = Oscillation::value_and_derivative(inputs.x[0]);
        flat(slots, 0)[0] = value;
        flat(slots, 1)[0] = derivative;
    };
    visitor.visit(Application {
        custom: Custom::unary("oscillation", Oscillation, 0.7).in_group(GROUP),
        plain: Box::new(|x| {
            black_box(UnaryFn::<f64>::call(&Oscillation, black_box(x[0])));
        }),
        by_hand: ByHand { operator: Operator::Derivative, run: Box::new(by_hand) },
    });
    let by_hand = |inputs: &Inputs<f64>, slots: &mut Slots<f64>| {
        let [value, derivative, _] = Spiral::derivatives(inputs.x[0]);
        flat(slots, 0).copy_from_slice(&value);
        flat(slots, 1).copy_from_slice(&derivative);
    };
    let mut y = [0.0; 3];
    visitor.visit(Application {
        custom: Custom::curve("spiral", Spiral, 0.7).in_group(GROUP),
        plain: Box::new(move |x| CurveFn::<f64>::call_into(&Spiral, black_box(x[0]), black_box(&mut y))),
        by_hand: ByHand { operator: Operator::Derivative, run: Box::new(by_hand) },
    });
}

fn scalars<B: Applied, R: Applied>(sizes: Sizes, visitor: &mut impl Visitor<B, R>) -> Result<(), DataError> {
    for n in sizes.of(9, &[10, 100, 1000]) {
        let code = |x: &[f64], grad: &mut [f64]| Rosenbrock.value_and_gradient_into(x, grad);
        visitor.visit(scalar("Rosenbrock", &Rosenbrock, Rosenbrock.point(n, 1), gradient(code)));
    }
    for (width, samples) in sizes.of((3, 2), &[(8, 4), (64, 1)]) {
        let f = Mlp::random(width, samples, 4)?;
        let mut adjoint = MlpAdjoint::new(&f);
        let by_hand = gradient(|x, grad| adjoint.value_and_gradient_into(x, grad));
        visitor.visit(scalar("perceptron", &f, f.point(5), by_hand));
    }
    for (dimension, components, count) in sizes.of((2, 3, 10), &[(2, 5, 100), (10, 10, 100)]) {
        let f = Gmm::random(dimension, components, count, 2)?;
        let mut adjoint = GmmAdjoint::new(&f);
        let by_hand = gradient(|x, grad| adjoint.value_and_gradient_into(x, grad));
        visitor.visit(scalar("Gaussian mixture", &f, f.point(3), by_hand));
    }
    for (layers, width, count) in sizes.of((1, 2, 4), &[(1, 4, 20), (2, 14, 20)]) {
        let f = Lstm::random(layers, width, count, 2)?;
        let mut adjoint = LstmAdjoint::new(&f);
        let by_hand = gradient(|x, grad| adjoint.value_and_gradient_into(x, grad));
        visitor.visit(scalar("LSTM", &f, f.point(3), by_hand));
    }
    for steps in sizes.of(20, &[100, 1000]) {
        let f = LotkaVolterra::new(steps);
        let mut adjoint = LotkaVolterraAdjoint::new(f);
        let by_hand = gradient(|x, grad| adjoint.value_and_gradient_into(x, grad));
        let name = if sizes == Sizes::Small { "Runge–Kutta".into() } else { format!("Runge–Kutta, {steps} steps") };
        visitor.visit(scalar(&name, &f, f.point(1), by_hand));
    }
    let f = Orbit::random(sizes.of(5, &[100])[0], 1)?;
    visitor.visit(scalar("orbit", &f, f.point(1), gradient(|x, grad| f.value_and_gradient_into(x, grad))));
    Ok(())
}

fn vectors<B: Applied, R: Applied>(sizes: Sizes, visitor: &mut impl Visitor<B, R>) -> Result<(), DataError> {
    for n in sizes.of(4, &[4, 8, 32]) {
        let f = LuSolve::new(n)?;
        let mut code = LuSolvePullback::new(&f);
        let by_hand = pullback(|x, y, dy, dx| code.value_and_pullback_into(x, y, dy, dx));
        visitor.visit(vector("linear system", &f, f.point(1), by_hand));
    }
    for side in sizes.of(4, &[8, 32]) {
        let f = Brusselator::new(side)?;
        let by_hand = pullback(|x, y, dy, dx| f.value_and_pullback_into(x, y, dy, dx));
        visitor.visit(vector("Brusselator", &f, f.point(1), by_hand));
        let by_hand = pullback(|x, y, dy, dx| f.value_and_pullback_into(x, y, dy, dx));
        visitor.visit(vector("Brusselator with indices", &IndexedBrusselator(f), f.point(1), by_hand));
        let f = ReactionDiffusion::new(side)?;
        let mut code = ReactionDiffusionPullback::new(&f);
        let by_hand = pullback(|x, y, dy, dx| code.value_and_pullback_into(x, y, dy, dx));
        visitor.visit(vector("reaction and diffusion", &f, f.point(1), by_hand));
    }
    let f = Reprojection { feature: [0.25, -0.5] };
    let by_hand = jacobian(|x, y, jac| {
        let mut block = [[0.0; 15]; 2];
        y.copy_from_slice(&f.value_and_block(x, &mut block));
        jac.copy_from_slice(block.as_flattened());
    });
    visitor.visit(vector("camera", &f, f.point(1), by_hand));
    for n in sizes.of(13, &[50, 401]) {
        let by_hand = jacobian(|x, y, jac| Upwind.value_and_jacobian_into(x, y, jac));
        visitor.visit(vector("upwind", &Upwind, Upwind.point(n, 1), by_hand));
    }
    Ok(())
}
