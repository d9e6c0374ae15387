//! The functions in plain code, and of some of them the part that reads nothing enclosed.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use super::{Case, assert_close, at_points, value};
use di_core::ndarray::{Array1, Array2};

#[test]
fn values_are_those_of_plain_code() {
    at_points(|Case { f, plain, .. }, x| assert_close(f, &value(f, x), &plain(x), 1e-13));
}

fn number(n: usize) -> f64 {
    u32::try_from(n).unwrap().into()
}

pub(super) fn smallest(x: &[f64]) -> Vec<f64> {
    vec![(1.0 + x[0]).powi(2)]
}

/// `x_i`, and the next one.
fn pairs(x: &[f64]) -> impl Iterator<Item = (f64, f64)> {
    x.iter().enumerate().map(|(i, &own)| (own, x[(i + 1) % x.len()]))
}

pub(super) fn write_then_read(x: &[f64]) -> Vec<f64> {
    pairs(x).map(|(x, next)| x * next.sin() * (x + x * next.sin())).collect()
}

/// Of `w_i (x_i + w_i)` the derivative in `x_i` alone.
pub(super) fn read_directly(x: &[f64]) -> Array2<f64> {
    Array2::from_diag(&pairs(x).map(|(x, next)| x * next.sin()).collect::<Array1<f64>>())
}

pub(super) fn summed(x: &[f64]) -> Vec<f64> {
    vec![write_then_read(x).iter().sum()]
}

pub(super) fn summed_directly(x: &[f64]) -> Array2<f64> {
    let written: Vec<f64> = pairs(x).map(|(x, next)| x * next.sin()).collect();
    Array2::from_shape_fn((1, x.len()), |(_, i)| written[i])
}

pub(super) fn accumulate(x: &[f64]) -> Vec<f64> {
    vec![x.iter().map(|a| x.iter().map(|b| (a * b).sin()).sum::<f64>().powi(2)).sum()]
}

pub(super) fn swap(x: &[f64]) -> Vec<f64> {
    (0..5).fold(x.to_vec(), |u, _| pairs(&u).map(|(u, next)| u + 0.25 * next.sin()).collect())
}

pub(super) fn reaction_diffusion<const ROWS: usize>(x: &[f64]) -> Vec<f64> {
    let (cells, columns) = (x.len() / 2, x.len() / 2 / ROWS);
    let mirrored = |i: usize, n: usize| if i + 1 < n { [i.abs_diff(1), i + 1] } else { [i - 1, i - 1] };
    let diffusion = |u: &[f64], i: usize, j: usize| {
        let own = u[i * columns + j];
        let vertical: f64 = mirrored(i, ROWS).map(|i| u[i * columns + j] - own).iter().sum();
        let horizontal: f64 =
            if columns > 1 { mirrored(j, columns).map(|j| u[i * columns + j] - own).iter().sum() } else { 0.0 };
        vertical + horizontal
    };
    let (u, v) = x.split_at(cells);
    let at = |species: usize, i: usize, j: usize| {
        let (a, b) = (u[i * columns + j], v[i * columns + j]);
        match species {
            0 => 0.125 * diffusion(u, i, j) + 1.5 * a * a / b + 1.0 - 0.75 * a,
            _ => 2.0 * diffusion(v, i, j) + 1.5 * a * a - 3.0 * b,
        }
    };
    (0..2 * cells).map(|row| at(row / cells, row % cells / columns, row % columns)).collect()
}

/// Couples of cells `[[∂u̇/∂u, ∂u̇/∂v], [∂v̇/∂u, ∂v̇/∂v]]`.
fn local(x: &[f64], blocks: impl Fn(f64, f64) -> [[f64; 2]; 2]) -> Array2<f64> {
    let cells = x.len() / 2;
    Array2::from_shape_fn((2 * cells, 2 * cells), |(row, column)| {
        let cell = row % cells;
        if column % cells == cell { blocks(x[cell], x[cells + cell])[row / cells][column / cells] } else { 0.0 }
    })
}

