//! Backends that hold backends, one file each, and the backend that returns zeros.

mod forward;
mod from_primitive;
mod mixed;
mod second_order;
mod sparse;
#[cfg(feature = "rayon")]
mod threaded;
mod verified;
mod zero;

pub(crate) use forward::{forward_first_order, forward_pullback, forward_pushforward};
pub use from_primitive::FromPrimitive;
pub use mixed::Mixed;
pub use second_order::SecondOrder;
pub use sparse::{ColoringChoice, Sparse};
#[cfg(feature = "rayon")]
pub use threaded::Threaded;
pub use verified::Verified;
pub use zero::Zero;
