//! What tracing cannot answer is an error that explains itself; nothing that a function does with traced numbers makes
//! an entry disappear.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::num_traits::{Float, ToPrimitive};
use di_core::{
    DetectionError, Error, HessianDetector, JacobianDetector, Pattern, Real, ScalarFn, ScalarShape, Tracer,
    TracerDetector, from_fn, from_vector_fn, scalar_fn,
};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Barrier, Mutex};

const X: [f64; 3] = [1.0, 2.0, 3.0];

fn gradient<F>(detector: &TracerDetector, f: &F) -> di_core::Result<Pattern>
where
    TracerDetector: JacobianDetector<F, f64, ScalarShape>,
{
    detector.jacobian_pattern(f, &X)
}

fn assert_out_of_place(result: di_core::Result<Pattern>) {
    assert!(matches!(result, Err(Error::Detection(DetectionError::OutOfPlace))), "{result:?}");
}

macro_rules! branches {
    ($($operation:literal: $(|$x:ident| $body:expr),+;)+) => {
        #[test]
        fn control_flow_is_an_error_of_global_detection_alone() {
            $($({
                struct Branch;
                impl<T: Real> ScalarFn<T> for Branch {
                    fn call(&self, $x: &[T]) -> T {
                        if $body { $x[0] } else { $x[1] * $x[2] }
                    }
                }
                for error in [
                    gradient(&TracerDetector::global(), &Branch).unwrap_err(),
                    TracerDetector::global().hessian_pattern(&Branch, &X).unwrap_err(),
                ] {
                    let Error::Detection(DetectionError::Branch { operation }) = &error else { panic!("{error:?}") };
                    assert_eq!(*operation, $operation, stringify!($body));
                    let text = error.to_string();
                    assert!(text.contains($operation) && text.contains("TracerDetector::local()"), "{text}");
                }
                let taken = Branch.call(&X) == 1.0;
                let found = gradient(&TracerDetector::local(), &Branch).unwrap();
                assert_eq!(found.row(0), if taken { vec![0] } else { vec![1, 2] }, stringify!($body));
            })+)+
        }
    };
}

branches! {
    "<": |x| x[0] < x[1], |x| x[0] >= T::one(), |x| T::one() > x[0], |x| x[0].partial_cmp(&x[1]).is_some(),
        |x| x[0] * T::zero() > T::one(), |x| x[0].floor() < x[1], |x| (x[0] - x[0]) < T::one(),
        |x| x[0].max(T::lift(9.0)).max(x[1].max(T::lift(8.0))) > x[0];
    "==": |x| x[0] == x[1], |x| x[0] != x[0], |x| x[0].is_one(), |x| x[0].signum() == T::one();
    "is_zero": |x| x[0].is_zero();
    "is_nan": |x| x[0].is_nan();
    "is_infinite": |x| x[0].is_infinite();
    "is_finite": |x| x[0].is_finite();
    "is_normal": |x| x[0].is_normal();
    "is_subnormal": |x| x[0].is_subnormal();
    "is_sign_positive": |x| x[0].is_sign_positive();
    "is_sign_negative": |x| x[0].is_sign_negative();
    "classify": |x| x[0].classify() == std::num::FpCategory::Normal;
    "integer_decode": |x| x[0].integer_decode().1 > 5;
    "to_f64": |x| x[0].to_f64() > Some(0.5), |x| T::from(x[0]).is_some();
    "to_f32": |x| x[0].to_f32() > Some(0.5);
    "to_i64": |x| x[0].floor().to_i64() > Some(0), |x| x[0].to_isize() == Some(1), |x| x[0].to_i32() == Some(1);
    "to_u64": |x| x[0].to_usize().unwrap() > 0, |x| x[0].to_u8() == Some(1);
    "to_i128": |x| x[0].to_i128() == Some(1);
    "to_u128": |x| x[0].to_u128() == Some(1);
}

