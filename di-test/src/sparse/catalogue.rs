//! All sparse scenarios.

use super::scenario::Colors::{self, AtMost, Exactly};
use super::{
    Arrow, ArrowEnergy, BandedRing, BrusselatorGrid, Bundle, ChainedRosenbrock, DiffSquare, DiffSquareCube,
    LeastSquares, PlainSum, SparseFormula, SparseOperator, SparseScenario, SquareForm, SquareMap, Stencil, SumDiffCube,
    SumOfSines, Surface, UpperBand, UpwindRing,
};
use crate::scenario::SplitMix64;
use di_core::ColoringKind::{self, Acyclic, Bidirectional, Columns, Rows, Star};

/// Numbers of unknowns at the borders of what engines take at once.
const SIZES: [usize; 13] = [0, 1, 2, 7, 8, 9, 11, 12, 13, 16, 17, 50, 401];

/// What is known of numbers of colours.
type Known = Vec<(ColoringKind, Colors)>;

/// A scenario at random points.
fn scenario(name: String, operator: SparseOperator, formula: SparseFormula, n: usize, colors: Known) -> SparseScenario {
    let mut random = SplitMix64::new(n as u64 + 29);
    let (x, prepared_x) = (random.vector(n), random.vector(n));
    SparseScenario { name, operator, formula, x, prepared_x, nnz: None, colors }
}

fn jacobian(name: String, formula: SparseFormula, n: usize, colors: Known) -> SparseScenario {
    scenario(name, SparseOperator::Jacobian, formula, n, colors)
}

fn hessian(name: String, formula: SparseFormula, n: usize, colors: Known) -> SparseScenario {
    scenario(name, SparseOperator::Hessian, formula, n, colors)
}

/// The colours of columns of `diagonals` neighbouring diagonals on a ring of `n`: those of a power of a cycle.
fn around(diagonals: usize, n: usize) -> usize {
    if n <= diagonals { n } else { diagonals + (n % diagonals).div_ceil(n / diagonals) }
}

/// Functions of any number of unknowns.
fn of_any_size(n: usize) -> Vec<SparseScenario> {
    let (few, pairs) = (|most: usize| Exactly(most.min(n)), n.saturating_sub(1));
    let chain = || match n {
        0 | 1 => vec![(Star, Exactly(0)), (Acyclic, Exactly(0))],
        2 | 3 => vec![(Star, Exactly(2)), (Acyclic, Exactly(2))],
        _ => vec![(Star, Exactly(3)), (Acyclic, Exactly(2))],
    };
    let two = if n > 1 { 2 } else { 0 };
    let upwind = if n < 2 { n } else { around(2, n) };
    let squares = vec![(Columns, Exactly(two)), (Rows, Exactly(pairs.min(2)))];
    let cubes = vec![(Columns, Exactly(two)), (Rows, Exactly(2 * pairs.min(2)))];
    let ring = vec![(Columns, Exactly(around(4, n))), (Rows, Exactly(around(4, n)))];
    let arrow = vec![(Columns, Exactly(n)), (Rows, Exactly(n)), (Bidirectional, AtMost(3))];
    let arrow_energy = vec![(Star, few(2)), (Acyclic, few(2)), (Columns, Exactly(n)), (Bidirectional, AtMost(3))];
    let named = |name: &str| format!("{name} of {n}");
    vec![
        jacobian(named("diff_square"), SparseFormula::DiffSquare(DiffSquare), n, squares),
        jacobian(named("diff_square_and_cube"), SparseFormula::DiffSquareCube(DiffSquareCube), n, cubes),
        jacobian(named("upwind_ring"), SparseFormula::UpwindRing(UpwindRing), n, vec![(Columns, Exactly(upwind))]),
        jacobian(named("banded_ring"), SparseFormula::BandedRing(BandedRing), n, ring),
        jacobian(named("arrow"), SparseFormula::Arrow(Arrow), n, arrow),
        hessian(named("sum_diff_cube"), SparseFormula::SumDiffCube(SumDiffCube), n, chain()),
        hessian(named("chained_rosenbrock"), SparseFormula::ChainedRosenbrock(ChainedRosenbrock), n, chain()),
        hessian(named("arrow_energy"), SparseFormula::ArrowEnergy(ArrowEnergy), n, arrow_energy),
        hessian(
            named("sum_of_sines"),
            SparseFormula::SumOfSines(SumOfSines),
            n,
            vec![(Star, few(1)), (Acyclic, few(1))],
        ),
        hessian(
            named("plain_sum"),
            SparseFormula::PlainSum(PlainSum),
            n,
            vec![(Star, Exactly(0)), (Acyclic, Exactly(0))],
        ),
    ]
}

