//! The engine's name and options.

use di_core::{Activity, Backend, DerivedHessian, DerivedJacobian, Mode, ViaEither, ViaHvp, ViaPullback};

/// Enzyme by `std::autodiff`: forward and reverse mode on compiled code.
///
/// ```
/// use di_core::{Cache, PrepareGradient, Real, ScalarFn, Shadow};
/// use di_enzyme_nightly::Enzyme;
///
/// /// `a[0] = 1; a[0] += x; a[0]²`
/// #[derive(Clone, Debug, Default, Shadow)]
/// struct Smallest {
///     a: Cache,
/// }
/// impl<T: Real> ScalarFn<T> for Smallest {
///     fn call(&self, x: &[T]) -> T {
///         let mut a = self.a.buffer::<T>(1);
///         a[0] = T::one();
///         a[0] += x[0];
///         a[0] * a[0]
///     }
/// }
/// fn takes<B: PrepareGradient<Smallest>>(_: B) {}
/// takes(Enzyme::default());
/// ```
///
/// # Evaluations of `f`
///
/// Preparation evaluates `f` once as it is, so that its buffers have their size, and once with a tangent of zeros: a shadow
/// that is not zero shows in what comes out, and is an error. Each tangent, cotangent, gradient and Hessian-vector product
/// is one run of derivative code, which gives the value too: one direction at a time, since Enzyme's batches of four or more
/// are slower than as many runs. Jacobian: n tangents if there are no more inputs than outputs, else m cotangents. Hessian:
/// n products. Where there is nothing to differentiate, one plain evaluation. One-off calls and the first call of a clone
/// prepare first.
///
/// # Second order
///
/// Hessian-vector products are forward over reverse, second derivatives forward over forward, by an annotated function
/// that calls a generated one. Whether Enzyme accepts that depends on the nightly: if not, the build fails. The other
/// route, differences of Enzyme's gradients, works wherever gradients do:
/// `SecondOrder { outer: FiniteDiff::central(), inner: Enzyme::default() }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Enzyme {
    duplicate_function: bool,
}

impl Default for Enzyme {
    fn default() -> Self {
        Self { duplicate_function: true }
    }
}

impl Enzyme {
    /// Whether what the function encloses is duplicated: `true` unless said otherwise.
    ///
    /// With `true`, preparation makes a shadow of all that the function owns, and every run of derivative code starts with
    /// that shadow at zero: a function that writes into an enclosed buffer and reads it back is right, at every call.
    ///
    /// With `false`, the function is passed as `Const`. This saves the shadow and its zeroing, and it is **wrong for
    /// functions that write into buffers they own**: the derivative through such a buffer is dropped, without an error.
    #[must_use]
    pub fn duplicate_function(self, duplicate: bool) -> Self {
        Self { duplicate_function: duplicate }
    }

    /// How the function itself takes part: [`Activity::Duplicated`] or [`Activity::Constant`].
    #[must_use]
    pub fn function_activity(&self) -> Activity {
        if self.duplicate_function { Activity::Duplicated } else { Activity::Constant }
    }
}

impl Backend for Enzyme {
    type Primitive = ViaPullback;

    fn name(&self) -> String {
        "enzyme".into()
    }

    fn mode(&self) -> Mode {
        Mode::Code
    }
}

impl DerivedJacobian for Enzyme {
    type Route = ViaEither;
}
impl DerivedHessian for Enzyme {
    type Route = ViaHvp;
}
