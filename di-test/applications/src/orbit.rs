//! An orbit that is fitted to observations, with an equation that is solved on the way.

use crate::data::{Result, check_least, check_length};
use crate::random::Random;
use di_core::{Real, ScalarFn, Shadow, differentiable};

/// The most iterations.
const MOST: usize = 50;

/// The sum of squared distances of observed places and those of a planet on an ellipse.
///
/// The four inputs are the semi-major axis `a`, the eccentricity `e`, the mean motion `n` and the mean anomaly `M0` at time
/// 0. At time `t` the eccentric anomaly `E` solves the equation of Kepler,
///
/// ```math
/// E - e \sin E = n t + M_0, \qquad p = \bigl(a (\cos E - e),\; a \sqrt{1 - e^2} \sin E\bigr)
/// ```
///
/// by iterations of Newton that stop when a step is no longer than a tolerance, so that their number depends on the inputs.
///
/// # References
///
/// Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), chapter 15 (implicit and iterative differentiation).
#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
pub struct Orbit {
    times: Vec<f64>,
    places: Vec<[f64; 2]>,
    tolerance: f64,
}

impl Orbit {
    /// The number of inputs.
    pub const INPUTS: usize = 4;

    /// Observed places at times.
    ///
    /// # Errors
    ///
    /// [`DataError::TooFew`](crate::DataError::TooFew) and [`DataError::Length`](crate::DataError::Length).
    pub fn new(times: Vec<f64>, places: Vec<[f64; 2]>, tolerance: f64) -> Result<Self> {
        check_least("observations", 1, times.len())?;
        check_length("observed places", times.len(), places.len())?;
        Ok(Self { times, places, tolerance })
    }

    /// So many random observations between the times 0 and 1.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn random(observations: usize, seed: u64) -> Result<Self> {
        let mut random = Random::new(seed);
        let times = random.vector(observations, 0.0, 1.0);
        let places = (0..observations).map(|_| [random.between(-1.0, 1.0), random.between(-1.0, 1.0)]).collect();
        Self::new(times, places, 1e-13)
    }

    /// A random orbit.
    #[must_use]
    pub fn point(&self, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed);
        [(0.5, 1.5), (0.0, 0.6), (1.0, 3.0), (-0.5, 0.5)].map(|(low, high)| random.between(low, high)).to_vec()
    }

    /// Writes the gradient at the four inputs and returns the value, by code written for it: the derivatives of `E` are
    /// those of the equation at its solution, whatever way led there.
    pub fn value_and_gradient_into(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let [a, e, n, start] = [x[0], x[1], x[2], x[3]];
        let shape = (1.0 - e * e).sqrt();
        let mut value = 0.0;
        let mut sums = [0.0; 4];
        for (&time, place) in self.times.iter().zip(&self.places) {
            let (sine, cosine) = eccentric_anomaly(e, n * time + start, self.tolerance).sin_cos();
            let direction = [cosine - e, shape * sine];
            let error = [a * direction[0] - place[0], a * direction[1] - place[1]];
            value += error[0] * error[0] + error[1] * error[1];
            let by_anomaly = a * (shape * cosine * error[1] - sine * error[0]) / (1.0 - e * cosine);
            sums[0] += error[0] * direction[0] + error[1] * direction[1];
            sums[1] += by_anomaly * sine - a * (error[0] + error[1] * sine * e / shape);
            sums[2] += by_anomaly * time;
            sums[3] += by_anomaly;
        }
        gradient.copy_from_slice(&sums.map(|sum| 2.0 * sum));
        value
    }
}

#[differentiable]
impl<T: Real> ScalarFn<T> for Orbit {
    fn call(&self, x: &[T]) -> T {
        let (axis, eccentricity) = (x[0], x[1]);
        let shape = (-(eccentricity * eccentricity - 1.0)).sqrt();
        let mut sum = T::zero();
        for i in 0..self.times.len() {
            let mean = x[2] * self.times[i] + x[3];
            let anomaly = eccentric_anomaly(eccentricity, mean, self.tolerance);
            let dx = axis * (anomaly.cos() - eccentricity) - self.places[i][0];
            let dy = axis * shape * anomaly.sin() - self.places[i][1];
            sum += dx * dx + dy * dy;
        }
        sum
    }
}

/// Solves the equation of Kepler.
#[differentiable]
fn eccentric_anomaly<T: Real>(eccentricity: T, mean: T, tolerance: f64) -> T {
    let mut anomaly = mean;
    for _ in 0..MOST {
        let residual = anomaly - eccentricity * anomaly.sin() - mean;
        let step = residual / (eccentricity * anomaly.cos() - 1.0);
        anomaly += step;
        if step.abs() <= T::lift(tolerance) {
            return anomaly;
        }
    }
    anomaly
}
