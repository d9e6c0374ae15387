//! Colourings of random patterns: a checker written from the definitions, and decompression of integers, which is exact.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use di_core::ndarray::{Array2, s};
use di_core::{Coloring, ColoringKind, ColoringMethod, Order, Pattern, SparseMatrix};
use proptest::prelude::*;

/// All entries as truth values.
fn dense(pattern: &Pattern) -> Vec<Vec<bool>> {
    (0..pattern.rows()).map(|i| (0..pattern.columns()).map(|j| pattern.contains(i, j)).collect()).collect()
}

fn column_colors(coloring: &Coloring) -> Vec<Option<usize>> {
    (0..coloring.pattern().columns()).map(|j| coloring.column_color(j)).collect()
}

fn row_colors(coloring: &Coloring) -> Vec<Option<usize>> {
    (0..coloring.pattern().rows()).map(|i| coloring.row_color(i)).collect()
}

/// Whether all columns with entries have colours, and none that share a row have the same.
fn distance_two(entries: &[Vec<bool>], colors: &[Option<usize>]) -> bool {
    let coloured = entries.iter().all(|row| row.iter().zip(colors).all(|(entry, color)| !entry || color.is_some()));
    let clash = |row: &Vec<bool>, j: usize, k: usize| row[j] && row[k] && colors[j] == colors[k];
    coloured && entries.iter().all(|row| (0..row.len()).all(|k| (0..k).all(|j| !clash(row, j, k))))
}

fn transposed(entries: &[Vec<bool>], columns: usize) -> Vec<Vec<bool>> {
    (0..columns).map(|j| entries.iter().map(|row| row[j]).collect()).collect()
}

/// Whether neighbours differ, and no path of four vertices has two colours.
fn star(entries: &[Vec<bool>], colors: &[Option<usize>]) -> bool {
    let n = entries.len();
    let edge = |a: usize, b: usize| a != b && entries[a][b];
    for a in 0..n {
        for b in (0..n).filter(|&b| edge(a, b)) {
            if colors[a].is_none() || colors[a] == colors[b] {
                return false;
            }
            for c in (0..n).filter(|&c| c != a && edge(b, c) && colors[c] == colors[a]) {
                if (0..n).any(|d| d != a && d != b && edge(c, d) && colors[d] == colors[b]) {
                    return false;
                }
            }
        }
    }
    true
}

/// Whether neighbours differ, and every two colours make a forest: leaves can be taken away until no edge is left.
fn acyclic(entries: &[Vec<bool>], colors: &[Option<usize>]) -> bool {
    let n = entries.len();
    let mut pairs: Vec<_> = (0..n).flat_map(|a| (0..a).map(move |b| (a, b))).filter(|&(a, b)| entries[a][b]).collect();
    if pairs.iter().any(|&(a, b)| colors[a].is_none() || colors[a] == colors[b]) {
        return false;
    }
    pairs.sort_by_key(|&(a, b)| (colors[a].min(colors[b]), colors[a].max(colors[b])));
    pairs
        .chunk_by(|&(a, b), &(c, d)| {
            (colors[a].min(colors[b]), colors[a].max(colors[b])) == (colors[c].min(colors[d]), colors[c].max(colors[d]))
        })
        .all(|edges| {
            let mut edges = edges.to_vec();
            loop {
                let degree = |v: usize| edges.iter().filter(|&&(a, b)| a == v || b == v).count();
                let inner: Vec<_> = edges.iter().copied().filter(|&(a, b)| degree(a) > 1 && degree(b) > 1).collect();
                if inner.len() == edges.len() {
                    return edges.is_empty();
                }
                edges = inner;
            }
        })
}

/// Whether each entry stands alone in the product of its column's colour or of its row's colour.
fn readable(entries: &[Vec<bool>], columns: &[Option<usize>], rows: &[Option<usize>]) -> bool {
    let by_column = |i: usize, j: usize| {
        columns[j].is_some() && (0..columns.len()).all(|k| k == j || !entries[i][k] || columns[k] != columns[j])
    };
    let by_row = |i: usize, j: usize| {
        rows[i].is_some() && (0..rows.len()).all(|k| k == i || !entries[k][j] || rows[k] != rows[i])
    };
    (0..rows.len()).all(|i| (0..columns.len()).all(|j| !entries[i][j] || by_column(i, j) || by_row(i, j)))
}

