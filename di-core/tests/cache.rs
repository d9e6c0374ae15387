//! Memory that a function owns: types, lengths, two uses at once, panics, clones, shadows.

use di_core::{Cache, Error, Partials, Real, Scalar, ScalarFn, Shadow};
use std::panic::{AssertUnwindSafe, catch_unwind};

type Dual = Partials<f64, 2>;

/// `a[0] = 1; a[0] += x; a[0]²`.
#[derive(Clone, Debug, Default)]
struct Smallest {
    a: Cache,
}

impl<T: Real> ScalarFn<T> for Smallest {
    fn call(&self, x: &[T]) -> T {
        let mut a = self.a.buffer::<T>(1);
        a[0] = T::one();
        a[0] += x[0];
        a[0] * a[0]
    }
}

#[test]
fn a_buffer_keeps_what_was_written_and_has_the_length_that_was_asked_for() {
    let cache = Cache::new();
    cache.buffer::<f64>(3).copy_from_slice(&[1.0, 2.0, 3.0]);
    assert_eq!(*cache.buffer::<f64>(2), [1.0, 2.0]);
    let grown = cache.buffer::<f64>(5);
    assert_eq!((grown.len(), &grown[..3]), (5, &[1.0, 2.0, 3.0][..]));
    drop(grown);
    assert!(cache.buffer::<f64>(0).is_empty());
    assert_eq!(cache.buffer::<f64>(3)[2], 3.0);
}

#[test]
fn memory_stays_where_it_is_until_it_must_grow() {
    let cache = Cache::new();
    let place = |len| cache.buffer::<f64>(len).as_ptr();
    let first = place(100);
    assert_eq!([place(7), place(0), place(100)], [first; 3]);
    let dual = |len| cache.buffer::<Dual>(len).as_ptr();
    let first = dual(50);
    assert_eq!([dual(1), dual(50)], [first; 2]);
}

#[test]
fn each_scalar_has_its_own_buffer() {
    let cache = Cache::new();
    cache.buffer::<f64>(1)[0] = 1.0;
    cache.buffer::<f32>(1)[0] = 2.0;
    cache.buffer::<Dual>(1)[0] = Dual::variable(3.0, 0);
    cache.buffer::<Partials<f32, 2>>(1)[0] = Partials::variable(4.0, 1);
    assert_eq!(cache.buffer::<f64>(1)[0], 1.0);
    assert_eq!(cache.buffer::<f32>(1)[0], 2.0);
    assert_eq!(cache.buffer::<Dual>(1)[0].partials, [1.0, 0.0]);
    assert_eq!(cache.buffer::<Partials<f32, 2>>(1)[0].value, 4.0);
}

#[test]
fn two_uses_at_once_are_an_error() {
    let cache = Cache::new();
    let first = cache.buffer::<f64>(1);
    assert!(matches!(cache.try_buffer::<f64>(1), Err(Error::CacheInUse)));
    assert!(matches!(cache.try_buffer::<Dual>(1), Err(Error::CacheInUse)));
    let panic = catch_unwind(AssertUnwindSafe(|| cache.buffer::<f32>(1).len())).expect_err("it is in use");
    let text = panic.downcast_ref::<String>().expect("a message");
    assert!(text.contains("used twice at once") && text.contains("give each its own cache"), "{text}");
    drop(first);
    assert!(cache.try_buffer::<f64>(1).is_ok());
}

#[test]
fn a_guard_that_is_never_dropped_leaves_an_error_and_a_clone_is_free_of_it() {
    let cache = Cache::new();
    std::mem::forget(cache.buffer::<f64>(1));
    assert!(matches!(cache.try_buffer::<f64>(1), Err(Error::CacheInUse)));
    assert!(cache.clone().try_buffer::<f64>(1).is_ok());
}

#[test]
fn a_panic_leaves_the_cache_usable() {
    let f = Smallest::default();
    let result = catch_unwind(AssertUnwindSafe(|| {
        let mut a = f.a.buffer::<f64>(1);
        a[0] = f64::NAN;
        std::panic::resume_unwind(Box::new("on purpose"));
    }));
    assert!(result.is_err());
    assert_eq!(f.call(&[2.0]), 9.0);
}

#[test]
fn a_function_that_owns_caches_is_clone_and_send() {
    fn check<F: Clone + Send + 'static>(f: F) -> F {
        f
    }
    let f = check(Smallest::default());
    f.call(&[1.0]);
    let clone = f.clone();
    let held = f.a.buffer::<f64>(1);
    let value = std::thread::spawn(move || clone.call(&[2.0])).join().expect("no panic");
    assert_eq!((value, held[0]), (9.0, 2.0));
}

#[test]
fn ten_calls_give_ten_right_derivatives() {
    let f = Smallest::default();
    for step in 0..10 {
        let x = f64::from(step) / 4.0;
        assert_eq!(f.call(&[Dual::variable(x, 1)]).partials, [0.0, 2.0 * (1.0 + x)]);
        assert_eq!(f.call(&[x]), (1.0 + x) * (1.0 + x));
    }
}

#[test]
fn lanes_are_the_directions_of_each_entry() {
    let cache = Cache::new();
    cache.lanes::<f64, 3>(2).copy_from_slice(&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    assert_eq!(*cache.buffer::<f64>(6), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert!(cache.lanes::<f64, 3>(0).is_empty());
}

#[test]
fn a_shadow_is_as_long_as_what_it_shadows_and_zero_again_when_remade() {
    let cache = Cache::new();
    cache.buffer::<f64>(3).fill(7.0);
    cache.buffer::<f32>(2).fill(7.0);
    let mut shadow = cache.make_zero();
    assert_eq!((*shadow.buffer::<f64>(3)).to_vec(), [0.0; 3]);
    shadow.buffer::<f64>(12).fill(1.0);
    shadow.buffer::<Dual>(2).fill(Dual::variable(1.0, 0));
    cache.buffer::<f32>(9).fill(7.0);
    cache.remake_zero(&mut shadow);
    assert!(shadow.buffer::<f64>(12).iter().all(|&entry| entry == 0.0));
    assert!(shadow.buffer::<f32>(9).iter().all(|&entry| entry == 0.0));
    assert!(shadow.buffer::<Dual>(2).iter().all(Scalar::is_identically_zero));
    assert_eq!(cache.buffer::<f64>(3)[0], 7.0);
}

#[test]
fn cleared_memory_is_made_anew() {
    let mut cache = Cache::new();
    cache.buffer::<f64>(3).fill(7.0);
    cache.clear();
    assert_eq!(*cache.buffer::<f64>(3), [0.0; 3]);
}
