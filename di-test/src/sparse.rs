//! Sparse Jacobians and Hessians: functions whose patterns are known entry by entry.

mod catalogue;
mod check;
mod conformance;
mod formula;
mod operator;
mod scenario;
mod subject;
mod suite;

pub use catalogue::sparse_catalogue;
pub use formula::{
    Arrow, ArrowEnergy, BandedRing, BrusselatorGrid, Bundle, ChainedRosenbrock, DiffSquare, DiffSquareCube,
    LeastSquares, PlainSum, SparseFormula, SquareForm, SquareMap, Stencil, SumDiffCube, SumOfSines, Surface, UpperBand,
    UpwindRing,
};
pub use scenario::{Colors, SparseOperator, SparseScenario, SparseSlots};
pub use subject::SparseSubject;
pub use suite::SparseSuite;
