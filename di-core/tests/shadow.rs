//! Derived shadows of owners of buffers: what is zero, what is copied, what is kept.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use di_core::{Cache, Partials, Scalar, Shadow};
use std::cell::{Cell, RefCell};

#[derive(Clone, Debug, PartialEq, Shadow)]
struct Grid {
    spacing: f64,
    cells: usize,
    name: String,
    label: &'static str,
}

/// A field of every kind.
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

fn grid(spacing: f64) -> Grid {
    Grid { spacing, cells: 3, name: "staggered".into(), label: "grid" }
}

/// All floats are `scale`.
fn heat<T: Scalar>(scale: f64) -> Heat<T> {
    let t = T::lift(scale);
    Heat {
        grid: grid(scale),
        conductivity: vec![scale; 3],
        u: vec![t; 4],
        layers: vec![grid(scale); 2],
        matrix: [[t; 2]; 2],
        source: Some(vec![t; 2]),
        sink: None,
        boxed: Box::new(grid(scale)),
        shared: RefCell::new(vec![scale; 5]),
        steps: Cell::new(7),
        last: Cell::new(scale),
        pair: (t, 9),
        work: Cache::new(),
    }
}

/// Whether the shadow is one of `heat(scale)`.
fn assert_zero<T: Scalar>(shadow: &Heat<T>, scale: f64) {
    let zero = T::zero();
    assert_eq!(shadow.grid, grid(0.0));
    assert_eq!(shadow.conductivity, [scale; 3]);
    assert_eq!(shadow.u, [zero; 4]);
    assert_eq!(shadow.layers, [grid(0.0), grid(0.0)]);
    assert_eq!(shadow.matrix, [[zero; 2]; 2]);
    assert_eq!(shadow.source, Some(vec![zero; 2]));
    assert_eq!(shadow.sink, None);
    assert_eq!(*shadow.boxed, grid(0.0));
    assert_eq!(*shadow.shared.borrow(), [0.0; 5]);
    assert_eq!((shadow.steps.get(), shadow.last.get()), (7, 0.0));
    assert_eq!(shadow.pair, (zero, 9));
}

#[test]
fn floats_are_zero_and_all_else_is_copied() {
    assert_zero(&heat::<f64>(2.0).make_zero(), 2.0);
    assert_zero(&heat::<f32>(2.0).make_zero(), 2.0);
    assert_zero(&heat::<Partials<f64, 3>>(2.0).make_zero(), 2.0);
    let mut dual = heat::<Partials<f64, 3>>(2.0);
    dual.u.fill(Partials { value: 0.0, partials: [1.0; 3] });
    assert!(dual.make_zero().u.iter().all(|u| u.partials == [0.0; 3]));
}

#[test]
fn a_used_shadow_is_as_new_and_keeps_its_memory() {
    fn addresses(shadow: &Heat<f64>) -> [(*const f64, usize); 3] {
        let source = shadow.source.as_ref().unwrap();
        let shared = shadow.shared.borrow();
        [&shadow.u, source, &*shared].map(|buffer| (buffer.as_ptr(), buffer.capacity()))
    }
    fn texts(shadow: &Heat<f64>) -> [*const u8; 3] {
        [&shadow.layers[1], &shadow.boxed, &shadow.grid].map(|grid| grid.name.as_ptr())
    }
    let primal = heat::<f64>(2.0);
    let mut shadow = primal.make_zero();
    let (buffers, names) = (addresses(&shadow), texts(&shadow));
    let (layers, boxed) = (shadow.layers.as_ptr(), std::ptr::from_ref(&*shadow.boxed));
    for use_of_it in 1..=3 {
        let t = f64::from(use_of_it);
        shadow.grid.spacing = t;
        shadow.u.fill(t);
        shadow.layers.iter_mut().for_each(|layer| layer.spacing = t);
        shadow.matrix[1][0] = t;
        shadow.source.as_mut().unwrap().fill(t);
        shadow.sink = Some(t);
        shadow.boxed.spacing = t;
        shadow.shared.get_mut().fill(t);
        shadow.steps.set(0);
        shadow.last.set(t);
        shadow.pair = (t, 0);
        primal.remake_zero(&mut shadow);
        assert_zero(&shadow, 2.0);
    }
    assert_eq!((addresses(&shadow), texts(&shadow)), (buffers, names));
    assert_eq!((shadow.layers.as_ptr(), std::ptr::from_ref(&*shadow.boxed)), (layers, boxed));
}

#[test]
fn buffers_that_grew_or_shrank_are_followed() {
    let mut primal = heat::<f64>(2.0);
    let mut shadow = primal.make_zero();
    let memory = shadow.u.as_ptr();
    primal.u.truncate(1);
    primal.layers.push(grid(5.0));
    primal.source = None;
    primal.sink = Some(1.0);
    shadow.u.fill(1.0);
    primal.remake_zero(&mut shadow);
    assert_eq!((shadow.u.as_slice(), shadow.u.as_ptr()), ([0.0].as_slice(), memory));
    assert_eq!(shadow.layers, vec![grid(0.0); 3]);
    assert_eq!((shadow.source, shadow.sink), (None, Some(0.0)));
}

#[test]
fn what_is_constant_is_cloned_once_and_left_alone() {
    let mut primal = heat::<f64>(2.0);
    let mut shadow = primal.make_zero();
    assert_ne!(shadow.conductivity.as_ptr(), primal.conductivity.as_ptr());
    shadow.conductivity[1] = -1.0;
    primal.conductivity.push(4.0);
    primal.remake_zero(&mut shadow);
    assert_eq!(shadow.conductivity, [2.0, -1.0, 2.0]);
}

#[test]
fn a_cache_in_a_shadow_is_zero_at_each_use() {
    let primal = heat::<f64>(2.0);
    primal.work.buffer::<f64>(6).fill(3.0);
    let mut shadow = primal.make_zero();
    assert_eq!(*shadow.work.buffer::<f64>(6), [0.0; 6]);
    let memory = shadow.work.buffer::<f64>(6).as_ptr();
    shadow.work.buffer::<f64>(6).fill(1.0);
    shadow.work.buffer::<f32>(2).fill(1.0);
    shadow.work.buffer::<Partials<f64, 2>>(2).fill(Partials { value: 1.0, partials: [1.0; 2] });
    primal.remake_zero(&mut shadow);
    assert_eq!(*shadow.work.buffer::<f64>(6), [0.0; 6]);
    assert_eq!(shadow.work.buffer::<f64>(6).as_ptr(), memory);
    assert_eq!(*shadow.work.buffer::<f32>(2), [0.0; 2]);
    assert!(
        shadow.work.buffer::<Partials<f64, 2>>(2).iter().all(|dual| (dual.value, dual.partials) == (0.0, [0.0; 2]))
    );
    assert_eq!(*primal.work.buffer::<f64>(6), [3.0; 6]);
}

#[test]
fn arrays_of_any_shape_keep_it() {
    use di_core::ndarray::{Array2, array};
    let matrix: Array2<f64> = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let mut shadow = matrix.make_zero();
    assert_eq!(shadow, Array2::zeros((2, 3)));
    shadow.fill(7.0);
    let place = shadow.as_ptr();
    matrix.remake_zero(&mut shadow);
    assert_eq!((&shadow, shadow.as_ptr()), (&Array2::zeros((2, 3)), place));
    array![[1.0]].remake_zero(&mut shadow);
    assert_eq!(shadow, array![[0.0]]);
}
