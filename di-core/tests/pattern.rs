//! Sparsity patterns: constructors against brute force, set operations, errors.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use di_core::{Coupling, Error, Grid, Pattern, SpeciesOrder};
use proptest::prelude::*;

/// The pattern of a predicate, entry by entry.
fn where_true(rows: usize, columns: usize, entry: impl Fn(usize, usize) -> bool) -> Pattern {
    let entry = &entry;
    let entries = (0..rows).flat_map(|i| (0..columns).filter(move |&j| entry(i, j)).map(move |j| (i, j)));
    Pattern::from_entries(rows, columns, entries).unwrap()
}

#[test]
fn bands_are_what_their_definition_says() {
    for (m, n, lower, upper) in [(5, 5, 1, 1), (3, 7, 0, 2), (7, 3, 2, 0), (0, 4, 1, 1), (4, 0, 1, 1), (6, 6, 9, 9)] {
        let expected = where_true(m, n, |i, j| i <= j + lower && j <= i + upper);
        assert_eq!(Pattern::banded(m, n, lower, upper).unwrap(), expected, "{m}×{n} -{lower}+{upper}");
    }
    assert_eq!(Pattern::banded(3, 4, usize::MAX, usize::MAX).unwrap(), Pattern::dense(3, 4).unwrap());
    assert_eq!(Pattern::dense(3, 4).unwrap(), where_true(3, 4, |_, _| true));
    assert_eq!(Pattern::empty(3, 4).unwrap(), where_true(3, 4, |_, _| false));
    assert_eq!(Pattern::diagonal(4).unwrap(), where_true(4, 4, |i, j| i == j));
    assert_eq!(Pattern::tridiagonal(4).unwrap(), where_true(4, 4, |i, j| i.abs_diff(j) <= 1));
}

#[test]
fn blocks_are_put_where_they_belong() {
    let block = Pattern::from_entries(2, 3, [(0, 0), (1, 2)]).unwrap();
    let banded = Pattern::block_banded(4, 1, 0, &block).unwrap();
    let expected = where_true(8, 12, |i, j| {
        let (bi, bj) = (i / 2, j / 3);
        bi <= bj + 1 && bj <= bi && block.contains(i % 2, j % 3)
    });
    assert_eq!(banded, expected);
    let diagonal = Pattern::block_diagonal(&[block.clone(), Pattern::empty(0, 2).unwrap(), block.clone()]).unwrap();
    assert_eq!((diagonal.rows(), diagonal.columns(), diagonal.nnz()), (4, 8, 4));
    assert!(diagonal.contains(2, 5) && diagonal.contains(3, 7) && diagonal.contains(0, 0) && diagonal.contains(1, 2));
    let outer = where_true(3, 2, |i, j| i != j);
    let product = outer.kronecker(&block).unwrap();
    assert_eq!(product, where_true(6, 6, |i, j| outer.contains(i / 2, j / 3) && block.contains(i % 2, j % 3)));
    assert_eq!(Pattern::block_diagonal(&[]).unwrap(), Pattern::empty(0, 0).unwrap());
}

#[test]
fn a_five_point_stencil_of_two_species_is_that_of_the_brusselator() {
    for side in [1, 2, 3, 8] {
        let cells = side * side;
        let near = |a: usize, b: usize| {
            let gap = |x: usize, y: usize| x.abs_diff(y).min(side - x.abs_diff(y));
            gap(a / side, b / side) + gap(a % side, b % side) <= 1
        };
        let expected = where_true(2 * cells, 2 * cells, |i, j| match (i / cells, j / cells) {
            (s, t) if s == t => near(i % cells, j % cells),
            _ => i % cells == j % cells,
        });
        assert_eq!(Grid::new(&[side, side]).periodic().species(2).star(1).unwrap(), expected, "side {side}");
    }
}

#[test]
fn grids_of_every_dimension_and_numbering() {
    assert_eq!(Grid::new(&[6]).star(1).unwrap(), Pattern::tridiagonal(6).unwrap());
    assert_eq!(Grid::new(&[6]).star(50).unwrap(), Pattern::dense(6, 6).unwrap());
    let wrapped = Grid::new(&[6]).periodic().stencil(&[vec![0], vec![-1]]).unwrap();
    assert_eq!(wrapped, where_true(6, 6, |i, j| j == i || (j + 1) % 6 == i));
    assert_eq!(Grid::new(&[3, 4, 5]).star(1).unwrap().longest_row(), 7);
    let cube = Grid::new(&[3, 4, 5]).cube(1).unwrap();
    let far = |i: usize, j: usize| {
        let at = |k: usize| [k / 20, k / 5 % 4, k % 5];
        at(i).iter().zip(at(j)).any(|(a, b)| a.abs_diff(b) > 1)
    };
    assert_eq!(cube, where_true(60, 60, |i, j| !far(i, j)));

    let line = Grid::new(&[4]).species(3).order(SpeciesOrder::Interleaved);
    let coupled = line.clone().coupling(Coupling::Stencil).star(1).unwrap();
    assert_eq!(coupled, Pattern::block_banded(4, 1, 1, &Pattern::dense(3, 3).unwrap()).unwrap());
    let alone = line.coupling(Coupling::None).star(1).unwrap();
    assert_eq!(alone, Pattern::tridiagonal(4).unwrap().kronecker(&Pattern::diagonal(3).unwrap()).unwrap());
    assert_eq!(Grid::new(&[0, 5]).star(1).unwrap(), Pattern::empty(0, 0).unwrap());
    assert_eq!(Grid::new(&[5]).species(0).star(1).unwrap(), Pattern::empty(0, 0).unwrap());
}

