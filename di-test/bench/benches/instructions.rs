//! Instructions of hot paths, compared with a baseline that is kept beside this crate.

use di_applications::{Brusselator, Gmm, LotkaVolterra, Mlp, Reprojection, Rosenbrock, Upwind};
use di_backends::ndarray::Array2;
use di_backends::{
    EnzymeStyle, FiniteDiff, Gradient, Hessian, Hvp, Jacobian, NumDual, PrepareGradient, PrepareHessian, PrepareHvp,
    PrepareJacobian, PreparePullback, PreparePushforward, PrepareSparseJacobian, Pullback, Pushforward, ScalarFn,
    SecondOrder, Sparse, SparseJacobian, Tape, VectorFn, VectorShape,
};
use di_bench::instructions::{Case, run};
use std::hint::black_box;
use std::process::ExitCode;

/// A hot path, ready to run.
type Path = Box<dyn FnMut()>;

fn plain<F: ScalarFn<f64> + 'static>((f, x): (F, Vec<f64>)) -> Path {
    Box::new(move || {
        black_box(f.call(black_box(&x)));
    })
}

fn plain_vector<F: VectorFn<f64> + 'static>((f, x): (F, Vec<f64>)) -> Path {
    let mut y = vec![0.0; f.output_len(x.len())];
    Box::new(move || f.call_into(black_box(&x), black_box(&mut y)))
}

fn gradient<B: PrepareGradient<F> + 'static, F: 'static>(backend: B, (f, x): (F, Vec<f64>)) -> Path {
    let mut prepared = backend.prepare_gradient(f, &x).expect("it has gradients");
    let mut grad = vec![0.0; x.len()];
    Box::new(move || {
        black_box(prepared.value_and_gradient_into(black_box(&x), &mut grad).expect("lengths fit"));
    })
}

fn hvp<B: PrepareHvp<F> + 'static, F: 'static>(backend: B, (f, x): (F, Vec<f64>)) -> Path {
    let mut prepared = backend.prepare_hvp(f, &x).expect("it has products");
    let (dx, mut grad, mut dg) = (vec![1.0; x.len()], vec![0.0; x.len()], vec![0.0; x.len()]);
    Box::new(move || {
        black_box(prepared.value_gradient_and_hvp_into(black_box(&x), &dx, &mut grad, &mut dg).expect("lengths fit"));
    })
}

fn hessian<B: PrepareHessian<F> + 'static, F: 'static>(backend: B, (f, x): (F, Vec<f64>)) -> Path {
    let mut prepared = backend.prepare_hessian(f, &x).expect("it has Hessians");
    let mut hess = Array2::zeros((x.len(), x.len()));
    Box::new(move || prepared.hessian_into(black_box(&x), hess.view_mut()).expect("lengths fit"))
}

fn pushforward<B: PreparePushforward<F, f64, VectorShape> + 'static, F: 'static>(
    backend: B,
    (f, x): (F, Vec<f64>),
) -> Path {
    let mut prepared = backend.prepare_pushforward(f, &x).expect("it has pushforwards");
    let mut y = vec![0.0; prepared.output_len()];
    let (dx, mut dy) = (vec![1.0; x.len()], y.clone());
    Box::new(move || prepared.value_and_pushforward_into(black_box(&x), &dx, &mut y, &mut dy).expect("lengths fit"))
}

fn pullback<B: PreparePullback<F, f64, VectorShape> + 'static, F: 'static>(backend: B, (f, x): (F, Vec<f64>)) -> Path {
    let mut prepared = backend.prepare_pullback(f, &x).expect("it has pullbacks");
    let mut y = vec![0.0; prepared.output_len()];
    let (dy, mut dx) = (vec![1.0; y.len()], vec![0.0; x.len()]);
    Box::new(move || prepared.value_and_pullback_into(black_box(&x), &dy, &mut y, &mut dx).expect("lengths fit"))
}

fn jacobian<B: PrepareJacobian<F> + 'static, F: 'static>(backend: B, (f, x): (F, Vec<f64>)) -> Path {
    let mut prepared = backend.prepare_jacobian(f, &x).expect("it has Jacobians");
    let mut y = vec![0.0; prepared.output_len()];
    let mut jac = Array2::zeros((y.len(), x.len()));
    Box::new(move || prepared.value_and_jacobian_into(black_box(&x), &mut y, jac.view_mut()).expect("lengths fit"))
}

