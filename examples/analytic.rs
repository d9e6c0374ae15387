//! Derivatives that are known on paper, written beside the function: an engine runs them and makes every operator of
//! them, the Hessian too, and another engine proves them right.
//!
//! `cargo run --release --example analytic`

use di_backends::{AdjointFn, Cache, Enclosed, EnzymeStyle, Mixed, NumDual, Real, Result, ScalarFn, Shadow, Tape};
use di_backends::{TangentFn, hvp, value_gradient_and_hessian};

/// The loss of a logistic regression, `Σ ln(1 + exp(-m_i)) + λ/2 w·w` with the margins `m_i = t_i x_i·w`.
///
/// Its shadow is nothing, although it owns a buffer: the formulas below never ask for the derivative of a margin.
#[derive(Debug, Shadow)]
#[shadow(constant)]
struct LogisticLoss<'a> {
    /// `x_i` and `t_i`, which is -1 or 1.
    samples: &'a [([f64; 3], f64)],
    lambda: f64,
    margins: Cache,
}

impl LogisticLoss<'_> {
    fn margin<T: Real>(&self, i: usize, w: &[T]) -> T {
        let (x, t) = &self.samples[i];
        T::linear_combination(x, w) * *t
    }
}

impl<T: Real> ScalarFn<T> for LogisticLoss<'_> {
    fn call(&self, w: &[T]) -> T {
        let mut margins = self.margins.buffer::<T>(self.samples.len());
        for (i, margin) in margins.iter_mut().enumerate() {
            *margin = self.margin(i, w);
        }
        margins.iter().map(|margin| (-*margin).exp().ln_1p()).sum::<T>() + T::dot(w, w) * (self.lambda / 2.0)
    }
}

/// `dy = -Σ p_i t_i x_i·dw + λ w·dw` with `p_i = 1 / (1 + exp m_i)`.
impl<T: Real> TangentFn<T> for LogisticLoss<'_> {
    fn tangent_into<const K: usize>(
        &self,
        _: Enclosed<'_, ()>,
        w: &[T],
        dw: &[[T; K]],
        y: Option<&mut [T]>,
        dy: &mut [[T; K]],
    ) {
        if let Some(y) = y {
            y[0] = self.call(w);
        }
        dy[0] = [T::zero(); K];
        for (i, (x, t)) in self.samples.iter().enumerate() {
            let p = (self.margin(i, w).exp() + 1.0).recip() * *t;
            for (dw, &x) in dw.iter().zip(x) {
                dy[0].iter_mut().zip(dw).for_each(|(dy, &dw)| *dy -= p * dw * x);
            }
        }
        for (dw, &w) in dw.iter().zip(w) {
            dy[0].iter_mut().zip(dw).for_each(|(dy, &dw)| *dy += w * dw * self.lambda);
        }
    }
}

/// `w̄ += ȳ (λ w - Σ p_i t_i x_i)`.
impl<T: Real> AdjointFn<T> for LogisticLoss<'_> {
    fn adjoint_into(&self, _: Enclosed<'_, ()>, w: &[T], dw: &mut [T], y: Option<&mut [T]>, dy: &mut [T]) {
        if let Some(y) = y {
            y[0] = self.call(w);
        }
        for (i, (x, t)) in self.samples.iter().enumerate() {
            let p = (self.margin(i, w).exp() + 1.0).recip() * *t * dy[0];
            dw.iter_mut().zip(x).for_each(|(dw, &x)| *dw -= p * x);
        }
        dw.iter_mut().zip(w).for_each(|(dw, &w)| *dw += w * dy[0] * self.lambda);
    }
}

fn main() -> Result<()> {
    let samples = [([1.0, 0.5, -1.2], 1.0), ([1.0, -1.5, 0.3], -1.0), ([1.0, 2.0, 0.8], 1.0), ([1.0, 0.1, 2.2], -1.0)];
    let f = LogisticLoss { samples: &samples, lambda: 0.1, margins: Cache::new() };
    let w = [0.2, -0.4, 0.7];

    let by_hand = value_gradient_and_hessian(&EnzymeStyle::default(), &f, &w)?;
    let by_engines = Mixed { forward: NumDual::default(), reverse: Tape::default() };
    let by_engines = value_gradient_and_hessian(&by_engines, &f, &w)?;
    println!("loss      {:.12}   (engines: {:.12})", by_hand.0, by_engines.0);
    println!("gradient  {:.12?}\n          {:.12?} by the engines", by_hand.1, by_engines.1);
    println!("Hessian\n{:.12}\n{:.12} by the engines", by_hand.2, by_engines.2);
    assert!(by_hand.1.iter().zip(&by_engines.1).all(|(a, b)| (a - b).abs() < 1e-14));
    assert!(by_hand.2.iter().zip(&by_engines.2).all(|(a, b)| (a - b).abs() < 1e-14));

    // Newton's method on what was written by hand.
    let mut w = w;
    for step in 0..6 {
        let (loss, gradient, hessian) = value_gradient_and_hessian(&EnzymeStyle::default(), &f, &w)?;
        let size = gradient.iter().map(|g| g * g).sum::<f64>().sqrt();
        println!("step {step}: loss {loss:.9}, gradient {size:.1e}");
        let (h, g) = (nalgebra::Matrix3::from_fn(|i, j| hessian[(i, j)]), nalgebra::Vector3::from_vec(gradient));
        if let Some(step) = h.lu().solve(&g) {
            w.iter_mut().zip(&step).for_each(|(w, step)| *w -= step);
        }
    }
    println!("curvature along the solution: {:.9?}", hvp(&EnzymeStyle::default(), &f, &w, &w)?);
    Ok(())
}

#[test]
fn it_runs() {
    main().expect("the engines agree");
}
