//! How often an engine evaluates the function, as its documentation says.

pub(crate) mod code;

use di_core::{ChunkWidth, Mode};
use std::marker::PhantomData;

/// The number of evaluations of `f` that each operator of an engine documents, with the scalar `T`.
///
/// The engine's conformance test states it; the suite then counts exactly.
///
/// ```
/// use di_test::{Evaluations, Width};
///
/// let four_at_a_time = Evaluations::forward(Width::fixed(4));
/// let tape_over_duals = Evaluations::<f64>::nested(Evaluations::reverse(), four_at_a_time);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Evaluations<T> {
    /// Of operators of first order.
    pub first: FirstOrder,
    /// Of operators of second order.
    pub second: SecondOrder,
    scalar: PhantomData<fn() -> T>,
}

/// Evaluations of first order.
#[derive(Clone, Copy, Debug)]
pub enum FirstOrder {
    /// Pushforwards, and everything by them.
    Forward(Passes),
    /// One evaluation for any number of directions.
    Reverse,
    /// One evaluation for gradients and pullbacks; pushforwards and derivatives as said, and Jacobians that are not wide.
    Mixed(Passes),
    /// Runs of derivative code that the function comes with, so many tangents or one cotangent in each.
    Code(Width),
}

/// Evaluations of second order.
#[derive(Clone, Copy, Debug)]
pub enum SecondOrder {
    /// The gradient by `inner`, differentiated by `outer`: by pullbacks if that is in reverse mode, else by pushforwards.
    Nested {
        /// What differentiates the gradient.
        outer: FirstOrder,
        /// What makes the gradient.
        inner: FirstOrder,
    },
    /// Dual numbers of their own: products one tangent at a time with inputs in chunks, Hessians in the square blocks of
    /// one triangle.
    Duals(Width),
    /// Adjoints of dual numbers that carry so many tangents, and a tangent of dual numbers.
    Code(Width),
    /// Second differences, with `1 + 2n + k·(2n + 2)` evaluations for products and `1 + n + n²` for a Hessian.
    Differences,
}

/// Evaluations of a pushforward.
#[derive(Clone, Copy, Debug)]
pub enum Passes {
    /// As many tangents at a time as the width says; at least one evaluation.
    Chunks(Width),
    /// One for each tangent that is not zero, and one more.
    ForwardDifferences,
    /// Two for each tangent that is not zero, and one for the value if it is wanted.
    CentralDifferences,
}

/// The directions of one evaluation.
#[derive(Clone, Copy, Debug)]
pub struct Width {
    rule: ChunkWidth,
    size: usize,
    widths: &'static [usize],
    /// What a pass costs beside its directions, in directions, where the width is the one that makes the least work.
    beside: Option<usize>,
}

impl Width {
    /// What `rule` picks for scalars of the type `T`, rounded up to one of `widths` unless there are none.
    #[must_use]
    pub const fn of<T>(rule: ChunkWidth, widths: &'static [usize]) -> Self {
        Self { rule, size: size_of::<T>(), widths, beside: None }
    }

    /// So many directions, whatever there is to do.
    #[must_use]
    pub const fn fixed(width: usize) -> Self {
        Self::of::<()>(ChunkWidth::Fixed(width), &[])
    }

    /// As [`of`](Self::of), but where the rule leaves it open, that of `widths` with at most 128 bytes of tangents for which
    /// the sum of width + `beside` over the passes is least, where the last pass has the least width that has room for what is
    /// left; the largest if several are.
    #[must_use]
    pub const fn of_least_work<T>(rule: ChunkWidth, widths: &'static [usize], beside: usize) -> Self {
        Self { beside: Some(beside), ..Self::of::<T>(rule, widths) }
    }

    /// All directions at once.
    pub const UNBOUNDED: Self = Self::fixed(usize::MAX);

    fn passes(self, directions: usize) -> usize {
        directions.div_ceil(self.width(directions)).max(1)
    }

    /// How many widths the passes have: the last may be narrower than the others.
    fn kinds(self, directions: usize) -> usize {
        let width = self.width(directions);
        match directions % width {
            0 => 1,
            rest => 1 + usize::from(self.narrowest(rest).is_some_and(|last| last != width)),
        }
    }

    /// The least width that has room for so many directions.
    fn narrowest(self, directions: usize) -> Option<usize> {
        self.widths.iter().copied().find(|&width| width >= directions)
    }

    fn width(self, directions: usize) -> usize {
        if let (ChunkWidth::Auto, Some(beside)) = (self.rule, self.beside) {
            let directions = directions.max(1);
            let most = self.narrowest(directions).unwrap_or(usize::MAX);
            let fits = |width: &&usize| **width == 1 || (**width <= most && **width * self.size <= 128);
            let fits = self.widths.iter().filter(fits);
            let work = |width: usize| {
                let rest = directions % width;
                let last = self.narrowest(rest).filter(|_| rest > 0).map_or(0, |last| last + beside);
                directions / width * (width + beside) + last
            };
            return fits.rev().min_by_key(|&&width| work(width)).copied().unwrap_or(1);
        }
        let wanted = self.rule.pick(directions, self.size);
        self.narrowest(wanted).or(self.widths.last().copied()).unwrap_or(wanted).max(1)
    }
}

impl Passes {
    /// For so many tangents that are `all`, of which some are zero.
    fn count(self, tangents: Tangents, value: bool) -> usize {
        match self {
            Self::Chunks(width) => width.passes(tangents.all),
            Self::ForwardDifferences => tangents.nonzero + 1,
            Self::CentralDifferences => 2 * tangents.nonzero + usize::from(value),
        }
    }
}

