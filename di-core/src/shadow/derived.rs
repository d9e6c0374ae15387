//! What derived code asks of fields.

use super::Shadow;

/// A type that is the shadow of `S` because it is `S`: what derived code asks of the shadow of a field.
#[diagnostic::on_unimplemented(
    message = "the shadow of `{S}` is `{Self}`, and so cannot stand where a `{S}` stands",
    label = "has a shadow, but not of its own type",
    note = "mark the field `#[shadow(constant)]` if nothing in it holds a derivative",
    note = "a type that is marked `#[shadow(constant)]` as a whole has the shadow `()`; references have that of what they refer to"
)]
pub trait ShadowOf<S> {
    /// As [`Shadow::make_zero`].
    fn make(primal: &S) -> S;

    /// As [`Shadow::remake_zero`].
    fn remake(primal: &S, shadow: &mut S);
}

impl<S: Shadow<Shadow = S>> ShadowOf<S> for S {
    #[inline]
    fn make(primal: &S) -> S {
        primal.make_zero()
    }

    #[inline]
    fn remake(primal: &S, shadow: &mut S) {
        primal.remake_zero(shadow);
    }
}
