//! Every operation is classified: by its class exactly, and never below what derivatives at random points say.
#![expect(clippy::unwrap_used, reason = "a failure is a failed test")]

use di_core::num_traits::{Float, FloatConst};
use di_core::{HessianDetector, JacobianDetector, Partials, Real, Scalar, ScalarFn, ScalarShape, TracerDetector};

type Second = Partials<Partials<f64, 3>, 3>;

/// First and second derivatives at `x`.
fn derivatives(f: &impl ScalarFn<Second>, x: [f64; 3]) -> ([f64; 3], [[f64; 3]; 3]) {
    let input = |i: usize| Partials::variable(Partials::variable(x[i], i), i);
    let y = f.call(&[input(0), input(1), input(2)]);
    (y.value.partials, y.partials.map(|p| p.partials))
}

/// The entries of both patterns, as text: `0 2 | 00 02 20`.
fn detected(detector: &TracerDetector, f: &(impl ScalarFn<di_core::Tracer> + Sized), x: [f64; 3]) -> String {
    let gradient = JacobianDetector::<_, f64, ScalarShape>::jacobian_pattern(detector, f, &x).unwrap();
    let hessian = detector.hessian_pattern(f, &x).unwrap();
    assert!(hessian.is_symmetric());
    let first: Vec<String> = gradient.row(0).iter().map(|j| format!("{j} ")).collect();
    let second: Vec<String> = hessian.entries().map(|(i, j)| format!(" {j}{i}")).collect();
    format!("{}|{}", first.concat(), second.concat())
}

fn check<F: ScalarFn<Second> + ScalarFn<di_core::Tracer>>(name: &str, f: F, expected: &str) {
    assert_eq!(detected(&TracerDetector::global(), &f, [0.0; 3]), expected, "{name}");
    // Points in the domain of every function, and beyond.
    for x in [[0.3, 0.8, 0.6], [0.9, 0.2, 0.7], [-0.5, 0.4, 0.3], [1.7, 2.3, -1.2], [0.5, 0.5, 0.5], [0.0, 0.0, 0.0]] {
        let local = detected(&TracerDetector::local(), &f, x);
        let (first, second) = derivatives(&f, x);
        for (i, row) in second.iter().enumerate() {
            for pattern in [expected, &local] {
                let (gradient, hessian) = pattern.split_once('|').unwrap();
                assert!(first[i] == 0.0 || first[i].is_nan() || gradient.contains(&format!("{i}")), "{name} at {x:?}");
                for (j, &entry) in row.iter().enumerate() {
                    let found = hessian.contains(&format!("{i}{j}"));
                    assert!(entry == 0.0 || entry.is_nan() || found, "{name} at {x:?}: {i} {j} {entry} {pattern}");
                }
            }
        }
    }
}

macro_rules! classes {
    ($($test:ident { $($expected:literal: $(|$x:ident| $body:expr),+;)+ })+) => {$(
        #[test]
        fn $test() {
            $($({
                struct Function;
                impl<T: Real> ScalarFn<T> for Function {
                    fn call(&self, $x: &[T]) -> T {
                        $body
                    }
                }
                check(stringify!($body), Function, $expected);
            })+)+
        }
    )+};
}

