//! One sparse matrix of one function, and what is known of it.

use super::{SparseFormula, SparseSubject};
use crate::scenario::{Modifier, lower};
use di_core::{ColoringKind, Pattern, Scalar, SparseMatrix};

/// Which matrix is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SparseOperator {
    /// All first derivatives that can differ from zero.
    Jacobian,
    /// All second derivatives that can differ from zero, of a function with one output.
    Hessian,
}

impl SparseOperator {
    /// The operator's name, as in the names of its methods.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jacobian => "sparse_jacobian",
            Self::Hessian => "sparse_hessian",
        }
    }

    /// The kinds of colouring that it can be computed with.
    #[must_use]
    pub fn kinds(self) -> &'static [ColoringKind] {
        use ColoringKind::{Acyclic, Bidirectional, Columns, Rows, Star};
        match self {
            Self::Jacobian => &[Columns, Rows, Bidirectional],
            Self::Hessian => &[Star, Acyclic, Columns, Rows, Bidirectional],
        }
    }
}

/// What is known of a number of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colors {
    /// It is this.
    Exactly(usize),
    /// It is not more.
    AtMost(usize),
}

impl Colors {
    /// Whether the number is one of these.
    #[must_use]
    pub fn allow(self, count: usize) -> bool {
        match self {
            Self::Exactly(known) => count == known,
            Self::AtMost(most) => count <= most,
        }
    }
}

/// A function at a point, with what is known of its sparse matrix.
#[derive(Clone, Debug)]
pub struct SparseScenario {
    /// The function's name and size; unique together with the operator.
    pub name: String,
    /// Which matrix is computed.
    pub operator: SparseOperator,
    /// The function.
    pub formula: SparseFormula,
    /// The point.
    pub x: Vec<f64>,
    /// The point of preparation.
    pub prepared_x: Vec<f64>,
    /// The number of entries, where it is known otherwise than by counting.
    pub nnz: Option<usize>,
    /// Numbers of colours that are known, of greedy colourings in natural order or by formula.
    pub colors: Vec<(ColoringKind, Colors)>,
}

/// Value, gradient and matrix.
///
/// Of a Jacobian the gradient is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseSlots<T = f64> {
    /// The values of the function.
    pub value: Vec<T>,
    /// The gradient, of a Hessian.
    pub gradient: Vec<T>,
    /// Jacobian or Hessian.
    pub matrix: SparseMatrix<T>,
}

impl<T: Scalar> SparseSlots<T> {
    /// Slots of the same shapes and pattern as these, filled with `fill`.
    #[must_use]
    pub fn like<S: Scalar>(other: &SparseSlots<S>, fill: T) -> Self {
        let mut matrix = SparseMatrix::zeros(other.matrix.pattern().clone());
        matrix.values_mut().fill(fill);
        Self { value: vec![fill; other.value.len()], gradient: vec![fill; other.gradient.len()], matrix }
    }

    /// Whether every number equals `fill`.
    #[must_use]
    pub fn all(&self, fill: T) -> bool {
        let mut numbers = self.value.iter().chain(&self.gradient).chain(self.matrix.values());
        numbers.all(|&number| number == fill)
    }
}

impl SparseScenario {
    /// Name and operator in one line; unique.
    #[must_use]
    pub fn id(&self) -> String {
        format!("sparse/{}/{}", self.name, self.operator.name())
    }

    /// The function with a modifier, as it is prepared.
    #[must_use]
    pub fn subject(&self, modifier: &Modifier) -> SparseSubject {
        SparseSubject::new(self.formula.clone(), modifier)
    }

    /// Where entries can be, entry by entry and by no detector.
    #[must_use]
    pub fn pattern(&self) -> Pattern {
        self.answer(&self.x, 0.0).matrix.pattern().clone()
    }

    /// The closed-form answer at `x`, multiplied by `factor`.
    #[must_use]
    pub fn answer<T: Scalar>(&self, x: &[T], factor: f64) -> SparseSlots {
        let x: Vec<f64> = x.iter().map(|&x| lower(x)).collect();
        let (gradient, mut matrix) = match self.operator {
            SparseOperator::Jacobian => (Vec::new(), self.formula.jacobian(&x)),
            SparseOperator::Hessian => (self.formula.gradient(&x), self.formula.hessian(&x)),
        };
        matrix.values_mut().iter_mut().for_each(|value| *value *= factor);
        let times = |numbers: Vec<f64>| numbers.into_iter().map(|number| number * factor).collect();
        SparseSlots { value: times(self.formula.value(&x)), gradient: times(gradient), matrix }
    }
}
