//! The engines, each with what its documentation promises.

use super::Failure;
use super::applications::Applied;
use di_backends::{ChunkWidth, EnzymeStyle, FiniteDiff, Mixed, NumDual, Tape};
use di_core::{PrepareHvp, PreparePullback, PreparePushforward, Scalar};
use di_num_dual::Dual;
use di_test::{Engine, Evaluations, FirstOrder, Passes, SecondOrder as Second, SparseSubject, Tolerance, Width};

/// The names of all engines; what else can be combined of them is checked by the tests of the façade.
pub(super) const NAMES: [&str; 6] = ["num-dual", "tape", "mixed", "enzyme-style", "finite-diff", "finite-diff-forward"];

/// The engine whose answers are expected where there is no closed form.
pub(super) type Reference = Mixed<NumDual, Tape>;

/// A backend with everything that sparse operators are made of.
pub(super) trait SparseEngine<T: Scalar>:
    PreparePushforward<SparseSubject, T> + PreparePullback<SparseSubject, T> + PrepareHvp<SparseSubject, T>
{
}

impl<B, T: Scalar> SparseEngine<T> for B where
    B: PreparePushforward<SparseSubject, T> + PreparePullback<SparseSubject, T> + PrepareHvp<SparseSubject, T>
{
}

/// An engine with what is promised of it.
#[derive(Clone, Debug)]
pub(super) struct Entry<B> {
    pub(super) name: &'static str,
    pub(super) backend: B,
    pub(super) tolerance: Tolerance,
    /// Evaluations that it documents.
    pub(super) evaluations: (Evaluations<f64>, Evaluations<f32>),
    /// The most unknowns of a sparse Hessian, where a gradient costs as many passes as there are unknowns.
    pub(super) hessians_up_to: usize,
}

/// What is done with each engine.
pub(super) trait Visitor {
    /// Whether to go on with the next engine.
    fn visit<B>(&mut self, entry: Entry<B>) -> Result<bool, Failure>
    where
        B: Engine<f64> + Engine<f32> + SparseEngine<f64> + SparseEngine<f32> + Applied + Sync;
}

/// As documented for `NumDual`, which computes second derivatives with dual numbers of their own.
fn duals<T: Scalar>() -> Evaluations<T> {
    Evaluations::forward(width::<T>())
        .with_second(Second::Duals(Width::of::<Dual<T, 1>>(ChunkWidth::Auto, &[1, 2, 4, 8])))
}

fn width<T>() -> Width {
    Width::of::<T>(ChunkWidth::Auto, &[1, 2, 4, 8, 12, 16])
}

fn code<T>() -> Evaluations<T> {
    Evaluations::code(
        Width::of_least_work::<T>(ChunkWidth::Auto, &[1, 2, 4, 8, 12, 16], 4),
        Width::of::<T>(ChunkWidth::Auto, &[1, 2, 4, 8]),
    )
}

fn differences<T>(passes: Passes) -> Evaluations<T> {
    Evaluations::of(FirstOrder::Forward(passes)).with_second(Second::Differences)
}

/// Visits the engines of these names, in the order of [`NAMES`]; all if there is no name.
pub(super) fn each(names: &[String], visitor: &mut impl Visitor) -> Result<(), Failure> {
    let exact = |name, hessians_up_to| (name, Tolerance::EXACT, hessians_up_to);
    macro_rules! visit {
        ($description:expr, $evaluations:expr, $backend:expr) => {{
            let (name, tolerance, hessians_up_to) = $description;
            if names.is_empty() || names.iter().any(|chosen| chosen == name) {
                let (backend, evaluations) = ($backend, $evaluations);
                if !visitor.visit(Entry { name, backend, tolerance, evaluations, hessians_up_to })? {
                    return Ok(());
                }
            }
        }};
    }
    let (unlimited, few) = (usize::MAX, 60);
    visit!(exact("num-dual", 400), (duals(), duals()), NumDual::default());
    visit!(exact("tape", unlimited), (Evaluations::reverse(), Evaluations::reverse()), Tape::default());
    visit!(
        exact("mixed", unlimited),
        (Evaluations::mixed(width::<f64>()), Evaluations::mixed(width::<f32>())),
        Reference::default()
    );
    visit!(exact("enzyme-style", unlimited), (code(), code()), EnzymeStyle::default());
    let central = Passes::CentralDifferences;
    visit!(
        ("finite-diff", Tolerance::CENTRAL, few),
        (differences(central), differences(central)),
        FiniteDiff::central()
    );
    let forward = Passes::ForwardDifferences;
    visit!(
        ("finite-diff-forward", Tolerance::FORWARD, few),
        (differences(forward), differences(forward)),
        FiniteDiff::forward()
    );
    Ok(())
}