pub(super) fn reaction(x: &[f64]) -> Array2<f64> {
    local(x, |u, v| [[3.0 * u / v - 0.75, -1.5 * (u / v).powi(2)], [3.0 * u, -3.0]])
}

/// The change by the fluxes that `through` gives to a face from the values on its left and its right.
fn balance(x: &[f64], through: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let n = x.len();
    let flux = |i: usize| through(x[(i + n - 1) % n], x[i % n]);
    (0..n).map(|i| number(n) * (flux(i) - flux(i + 1))).collect()
}

pub(super) fn burgers(x: &[f64]) -> Vec<f64> {
    balance(x, |left, right| if left + right >= 0.0 { left.powi(2) / 2.0 } else { right.powi(2) / 2.0 })
}

pub(super) fn rightwards(x: &[f64]) -> Vec<f64> {
    balance(x, |left, _| 0.75 * left)
}

pub(super) fn leftwards(x: &[f64]) -> Vec<f64> {
    balance(x, |_, right| -1.5 * right)
}

/// The strong form: `−u'` at the nodes, and the lifted jump at the left face.
fn elements(x: &[f64], nodes: usize, lift: &[f64], slope: impl Fn(&[f64], usize) -> f64) -> Vec<f64> {
    let (n, count) = (x.len(), number(x.len() / nodes));
    let at = |row: usize| {
        let first = row - row % nodes;
        let jump = x[first] - x[(first + n - 1) % n];
        -count * slope(&x[first..first + nodes], row % nodes) - 2.0 * count * lift[row % nodes] * jump
    };
    (0..n).map(at).collect()
}

pub(super) fn linear_elements(x: &[f64]) -> Vec<f64> {
    elements(x, 2, &[2.0, -1.0], |u, _| u[1] - u[0])
}

pub(super) fn quadratic_elements(x: &[f64]) -> Vec<f64> {
    elements(x, 3, &[4.5, -0.75, 1.5], |u, node| match node {
        0 => -3.0 * u[0] + 4.0 * u[1] - u[2],
        1 => u[2] - u[0],
        _ => u[0] - 4.0 * u[1] + 3.0 * u[2],
    })
}

pub(super) fn brusselator(x: &[f64]) -> Vec<f64> {
    let cells = x.len() / 2;
    let side = if cells == 1 { 1 } else { 4 };
    let (u, v) = x.split_at(cells);
    let laplacian = |u: &[f64], cell: usize| {
        let at = |i: usize, j: usize| u[i % side * side + j % side];
        let (i, j) = (cell / side + side, cell % side + side);
        at(i + 1, j) + at(i - 1, j) + at(i, j + 1) + at(i, j - 1) - 4.0 * at(i, j)
    };
    let coupling = 0.5 * number(cells);
    // Of the sixteen cells only that at (1/3, 2/3) is near the source; the one of the smallest grid is not.
    let source = |cell: usize| if side == 4 && cell == 2 * side + 1 { 5.0 } else { 0.0 };
    let activator = |i| 1.0 + u[i] * u[i] * v[i] - 4.4 * u[i] + source(i) + coupling * laplacian(u, i);
    let inhibitor = |i| 3.4 * u[i] - u[i] * u[i] * v[i] + coupling * laplacian(v, i);
    (0..cells).map(activator).chain((0..cells).map(inhibitor)).collect()
}

pub(super) fn brusselator_reaction(x: &[f64]) -> Array2<f64> {
    local(x, |u, v| [[2.0 * u * v - 4.4, u * u], [3.4 - 2.0 * u * v, -u * u]])
}

pub(super) fn steps(x: &[f64]) -> Vec<f64> {
    let n = x.len();
    let step = |u: Vec<f64>| -> Vec<f64> {
        (0..n).map(|i| u[i] + 0.1875 * (u[(i + n - 1) % n].powi(2) - u[i].powi(2))).collect()
    };
    let last = (0..3).fold(x.to_vec(), |u, _| step(u));
    vec![last.iter().map(|u| u * u / 2.0).sum()]
}