#[test]
fn bad_arguments_are_errors_that_name_them() {
    let message = |result: Result<Pattern, Error>| result.unwrap_err().to_string();
    let of_entry = message(Pattern::from_entries(5, 4, [(0, 0), (7, 1)]));
    assert_eq!(of_entry, "`entries` makes no pattern: a row below 5 was expected, but there is row 7");
    let of_column = message(Pattern::from_entries(5, 4, [(0, 4)]));
    assert_eq!(of_column, "`entries` makes no pattern: a column below 4 was expected, but there is column 4");
    assert!(message(Pattern::from_columns(2, [[2]])).contains("`columns` makes no pattern: a row below 2"));
    assert!(message(Pattern::from_rows(2, [[2]])).contains("`rows` makes no pattern: a column below 2"));
    assert!(message(Pattern::from_rows(usize::MAX, [[usize::MAX - 1]])).contains("4294967295"));
    for (starts, indices) in [(vec![], vec![]), (vec![1], vec![]), (vec![0, 2, 1], vec![0]), (vec![0, 2], vec![0])] {
        assert!(matches!(
            Pattern::from_compressed_columns(3, starts, indices),
            Err(Error::Pattern { argument: "column_starts", .. })
        ));
    }
    assert!(message(Pattern::from_compressed_rows(3, vec![0, 1], vec![3])).contains("`column_indices`"));
    assert!(Pattern::dense(usize::MAX, 2).is_err());
    assert!(Pattern::dense(1 << 31, 1 << 31).is_err());
    assert!(Pattern::empty(usize::MAX, usize::MAX).is_err());
    let large = Pattern::empty(1 << 20, 1 << 20).unwrap();
    assert!(large.kronecker(&large).is_err());
    assert!(matches!(
        Pattern::dense(2, 3).unwrap().union(&Pattern::dense(3, 3).unwrap()),
        Err(Error::Length { argument: "other.rows", expected: 2, found: 3 })
    ));
    assert!(matches!(Grid::new(&[3, 3]).stencil(&[vec![0]]), Err(Error::Length { argument: "offsets", .. })));
    assert!(Grid::new(&[usize::MAX, 3]).star(1).is_err());
}

fn entries() -> impl Strategy<Value = (usize, usize, Vec<(usize, usize)>)> {
    (1..9_usize, 1..9_usize).prop_flat_map(|(m, n)| (Just(m), Just(n), prop::collection::vec((0..m, 0..n), 0..30)))
}

proptest! {
    #[test]
    fn entries_in_any_order_are_found_again((m, n, entries) in entries(), (_, _, others) in entries()) {
        let pattern = Pattern::from_entries(m, n, entries.clone()).unwrap();
        prop_assert_eq!(&pattern, &where_true(m, n, |i, j| entries.contains(&(i, j))));
        for i in 0..=m {
            for j in 0..=n {
                prop_assert_eq!(pattern.contains(i, j), entries.contains(&(i, j)));
            }
        }
        let mut sorted = entries.clone();
        sorted.sort_unstable_by_key(|&(i, j)| (j, i));
        sorted.dedup();
        prop_assert_eq!(pattern.entries().collect::<Vec<_>>(), sorted);
        for (place, (i, j)) in pattern.entries().enumerate() {
            prop_assert_eq!(pattern.position(i, j), Some(place));
            prop_assert!(pattern.row(i).contains(&u32::try_from(j).unwrap()));
        }

        let rows = (0..m).map(|i| entries.iter().filter(move |e| e.0 == i).map(|e| e.1).collect::<Vec<_>>());
        prop_assert_eq!(&Pattern::from_rows(n, rows).unwrap(), &pattern);
        let columns = (0..n).map(|j| entries.iter().filter(move |e| e.1 == j).map(|e| e.0).collect::<Vec<_>>());
        prop_assert_eq!(&Pattern::from_columns(m, columns).unwrap(), &pattern);
        let (starts, indices) = (pattern.column_starts().to_vec(), pattern.row_indices().to_vec());
        prop_assert_eq!(&Pattern::from_compressed_columns(m, starts, indices).unwrap(), &pattern);
        let (starts, indices) = (pattern.row_starts().to_vec(), pattern.column_indices().to_vec());
        prop_assert_eq!(&Pattern::from_compressed_rows(n, starts, indices).unwrap(), &pattern);

        let transposed = pattern.transposed();
        prop_assert_eq!(&transposed, &where_true(n, m, |i, j| pattern.contains(j, i)));
        prop_assert_eq!(pattern.is_symmetric(), pattern == transposed);
        let others = others.into_iter().filter(|&(i, j)| i < m && j < n);
        let other = Pattern::from_entries(m, n, others).unwrap();
        let union = pattern.union(&other).unwrap();
        prop_assert_eq!(&union, &where_true(m, n, |i, j| pattern.contains(i, j) || other.contains(i, j)));
        prop_assert!(pattern.is_subset(&union) && other.is_subset(&union));
        prop_assert_eq!(union.is_subset(&pattern), union == pattern);
        if m == n {
            prop_assert!(pattern.union(&transposed).unwrap().is_symmetric());
        }
    }
}
