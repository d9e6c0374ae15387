//! Which derivatives of an elementary function vanish identically.

/// How a function depends on one operand, at every point where it is differentiable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dependence {
    /// The first derivative vanishes: `floor`, `signum`.
    Flat,
    /// The second derivative vanishes: `x + c`, `abs`.
    Affine,
    /// Neither is known to vanish.
    Curved,
}

/// How a function depends on two operands, at every point where it is differentiable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BinaryDependence {
    /// The dependence on the first operand, the second one fixed.
    pub x: Dependence,
    /// The dependence on the second operand, the first one fixed.
    pub y: Dependence,
    /// Whether the cross derivative is not known to vanish; it does where one of the first derivatives does.
    pub cross: bool,
}

impl BinaryDependence {
    /// No derivative is known to vanish, as for `xʸ`.
    pub const CURVED: Self = Self { x: Dependence::Curved, y: Dependence::Curved, cross: true };
    /// All second derivatives vanish, as for `x + y` and `max(x, y)`.
    pub const AFFINE: Self = Self { x: Dependence::Affine, y: Dependence::Affine, cross: false };
    /// `x·y`.
    pub const PRODUCT: Self = Self { x: Dependence::Affine, y: Dependence::Affine, cross: true };
    /// `x/y`.
    pub const QUOTIENT: Self = Self { x: Dependence::Affine, y: Dependence::Curved, cross: true };
}
