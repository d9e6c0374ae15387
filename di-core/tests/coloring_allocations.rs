//! Decompression and products allocate nothing; bad arguments are errors that leave the matrix alone.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![expect(unsafe_code, reason = "a global allocator is unsafe to implement")]

use di_core::ndarray::Array2;
use di_core::{Coloring, ColoringKind, ColoringMethod, Error, Grid, Pattern, SparseMatrix};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const KINDS: [ColoringKind; 5] =
    [ColoringKind::Columns, ColoringKind::Rows, ColoringKind::Star, ColoringKind::Acyclic, ColoringKind::Bidirectional];

#[test]
fn nothing_is_allocated_at_use() {
    let pattern = Grid::new(&[9, 9]).star(1).unwrap();
    let values = pattern.entries().map(|(i, j)| if i == j { 4.0 } else { -1.0 }).collect();
    let matrix = SparseMatrix::from_values(pattern.clone(), values).unwrap();
    let mut found = SparseMatrix::<f64>::zeros(pattern.clone());
    for kind in KINDS {
        let coloring = ColoringMethod::new(kind).color(&pattern).unwrap();
        let by_columns: Array2<f64> = matrix.to_dense().dot(&coloring.column_seeds());
        let by_rows: Array2<f64> = matrix.to_dense().t().dot(&coloring.row_seeds());
        let mut seeds = Array2::<f64>::zeros((81, 3));
        let before = ALLOCATIONS.get();
        coloring.column_seeds_into(0, seeds.view_mut()).unwrap();
        coloring.decompress_both_into(by_columns.view(), by_rows.view(), &mut found).unwrap();
        assert_eq!(ALLOCATIONS.get() - before, 0, "{kind}");
        assert_eq!(found, matrix, "{kind}");
        for k in 0..3 {
            let expected = (0..81).map(|j| if coloring.column_color(j) == Some(k) { 1.0 } else { 0.0 });
            assert!(seeds.column(k).iter().copied().eq(expected), "{kind}");
        }
    }
    let (x, mut y) = ([1.0; 81], [0.0; 81]);
    let before = ALLOCATIONS.get();
    matrix.apply_into(&x, &mut y).unwrap();
    matrix.apply_transpose_into(&x, &mut y).unwrap();
    assert_eq!(ALLOCATIONS.get() - before, 0);
    drop(vec![1]);
    assert!(ALLOCATIONS.get() > before, "the allocator counts");
}

#[test]
fn wrong_shapes_and_other_patterns_are_errors() {
    let pattern = Pattern::tridiagonal(6).unwrap();
    let other = Pattern::diagonal(6).unwrap();
    for kind in KINDS {
        let coloring = ColoringMethod::new(kind).color(&pattern).unwrap();
        let (columns, rows) = (coloring.column_color_count(), coloring.row_color_count());
        let mut matrix = SparseMatrix::from_values(pattern.clone(), vec![7.0; 16]).unwrap();
        let product = |lines, width| Array2::<f64>::zeros((lines, width));
        let wrong = coloring.decompress_both_into(product(5, columns).view(), product(6, rows).view(), &mut matrix);
        assert!(matches!(wrong, Err(Error::Length { argument: "by_columns.rows", expected: 6, found: 5 })), "{kind}");
        let wrong = coloring.decompress_both_into(product(6, columns).view(), product(6, rows + 1).view(), &mut matrix);
        assert!(matches!(wrong, Err(Error::Length { argument: "by_rows.columns", .. })), "{kind}");
        assert!(coloring.decompress_into(product(6, columns + rows + 1).view(), &mut matrix).is_err(), "{kind}");
        assert_eq!(matrix.values(), [7.0; 16], "{kind}");
        let mut wrong = SparseMatrix::zeros(other.clone());
        let result = coloring.decompress_both_into(product(6, columns).view(), product(6, rows).view(), &mut wrong);
        assert!(matches!(result, Err(Error::Coloring { .. })), "{kind}");
    }
}

#[test]
fn wrong_colours_of_the_user_are_named() {
    let pattern = Pattern::tridiagonal(6).unwrap();
    let conflict = |kind, colors: &[usize]| match Coloring::from_user(kind, &pattern, colors) {
        Err(Error::Coloring { kind: found, conflict, reason }) => (found == kind, conflict, reason),
        other => panic!("{other:?}"),
    };
    let (same, pair, reason) = conflict(ColoringKind::Columns, &[0, 1, 2, 1, 2, 0]);
    assert!(same && pair == Some((1, 3)), "{reason}");
    let (same, pair, reason) = conflict(ColoringKind::Rows, &[4, 5, 4, 6, 5, 4]);
    assert!(same && pair == Some((0, 2)), "{reason}");
    let (same, pair, reason) = conflict(ColoringKind::Star, &[0, 1, 0, 1, 2, 0]);
    assert!(same && pair.is_some(), "{reason}");
    let (same, pair, reason) = conflict(ColoringKind::Acyclic, &[0, 1, 1, 0, 1, 0]);
    assert!(same && pair == Some((1, 2)), "{reason}");

    // A ring of two colours is a cycle.
    let ring = Grid::new(&[6]).periodic().star(1).unwrap();
    let cycle = Coloring::from_user(ColoringKind::Acyclic, &ring, &[0, 1, 0, 1, 0, 1]).unwrap_err();
    assert!(cycle.to_string().contains("cycle of two colours"), "{cycle}");
    assert!(Coloring::from_user(ColoringKind::Acyclic, &ring, &[0, 1, 0, 1, 0, 2]).is_ok());

    let short = Coloring::from_user(ColoringKind::Columns, &pattern, &[0; 5]);
    assert!(matches!(short, Err(Error::Length { argument: "colors", expected: 6, found: 5 })));
    assert!(Coloring::from_user(ColoringKind::Bidirectional, &pattern, &[0; 6]).is_err());
    let upper = Pattern::banded(4, 4, 0, 1).unwrap();
    for kind in [ColoringKind::Star, ColoringKind::Acyclic] {
        assert!(matches!(ColoringMethod::new(kind).color(&upper), Err(Error::Coloring { conflict: None, .. })));
        assert!(Coloring::from_user(kind, &upper, &[0, 1, 2, 3]).is_err());
    }
}
