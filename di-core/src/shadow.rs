//! Memory that stands beside memory and holds its derivative.

mod derived;
mod standard;

pub use derived::ShadowOf;

/// A value that has a shadow: memory of the same shape with every float zero and everything else copied.
///
/// An engine that differentiates code on plain memory needs, beside each buffer that a function owns, a second one for
/// the derivative of what is in the first. Derive it for the owner of the buffers:
///
/// ```
/// use di_core::{Cache, Shadow};
///
/// #[derive(Clone, Debug, Shadow)]
/// struct Heat {
///     #[shadow(constant)]
///     conductivity: Vec<f64>,
///     flux: Cache,
///     scratch: [f64; 2],
/// }
/// let heat = Heat { conductivity: vec![2.0; 3], flux: Cache::new(), scratch: [1.0; 2] };
/// let shadow = heat.make_zero();
/// assert_eq!(shadow.conductivity, [2.0; 3]);
/// assert_eq!(shadow.scratch, [0.0; 2]);
/// ```
///
/// A field that is marked `#[shadow(constant)]` is cloned into the shadow and not touched again. A function that owns
/// nothing that it writes into says `#[shadow(constant)]` on the whole struct: its shadow is `()`, and nothing is asked of
/// its fields. Such a function may borrow data:
///
/// ```
/// use di_core::Shadow;
///
/// #[derive(Clone, Debug, Shadow)]
/// #[shadow(constant)]
/// struct Fit<'a> {
///     data: &'a [f64],
/// }
/// let () = Fit { data: &[1.0, 2.0] }.make_zero();
/// ```
///
/// The macro needs the feature `derive`; `di_backends` has it by default, beside the trait as here. It takes structs and
/// enums, generic or not. Who renames the crate says where it is: `#[shadow(crate = path::to::di_core)]`.
///
/// # References
///
/// `make_zero` and `remake_zero!` of Enzyme; Moses and Churavy, "Instead of rewriting foreign code for machine learning,
/// automatically synthesize fast gradients", *Advances in Neural Information Processing Systems* 33 (2020).
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no shadow",
    label = "memory that may hold a derivative and has no place for it",
    note = "derive it, `#[derive(Shadow)]` (feature `derive` of `di-core`); mark a field that holds no derivative `#[shadow(constant)]`",
    note = "or mark a whole function that writes into nothing it owns: `#[derive(Shadow)] #[shadow(constant)]`"
)]
pub trait Shadow {
    /// The shadow's type; for an owner of buffers its own.
    type Shadow;

    /// A shadow of the same shape: floats zero, everything else copied.
    fn make_zero(&self) -> Self::Shadow;

    /// Makes a shadow that was used like a new one, keeping its memory; what is constant is left as it is.
    fn remake_zero(&self, shadow: &mut Self::Shadow);
}
