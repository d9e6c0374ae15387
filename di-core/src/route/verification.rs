//! Comparison of a sparse matrix with directional derivatives, which need no pattern.

use super::Scratch;
use crate::SplitMix;
use crate::{Coloring, Error, Mode, Result, Scalar, Seeds, SparseMatrix};
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

/// Random weights, products with them, and what they may be wrong by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Products<T> {
    weights: Scratch<T>,
    dense: Scratch<T>,
    sparse: Scratch<T>,
    scale: Scratch<T>,
}

impl<T: Scalar> Products<T> {
    /// Makes room for either side of a matrix.
    pub(crate) fn reserve(&mut self, longest: usize) {
        for buffer in [&mut self.weights, &mut self.dense, &mut self.sparse, &mut self.scale] {
            buffer.reserve(longest, 1);
        }
    }
}

/// Which vectors a matrix is multiplied by, and how its result is named.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a, T> {
    pub(crate) name: &'static str,
    pub(crate) matrix: &'a SparseMatrix<T>,
    pub(crate) coloring: &'a Coloring,
    /// Whether rows are weighted, by `Jᵀ·w`.
    pub(crate) by_rows: bool,
    /// Errors that are allowed, relative to the terms of a sum and to the largest sum.
    pub(crate) tolerance: [f64; 2],
    pub(crate) seed: u64,
}

/// Errors that are allowed unless the user says: rounding, or what differences are wrong by.
pub(crate) fn default_tolerance<T: Scalar>(mode: Mode, second_order: bool) -> [f64; 2] {
    let epsilon = T::epsilon().to_f64().unwrap_or(f64::EPSILON);
    match (mode, second_order) {
        (Mode::Difference, false) => [epsilon.powf(0.25); 2],
        (Mode::Difference, true) => [epsilon.powf(0.125); 2],
        (_, false) => [epsilon.sqrt(), epsilon.powf(2.0 / 3.0)],
        // The outer of two engines may be one of differences.
        (_, true) => [epsilon.sqrt() * 64.0; 2],
    }
}

