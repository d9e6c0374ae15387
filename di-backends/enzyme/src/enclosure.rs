//! The shadow of what a function encloses.

use di_core::{Activity, Enclosed, Shadow};

/// The shadow of a function, made at preparation; empty where the function is constant.
#[derive(Clone, Debug)]
pub struct Enclosure<S>(Option<S>);

impl<S> Default for Enclosure<S> {
    fn default() -> Self {
        Self(None)
    }
}

impl<S> Enclosure<S> {
    /// Makes the shadow of `f`, if it is to have one.
    pub(crate) fn make<F: Shadow<Shadow = S> + ?Sized>(&mut self, f: &F, activity: Activity) {
        self.0 = (activity != Activity::Constant).then(|| f.make_zero());
    }

    /// What a run of derivative code is given: the shadow at zero.
    pub(crate) fn start<F: Shadow<Shadow = S> + ?Sized>(&mut self, f: &F) -> Enclosed<'_, S> {
        match &mut self.0 {
            None => Enclosed::Constant,
            Some(shadow) => {
                f.remake_zero(shadow);
                Enclosed::Duplicated(shadow)
            }
        }
    }
}
