//! What is timed.

use di_backends::Jacobian;
use std::fmt;

/// How many directions go through one evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// As many as the caller says.
    Fixed(usize),
    /// As many as the engine picks.
    Auto,
    /// The method has no width.
    None,
}

impl fmt::Display for Width {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(width) => write!(f, "{width}"),
            Self::Auto => f.write_str("auto"),
            Self::None => write!(f, "any"),
        }
    }
}

/// A way to make the Jacobian.
pub struct Subject<'f> {
    pub(super) method: &'static str,
    pub(super) width: Width,
    pub(super) tolerance: f64,
    pub(super) jacobian: Box<dyn Jacobian + 'f>,
}

impl<'f> Subject<'f> {
    /// A method at a width; its Jacobian may differ by `tolerance` from the right one, relative to the largest entry.
    pub fn new(method: &'static str, width: Width, tolerance: f64, jacobian: impl Jacobian + 'f) -> Self {
        Self { method, width, tolerance, jacobian: Box::new(jacobian) }
    }
}

impl fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").field("method", &self.method).field("width", &self.width).finish_non_exhaustive()
    }
}
