//! A backend whose Jacobians and Hessians are sparse.

use crate::{
    Backend, Coloring, ColoringKind, ColoringMethod, Error, KnownPattern, MAX_CHUNK_WIDTH, Mode, Pattern,
    PrepareDerivative, PrepareGradient, PrepareJacobian, PreparePullback, PreparePushforward, Result, Scalar, Seeds,
    TracerDetector,
};
use ndarray::ArrayViewMut2;

/// Sparse Jacobians and Hessians: the `detector` finds where entries can be, the `coloring` groups columns (or rows) that
/// can share a product, and the `dense` backend computes the products.
///
/// [`prepare_sparse_jacobian`](crate::PrepareSparseJacobian::prepare_sparse_jacobian) and
/// [`prepare_sparse_hessian`](crate::PrepareSparseHessian::prepare_sparse_hessian) do the first two once. Every other
/// first-order operator is that of the dense backend.
///
/// | dense backend | products of a Jacobian | of a Hessian |
/// | --- | --- | --- |
/// | forward mode, differences | a pushforward for each colour of columns | a Hessian-vector product for each colour |
/// | reverse mode | a pullback for each colour of rows | the same |
/// | [`Mixed`](crate::Mixed), derivative code | pushforwards, pullbacks or both: see [`ColoringChoice::Auto`] | the same |
///
/// # Examples
///
/// ```
/// use di_core::{Mixed, PrepareSparseJacobian, Real, Sparse, SparseJacobian, Zero, vector_fn};
///
/// fn squares<T: Real>(x: &[T], y: &mut [T]) {
///     for (y, w) in y.iter_mut().zip(x.windows(2)) {
///         *y = (w[1] - w[0]).powi(2);
///     }
/// }
/// let backend = Sparse::of(Zero);
/// let prepared = backend.prepare_sparse_jacobian(vector_fn!(squares, |n| n - 1), &[0.0; 1000])?;
/// assert_eq!(prepared.pattern().nnz(), 2 * 999);
/// assert_eq!(prepared.coloring().color_count(), 2);
/// # Ok::<(), di_core::Error>(())
/// ```
///
/// # References
///
/// Curtis, Powell and Reid, "On the estimation of sparse Jacobian matrices", *IMA Journal of Applied Mathematics* 13
/// (1974); Griewank and Walther, *Evaluating Derivatives*, 2nd ed. (2008), chapter 8.
#[derive(Clone, Debug, Default)]
pub struct Sparse<B, D = TracerDetector> {
    /// Computes the products.
    pub dense: B,
    /// Finds the pattern: a [`JacobianDetector`](crate::JacobianDetector) or
    /// [`HessianDetector`](crate::HessianDetector).
    pub detector: D,
    /// Groups columns or rows.
    pub coloring: ColoringChoice,
}

/// How a pattern is coloured.
#[non_exhaustive]
#[derive(Clone, Debug, Default)]
pub enum ColoringChoice {
    /// As it suits the backend, greedily in natural order and by formula where the structure is recognised.
    ///
    /// A Jacobian by columns in forward mode and by differences, by rows in reverse mode. A backend with both takes
    /// columns, unless rows need at most half as many colours, or (of more than 16) columns and rows together at most half
    /// as many as either. A Hessian by a star colouring.
    #[default]
    Auto,
    /// By this method, of whatever kind.
    ///
    /// A Jacobian takes columns, rows or both; a Hessian any kind. Rows in forward mode, and columns in reverse mode, cost
    /// what a dense Jacobian costs, in time and in memory.
    Method(ColoringMethod),
    /// This colouring, of a pattern that has all entries of the one that is found.
    Own(Coloring),
}

impl From<ColoringMethod> for ColoringChoice {
    fn from(method: ColoringMethod) -> Self {
        Self::Method(method)
    }
}

impl From<Coloring> for ColoringChoice {
    fn from(coloring: Coloring) -> Self {
        Self::Own(coloring)
    }
}

impl<B> Sparse<B> {
    /// With patterns found by [`TracerDetector::global`], which hold at every point, and [`ColoringChoice::Auto`].
    pub fn of(dense: B) -> Self {
        Self { dense, detector: TracerDetector::global(), coloring: ColoringChoice::Auto }
    }
}

