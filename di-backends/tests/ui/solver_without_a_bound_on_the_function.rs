use di_backends::{Hessian, Result, ScalarBackend, Tape};

fn newton<B: ScalarBackend<F>, F>(backend: &B, f: F, x: &[f64]) -> Result<f64> {
    Ok(backend.prepare_hessian(f, x)?.hessian(x)?[(0, 0)])
}

/// Its own bound is missing: `Tape: ScalarBackend<F>`.
fn newton_by_tape<F>(f: F, x: &[f64]) -> Result<f64> {
    newton(&Tape::default(), f, x)
}

fn main() {
    let _ = newton_by_tape(Product, &[1.0]);
}

struct Product;