/// The linear map and the quadratic form of squares, at sizes and with numbers of entries and colours that are tabulated.
fn squares() -> Vec<SparseScenario> {
    let mut scenarios = Vec::new();
    for (band, map, form) in [(5, 285, 520), (10, 495, 940), (20, 840, 1630)] {
        let matrix = UpperBand::random(50, band, 7);
        let colors = vec![(Columns, Exactly(band + 1)), (Rows, Exactly(band + 1))];
        let formula = SparseFormula::SquareMap(SquareMap(matrix.clone()));
        let name = format!("square_linear_map of band {band}");
        scenarios.push(SparseScenario { nnz: Some(map), ..jacobian(name, formula, 50, colors) });
        let colors = vec![(Star, Exactly(2 * band + 1)), (Acyclic, Exactly(band + 1))];
        let formula = SparseFormula::SquareForm(SquareForm(matrix));
        let name = format!("square_quadratic_form of band {band}");
        scenarios.push(SparseScenario { nnz: Some(form), ..hessian(name, formula, 50, colors) });
    }
    scenarios
}

/// Fields on grids.
fn grids() -> Vec<SparseScenario> {
    let mut scenarios = Vec::new();
    for side in [8, 32, 100] {
        let formula = SparseFormula::Brusselator(BrusselatorGrid { side });
        let colors = vec![(Columns, AtMost(12)), (Rows, AtMost(12))];
        let scenario = jacobian(format!("brusselator {side} × {side}"), formula, 2 * side * side, colors);
        scenarios.push(SparseScenario { nnz: Some(12 * side * side), ..scenario });
    }
    for side in [1, 2, 5, 12] {
        let formula = SparseFormula::Stencil(Stencil { side });
        // A row of seven entries meets 24 others at the most.
        let colors = vec![(Columns, AtMost(14)), (Rows, AtMost(14))];
        let scenario = jacobian(format!("stencil {side} × {side} × {side}"), formula, side * side * side, colors);
        scenarios.push(SparseScenario { nnz: Some(side * side * (7 * side - 6)), ..scenario });
    }
    for side in [1, 2, 3, 6, 20, 60] {
        let formula = SparseFormula::Surface(Surface { side });
        let colors = vec![(Star, AtMost(9)), (Acyclic, AtMost(5)), (Columns, AtMost(10))];
        scenarios.push(hessian(format!("surface {side} × {side}"), formula, side * side, colors));
    }
    scenarios
}

/// Residuals for least squares.
fn residuals() -> Vec<SparseScenario> {
    let mut scenarios = Vec::new();
    for (cameras, points, views) in [(1, 4, 1), (4, 12, 3), (50, 2000, 4)] {
        let bundle = Bundle::random(cameras, points, views, 3);
        let [x, prepared_x] = [5, 6].map(|seed| bundle.point(seed));
        let name = format!("bundle of {cameras} cameras and {points} points");
        // A row has nine entries, in blocks of six and of three.
        let colors = vec![(Columns, Exactly(9))];
        let scenario = jacobian(name, SparseFormula::Bundle(bundle), x.len(), colors);
        scenarios.push(SparseScenario { x, prepared_x, nnz: Some(18 * points * views), ..scenario });
    }
    for n in [10, 100, 100_000] {
        let formula = SparseFormula::LeastSquares(LeastSquares);
        // An unknown is in six residuals at the most, with two others.
        scenarios.push(jacobian(format!("least_squares of {n}"), formula, n, vec![(Columns, AtMost(13))]));
    }
    scenarios
}

/// All sparse scenarios.
#[must_use]
pub fn sparse_catalogue() -> Vec<SparseScenario> {
    let mut scenarios: Vec<SparseScenario> = SIZES.into_iter().flat_map(of_any_size).collect();
    scenarios.extend(squares());
    scenarios.extend(grids());
    scenarios.extend(residuals());
    scenarios
}
