//! Sparse matrices: entries, products, and round trips through other crates.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use di_core::ndarray::{Array1, Array2};
use di_core::{Error, Pattern, SparseMatrix};

/// Wide, with an empty row, an empty column and a full one.
fn example() -> SparseMatrix {
    let entries = [(0, 0), (0, 3), (1, 3), (2, 1), (2, 3), (3, 3), (3, 4)];
    let pattern = Pattern::from_entries(5, 6, entries.into_iter().chain([(4, 3)])).unwrap();
    SparseMatrix::from_values(pattern, vec![2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0]).unwrap()
}

#[test]
fn entries_are_found_and_listed() {
    let matrix = example();
    let dense = matrix.to_dense();
    assert_eq!(dense.dim(), (5, 6));
    for i in 0..7 {
        for j in 0..7 {
            let expected = matrix.triplets().find(|entry| (entry.0, entry.1) == (i, j)).map(|entry| entry.2);
            assert_eq!(matrix.get(i, j), expected, "({i}, {j})");
            if let Some(&value) = dense.get([i, j]) {
                assert_eq!(value, expected.unwrap_or(0.0));
            }
        }
    }
    assert_eq!(SparseMatrix::from_dense(matrix.pattern().clone(), dense.view()).unwrap(), matrix);
    let mut full = Array2::from_elem((5, 6), f64::NAN);
    matrix.dense_into(full.view_mut()).unwrap();
    assert_eq!(full, dense);
    assert_eq!(SparseMatrix::<f32>::zeros(matrix.pattern().clone()).to_dense(), Array2::<f32>::zeros((5, 6)));
}

#[test]
fn products_are_those_of_the_dense_matrix() {
    let matrix = example();
    let dense = matrix.to_dense();
    let x = [1.0, -2.0, 3.0, 5.0, -7.0, 11.0];
    let y = [2.0, 3.0, -1.0, 4.0, 0.5];
    assert_eq!(Array1::from(matrix.apply(&x).unwrap()), dense.dot(&Array1::from(x.to_vec())));
    assert_eq!(Array1::from(matrix.apply_transpose(&y).unwrap()), dense.t().dot(&Array1::from(y.to_vec())));
}

#[test]
fn wrong_lengths_are_errors_and_write_nothing() {
    let matrix = example();
    let pattern = matrix.pattern().clone();
    assert!(matches!(
        SparseMatrix::from_values(pattern.clone(), vec![1.0]),
        Err(Error::Length { argument: "values", expected: 8, found: 1 })
    ));
    assert!(SparseMatrix::from_dense(pattern, Array2::<f64>::zeros((6, 5)).view()).is_err());
    let named =
        |result: Result<(), Error>, name| matches!(result, Err(Error::Length { argument, .. }) if argument == name);
    let (mut x, mut y) = ([9.0; 6], [9.0; 5]);
    assert!(named(matrix.apply_into(&[1.0; 5], &mut y), "x"));
    assert!(named(matrix.apply_into(&[1.0; 6], &mut x), "y"));
    assert!(named(matrix.apply_transpose_into(&[1.0; 6], &mut x), "y"));
    assert!(named(matrix.apply_transpose_into(&[1.0; 5], &mut y), "x"));
    assert_eq!((x, y), ([9.0; 6], [9.0; 5]));
    let mut dense = Array2::from_elem((5, 5), 9.0);
    assert!(named(matrix.dense_into(dense.view_mut()), "dense.columns"));
    assert!(dense.iter().all(|&entry| entry == 9.0));
}

#[cfg(feature = "sprs")]
#[test]
fn to_sprs_and_back() {
    let matrix = example();
    let mut converted = matrix.to_sprs();
    assert!(converted.is_csc());
    for (i, j, value) in matrix.triplets() {
        assert_eq!(converted.get(i, j), Some(&value));
    }
    assert_eq!(SparseMatrix::from_sprs(&converted).unwrap(), matrix);
    assert_eq!(SparseMatrix::from_sprs(&converted.to_csr()).unwrap(), matrix);
    converted.data_mut().copy_from_slice(&[1.0; 8]);
    assert_eq!(SparseMatrix::from_sprs(&converted).unwrap().values(), [1.0; 8]);
}

#[cfg(feature = "faer")]
#[test]
fn to_faer_and_back() {
    let matrix = example();
    let mut converted = matrix.to_faer();
    assert_eq!((converted.nrows(), converted.ncols()), (5, 6));
    for (i, j, &value) in converted.triplet_iter().map(|entry| (entry.row, entry.col, entry.val)) {
        assert_eq!(matrix.get(i, j), Some(value));
    }
    assert_eq!(SparseMatrix::from_faer(&converted).unwrap(), matrix);
    converted.val_mut().copy_from_slice(&[1.0; 8]);
    assert_eq!(SparseMatrix::from_faer(&converted).unwrap().values(), [1.0; 8]);
}

#[cfg(feature = "nalgebra-sparse")]
#[test]
fn to_nalgebra_and_back() {
    let matrix = example();
    let mut converted = matrix.to_nalgebra().unwrap();
    for (i, j, &value) in converted.triplet_iter() {
        assert_eq!(matrix.get(i, j), Some(value));
    }
    assert_eq!(SparseMatrix::from_nalgebra(&converted).unwrap(), matrix);
    converted.values_mut().copy_from_slice(&[1.0; 8]);
    assert_eq!(SparseMatrix::from_nalgebra(&converted).unwrap().values(), [1.0; 8]);
}