/// An integer for each entry, none of them zero; the same for `(i, j)` and `(j, i)`.
fn numbered(pattern: &Pattern) -> SparseMatrix {
    let value = |i: usize, j: usize| f64::from(u32::try_from(1 + 13 * i.min(j) + 101 * i.max(j) + i * j).unwrap());
    let values = pattern.entries().map(|(i, j)| value(i, j)).collect();
    SparseMatrix::from_values(pattern.clone(), values).unwrap()
}

/// Whether the numbered matrix comes back from its products exactly, whatever the layout of these.
fn comes_back(coloring: &Coloring) -> bool {
    let matrix = numbered(coloring.pattern());
    let dense = matrix.to_dense();
    let by_columns: Array2<f64> = dense.dot(&coloring.column_seeds());
    let by_rows: Array2<f64> = dense.t().dot(&coloring.row_seeds());
    let mut wide = Array2::from_elem((by_columns.nrows(), by_columns.ncols() + 1), f64::NAN);
    wide.slice_mut(s![.., 1..]).assign(&by_columns);
    let wide = wide.slice(s![.., 1..]);
    let mut found = numbered(coloring.pattern());
    found.values_mut().fill(f64::NAN);
    let mut again = found.clone();
    coloring.decompress_both_into(by_columns.view(), by_rows.view(), &mut found).unwrap();
    coloring.decompress_both_into(wide, by_rows.view(), &mut again).unwrap();
    let mut same = found == matrix && again == matrix;
    if coloring.kind() != ColoringKind::Bidirectional {
        found.values_mut().fill(f64::NAN);
        let product = if coloring.kind() == ColoringKind::Rows { by_rows } else { by_columns };
        coloring.decompress_into(product.view(), &mut found).unwrap();
        same &= found == matrix;
    }
    same
}

/// Groups hold what colours say, and none is empty.
fn groups_are_right(coloring: &Coloring) -> bool {
    let agree = |groups: Vec<&[u32]>, colors: Vec<Option<usize>>| {
        let in_groups: usize = groups.iter().map(|group| group.len()).sum();
        in_groups == colors.iter().flatten().count()
            && groups.iter().all(|group| !group.is_empty())
            && groups.iter().enumerate().all(|(c, group)| group.iter().all(|&v| colors[v as usize] == Some(c)))
    };
    agree(coloring.column_groups().collect(), column_colors(coloring))
        && (coloring.kind().is_symmetric() || agree(coloring.row_groups().collect(), row_colors(coloring)))
}

fn patterns() -> impl Strategy<Value = Pattern> {
    (0..11_usize, 0..11_usize).prop_flat_map(|(m, n)| {
        let most = if m * n == 0 { 0 } else { 40 };
        prop::collection::vec((0..m.max(1), 0..n.max(1)), 0..=most)
            .prop_map(move |entries| Pattern::from_entries(m, n, entries).unwrap())
    })
}

/// Symmetric; with all of the diagonal, some of it or none.
fn symmetric_patterns() -> impl Strategy<Value = Pattern> {
    (1..13_usize, 0..3_u8).prop_flat_map(|(n, diagonal)| {
        prop::collection::vec((0..n, 0..n), 0..40).prop_map(move |entries| {
            let kept = entries.into_iter().filter(|&(i, j)| diagonal == 1 || i != j);
            let half = Pattern::from_entries(n, n, kept).unwrap();
            let whole = half.union(&half.transposed()).unwrap();
            if diagonal == 2 { whole.union(&Pattern::diagonal(n).unwrap()).unwrap() } else { whole }
        })
    })
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    let order = prop_oneof![
        Just(Order::Natural),
        any::<u64>().prop_map(Order::Random),
        Just(Order::LargestFirst),
        Just(Order::SmallestLast),
        Just(Order::IncidenceDegree),
        Just(Order::DynamicLargestFirst),
    ];
    prop::collection::vec(order, 1..3)
}

