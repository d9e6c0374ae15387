//! Patterns as text and as pictures.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use di_core::{ColoringMethod, Grid, Pattern};

#[test]
fn small_patterns_are_text() {
    let pattern = Pattern::from_entries(3, 4, [(0, 0), (0, 3), (2, 1)]).unwrap();
    assert_eq!(pattern.to_string(), "3×4, 3 entries\n●··●\n····\n·●··");
    assert_eq!(Pattern::empty(0, 0).unwrap().to_string(), "0×0, 0 entries");
    let large = Pattern::diagonal(100).unwrap().to_string();
    let lines: Vec<&str> = large.lines().collect();
    assert_eq!(lines.len(), 66);
    assert_eq!(lines[64].chars().count(), 65);
    assert!(lines[1].starts_with("●·") && lines[64].ends_with("●…") && lines[65] == "…");
    assert_eq!(format!("{:?}", Pattern::diagonal(3).unwrap()), "Pattern { rows: 3, columns: 3, nnz: 3, .. }");
}

/// Position, length and paint of the squares between background and frame.
fn squares(svg: &str) -> Vec<(usize, usize, usize, String)> {
    let number = |line: &str, name: &str| line.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?.parse().ok();
    let paint = |line: &str| line.split(" fill=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // The frame starts left of zero, and is no square.
    let square = |line: &str| Some((number(line, "x")?, number(line, "y")?, number(line, "width")?, paint(line)));
    svg.lines().filter_map(square).collect()
}

#[test]
fn a_spy_plot_has_a_square_for_each_entry() {
    let pattern = Grid::new(&[4, 5]).star(1).unwrap();
    let mut drawn = Vec::new();
    for (x, y, width, _) in squares(&pattern.to_svg()) {
        drawn.extend((x..x + width).map(|column| (y, column)));
    }
    assert_eq!(Pattern::from_entries(20, 20, drawn.iter().copied()).unwrap(), pattern);
    assert_eq!(drawn.len(), pattern.nnz());
}

#[test]
fn squares_have_the_paint_of_their_group() {
    let pattern = Grid::new(&[4, 5]).star(1).unwrap();
    let coloring = ColoringMethod::columns().color(&pattern).unwrap();
    let squares = squares(&coloring.to_svg());
    for a in &squares {
        for b in &squares {
            assert_eq!(a.3 == b.3, coloring.column_color(a.0) == coloring.column_color(b.0), "{a:?} and {b:?}");
        }
    }
}

#[test]
fn large_patterns_are_drawn_in_blocks() {
    let svg = Pattern::diagonal(10_000).unwrap().to_svg();
    assert_eq!(squares(&svg).len(), 500);
    assert!(svg.len() < 50_000);
    assert!(Pattern::empty(0, 7).unwrap().to_svg().ends_with("</svg>\n"));
}
