use di_core::{HessianDetector, JacobianDetector, TracerDetector, from_fn, from_vector_fn};

fn main() {
    let f = from_vector_fn(1, |x: &[f64], y: &mut [f64]| y[0] = x[0]);
    let _ = JacobianDetector::<_, f64>::jacobian_pattern(&TracerDetector::global(), &f, &[1.0]);
    let g = from_fn(|x: &[f64]| x[0]);
    let _ = detect(&TracerDetector::global(), &g);
}

fn detect<F>(detector: &impl HessianDetector<F>, f: &F) -> di_core::Result<di_core::Pattern> {
    detector.hessian_pattern(f, &[1.0])
}
