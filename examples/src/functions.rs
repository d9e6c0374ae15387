//! The functions of the tour, one of each shape and size, with closed forms where they are short; and that of the study
//! of widths.

mod brusselator;
mod network;
mod rosenbrock;
mod small;
mod upwind;
mod upwind_by_hand;

pub use brusselator::Brusselator;
pub use di_applications::Spiral;
pub use network::Network;
pub use rosenbrock::Rosenbrock;
pub use small::{Sine, SineCosine};
pub use upwind::Upwind;
pub use upwind_by_hand::UpwindByHand;