impl<T: Scalar> Side<'_, T> {
    /// The numbers of weights, and of results.
    fn lens(&self) -> (usize, usize) {
        let (m, n) = (self.matrix.rows(), self.matrix.columns());
        if self.by_rows { (m, n) } else { (n, m) }
    }

    /// All entries: which result each adds to, by which weight, and its value.
    fn entries(&self) -> impl Iterator<Item = (usize, usize, T)> + '_ {
        self.matrix.triplets().map(|(i, j, value)| if self.by_rows { (j, i, value) } else { (i, j, value) })
    }

    /// The colour of what is weighted.
    fn color(&self, vertex: usize) -> Option<usize> {
        if self.by_rows { self.coloring.row_color(vertex) } else { self.coloring.column_color(vertex) }
    }

    /// Compares one product with random weights; `product` multiplies the dense matrix with each column.
    pub(crate) fn check(
        &self,
        buffers: &mut Products<T>,
        mut product: impl FnMut(Seeds<'_, T>, ArrayViewMut2<'_, T>) -> Result<()>,
    ) -> Result<()> {
        let (vertices, lines) = self.lens();
        if vertices == 0 || lines == 0 {
            return Ok(());
        }
        let Products { weights, dense, sparse, scale } = buffers;
        let mut random = SplitMix::new(self.seed);
        let weights = weights.slice(vertices);
        weights.fill_with(|| T::lift(1.0 + 0.5 * random.uniform()));
        let mut dense = dense.matrix(lines, 1);
        product(column(weights).into(), dense.view_mut())?;
        let (sparse, scale) = (sparse.slice(lines), scale.slice(lines));
        sparse.fill(T::zero());
        scale.fill(T::zero());
        for (line, vertex, value) in self.entries() {
            let term = value * weights[vertex];
            sparse[line] += term;
            scale[line] += term.abs();
        }
        let dense = dense.column(0);
        let number = |x: T| x.to_f64().unwrap_or(f64::NAN);
        let finite = |x: &T| x.is_finite();
        let largest = dense.iter().chain(&*scale).filter(|x| finite(x)).map(|&x| number(x).abs()).fold(0.0, f64::max);
        let allowed = |line: usize| {
            let terms = number(scale[line]) + number(dense[line]).abs();
            self.tolerance[0] * terms + self.tolerance[1] * largest
        };
        let mut worst = None;
        for line in 0..lines {
            let (found, expected) = (sparse[line], dense[line]);
            // What is not a number, or infinite, is compared by that alone.
            let excess = match (finite(&found), finite(&expected)) {
                (true, true) => number(found - expected).abs() / allowed(line).max(f64::MIN_POSITIVE),
                (false, false) => 0.0,
                _ => f64::INFINITY,
            };
            if excess > worst.map_or(1.0, |(_, most)| most) {
                worst = Some((line, excess));
            }
        }
        let Some((line, _)) = worst else { return Ok(()) };
        let (found, expected) = (number(sparse[line]), number(dense[line]));
        let (group, missing) = self.locate(line, allowed(line), weights, &mut product)?;
        let place = |vertex: usize| if self.by_rows { (vertex, line) } else { (line, vertex) };
        Err(Error::WrongPattern {
            matrix: self.name,
            side: if self.by_rows { "rows" } else { "columns" },
            group,
            line,
            missing: missing.map(place),
            expected,
            found,
        })
    }

    /// The group that disagrees most at a line, and what it lacks there.
    fn locate(
        &self,
        line: usize,
        allowed: f64,
        weights: &[T],
        product: &mut impl FnMut(Seeds<'_, T>, ArrayViewMut2<'_, T>) -> Result<()>,
    ) -> Result<(Option<usize>, Option<usize>)> {
        let (vertices, lines) = self.lens();
        let colors = if self.by_rows { self.coloring.row_color_count() } else { self.coloring.column_color_count() };
        let group = |vertex: usize| self.color(vertex).unwrap_or(colors);
        let number = |x: T| x.to_f64().unwrap_or(f64::NAN).abs();
        // One more for what is in no group.
        let mut seeds = Array2::from_elem((vertices, colors + 1), T::zero());
        for (vertex, &weight) in weights.iter().enumerate() {
            seeds[(vertex, group(vertex))] = weight;
        }
        let mut products = Array2::from_elem((lines, colors + 1), T::zero());
        product(seeds.view().into(), products.view_mut())?;
        let mut differences = products.row(line).to_vec();
        let mut known = vec![false; vertices];
        for (_, vertex, value) in self.entries().filter(|entry| entry.0 == line) {
            differences[group(vertex)] -= value * weights[vertex];
            known[vertex] = true;
        }
        let sizes = differences.iter().map(|&difference| number(difference)).enumerate();
        let worse = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
        let worst = sizes.max_by(worse).map_or(colors, |(color, _)| color);
        let mut rest: Vec<usize> = (0..vertices).filter(|&v| group(v) == worst && !known[v]).collect();
        // Of the entries that are taken for zero one is not: halves are asked for, and the greater one is kept.
        let mut ask = |part: &[usize]| -> Result<f64> {
            let mut seed = Array2::from_elem((vertices, 1), T::zero());
            for &vertex in part {
                seed[(vertex, 0)] = weights[vertex];
            }
            let mut result = Array2::from_elem((lines, 1), T::zero());
            product(seed.view().into(), result.view_mut())?;
            Ok(number(result[(line, 0)]))
        };
        while rest.len() > 1 {
            let half = rest.split_off(rest.len() / 2);
            if ask(&half)? > ask(&rest)? {
                rest = half;
            }
        }
        let is_missing = !rest.is_empty() && ask(&rest)? > allowed;
        Ok(((worst < colors).then_some(worst), rest.first().copied().filter(|_| is_missing)))
    }
}

/// A slice as a matrix of one column.
fn column<T>(x: &[T]) -> ArrayView2<'_, T> {
    ndarray::ArrayView1::from(x).insert_axis(ndarray::Axis(1))
}
