//! Variables that leave their recording end in an error or a constant, never in a wrong derivative.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::num_traits::Float;
use di_core::{Error, Gradient, PrepareGradient, Real, ScalarFn, gradient, value_and_gradient};
use di_tape::{Tape, TapeError, Var};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static SMUGGLED: Cell<Option<Var<f64>>> = const { Cell::new(None) };
}

/// Whether the error is that of a foreign variable.
fn is_foreign(error: &Error) -> bool {
    matches!(error, Error::Backend(source) if source.downcast_ref() == Some(&TapeError::ForeignVariable))
}

/// Keeps its input, and multiplies by what is kept.
struct Smuggler;

impl ScalarFn<Var<f64>> for Smuggler {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        let kept = SMUGGLED.replace(Some(x[0] * x[1]));
        kept.map_or(x[0], |kept| kept * x[0])
    }
}

#[test]
fn a_variable_of_an_earlier_recording_is_an_error() {
    SMUGGLED.set(None);
    assert_eq!(gradient(&Tape::default(), Smuggler, &[2.0, 3.0]).unwrap(), [1.0, 0.0]);
    let mut grad = [7.0; 2];
    let mut prepared = {
        SMUGGLED.set(None);
        Tape::default().prepare_gradient(Smuggler, &[2.0, 3.0]).unwrap()
    };
    let error = prepared.value_and_gradient_into(&[2.0, 3.0], &mut grad).unwrap_err();
    assert!(is_foreign(&error), "{error}");
    assert_eq!(grad, [7.0; 2]);
    SMUGGLED.set(None);
    assert_eq!(prepared.gradient(&[2.0, 3.0]).unwrap(), [1.0, 0.0]);
}

/// Returns a variable of another recording as it is.
struct Returner;

impl ScalarFn<Var<f64>> for Returner {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        SMUGGLED.replace(Some(x[0])).unwrap_or(x[0])
    }
}

#[test]
fn a_result_of_an_earlier_recording_is_an_error() {
    SMUGGLED.set(None);
    assert_eq!(gradient(&Tape::default(), Returner, &[2.0]).unwrap(), [1.0]);
    assert!(is_foreign(&gradient(&Tape::default(), Returner, &[2.0]).unwrap_err()));
}

/// Computes on another thread.
struct Threaded;

impl ScalarFn<Var<f64>> for Threaded {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        let (x, y) = (x[0], x[1]);
        std::thread::spawn(move || (x * x).sin() * y).join().unwrap() + x
    }
}

#[test]
fn a_product_of_two_variables_made_on_another_thread_is_an_error() {
    assert!(is_foreign(&gradient(&Tape::default(), Threaded, &[2.0, 3.0]).unwrap_err()));
}

/// Computes with one variable on another thread, which needs no recording.
struct ThreadedUnary;

impl ScalarFn<Var<f64>> for ThreadedUnary {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        let (x, y) = (x[0], x[1]);
        std::thread::spawn(move || x * x).join().unwrap() * y
    }
}

#[test]
fn a_function_of_one_variable_made_on_another_thread_is_right() {
    assert_eq!(gradient(&Tape::default(), ThreadedUnary, &[2.0, 3.0]).unwrap(), [12.0, 4.0]);
}

/// Uses a variable of another thread's recording, while that is active.
#[test]
fn a_variable_of_another_threads_recording_is_an_error() {
    struct Sender(std::sync::mpsc::SyncSender<Var<f64>>, std::sync::Mutex<std::sync::mpsc::Receiver<()>>);
    impl ScalarFn<Var<f64>> for Sender {
        fn call(&self, x: &[Var<f64>]) -> Var<f64> {
            self.0.send(x[0]).unwrap();
            self.1.lock().unwrap().recv().unwrap();
            x[0] * x[0]
        }
    }
    struct User(Var<f64>);
    impl ScalarFn<Var<f64>> for User {
        fn call(&self, x: &[Var<f64>]) -> Var<f64> {
            x[0] * self.0
        }
    }
    let (send, receive) = std::sync::mpsc::sync_channel(1);
    let (done, wait) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        gradient(&Tape::default(), Sender(send, std::sync::Mutex::new(wait)), &[3.0]).unwrap()
    });
    let foreign = receive.recv().unwrap();
    let error = gradient(&Tape::default(), User(foreign), &[2.0]).unwrap_err();
    done.send(()).unwrap();
    assert!(is_foreign(&error));
    assert_eq!(thread.join().unwrap(), [6.0]);
}

#[test]
fn arithmetic_outside_of_any_recording_is_not_a_constant() {
    SMUGGLED.set(None);
    gradient(&Tape::default(), Smuggler, &[2.0, 3.0]).unwrap();
    let kept = SMUGGLED.get().unwrap();
    SMUGGLED.set(Some(kept * kept));
    assert!(is_foreign(&gradient(&Tape::default(), Smuggler, &[2.0, 3.0]).unwrap_err()));
}

/// A function that differentiates another one inside, with a parameter that depends on its own input or not.
struct Reentrant {
    captures: bool,
}

struct Inner<P>(P);

impl ScalarFn<Var<f64>> for Inner<Var<f64>> {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        x[0] * x[0] * self.0
    }
}

impl ScalarFn<Var<f64>> for Reentrant {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        let parameter = if self.captures { x[0] } else { Var::from_value(3.0) };
        let before = x[0] * x[0];
        match gradient(&Tape::default(), Inner(parameter), &[2.0]) {
            Ok(inner) => before * inner[0],
            Err(_) => before * f64::NAN,
        }
    }
}

