//! Numbers of colours that are known.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use di_core::{ColoringMethod, Grid, Order, Pattern, SpeciesOrder};

const ORDERS: [Order; 6] = [
    Order::Natural,
    Order::Random(1),
    Order::LargestFirst,
    Order::SmallestLast,
    Order::IncidenceDegree,
    Order::DynamicLargestFirst,
];

fn count(method: &ColoringMethod, pattern: &Pattern) -> usize {
    method.color(pattern).unwrap().color_count()
}

/// First row, first column and diagonal.
fn arrowhead(n: usize) -> Pattern {
    let arms = (0..n).flat_map(|k| [(0, k), (k, 0), (k, k)]);
    Pattern::from_entries(n, n, arms).unwrap()
}

#[test]
fn bands() {
    for b in [0, 1, 2, 5, 10, 20] {
        let upper = Pattern::banded(200, 200, 0, b).unwrap();
        let symmetric = Pattern::banded(200, 200, b, b).unwrap();
        for closed in [true, false] {
            let with = |method: ColoringMethod| method.closed_forms(closed);
            assert_eq!(count(&with(ColoringMethod::columns()), &upper), b + 1);
            assert_eq!(count(&with(ColoringMethod::rows()), &upper), b + 1);
            assert_eq!(count(&with(ColoringMethod::star()), &symmetric), 2 * b + 1);
            assert_eq!(count(&with(ColoringMethod::acyclic()), &symmetric), b + 1);
        }
    }
}

#[test]
fn the_square_linear_map_and_the_square_quadratic_form() {
    for (b, nnz_of_map, nnz_of_form) in [(5, 285, 520), (10, 495, 940), (20, 840, 1630)] {
        let map = Pattern::banded(50, 50, 0, b).unwrap();
        let form = Pattern::banded(50, 50, b, b).unwrap();
        assert_eq!((map.nnz(), form.nnz()), (nnz_of_map, nnz_of_form));
        assert_eq!(count(&ColoringMethod::columns(), &map), b + 1);
        assert_eq!(count(&ColoringMethod::star(), &form), 2 * b + 1);
        assert_eq!(count(&ColoringMethod::acyclic(), &form), b + 1);
    }
}

#[test]
fn blocks_are_recognised() {
    let block = Pattern::dense(3, 4).unwrap();
    let diagonal = Pattern::block_banded(30, 0, 0, &block).unwrap();
    assert_eq!(count(&ColoringMethod::columns(), &diagonal), 4);
    assert_eq!(count(&ColoringMethod::rows(), &diagonal), 3);
    let banded = Pattern::block_banded(30, 1, 2, &block).unwrap();
    assert_eq!(count(&ColoringMethod::columns(), &banded), 16);
    assert_eq!(count(&ColoringMethod::rows(), &banded), 12);
    let square = Pattern::dense(3, 3).unwrap();
    assert_eq!(count(&ColoringMethod::star(), &Pattern::block_banded(30, 0, 0, &square).unwrap()), 3);
    assert_eq!(count(&ColoringMethod::acyclic(), &Pattern::block_banded(30, 0, 0, &square).unwrap()), 3);
    assert_eq!(count(&ColoringMethod::acyclic(), &Pattern::block_banded(30, 1, 1, &square).unwrap()), 6);
    assert_eq!(count(&ColoringMethod::star(), &Pattern::block_banded(30, 1, 1, &square).unwrap()), 9);
}

#[test]
fn wrap_around_is_recognised() {
    for n in [12, 13, 14, 100, 401] {
        // Chromatic numbers of powers of cycles: w + ⌈r/q⌉ for n = q w + r.
        for reach in [1, 2] {
            let width = 2 * reach + 1;
            let pattern = Grid::new(&[n]).periodic().star(reach).unwrap();
            let expected = width + (n % width).div_ceil(n / width);
            assert_eq!(count(&ColoringMethod::columns(), &pattern), expected, "{n} columns, reach {reach}");
        }
        let upwind = Grid::new(&[n]).periodic().stencil(&[vec![0], vec![-1]]).unwrap();
        assert_eq!(count(&ColoringMethod::columns(), &upwind), 2 + n % 2);
        assert!(count(&ColoringMethod::columns().closed_forms(false), &upwind) <= 3);
    }
}

#[test]
fn the_brusselator() {
    for side in [8, 32, 100] {
        let pattern = Grid::new(&[side, side]).periodic().species(2).star(1).unwrap();
        assert_eq!(pattern.nnz(), 12 * side * side);
        for order in ORDERS {
            let colors = count(&ColoringMethod::columns().orders(&[order]), &pattern);
            assert!((6..=14).contains(&colors), "side {side}, {order:?}: {colors}");
        }
        assert!(count(&ColoringMethod::columns(), &pattern) <= 12, "side {side}");
    }
}

#[test]
fn an_arrowhead_needs_both_directions() {
    for n in [4, 10, 100, 1000] {
        let pattern = arrowhead(n);
        assert_eq!(count(&ColoringMethod::columns(), &pattern), n);
        assert_eq!(count(&ColoringMethod::rows(), &pattern), n);
        for order in ORDERS {
            let both = ColoringMethod::bidirectional().orders(&[order]).color(&pattern).unwrap();
            assert_eq!(both.color_count(), 3, "{order:?}");
            assert!(both.row_color_count() > 0 && both.column_color_count() > 0);
        }
        assert_eq!(count(&ColoringMethod::star(), &pattern), 2);
        assert_eq!(count(&ColoringMethod::acyclic(), &pattern), 2);
    }
}

