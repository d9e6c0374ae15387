//! The models, written once for every engine.

use super::Dataset;
use di_backends::{Real, Shadow, VectorFn, differentiable};

/// A model `y = f(x; b)` with parameters `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the datasets; the equations are in `predict`")]
pub enum Model {
    Misra1a,
    Chwirut2,
    DanWood,
    Gauss1,
    Rat43,
    Mgh17,
    Thurber,
    Eckerle4,
}

impl Model {
    /// The names of the datasets whose models are known, easiest first.
    pub const NAMES: [&'static str; 8] =
        ["Misra1a", "Chwirut2", "DanWood", "Gauss1", "Rat43", "MGH17", "Thurber", "Eckerle4"];

    const ALL: [Self; 8] = [
        Self::Misra1a,
        Self::Chwirut2,
        Self::DanWood,
        Self::Gauss1,
        Self::Rat43,
        Self::Mgh17,
        Self::Thurber,
        Self::Eckerle4,
    ];

    /// The model of the dataset of this name, one of [`NAMES`](Self::NAMES).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().zip(Self::ALL).find(|(known, _)| **known == name).map(|(_, model)| model)
    }

    /// The number of parameters.
    #[must_use]
    pub fn parameter_count(self) -> usize {
        match self {
            Self::Misra1a | Self::DanWood => 2,
            Self::Chwirut2 | Self::Eckerle4 => 3,
            Self::Rat43 => 4,
            Self::Mgh17 => 5,
            Self::Thurber => 7,
            Self::Gauss1 => 8,
        }
    }
}

/// The response of `model` to the predictor `x` with parameters `b`.
///
/// # Panics
///
/// If there are fewer parameters than [`Model::parameter_count`].
#[differentiable]
pub fn predict<T: Real>(model: Model, b: &[T], x: f64) -> T {
    let one = T::one();
    match model {
        Model::Misra1a => b[0] * (one - (b[1] * -x).exp()),
        Model::Chwirut2 => (b[0] * -x).exp() / (b[1] + b[2] * x),
        Model::DanWood => b[0] * T::lift(x).powf(b[1]),
        Model::Gauss1 => {
            let bell = |height: T, centre: T, width: T| height * (-((centre - x) / width).powi(2)).exp();
            b[0] * (b[1] * -x).exp() + bell(b[2], b[3], b[4]) + bell(b[5], b[6], b[7])
        }
        Model::Rat43 => b[0] / (one + (b[1] - b[2] * x).exp()).powf(one / b[3]),
        Model::Mgh17 => b[0] + b[1] * (b[3] * -x).exp() + b[2] * (b[4] * -x).exp(),
        Model::Thurber => {
            let above = b[0] + (b[1] + (b[2] + b[3] * x) * x) * x;
            let below = one + (b[4] + (b[5] + b[6] * x) * x) * x;
            above / below
        }
        Model::Eckerle4 => b[0] / b[1] * (((b[2] - x) / b[1]).powi(2) * -0.5).exp(),
    }
}

/// The residuals `f(x_i; b) - y_i` as a function of the parameters `b`.
#[derive(Clone, Copy, Debug, Shadow)]
#[shadow(constant)]
pub struct Residuals<'a>(
    /// The observations and the model.
    pub &'a Dataset,
);

#[differentiable]
impl<T: Real> VectorFn<T> for Residuals<'_> {
    fn output_len(&self, _parameters: usize) -> usize {
        self.0.x.len()
    }

    fn call_into(&self, b: &[T], residuals: &mut [T]) {
        let data = self.0;
        for ((residual, &x), &y) in residuals.iter_mut().zip(&data.x).zip(&data.y) {
            *residual = predict(data.model, b, x) - y;
        }
    }
}
