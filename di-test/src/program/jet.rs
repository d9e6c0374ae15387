//! Values with first and second derivatives in all inputs, propagated by the chain rule; no engine has a part in it.

/// A value, its gradient, and its Hessian row by row.
#[derive(Clone, Debug)]
pub(super) struct Jet {
    pub(super) value: f64,
    pub(super) gradient: Vec<f64>,
    pub(super) hessian: Vec<f64>,
}

/// Partial derivatives of a function of two numbers.
pub(super) struct Partials2 {
    pub(super) value: f64,
    pub(super) first: [f64; 2],
    /// In the first twice, mixed, in the second twice.
    pub(super) second: [f64; 3],
}

impl Jet {
    pub(super) fn constant(value: f64, n: usize) -> Self {
        Self { value, gradient: vec![0.0; n], hessian: vec![0.0; n * n] }
    }

    pub(super) fn input(value: f64, index: usize, n: usize) -> Self {
        let mut jet = Self::constant(value, n);
        jet.gradient[index] = 1.0;
        jet
    }

    /// `φ(a)` with `φ`, `φ'`, `φ''` at `a`: `∇ = φ' ∇a` and `∇² = φ' ∇²a + φ'' ∇a ∇aᵀ`.
    pub(super) fn composed(&self, [value, first, second]: [f64; 3]) -> Self {
        let n = self.gradient.len();
        let entry = |i: usize, j: usize| first * self.hessian[i * n + j] + second * self.gradient[i] * self.gradient[j];
        Self {
            value,
            gradient: self.gradient.iter().map(|g| first * g).collect(),
            hessian: (0..n * n).map(|k| entry(k / n, k % n)).collect(),
        }
    }

    /// `g(a, b)`: `∇ = g_a ∇a + g_b ∇b`, and the Hessian by the chain rule once more.
    pub(super) fn joined(&self, other: &Self, partials: &Partials2) -> Self {
        let n = self.gradient.len();
        let &Partials2 { value, first: [ga, gb], second: [gaa, gab, gbb] } = partials;
        let (a, b) = (&self.gradient, &other.gradient);
        let entry = |i: usize, j: usize| {
            let bent = ga * self.hessian[i * n + j] + gb * other.hessian[i * n + j];
            bent + gaa * a[i] * a[j] + gab * (a[i] * b[j] + b[i] * a[j]) + gbb * b[i] * b[j]
        };
        Self {
            value,
            gradient: a.iter().zip(b).map(|(a, b)| ga * a + gb * b).collect(),
            hessian: (0..n * n).map(|k| entry(k / n, k % n)).collect(),
        }
    }
}