/// A loop that waits for a comparison ends, and a panic for want of an answer is the error that explains it.
#[test]
fn control_flow_without_an_answer_ends() {
    fn newton<T: Real>(x: &[T]) -> T {
        let mut root = x[0];
        loop {
            root = (root + x[0] / root) * 0.5;
            if (root * root - x[0]).abs() < T::lift(1e-12) {
                return root;
            }
        }
    }
    fn waits<T: Real>(x: &[T]) -> T {
        loop {
            if x[0] == T::infinity() || x[1] > T::max_value() || x[2].is_zero() {
                return x[0];
            }
        }
    }
    fn sorts<T: Real>(x: &[T]) -> T {
        let mut sorted = x.to_vec();
        sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
        sorted[0]
    }
    let global = TracerDetector::global();
    for result in [
        gradient(&global, &scalar_fn!(newton)),
        gradient(&global, &scalar_fn!(waits)),
        gradient(&global, &scalar_fn!(sorts)),
    ] {
        assert!(matches!(result, Err(Error::Detection(DetectionError::Branch { .. }))), "{result:?}");
    }
    assert_eq!(gradient(&TracerDetector::local(), &scalar_fn!(newton)).unwrap().row(0), [0]);
    assert_eq!(gradient(&TracerDetector::local(), &scalar_fn!(sorts)).unwrap().row(0), [0]);
}

/// Both sides of a tie count; what is not returned does not.
#[test]
fn local_choices() {
    fn choice<T: Real>(x: &[T]) -> T {
        x[0].max(x[1]) + (x[2] * 2.0).min(x[1])
    }
    let local = TracerDetector::local();
    for (point, expected) in
        [([1.0, 2.0, 3.0], vec![1]), ([1.0, 1.0, 1.0], vec![0, 1]), ([3.0, 2.0, 1.0], vec![0, 1, 2])]
    {
        let found = JacobianDetector::<_, f64, ScalarShape>::jacobian_pattern(&local, &scalar_fn!(choice), &point);
        assert_eq!(found.unwrap().row(0), expected, "{point:?}");
    }
    let nan = JacobianDetector::<_, f64, ScalarShape>::jacobian_pattern(&local, &scalar_fn!(choice), &[f64::NAN; 3]);
    assert_eq!(nan.unwrap().nnz(), 3);
}

#[test]
fn a_panic_passes_and_leaves_the_detector_usable() {
    let f = from_fn(|x: &[Tracer]| {
        assert!(x.len() == 3, "wrong length");
        x[0] * x[1]
    });
    for detector in [TracerDetector::global(), TracerDetector::local()] {
        let panic = catch_unwind(AssertUnwindSafe(|| detector.hessian_pattern(&f, &[0.0; 2])));
        assert_eq!(panic.unwrap_err().downcast_ref::<&str>(), Some(&"wrong length"));
        assert_eq!(detector.hessian_pattern(&f, &X).unwrap().nnz(), 2);
    }
}

/// A number that is kept is an error in every later evaluation that it takes part in, or is the result of.
#[test]
fn numbers_kept_from_an_earlier_evaluation() {
    let kept = Cell::new(None);
    let keep = from_fn(|x: &[Tracer]| {
        kept.set(Some(x[1]));
        x[0]
    });
    let uses: [fn(Tracer, Tracer) -> Tracer; 7] = [
        |x, kept| x + kept,
        |x, kept| kept.sin() * x,
        |x, kept| Tracer::max(x, kept),
        |_, kept| kept,
        |x, kept| if kept > Tracer::default() { x } else { -x },
        |x, kept| <Tracer as di_core::Scalar>::sum_of(&[x, kept, x]),
        |x, kept| x + kept.floor(),
    ];
    for detector in [TracerDetector::global(), TracerDetector::local()] {
        for using in uses {
            gradient(&detector, &keep).unwrap();
            let f = from_fn(|x: &[Tracer]| using(x[0], kept.get().unwrap()));
            assert_out_of_place(gradient(&detector, &f));
            assert_out_of_place(detector.hessian_pattern(&f, &X));
            let unused = from_fn(|x: &[Tracer]| x[2]);
            assert_eq!(gradient(&detector, &unused).unwrap().row(0), [2]);
        }
    }
    // Outside of all evaluations nothing is known and nothing breaks.
    let outside = kept.get().unwrap().sin() + kept.get().unwrap();
    let f = from_fn(|x: &[Tracer]| x[0] + outside);
    assert_out_of_place(gradient(&TracerDetector::global(), &f));
}