/// How many tangents there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tangents {
    pub(crate) all: usize,
    pub(crate) nonzero: usize,
}

impl Tangents {
    /// Unit vectors.
    pub(crate) fn basis(count: usize) -> Self {
        Self { all: count, nonzero: count }
    }
}

impl FirstOrder {
    pub(crate) fn pushforward(self, tangents: Tangents, value: bool) -> usize {
        match self {
            Self::Forward(passes) | Self::Mixed(passes) => passes.count(tangents, value),
            Self::Code(width) => width.passes(tangents.all),
            Self::Reverse => 1,
        }
    }

    /// Of any number of pullbacks at one point; of a gradient, with the value.
    pub(crate) fn pullback(self, inputs: usize, value: bool) -> usize {
        match self {
            Self::Forward(passes) => passes.count(Tangents::basis(inputs), value),
            Self::Reverse | Self::Mixed(_) | Self::Code(_) => 1,
        }
    }

    pub(crate) fn jacobian(self, inputs: usize, outputs: usize, value: bool) -> usize {
        match self {
            Self::Mixed(_) if inputs <= outputs => self.pushforward(Tangents::basis(inputs), value),
            _ => self.pullback(inputs, value),
        }
    }
}

impl SecondOrder {
    pub(crate) fn second_derivative(self) -> usize {
        match self {
            Self::Nested { outer, inner } => {
                [outer, inner].map(|o| o.pushforward(Tangents::basis(1), true)).iter().product()
            }
            Self::Duals(_) | Self::Code(_) => 1,
            Self::Differences => 3,
        }
    }

    pub(crate) fn hvp(self, inputs: usize, tangents: Tangents, gradient: bool) -> usize {
        match self {
            Self::Nested { outer, inner } => outer.pushforward(tangents, true) * inner.pullback(inputs, true),
            Self::Duals(width) => tangents.all.max(1) * width.passes(inputs),
            Self::Code(width) => width.passes(tangents.all),
            Self::Differences if tangents.all == 0 && !gradient => 1,
            Self::Differences => 1 + 2 * inputs + tangents.nonzero * (2 * inputs + 2),
        }
    }

    pub(crate) fn hessian(self, inputs: usize) -> usize {
        match self {
            Self::Nested { .. } | Self::Code(_) => self.hvp(inputs, Tangents::basis(inputs), true),
            Self::Duals(width) => width.passes(inputs) * (width.passes(inputs) + 1) / 2,
            Self::Differences => 1 + inputs + inputs * inputs,
        }
    }

    /// Of preparing products or a Hessian.
    pub(crate) fn preparation(self, inputs: usize) -> usize {
        match self {
            Self::Nested { .. } => self.hvp(inputs, Tangents::basis(inputs.min(1)), true),
            Self::Duals(_) | Self::Code(_) | Self::Differences => 1,
        }
    }

    /// Whether further products at a point need no evaluation.
    pub(crate) fn reuses_evaluation(self) -> bool {
        matches!(self, Self::Nested { outer: FirstOrder::Reverse, .. })
    }
}

impl<T> Evaluations<T> {
    /// Everything by pushforwards of the given width.
    #[must_use]
    pub const fn forward(width: Width) -> Self {
        Self::of(FirstOrder::Forward(Passes::Chunks(width)))
    }

    /// Everything by pullbacks: one evaluation, whatever the operator.
    #[must_use]
    pub const fn reverse() -> Self {
        Self::of(FirstOrder::Reverse)
    }

    /// Pushforwards of the given width and pullbacks; the gradient is differentiated by pushforwards.
    #[must_use]
    pub const fn mixed(width: Width) -> Self {
        Self::of(FirstOrder::Mixed(Passes::Chunks(width)))
    }

    /// Runs of derivative code, with so many tangents in each, and in second order so many with each adjoint.
    #[must_use]
    pub const fn code(tangents: Width, products: Width) -> Self {
        Self::of(FirstOrder::Code(tangents)).with_second(SecondOrder::Code(products))
    }

    /// Two engines, as [`SecondOrder`](di_core::SecondOrder) combines them.
    #[must_use]
    pub const fn nested(outer: Self, inner: Self) -> Self {
        let second = SecondOrder::Nested { outer: outer.first, inner: inner.first };
        Self { first: inner.first, second, scalar: PhantomData }
    }

    /// The same in first order, and `second` in second.
    #[must_use]
    pub const fn with_second(self, second: SecondOrder) -> Self {
        Self { second, ..self }
    }

    /// Second order by the engine nested in itself.
    #[must_use]
    pub const fn of(first: FirstOrder) -> Self {
        Self { first, second: SecondOrder::Nested { outer: first, inner: first }, scalar: PhantomData }
    }

    /// No engine of this mode needs more, if that can be said of the mode alone.
    pub(crate) fn most(mode: Mode) -> Option<Self> {
        let one = Passes::Chunks(Width::of::<()>(ChunkWidth::Fixed(1), &[]));
        let (outer, inner) = match mode {
            Mode::Forward => (FirstOrder::Forward(one), FirstOrder::Forward(one)),
            Mode::Reverse => (FirstOrder::Forward(one), FirstOrder::Reverse),
            Mode::Code => return None,
            Mode::Difference => {
                let central = FirstOrder::Forward(Passes::CentralDifferences);
                (central, central)
            }
            _ => (FirstOrder::Forward(one), FirstOrder::Mixed(one)),
        };
        Some(Self { first: inner, second: SecondOrder::Nested { outer, inner }, scalar: PhantomData })
    }
}
