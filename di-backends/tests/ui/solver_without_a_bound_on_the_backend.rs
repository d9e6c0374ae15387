use di_backends::{Backend, PrepareGradient, Result, ScalarFn};

/// Its bound says nothing of gradients: `B: ScalarBackend<F>`.
fn descend<B: Backend, F: ScalarFn<f64>>(backend: &B, f: F, x: &[f64]) -> Result<()> {
    backend.prepare_gradient(f, x).map(drop)
}

fn main() {}