proptest! {
    // Ten thousand patterns in all.
    #![proptest_config(ProptestConfig { cases: 2500, ..ProptestConfig::default() })]

    #[test]
    fn columns_and_rows(pattern in patterns(), orders in orders(), closed in any::<bool>()) {
        let entries = dense(&pattern);
        let columns = ColoringMethod::columns().orders(&orders).closed_forms(closed).color(&pattern).unwrap();
        prop_assert!(distance_two(&entries, &column_colors(&columns)));
        prop_assert!(columns.color_count() >= pattern.longest_row() && columns.row_color_count() == 0);
        prop_assert!(groups_are_right(&columns) && comes_back(&columns));
        let rows = ColoringMethod::rows().orders(&orders).closed_forms(closed).color(&pattern).unwrap();
        prop_assert!(distance_two(&transposed(&entries, pattern.columns()), &row_colors(&rows)));
        prop_assert!(rows.color_count() >= pattern.longest_column() && rows.column_color_count() == 0);
        prop_assert!(groups_are_right(&rows) && comes_back(&rows));
    }

    #[test]
    fn star_colourings(pattern in symmetric_patterns(), orders in orders(), closed in any::<bool>()) {
        let entries = dense(&pattern);
        let method = ColoringMethod::star().orders(&orders).closed_forms(closed);
        let plain = method.clone().post_processing(false).color(&pattern).unwrap();
        // By formula neighbours without a diagonal may share a colour, where they can be read all the same.
        prop_assert!(closed || star(&entries, &column_colors(&plain)));
        prop_assert!(readable(&entries, &column_colors(&plain), &column_colors(&plain)));
        prop_assert!(groups_are_right(&plain) && comes_back(&plain));
        let processed = method.color(&pattern).unwrap();
        let colors = column_colors(&processed);
        prop_assert!(readable(&entries, &colors, &colors));
        prop_assert!(processed.color_count() <= plain.color_count());
        prop_assert!(groups_are_right(&processed) && comes_back(&processed));
    }

    #[test]
    fn acyclic_colourings(pattern in symmetric_patterns(), orders in orders(), closed in any::<bool>()) {
        let coloring = ColoringMethod::acyclic().orders(&orders).closed_forms(closed).color(&pattern).unwrap();
        prop_assert!(acyclic(&dense(&pattern), &column_colors(&coloring)));
        prop_assert!(groups_are_right(&coloring) && comes_back(&coloring));
    }

    #[test]
    fn bidirectional_colourings(pattern in patterns(), orders in orders(), post_process in any::<bool>()) {
        let method = ColoringMethod::bidirectional().orders(&orders).post_processing(post_process);
        let coloring = method.color(&pattern).unwrap();
        prop_assert!(readable(&dense(&pattern), &column_colors(&coloring), &row_colors(&coloring)));
        prop_assert!(groups_are_right(&coloring) && comes_back(&coloring));
        for alone in [ColoringMethod::columns(), ColoringMethod::rows()] {
            let alone = alone.orders(&orders).color(&pattern).unwrap();
            prop_assert!(coloring.color_count() <= alone.color_count());
        }
    }

    #[test]
    fn colours_of_the_user_are_accepted_if_and_only_if_they_are_right(
        pattern in patterns(),
        square in symmetric_patterns(),
        numbers in prop::collection::vec(prop::option::weighted(0.8, 0..6_usize), 26),
    ) {
        let entries = dense(&pattern);
        let (m, n) = (pattern.rows(), pattern.columns());
        let (columns, rows) = (&numbers[..n], &numbers[n..n + m]);
        let both = Coloring::from_user_bidirectional(&pattern, columns, rows);
        prop_assert_eq!(both.is_ok(), readable(&entries, columns, rows));
        if let Ok(coloring) = both {
            prop_assert!(comes_back(&coloring));
        }

        let all: Vec<usize> = numbers.iter().map(|number| number.map_or(9, |number| number * 7)).collect();
        let some = |colors: &[usize]| colors.iter().copied().map(Some).collect::<Vec<_>>();
        let by_columns = Coloring::from_user(ColoringKind::Columns, &pattern, &all[..n]);
        prop_assert_eq!(by_columns.is_ok(), distance_two(&entries, &some(&all[..n])));
        let by_rows = Coloring::from_user(ColoringKind::Rows, &pattern, &all[..m]);
        prop_assert_eq!(by_rows.is_ok(), distance_two(&transposed(&entries, n), &some(&all[..m])));

        let (entries, colors) = (dense(&square), &all[..square.columns()]);
        let as_star = Coloring::from_user(ColoringKind::Star, &square, colors);
        prop_assert_eq!(as_star.is_ok(), readable(&entries, &some(colors), &some(colors)));
        let as_acyclic = Coloring::from_user(ColoringKind::Acyclic, &square, colors);
        prop_assert_eq!(as_acyclic.is_ok(), acyclic(&entries, &some(colors)));
        for coloring in [by_columns, by_rows, as_star, as_acyclic].into_iter().flatten() {
            prop_assert!(comes_back(&coloring));
        }
    }
}