#[test]
fn structured_patterns_of_mixed_shape() {
    // Dense rows above a diagonal: columns alone need n, rows alone k + 1.
    let rows = Pattern::from_entries(104, 100, (0..100).flat_map(|j| (0..4).map(move |i| (i, j)).chain([(j + 4, j)])));
    let both = ColoringMethod::bidirectional().color(&rows.unwrap()).unwrap();
    assert_eq!(both.color_count(), 5);
    // Two dense rows and two dense columns.
    let cross = (0..100).flat_map(|k| [(0, k), (50, k), (k, 3), (k, 70), (k, k)]);
    let cross = Pattern::from_entries(100, 100, cross).unwrap();
    assert!(count(&ColoringMethod::bidirectional(), &cross) <= 6);
    assert_eq!(count(&ColoringMethod::columns(), &cross), 100);
}

#[test]
fn nothing_needs_no_colour() {
    for (m, n) in [(0, 0), (0, 5), (5, 0), (5, 5)] {
        let pattern = Pattern::empty(m, n).unwrap();
        for method in [ColoringMethod::columns(), ColoringMethod::rows(), ColoringMethod::bidirectional()] {
            assert_eq!(count(&method, &pattern), 0);
            assert_eq!(count(&method.closed_forms(false), &pattern), 0);
        }
        if m == n {
            assert_eq!(count(&ColoringMethod::star(), &pattern), 0);
            assert_eq!(count(&ColoringMethod::acyclic(), &pattern), 0);
        }
    }
}

#[test]
fn stencils_in_three_dimensions() {
    let pattern = Grid::new(&[12, 12, 12]).star(1).unwrap();
    for order in ORDERS {
        let counts = [ColoringMethod::columns(), ColoringMethod::star(), ColoringMethod::acyclic()]
            .map(|method| count(&method.orders(&[order]), &pattern));
        assert!((7..=14).contains(&counts[0]), "{order:?}: {counts:?}");
        assert!((5..=14).contains(&counts[1]), "{order:?}: {counts:?}");
        assert!((4..=10).contains(&counts[2]), "{order:?}: {counts:?}");
    }
}

/// The fewest colours of any star colouring, by trying all.
fn fewest_star_colors(n: usize, b: usize) -> usize {
    fn extend(colors: &mut Vec<usize>, n: usize, b: usize, limit: usize) -> bool {
        let v = colors.len();
        if v == n {
            return true;
        }
        (0..limit).any(|color| {
            colors.push(color);
            let fits = (v.saturating_sub(b)..v).all(|w| colors[w] != color) && no_path_through_last(colors, b);
            let found = fits && extend(colors, n, b, limit);
            colors.pop();
            found
        })
    }
    (1..=n).find(|&limit| extend(&mut Vec::new(), n, b, limit)).unwrap()
}

/// Whether no two-coloured path of four vertices runs through the last vertex, in a band of half-bandwidth `b`.
fn no_path_through_last(colors: &[usize], b: usize) -> bool {
    let n = colors.len();
    let v = n - 1;
    let edge = |a: usize, c: usize| a != c && a.abs_diff(c) <= b;
    // The last vertex is at an end, v-w-x-y, or inside, u-v-w-x.
    for w in (0..n).filter(|&w| edge(v, w)) {
        for x in (0..n).filter(|&x| x != v && edge(w, x) && colors[x] == colors[v]) {
            if (0..n).any(|y| y != w && y != v && edge(x, y) && colors[y] == colors[w]) {
                return false;
            }
            if (0..n).any(|u| u != w && u != x && edge(u, v) && colors[u] == colors[w]) {
                return false;
            }
        }
    }
    true
}

#[test]
fn the_star_colouring_of_a_long_band_is_optimal() {
    for b in [1, 2, 3] {
        let n = 3 * b + 1;
        assert_eq!(fewest_star_colors(n, b), 2 * b + 1, "from {n} columns");
        assert!(fewest_star_colors(n - 1, b) < 2 * b + 1, "below {n} columns");
        let pattern = Pattern::banded(n, n, b, b).unwrap();
        assert_eq!(count(&ColoringMethod::star(), &pattern), 2 * b + 1);
    }
}

/// As many colours as a row has entries, which is optimal, however unknowns are numbered.
#[test]
fn stencils_on_grids_are_coloured_by_position() {
    let columns = ColoringMethod::columns();
    for lengths in [[20, 30].as_slice(), &[13, 17], &[5, 4, 11], &[8, 8, 8]] {
        let star = Grid::new(lengths).star(1).unwrap();
        assert_eq!(count(&columns, &star), 2 * lengths.len() + 1, "{lengths:?}");
        assert_eq!(count(&ColoringMethod::rows(), &star), 2 * lengths.len() + 1, "{lengths:?}");
        for order in [SpeciesOrder::Blocks, SpeciesOrder::Interleaved] {
            let species = Grid::new(lengths).species(2).order(order).star(1).unwrap();
            let expected = 2 * lengths.len() + 2;
            assert_eq!(count(&columns, &species), expected, "{lengths:?} with two species, {order:?}");
        }
    }
    // On a torus where the sides are multiples of eight.
    for side in [8, 32, 64] {
        assert_eq!(count(&columns, &Grid::new(&[side, side]).periodic().species(2).star(1).unwrap()), 8);
    }
    assert_eq!(count(&columns, &Grid::new(&[30, 60]).periodic().star(1).unwrap()), 5);
    assert_eq!(count(&ColoringMethod::star(), &Grid::new(&[30, 60]).star(1).unwrap()), 5);
}