fn sparse<B, F>(backend: B, (f, x): (F, Vec<f64>)) -> Path
where
    Sparse<B>: PrepareSparseJacobian<F>,
    B: 'static,
    F: 'static,
{
    let mut prepared = Sparse::of(backend).prepare_sparse_jacobian(f, &x).expect("it has sparse Jacobians");
    let (mut y, mut jac) = (vec![0.0; prepared.output_len()], prepared.matrix());
    Box::new(move || prepared.value_and_sparse_jacobian_into(black_box(&x), &mut y, &mut jac).expect("lengths fit"))
}

fn rosenbrock() -> (Rosenbrock, Vec<f64>) {
    (Rosenbrock, Rosenbrock.point(100, 1))
}

fn network() -> (Mlp, Vec<f64>) {
    let f = Mlp::random(16, 4, 4).expect("sizes fit");
    let x = f.point(5);
    (f, x)
}

fn mixture() -> (Gmm, Vec<f64>) {
    let f = Gmm::random(3, 5, 20, 2).expect("sizes fit");
    let x = f.point(3);
    (f, x)
}

fn grid() -> (Brusselator, Vec<f64>) {
    let f = Brusselator::new(8).expect("the grid is large enough");
    (f, f.point(1))
}

fn camera() -> (Reprojection, Vec<f64>) {
    let f = Reprojection { feature: [0.25, -0.5] };
    (f, f.point(1))
}

fn ring() -> (Upwind, Vec<f64>) {
    (Upwind, Upwind.point(101, 1))
}

fn steps() -> (LotkaVolterra, Vec<f64>) {
    let f = LotkaVolterra::new(50);
    (f, f.point(1))
}

const CASES: &[Case] = &[
    ("Rosenbrock 100, plain", || plain(rosenbrock())),
    ("Rosenbrock 100, gradient, NumDual", || gradient(NumDual::default(), rosenbrock())),
    ("Rosenbrock 100, gradient, Tape", || gradient(Tape::default(), rosenbrock())),
    ("Rosenbrock 100, gradient, EnzymeStyle", || gradient(EnzymeStyle::default(), rosenbrock())),
    ("Rosenbrock 100, gradient, FiniteDiff", || gradient(FiniteDiff::central(), rosenbrock())),
    ("Rosenbrock 100, hvp, EnzymeStyle", || hvp(EnzymeStyle::default(), rosenbrock())),
    ("Rosenbrock 100, hvp, NumDual over Tape", || {
        hvp(SecondOrder { outer: NumDual::default(), inner: Tape::default() }, rosenbrock())
    }),
    ("Rosenbrock 100, Hessian, NumDual", || hessian(NumDual::default(), rosenbrock())),
    ("Rosenbrock 100, Hessian, NumDual over Tape", || {
        hessian(SecondOrder { outer: NumDual::default(), inner: Tape::default() }, rosenbrock())
    }),
    ("Rosenbrock 100, Hessian, Tape over Tape", || {
        hessian(SecondOrder { outer: Tape::default(), inner: Tape::default() }, rosenbrock())
    }),
    ("network 16, plain", || plain(network())),
    ("network 16, gradient, Tape", || gradient(Tape::default(), network())),
    ("network 16, gradient, EnzymeStyle", || gradient(EnzymeStyle::default(), network())),
    ("mixture 3 x 5, plain", || plain(mixture())),
    ("mixture 3 x 5, gradient, EnzymeStyle", || gradient(EnzymeStyle::default(), mixture())),
    ("Runge-Kutta 50, plain", || plain(steps())),
    ("Runge-Kutta 50, gradient, NumDual", || gradient(NumDual::default(), steps())),
    ("Runge-Kutta 50, gradient, EnzymeStyle", || gradient(EnzymeStyle::default(), steps())),
    ("Brusselator 8 x 8, plain", || plain_vector(grid())),
    ("Brusselator 8 x 8, pullback, Tape", || pullback(Tape::default(), grid())),
    ("Brusselator 8 x 8, pullback, EnzymeStyle", || pullback(EnzymeStyle::default(), grid())),
    ("Brusselator 8 x 8, pushforward, NumDual", || pushforward(NumDual::default(), grid())),
    ("Brusselator 8 x 8, pushforward, EnzymeStyle", || pushforward(EnzymeStyle::default(), grid())),
    ("Brusselator 8 x 8, sparse Jacobian, NumDual", || sparse(NumDual::default(), grid())),
    ("camera, plain", || plain_vector(camera())),
    ("camera, Jacobian, NumDual", || jacobian(NumDual::default(), camera())),
    ("camera, Jacobian, EnzymeStyle", || jacobian(EnzymeStyle::default(), camera())),
    ("upwind 101, Jacobian, NumDual", || jacobian(NumDual::default(), ring())),
    ("upwind 101, sparse Jacobian, NumDual", || sparse(NumDual::default(), ring())),
];

fn main() -> ExitCode {
    run(CASES)
}