#[test]
fn recordings_nest_and_an_outer_variable_inside_is_an_error() {
    let (value, grad) = value_and_gradient(&Tape::default(), Reentrant { captures: false }, &[5.0]).unwrap();
    assert_eq!((value, grad[0]), (300.0, 120.0));
    let (value, _) = value_and_gradient(&Tape::default(), Reentrant { captures: true }, &[5.0]).unwrap();
    assert!(value.is_nan());
}

/// Panics when told to, half-way.
#[derive(Clone)]
struct Panicking<'a>(&'a Cell<bool>);

impl<T: Real> ScalarFn<T> for Panicking<'_> {
    fn call(&self, x: &[T]) -> T {
        let y = x[0] * x[1];
        assert!(!self.0.get(), "told to");
        y.sin()
    }
}

#[test]
fn a_panic_leaves_the_tape_usable() {
    let panics = Cell::new(false);
    let mut prepared = Tape::default().prepare_gradient(Panicking(&panics), &[1.0, 2.0]).unwrap();
    let expected = prepared.gradient(&[1.0, 2.0]).unwrap();
    panics.set(true);
    catch_unwind(AssertUnwindSafe(|| prepared.gradient(&[1.0, 2.0]))).unwrap_err();
    panics.set(false);
    assert_eq!(prepared.gradient(&[1.0, 2.0]).unwrap(), expected);
    let clone = prepared.clone().gradient(&[1.0, 2.0]).unwrap();
    assert_eq!(clone, expected);
}

/// Keeps a product, and panics when told to.
struct PanickingSmuggler<'a>(&'a Cell<bool>);

impl ScalarFn<Var<f64>> for PanickingSmuggler<'_> {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        if self.0.get() {
            SMUGGLED.set(Some(x[0] * x[1] * x[0]));
            panic!("told to");
        }
        let y = x[0] * x[1] + x[1];
        SMUGGLED.get().map_or(y, |kept| kept * y)
    }
}

#[test]
fn a_variable_of_a_recording_that_panicked_is_an_error() {
    SMUGGLED.set(None);
    let panics = Cell::new(false);
    let mut prepared = Tape::default().prepare_gradient(PanickingSmuggler(&panics), &[1.0, 2.0]).unwrap();
    panics.set(true);
    catch_unwind(AssertUnwindSafe(|| prepared.gradient(&[1.0, 2.0]))).unwrap_err();
    panics.set(false);
    assert!(is_foreign(&prepared.gradient(&[1.0, 2.0]).unwrap_err()));
    SMUGGLED.set(None);
    assert_eq!(prepared.gradient(&[1.0, 2.0]).unwrap(), [2.0, 2.0]);
}

/// Uses variables over another scalar, of a recording around this one at the same depth.
#[test]
fn a_variable_over_another_scalar_is_an_error_in_its_own_recording() {
    struct Outer(Cell<bool>);
    impl ScalarFn<Var<f32>> for Outer {
        fn call(&self, x: &[Var<f32>]) -> Var<f32> {
            let product = Cell::new(x[0]);
            let inner = di_core::from_fn(|z: &[Var<f64>]| {
                product.set(x[0] * x[1]);
                z[0] * z[1]
            });
            self.0.set(gradient(&Tape::default(), inner, &[2.0, 3.0]).is_err());
            product.get()
        }
    }
    let outer = Outer(Cell::new(false));
    assert!(is_foreign(&gradient(&Tape::default(), &outer, &[2.0_f32, 3.0]).unwrap_err()));
    assert!(outer.0.get());
}

/// Differentiates another function each time before it records, while its own storage grows again and again.
#[test]
fn recordings_grow_beside_others() {
    let f = di_core::from_fn(|x: &[Var<f64>]| {
        let mut sum = x[0] * x[1];
        for i in 0..3000 {
            if i % 100 == 0 {
                let inner = gradient(&Tape::default(), Smallest, &[2.0, 3.0]).unwrap();
                assert_eq!(inner, [3.0, 2.0]);
            }
            sum += x[i % 2] * x[0].sin() * x[1];
        }
        sum
    });
    let (x, y) = (0.5_f64, 2.0_f64);
    let (value, grad) = value_and_gradient(&Tape::default(), f, &[x, y]).unwrap();
    let (sin, cos) = x.sin_cos();
    let expected = [y + 1500.0 * (y * (sin + x * cos) + y * y * cos), x + 1500.0 * (x * sin + 2.0 * y * sin)];
    assert!((value - (x * y + 1500.0 * (x * sin * y + y * sin * y))).abs() <= 1e-9);
    for (found, expected) in grad.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} is not {expected}");
    }
}

/// A product.
struct Smallest;

impl ScalarFn<Var<f64>> for Smallest {
    fn call(&self, x: &[Var<f64>]) -> Var<f64> {
        x[0] * x[1]
    }
}

/// Writes one output too few.
#[test]
fn an_unwritten_output_is_an_error() {
    let f = di_core::from_vector_fn(2, |x: &[Var<f64>], y: &mut [Var<f64>]| y[0] = x[0]);
    assert!(is_foreign(&di_core::jacobian(&Tape::default(), f, &[1.0]).unwrap_err()));
}

#[test]
fn storage_is_dropped_and_identifiers_are_not_given_out_again() {
    SMUGGLED.set(None);
    for _ in 0..100 {
        let first = gradient(&Tape::default(), Smuggler, &[2.0, 3.0]);
        assert_eq!(first.unwrap(), [1.0, 0.0]);
        assert!(gradient(&Tape::default(), Smuggler, &[2.0, 3.0]).is_err());
        SMUGGLED.set(None);
    }
}