classes! {
    functions_of_one_number {
        "|": |x| x[0].floor(), |x| x[0].ceil(), |x| x[0].round(), |x| x[0].trunc(), |x| x[0].signum(), |x| x[0].powi(0),
            |_x| T::lift(3.0).sin();
        "0 |": |x| -x[0], |x| x[0].abs(), |x| x[0].fract(), |x| x[0].powi(1), |x| x[0].to_degrees(),
            |x| x[0].to_radians(), |x| x[0] + 2.0, |x| x[0] - 2.0, |x| x[0] * 2.0, |x| x[0] / 2.0, |x| x[0] * 0.0,
            |x| T::lift(2.0) - x[0], |x| T::lift(0.0) * x[0], |x| x[0].abs().fract() + x[0].floor(), |x| x[0] % T::lift(0.3);
        "0 | 00": |x| x[0].recip(), |x| x[0].powi(2), |x| x[0].powi(-1), |x| x[0].powf(T::lift(2.5)),
            |x| T::lift(2.0).powf(x[0]), |x| x[0].sqrt(), |x| x[0].cbrt(), |x| x[0].exp(), |x| x[0].exp2(),
            |x| x[0].exp_m1(), |x| x[0].ln(), |x| x[0].ln_1p(), |x| x[0].log2(), |x| x[0].log10(),
            |x| x[0].log(T::lift(3.0)), |x| T::lift(3.0).log(x[0]), |x| x[0].sin(), |x| x[0].cos(), |x| x[0].tan(),
            |x| x[0].asin(), |x| x[0].acos(), |x| x[0].atan(), |x| x[0].sin_cos().0, |x| x[0].sin_cos().1,
            |x| x[0].sinh(), |x| x[0].cosh(), |x| x[0].tanh(), |x| x[0].asinh(), |x| x[0].acosh(), |x| x[0].atanh(),
            |x| x[0] * x[0], |x| T::one() / x[0], |x| x[0].hypot(T::lift(2.0)), |x| x[0].atan2(T::lift(2.0)),
            |x| x[0].exp().floor() + x[0].exp();
    }

    functions_of_two_numbers {
        "0 2 |": |x| x[0] + x[2], |x| x[0].max(T::lift(9.0)).max(x[2].max(T::lift(8.0))), |x| x[0] - x[2], |x| x[0].max(x[2]), |x| x[0].min(x[2]), |x| x[0].abs_sub(x[2]),
            |x| x[0] % x[2], |x| x[0].max(T::lift(0.5)) - x[2].min(T::lift(0.1));
        "0 2 | 02 20": |x| x[0] * x[2], |x| x[2] * x[0] * 3.0;
        "0 2 | 02 20 22": |x| x[0] / x[2], |x| x[0] * x[2].exp();
        "0 2 | 00 02 20": |x| x[2] / x[0], |x| x[0].sin() * x[2];
        "0 2 | 00 02 20 22": |x| x[0].powf(x[2]), |x| x[0].log(x[2]), |x| x[0].atan2(x[2]), |x| x[0].hypot(x[2]),
            |x| (x[0] + x[2]).sin();
        "0 2 | 00 22": |x| x[0].sin() + x[2].cos(), |x| x[0].powi(2).max(x[2].powi(2));
        "0 |": |x| x[0].copysign(x[2]), |x| x[0] * x[2].floor(), |x| x[0] / x[2].signum();
        "0 | 00": |x| x[2].round() / x[0], |x| x[0].powf(x[2].ceil());
        "|": |x| (x[0] * x[2]).floor(), |x| x[0].signum() * x[2].floor(), |x| T::lift(1.0).copysign(x[1]);
    }

    functions_of_three_numbers {
        "0 1 2 |": |x| x[0].clamp(x[1].min(x[2]), x[1].max(x[2])), |x| x.iter().sum::<T>(), |x| T::sum_of(x),
            |x| T::linear_combination(&[1.0, 0.0, 3.0], x);
        "0 1 2 | 01 10": |x| x[0].mul_add(x[1], x[2]), |x| x[0] * x[1] + x[2];
        "0 1 2 | 01 02 10 12 20 21": |x| x.iter().product::<T>(), |x| (x[0] * x[1]) * x[2];
        "0 1 2 | 00 11 22": |x| T::dot(x, x), |x| T::sum_of(&[x[0].sin(), x[1].exp(), x[2] * x[2]]);
        "0 1 2 | 01 10 12 21": |x| T::dot(&x[..2], &x[1..]), |x| x[1] * (x[0] - x[2]);
        "0 1 2 | 00 01 02 10 11 12 20 21 22": |x| T::sum_of(x).exp(), |x| (x[0] + x[1]) / (x[2] + x[0] + x[1]);
        "0 1 | 00 01 10 11": |x| (x[0] * x[1]).sin() + (x[2].exp() * x[0]).floor();
    }
}

/// Constants of every kind depend on nothing, and may be compared.
#[test]
fn constants_take_part_in_control_flow() {
    struct Function;
    impl<T: Real + FloatConst> ScalarFn<T> for Function {
        fn call(&self, x: &[T]) -> T {
            let constants = [T::PI(), T::epsilon(), T::max_value(), T::lift(2.0).sqrt(), Float::min(T::one(), T::E())];
            let sum: T = constants.iter().copied().filter(|&c| c > T::zero() && c.is_finite()).sum();
            if sum > T::one() && sum.to_f64() > Some(1.0) && !T::nan().is_normal() { x[1] } else { x[0] }
        }
    }
    check("constants", Function, "1 |");
}

/// What no rule claims counts as curved.
#[test]
fn rules_of_others_are_curved() {
    use di_core::rule::{BinaryRule, UnaryRule};
    use di_core::{Overload, Tracer, from_fn};
    #[derive(Clone, Copy)]
    struct Unknown;
    impl UnaryRule for Unknown {
        fn value<T: Scalar>(self, x: T) -> T {
            x
        }
        fn derivative<T: Scalar>(self, _: T, _: T) -> T {
            T::one()
        }
    }
    impl BinaryRule for Unknown {
        fn value<T: Scalar>(self, x: T, _: T) -> T {
            x
        }
        fn partial_x<T: Scalar>(self, _: T, _: T, _: T) -> T {
            T::one()
        }
        fn partial_y<T: Scalar>(self, _: T, _: T, _: T) -> T {
            T::zero()
        }
    }
    let global = TracerDetector::global();
    let one = from_fn(|x: &[Tracer]| x[0].unary(Unknown));
    assert_eq!(detected(&global, &one, [0.0; 3]), "0 | 00");
    let two = from_fn(|x: &[Tracer]| x[0].binary(x[1], Unknown));
    assert_eq!(detected(&global, &two, [0.0; 3]), "0 1 | 00 01 10 11");
}