impl<B, D> Sparse<B, D> {
    /// With this detector, and a [`ColoringMethod`], a [`Coloring`] of your own or a [`ColoringChoice`].
    pub fn new(dense: B, detector: D, coloring: impl Into<ColoringChoice>) -> Self {
        Self { dense, detector, coloring: coloring.into() }
    }

    /// With another detector.
    #[must_use]
    pub fn with_detector<E>(self, detector: E) -> Sparse<B, E> {
        Sparse { dense: self.dense, detector, coloring: self.coloring }
    }

    /// With a pattern that is known: nothing is detected.
    #[must_use]
    pub fn with_pattern(self, pattern: Pattern) -> Sparse<B, KnownPattern> {
        self.with_detector(KnownPattern(pattern))
    }

    /// With another method of colouring, or a colouring of your own.
    #[must_use]
    pub fn with_coloring(self, coloring: impl Into<ColoringChoice>) -> Self {
        Self { coloring: coloring.into(), ..self }
    }
}

impl<B: Backend, D> Sparse<B, D> {
    /// Colours the pattern of a Jacobian.
    pub(crate) fn color_jacobian_pattern(&self, pattern: Pattern) -> Result<Coloring> {
        let coloring = match (&self.coloring, self.dense.mode()) {
            (ColoringChoice::Own(coloring), _) => own(coloring, &pattern)?,
            (ColoringChoice::Method(method), _) if method.kind().is_symmetric() => {
                return Err(not_symmetric(method.kind()));
            }
            (ColoringChoice::Method(method), _) => method.color(&pattern)?,
            (ColoringChoice::Auto, Mode::Forward | Mode::Difference) => ColoringMethod::columns().color(&pattern)?,
            (ColoringChoice::Auto, Mode::Reverse) => ColoringMethod::rows().color(&pattern)?,
            (ColoringChoice::Auto, Mode::Mixed | Mode::Code) => cheapest(&pattern)?,
        };
        if coloring.kind().is_symmetric() { Err(not_symmetric(coloring.kind())) } else { Ok(coloring) }
    }

    /// Colours the pattern of a Hessian.
    pub(crate) fn color_hessian_pattern(&self, pattern: Pattern) -> Result<Coloring> {
        match &self.coloring {
            ColoringChoice::Own(coloring) => own(coloring, &pattern),
            ColoringChoice::Method(method) => method.color(&pattern),
            ColoringChoice::Auto => ColoringMethod::star().color(&pattern),
        }
    }
}

/// The user's colouring, if its pattern has all entries of the one that was found.
fn own(coloring: &Coloring, found: &Pattern) -> Result<Coloring> {
    let pattern = coloring.pattern();
    Error::check_length("coloring.pattern.rows", found.rows(), pattern.rows())?;
    Error::check_length("coloring.pattern.columns", found.columns(), pattern.columns())?;
    if found != pattern
        && let Some((i, j)) = found.entries().find(|&(i, j)| !pattern.contains(i, j))
    {
        let reason = format!("the given one is of a pattern without ({i}, {j}), which can differ from zero");
        return Err(Error::coloring(coloring.kind(), reason));
    }
    Ok(coloring.clone())
}

/// Columns, unless rows, or both, are at most half as many products.
fn cheapest(pattern: &Pattern) -> Result<Coloring> {
    let columns = ColoringMethod::columns().color(pattern)?;
    let rows = ColoringMethod::rows().color(pattern)?;
    let best = if rows.color_count() * 2 <= columns.color_count() { rows } else { columns };
    // One pass, or nearly so, is not worth a search: that takes many times as long as the other two.
    if best.color_count() <= MAX_CHUNK_WIDTH {
        return Ok(best);
    }
    let both = ColoringMethod::bidirectional().color(pattern)?;
    Ok(if both.color_count() * 2 <= best.color_count() { both } else { best })
}

fn not_symmetric(kind: ColoringKind) -> Error {
    let reason = "a Jacobian need not be symmetric: color its columns, its rows or both";
    Error::coloring(kind, reason.into())
}

impl<B: Backend, D: Clone + std::fmt::Debug + Send + Sync + 'static> Backend for Sparse<B, D> {
    type Primitive = B::Primitive;

    fn name(&self) -> String {
        format!("sparse {}", self.dense.name())
    }

    fn mode(&self) -> Mode {
        self.dense.mode()
    }
}

crate::wrapper::forward_first_order!(
    [B: Backend, D: Clone + std::fmt::Debug + Send + Sync + 'static] Sparse<B, D>; dense: B);
