//! From products to entries.

use super::direct::Reading;
use super::value::{Parts, Plan};
use crate::sparse::narrow;
use crate::{Coloring, ColoringKind, Error, Result, Scalar, SparseMatrix};
use ndarray::ArrayView2;

impl Coloring {
    /// Writes the entries of a matrix, given its product with the seeds of this colouring, into `matrix`.
    ///
    /// | kind | `product` | shape |
    /// | --- | --- | --- |
    /// | columns | `J·S`, `S` of [`column_seeds`](Self::column_seeds) | m × colours |
    /// | rows | `Jᵀ·S`, `S` of [`row_seeds`](Self::row_seeds) | n × colours |
    /// | star, acyclic | `H·S`, `S` of [`column_seeds`](Self::column_seeds) | n × colours |
    ///
    /// A bidirectional colouring has two products: see [`decompress_both_into`](Self::decompress_both_into).
    ///
    /// # Cost
    ///
    /// One reading an entry; for an acyclic colouring at most one subtraction an entry. Allocates nothing. Fastest with a
    /// product in standard layout, and a matrix made with a clone of [`pattern`](Self::pattern): another's is compared.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if `product` has another shape; [`Error::Coloring`] if `matrix` has another pattern, or if the
    /// colouring is bidirectional. `matrix` is then unchanged.
    pub fn decompress_into<T: Scalar>(&self, product: ArrayView2<'_, T>, matrix: &mut SparseMatrix<T>) -> Result<()> {
        if self.kind() == ColoringKind::Bidirectional {
            let reason = "it has two products: use `decompress_both_into`";
            return Err(Error::coloring(self.kind(), reason.into()));
        }
        let by_rows = self.kind() == ColoringKind::Rows;
        let products = if by_rows { [None, Some(product)] } else { [Some(product), None] };
        self.decompress([["product.rows", "product.columns"]; 2], products, matrix)
    }

    /// Writes the entries of a matrix into `matrix`, given `J·S` with the [`column_seeds`](Self::column_seeds), m × the
    /// number of colours of columns, and `Jᵀ·S` with the [`row_seeds`](Self::row_seeds), n × the number of colours of rows.
    ///
    /// For a colouring of every kind; without seeds a product has no column.
    ///
    /// # Cost
    ///
    /// As [`decompress_into`](Self::decompress_into).
    ///
    /// # Errors
    ///
    /// [`Error::Length`] if a product has another shape; [`Error::Coloring`] if `matrix` has another pattern. `matrix` is
    /// then unchanged.
    pub fn decompress_both_into<T: Scalar>(
        &self,
        by_columns: ArrayView2<'_, T>,
        by_rows: ArrayView2<'_, T>,
        matrix: &mut SparseMatrix<T>,
    ) -> Result<()> {
        let names = [["by_columns.rows", "by_columns.columns"], ["by_rows.rows", "by_rows.columns"]];
        self.decompress(names, [Some(by_columns), Some(by_rows)], matrix)
    }

    fn decompress<T: Scalar>(
        &self,
        names: [[&'static str; 2]; 2],
        products: [Option<ArrayView2<'_, T>>; 2],
        matrix: &mut SparseMatrix<T>,
    ) -> Result<()> {
        let Parts { kind, pattern, columns, rows, .. } = self.parts();
        let shapes = [(pattern.rows(), columns.count()), (pattern.columns(), rows.count())];
        for ((product, shape), name) in products.iter().zip(shapes).zip(names) {
            if let Some(product) = product {
                Error::check_length(name[0], shape.0, product.nrows())?;
                Error::check_length(name[1], shape.1, product.ncols())?;
            }
        }
        if matrix.pattern() != pattern {
            return Err(Error::coloring(*kind, "it is of another pattern than `matrix`".into()));
        }
        let values = matrix.values_mut();
        let [by_columns, by_rows] = products;
        if let Some(product) = by_columns {
            match product.as_slice() {
                Some(entries) => read_by_columns(self.parts(), &Flat { entries, width: columns.count() }, values),
                None => read_by_columns(self.parts(), &product, values),
            }
        }
        if let Some(product) = by_rows {
            match product.as_slice() {
                Some(entries) => read_by_rows(self.parts(), &Flat { entries, width: rows.count() }, values),
                None => read_by_rows(self.parts(), &product, values),
            }
        }
        Ok(())
    }
}

/// A product of the matrix with seeds: a line for each row, a column for each colour.
pub(super) trait Product<T> {
    fn at(&self, line: u32, color: u32) -> T;

    /// All of it in standard layout, if it lies so.
    fn flat(&self) -> Option<&[T]> {
        None
    }
}

/// A product in standard layout.
struct Flat<'a, T> {
    entries: &'a [T],
    width: usize,
}

impl<T: Copy> Product<T> for Flat<'_, T> {
    #[inline]
    fn at(&self, line: u32, color: u32) -> T {
        self.entries[line as usize * self.width + color as usize]
    }

    fn flat(&self) -> Option<&[T]> {
        Some(self.entries)
    }
}

impl<T: Copy> Product<T> for ArrayView2<'_, T> {
    #[inline]
    fn at(&self, line: u32, color: u32) -> T {
        self[[line as usize, color as usize]]
    }
}

/// Reads what is read from `J·S`.
fn read_by_columns<T: Scalar>(coloring: &Parts, product: &impl Product<T>, values: &mut [T]) {
    match &coloring.plan {
        Plan::Columns(places) => {
            if let Some(entries) = product.flat()
                && places.read(entries, values)
            {
                return;
            }
            let (starts, colors) = (coloring.pattern.column_starts(), &coloring.columns.colors);
            for (j, &color) in colors.iter().enumerate() {
                for (value, &i) in values[starts[j]..starts[j + 1]].iter_mut().zip(coloring.pattern.column(j)) {
                    *value = product.at(i, color);
                }
            }
        }
        Plan::Rows(_) => {}
        Plan::Direct(readings, _) => read_listed(readings, product, values),
        Plan::Substitution(substitution) => substitution.run(product, values),
    }
}

/// Reads what is read from `Jᵀ·S`.
fn read_by_rows<T: Scalar>(coloring: &Parts, product: &impl Product<T>, values: &mut [T]) {
    match &coloring.plan {
        Plan::Rows(places) => {
            if let Some(entries) = product.flat()
                && places.read(entries, values)
            {
                return;
            }
            for (value, (i, j)) in values.iter_mut().zip(coloring.pattern.entries()) {
                *value = product.at(narrow(j), coloring.rows.colors[i]);
            }
        }
        Plan::Direct(_, readings) => read_listed(readings, product, values),
        Plan::Columns(_) | Plan::Substitution(_) => {}
    }
}

fn read_listed<T: Scalar>(readings: &[Reading], product: &impl Product<T>, values: &mut [T]) {
    for reading in readings {
        values[reading.place as usize] = product.at(reading.line, reading.color);
    }
}
