//! Derived shadows of types of every form: structs, enums, generics, and functions that are constant as a whole.

use di_core::{Real, Shadow};
use std::marker::PhantomData;
use std::sync::Mutex;

#[derive(Clone, Debug, PartialEq, Shadow)]
struct Unit;

#[derive(Clone, Debug, PartialEq, Shadow)]
struct Tuple(f64, u32, #[shadow(constant)] f64);

#[derive(Clone, Debug, PartialEq, Shadow)]
enum Solver {
    Direct,
    Iterative { residual: Vec<f64>, steps: usize },
    Stored(f64, #[shadow(constant)] Vec<f64>),
}

#[derive(Clone, Debug, PartialEq, Shadow)]
enum One {
    Only([f64; 2]),
}

#[derive(Shadow)]
enum Never {}

trait Basis {
    type Number;
}

/// Without a shadow.
#[derive(Clone, Debug, PartialEq)]
struct Fourier;

impl Basis for Fourier {
    type Number = f64;
}

/// Without a shadow.
#[derive(Clone, Debug, PartialEq)]
struct Mark;

/// Parameters of every kind; `B`, `C` and `M` need no shadow.
#[derive(Clone, Debug, PartialEq, Shadow)]
struct Generic<'a, T, B, M, C, const N: usize>
where
    T: Copy,
    B: Basis,
{
    points: [T; N],
    coefficients: Vec<B::Number>,
    first: Option<<B as Basis>::Number>,
    marker: PhantomData<(&'a M, Option<M>)>,
    #[shadow(constant)]
    data: &'a [C],
    r#type: u8,
}

#[derive(Clone, Debug, PartialEq, Shadow)]
enum List<T> {
    Nil,
    Cons(T, Box<List<T>>),
}

/// It borrows, it is not `Clone`, and its fields have no shadow.
#[derive(Debug, Shadow)]
#[shadow(constant)]
struct Fit<'a, F: ?Sized> {
    data: &'a [f64],
    calls: Mutex<usize>,
    model: Box<F>,
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
enum Norm {
    Sum,
    Weighted(Vec<f64>),
}

#[derive(Clone, Debug, Shadow)]
struct Outer {
    #[shadow(constant)]
    norm: Norm,
    work: Vec<f64>,
}

macro_rules! owner {
    ($name:ident, $kind:ty) => {
        #[derive(Clone, Debug, PartialEq, Shadow)]
        struct $name<T> {
            work: $kind,
            count: usize,
        }
    };
}
owner!(FromMacro, Vec<Option<T>>);

const WIDTH: usize = 2;

/// Lengths of arrays as people write them; a default for a parameter; a private type in a bound.
#[derive(Clone, Debug, PartialEq, Shadow)]
pub struct Stencil<T = f64> {
    sum: [T; WIDTH + 1],
    block: [f64; WIDTH * 2],
    call: [(T, [f64; size_of::<u16>()]); WIDTH],
    #[shadow(constant)]
    inner: Option<List<T>>,
}

mod elsewhere {
    pub(crate) use di_core as core_of_it;
}

#[derive(Debug, elsewhere::core_of_it::Shadow)]
#[shadow(crate = crate::elsewhere::core_of_it)]
struct Renamed(f64);

#[test]
fn structs() {
    assert_eq!(Unit.make_zero(), Unit);
    Unit.remake_zero(&mut Unit);
    let tuple = Tuple(1.0, 2, 3.0);
    let mut shadow = tuple.make_zero();
    assert_eq!(shadow, Tuple(0.0, 2, 3.0));
    shadow = Tuple(5.0, 6, 7.0);
    tuple.remake_zero(&mut shadow);
    assert_eq!(shadow, Tuple(0.0, 2, 7.0));
    let mut renamed = Renamed(1.0).make_zero();
    Renamed(1.0).remake_zero(&mut renamed);
    assert_eq!(renamed.0, 0.0);
}

#[test]
fn an_enum_in_the_same_variant_keeps_its_memory() {
    let primal = Solver::Iterative { residual: vec![1.0; 3], steps: 4 };
    let zero = Solver::Iterative { residual: vec![0.0; 3], steps: 4 };
    let mut shadow = primal.make_zero();
    assert_eq!(shadow, zero);
    let Solver::Iterative { residual, steps } = &mut shadow else { unreachable!("as the primal") };
    residual.fill(2.0);
    *steps = 0;
    let memory = residual.as_ptr();
    primal.remake_zero(&mut shadow);
    assert_eq!(shadow, zero);
    let Solver::Iterative { residual, .. } = &shadow else { unreachable!("as the primal") };
    assert_eq!(residual.as_ptr(), memory);

    let mut only = One::Only([1.0; 2]);
    One::Only([3.0; 2]).remake_zero(&mut only);
    assert_eq!((only, One::Only([3.0; 2]).make_zero()), (One::Only([0.0; 2]), One::Only([0.0; 2])));
}

#[test]
fn an_enum_in_another_variant_is_made_anew() {
    let mut shadow = Solver::Direct.make_zero();
    assert_eq!(shadow, Solver::Direct);
    Solver::Direct.remake_zero(&mut shadow);
    assert_eq!(shadow, Solver::Direct);
    Solver::Stored(1.0, vec![2.0]).remake_zero(&mut shadow);
    assert_eq!(shadow, Solver::Stored(0.0, vec![2.0]));
    shadow = Solver::Stored(4.0, vec![5.0]);
    Solver::Stored(1.0, vec![2.0]).remake_zero(&mut shadow);
    assert_eq!(shadow, Solver::Stored(0.0, vec![5.0]));
    Solver::Direct.remake_zero(&mut shadow);
    assert_eq!(shadow, Solver::Direct);
}

#[test]
fn generics() {
    let data = [Mark, Mark];
    let generic = Generic::<'_, f32, Fourier, Mark, Mark, 3> {
        points: [1.0; 3],
        coefficients: vec![2.0; 2],
        first: Some(3.0),
        marker: PhantomData,
        data: &data,
        r#type: 4,
    };
    let zero = Generic { points: [0.0; 3], coefficients: vec![0.0; 2], first: Some(0.0), ..generic.clone() };
    let mut shadow = generic.make_zero();
    assert_eq!(shadow, zero);
    shadow.points = [5.0; 3];
    shadow.first = None;
    generic.remake_zero(&mut shadow);
    assert_eq!(shadow, zero);

    let from_macro = FromMacro { work: vec![Some(1.0), None], count: 2 };
    assert_eq!(from_macro.make_zero(), FromMacro { work: vec![Some(0.0), None], count: 2 });
}

#[test]
fn arrays() {
    let stencil = |t, inner| Stencil { sum: [t; 3], block: [t; 4], call: [(t, [t; 2]); 2], inner };
    let primal = stencil(1.0, Some(List::Nil));
    let mut shadow = primal.make_zero();
    assert_eq!(shadow, stencil(0.0, Some(List::Nil)));
    shadow = stencil(3.0, None);
    primal.remake_zero(&mut shadow);
    assert_eq!(shadow, stencil(0.0, None));
}

#[test]
fn recursion() {
    fn list<T: Real>(scale: f64) -> List<T> {
        List::Cons(T::lift(scale), Box::new(List::Cons(T::lift(scale), Box::new(List::Nil))))
    }
    let mut shadow = list::<f64>(2.0).make_zero();
    assert_eq!(shadow, list(0.0));
    shadow = List::Cons(3.0, Box::new(List::Nil));
    list(2.0).remake_zero(&mut shadow);
    assert_eq!(shadow, list(0.0));
}

#[test]
fn a_constant_whole_has_the_shadow_of_nothing() {
    let data = vec![1.0, 2.0];
    let fit: Fit<'_, dyn Fn(f64) -> f64> = Fit { data: &data, calls: Mutex::new(0), model: Box::new(|x| x) };
    let mut shadow: () = fit.make_zero();
    fit.remake_zero(&mut shadow);
    assert_eq!((fit.model)(fit.data[1]), 2.0);
    assert!(fit.calls.lock().is_ok_and(|calls| *calls == 0));
    for norm in [Norm::Sum, Norm::Weighted(vec![1.0])] {
        let () = norm.make_zero();
        let outer = Outer { norm, work: vec![1.0; 2] };
        let mut shadow = outer.make_zero();
        shadow.work.fill(3.0);
        outer.remake_zero(&mut shadow);
        assert_eq!(shadow.work, [0.0; 2]);
        match (&outer.norm, &shadow.norm) {
            (Norm::Sum, Norm::Sum) => {}
            (Norm::Weighted(primal), Norm::Weighted(shadow)) => assert_eq!(primal, shadow),
            (primal, shadow) => panic!("{primal:?} became {shadow:?}"),
        }
    }
}

#[test]
fn a_type_without_values_has_a_shadow() {
    fn shadowed<S: Shadow<Shadow = S>>(none: Option<S>) -> bool {
        none.make_zero().is_none()
    }
    assert!(shadowed::<Never>(None));
}
