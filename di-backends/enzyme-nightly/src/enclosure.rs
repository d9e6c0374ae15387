//! The shadow of what a function encloses.

use crate::Number;
use crate::generated::tangent;
use di_core::{Activity, Error, Map, Result, Shadow};
use std::any::{TypeId, type_name};

/// The shadow of a function, made when a plain evaluation has sized the function's buffers.
#[derive(Debug)]
pub struct Enclosure<S> {
    shadow: Option<S>,
    /// Whether the function's buffers have their size, and its shadow, if it has one, the same.
    ready: bool,
}

impl<S> Default for Enclosure<S> {
    fn default() -> Self {
        Self { shadow: None, ready: false }
    }
}

/// A clone starts without a shadow, because a clone of the function may start without memory.
impl<S> Clone for Enclosure<S> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// How a function's shadow stands to the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// There is nothing to be shadowed.
    Nothing,
    /// The function is of the shadow's type.
    Itself,
    /// The function is a reference to the shadow's type.
    Referent,
}

/// `None` if the shadow is of another make than the function: Enzyme could not tell where in it to write.
fn likeness<F: Shadow<Shadow: 'static>>() -> Option<Likeness> {
    let (function, shadow) = (typeid::of::<F>(), TypeId::of::<F::Shadow>());
    if shadow == TypeId::of::<()>() {
        Some(Likeness::Nothing)
    } else if shadow == function {
        Some(Likeness::Itself)
    } else if function == TypeId::of::<&'static F::Shadow>() {
        Some(Likeness::Referent)
    } else {
        None
    }
}

impl<S: 'static> Enclosure<S> {
    /// Forgets the size of the function's buffers.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] if the function is to have a shadow, and that is of another make than the function.
    pub(crate) fn renew<F: Shadow<Shadow = S>>(&mut self, activity: Activity) -> Result<()> {
        self.ready = false;
        if activity == Activity::Constant || likeness::<F>().is_some() {
            return Ok(());
        }
        Err(Error::Unsupported {
            backend: "enzyme".into(),
            operator: "a function whose shadow is of another type",
            reason: format!("the shadow of `{}` must be of that type: derive it, or take `Constant`", type_name::<F>()),
        })
    }

    /// If the size of the function's buffers was forgotten: evaluates `f` as it is, so that derivative code finds them with
    /// their size, makes the shadow, and vouches for it.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] if the shadow holds anything but zeros where the function reads it.
    pub(crate) fn ready<F, P, T>(&mut self, activity: Activity, f: &F, x: &[T]) -> Result<()>
    where
        F: Shadow<Shadow = S> + Map<P, T>,
        T: Number,
    {
        if !self.is_ready() {
            let mut y = vec![T::nan(); f.output_count(x.len())];
            f.map_into(x, &mut y);
            self.make(activity, f);
            if !x.is_empty() && !y.is_empty() {
                self.vouch::<F, P, T>(f, x, &mut y).inspect_err(|_| *self = Self::default())?;
            }
        }
        Ok(())
    }

    /// Whether the function's buffers have their size.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready
    }

    /// Makes the shadow of a function whose buffers have their size.
    pub(crate) fn make<F: Shadow<Shadow = S>>(&mut self, activity: Activity, f: &F) {
        self.shadow = (activity != Activity::Constant).then(|| f.make_zero());
        self.ready = true;
    }

    /// Pushes a tangent of zeros forward: what comes out of it that is not zero was in the shadow. In reverse mode such
    /// memory might be that of the function itself, and derivatives would be added to it.
    fn vouch<F, P, T>(&mut self, f: &F, x: &[T], y: &mut [T]) -> Result<()>
    where
        F: Shadow<Shadow = S> + Map<P, T>,
        T: Number,
    {
        let (dx, mut dy) = (vec![T::zero(); x.len()], vec![T::zero(); y.len()]);
        self.run(f, |shadow| match shadow {
            Some(shadow) => tangent::<F, P, T>(f, Some(shadow), (x, &dx), (y, &mut dy)),
            None => Ok(()),
        })?;
        if dy.iter().all(|dy| !dy.is_finite() || dy.is_zero()) {
            return Ok(());
        }
        Err(Error::Unsupported {
            backend: "enzyme".into(),
            operator: "a function whose shadow is not zero",
            reason: format!(
                "floats in `{}` are marked `#[shadow(constant)]`: leave them unmarked and let the function own them, or take \
                 `Constant` if it writes into nothing",
                type_name::<F>()
            ),
        })
    }

    /// Runs derivative code with the function's shadow at zero, or without if it is constant.
    #[expect(unsafe_code, reason = "a shadow is given out as the function's own type, which it is")]
    pub(crate) fn run<F: Shadow<Shadow = S>, R>(&mut self, f: &F, derivative: impl FnOnce(Option<&mut F>) -> R) -> R {
        let (Some(shadow), Some(likeness)) = (&mut self.shadow, likeness::<F>()) else { return derivative(None) };
        f.remake_zero(shadow);
        let shadow: *mut S = shadow;
        match likeness {
            Likeness::Nothing => derivative(None),
            // SAFETY: `S` and `F` are one type up to lifetimes, and derivative code stores no reference.
            Likeness::Itself => derivative(Some(unsafe { &mut *shadow.cast::<F>() })),
            Likeness::Referent => {
                let mut referent = shadow;
                // SAFETY: `F` is a reference to `S` up to its lifetime, of the same layout as a pointer to it. That which
                // is given out lives as long as the call. It is made of a unique pointer, because derivative code adds to
                // what it refers to; nothing else does so meanwhile.
                derivative(Some(unsafe { &mut *(&raw mut referent).cast::<F>() }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Likeness, likeness};
    use di_core::Cache;

    #[test]
    fn a_shadow_is_of_the_functions_make() {
        assert_eq!(likeness::<Cache>(), Some(Likeness::Itself));
        assert_eq!(likeness::<&Cache>(), Some(Likeness::Referent));
        assert_eq!(likeness::<()>(), Some(Likeness::Nothing));
        assert_eq!(likeness::<&&Cache>(), None);
    }
}
