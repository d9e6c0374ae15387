//! Derived shadows: what is zero, what is copied, and that memory is kept.

use di_core::{Cache, Real, Shadow};
use std::cell::{Cell, RefCell};

#[derive(Clone, Debug, PartialEq, Shadow)]
struct Grid {
    spacing: f64,
    cells: usize,
    name: String,
    label: &'static str,
}

#[derive(Clone, Debug, Shadow)]
struct Heat<T> {
    grid: Grid,
    #[shadow(constant)]
    conductivity: Vec<f64>,
    u: Vec<T>,
    layers: Vec<Grid>,
    matrix: [[T; 2]; 2],
    source: Option<Vec<T>>,
    sink: Option<T>,
    boxed: Box<Grid>,
    shared: RefCell<Vec<f64>>,
    steps: Cell<usize>,
    last: Cell<f64>,
    pair: (T, u8),
    work: Cache,
}
fn heat<T: Real>(scale: f64) -> Heat<T> {
    let t = T::lift(scale);
    let grid = Grid { spacing: scale, cells: 3, name: "grid".into(), label: "g" };
    Heat {
        grid: grid.clone(),
        conductivity: vec![scale; 3],
        u: vec![t; 4],
        layers: vec![grid.clone(); 2],
        matrix: [[t; 2]; 2],
        source: Some(vec![t; 2]),
        sink: None,
        boxed: Box::new(grid),
        shared: RefCell::new(vec![scale; 5]),
        steps: Cell::new(7),
        last: Cell::new(scale),
        pair: (t, 9),
        work: Cache::new(),
    }
}

#[test]
fn first() {
    let h = heat::<f64>(2.0);
    let s = h.make_zero();
    assert_eq!(s.u, [0.0; 4]);
}