/// Whatever another thread does with a number, even if it hands back nothing but a decision.
#[test]
fn numbers_on_another_thread() {
    let uses: [fn(Tracer) -> bool; 4] = [
        |x| x > Tracer::default(),
        |x| (x * x).is_nan(),
        |x| x.to_f64().is_some(),
        |x| Tracer::max(x, Tracer::default()) == x,
    ];
    for detector in [TracerDetector::global(), TracerDetector::local()] {
        for using in uses {
            let f = from_fn(|x: &[Tracer]| {
                let x0 = x[0];
                let decision = std::thread::scope(|scope| scope.spawn(move || using(x0)).join().unwrap());
                if decision { x[1] } else { x[2] }
            });
            assert_out_of_place(gradient(&detector, &f));
        }
    }
}

/// Evaluations on several threads at once do not see each other, and a number of one is an error in another.
#[test]
fn threads_at_once() {
    let together = Barrier::new(4);
    let shelf = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (together, shelf) = (&together, &shelf);
            scope.spawn(move || {
                for _ in 0..50 {
                    let f = from_vector_fn(3, |x: &[Tracer], y: &mut [Tracer]| {
                        for i in 0..3 {
                            y[i] = x[i] * x[(i + thread) % 3];
                        }
                    });
                    let expected = Pattern::from_entries(3, 3, (0..3).flat_map(|i| [(i, i), (i, (i + thread) % 3)]));
                    let found = TracerDetector::global().jacobian_pattern(&f, &X).unwrap();
                    assert_eq!(found, expected.unwrap());
                }
                let mixes = from_fn(|x: &[Tracer]| {
                    shelf.lock().unwrap().push(x[0]);
                    together.wait();
                    let sum = shelf.lock().unwrap().iter().fold(x[1], |sum, &other| sum + other);
                    together.wait();
                    sum
                });
                assert_out_of_place(gradient(&TracerDetector::local(), &mixes));
            });
        }
    });
}

/// A detection within an evaluation is one of its own; numbers of the outer one do not get lost in it.
#[test]
fn detection_within_an_evaluation() {
    fn inner<T: Real>(x: &[T]) -> T {
        x[0] * x[1]
    }
    let detector = TracerDetector::global();
    let outer = from_fn(|x: &[Tracer]| {
        let entries = detector.hessian_pattern(&scalar_fn!(inner), &X).unwrap().nnz();
        x[entries] * x[0]
    });
    assert_eq!(gradient(&detector, &outer).unwrap().row(0), [0, 2]);

    let seen = RefCell::new(Vec::new());
    let captures = from_fn(|x: &[Tracer]| {
        let within = from_fn(|z: &[Tracer]| z[0] * x[1]);
        let decision = gradient(&detector, &within).is_ok();
        seen.borrow_mut().push(decision);
        if decision { x[0] } else { x[2] }
    });
    assert_out_of_place(gradient(&detector, &captures));
    assert_eq!(*seen.borrow(), [false]);
}

/// Numbers of another engine around traced ones.
#[test]
fn engines_around_traced_numbers() {
    use di_core::Partials;
    let slope = from_fn(|x: &[Tracer]| {
        let inputs = [Partials::<Tracer, 1>::variable(x[0], 0), Partials { value: x[1], partials: [x[2] * 0.0] }];
        (inputs[0].sin() * inputs[1]).partials[0]
    });
    let found = TracerDetector::local().hessian_pattern(&slope, &X).unwrap();
    assert!(Pattern::from_entries(3, 3, [(0, 0), (0, 1), (1, 0)]).unwrap().is_subset(&found));
    let error = TracerDetector::global().hessian_pattern(&slope, &X).unwrap_err();
    assert!(matches!(error, Error::Detection(DetectionError::Branch { .. })), "{error}");
}
