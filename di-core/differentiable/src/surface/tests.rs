//! The steps from a body to its code, each by itself.

use super::{Lowered, Shape, lower};
use crate::activity::Activity;
use crate::form::{Block, Function, Loop, Stmt};
use crate::independent::depends;
use crate::joined::Joined;
use crate::live::Live;
use crate::plan::Plan;
use crate::when::When;
use crate::write::{Adjoint, Tangent};
use syn::{ItemFn, parse_quote};

fn lowered(item: &ItemFn) -> Lowered {
    lower(&item.sig, Some(&item.block), "T".into(), Shape::Helper).expect("it is supported")
}

fn planned(function: &Function, apart: bool) -> (Activity, Plan) {
    let activity = Activity::of(function);
    let plan = Plan::of(function, &activity, apart, None);
    (activity, plan)
}

/// The names of what is saved.
fn saved(function: &Function, plan: &Plan) -> Vec<String> {
    plan.saved.values().flatten().map(|&id| function.values[id].name.clone()).collect()
}

fn first_loop(block: &Block) -> &Loop {
    let found = block.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Loop(inner) => Some(inner),
        _ => None,
    });
    found.expect("there is a loop")
}

fn chain() -> ItemFn {
    parse_quote! {
        fn chain<T: Real>(x: &[T]) -> T {
            let mut state = T::one();
            for i in 0..x.len() {
                state = state * x[i];
            }
            state
        }
    }
}

fn squares() -> ItemFn {
    parse_quote! {
        fn squares<T: Real>(x: &[T]) -> T {
            let mut sum = T::zero();
            for i in 0..x.len() {
                let square = x[i] * x[i];
                sum += square;
            }
            sum
        }
    }
}

#[test]
fn scalars_are_assigned_once() {
    let function = lowered(&parse_quote! {
        fn twice<T: Real>(x: T) -> T {
            let mut y = x;
            y *= x;
            y += 1.0;
            y
        }
    })
    .function;
    let names: Vec<_> = function.values.iter().map(|value| value.name.as_str()).collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.len(), "{names:?}");
}

#[test]
fn what_is_made_of_constants_or_leads_nowhere_is_passive() {
    let function = lowered(&parse_quote! {
        fn mixed<T: Real>(x: T, n: usize) -> T {
            let active = x * 2.0;
            let constant = T::lift(3.0) * 2.0;
            let unused = active.sin();
            let steps = active.floor();
            active * constant + steps
        }
    })
    .function;
    let activity = Activity::of(&function);
    let is_active = |name: &str| {
        let found = function.values.iter().position(|value| value.name == name);
        activity.value(found.expect("the name is kept"))
    };
    assert!(is_active("active"));
    assert!(!is_active("constant") && !is_active("unused") && !is_active("steps"));
}

#[test]
fn chains_save_what_an_iteration_begins_with_and_sums_save_nothing() {
    let function = lowered(&chain()).function;
    assert_eq!(saved(&function, &planned(&function, true).1), ["state"]);
    let function = lowered(&squares()).function;
    assert_eq!(saved(&function, &planned(&function, true).1), [""; 0]);
}

#[test]
fn content_is_saved_before_it_is_overwritten_if_it_is_read() {
    let read = lowered(&parse_quote! {
        fn read<T: Real>(x: &[T], y: &mut [T]) {
            for i in 0..x.len() { y[i] = x[i] * x[i]; }
            for i in 0..x.len() { y[0] += y[i] * y[i]; }
            for i in 0..x.len() { y[i] = x[i]; }
        }
    })
    .function;
    let content = |function: &Function| {
        !planned(function, true).1.overwritten.is_empty() || !saved(function, &planned(function, true).1).is_empty()
    };
    assert!(content(&read));
    let linear = lowered(&parse_quote! {
        fn linear<T: Real>(x: &[T], y: &mut [T]) {
            for i in 0..x.len() { y[i] = x[i] * 2.0; }
            for i in 0..x.len() { y[i] += x[i]; }
        }
    })
    .function;
    assert!(!content(&linear));
}

#[test]
fn iterations_of_sums_are_independent_and_those_of_chains_are_not() {
    for (item, expected) in [(squares(), When::Never), (chain(), When::Always)] {
        let function = lowered(&item).function;
        let (activity, plan) = planned(&function, false);
        assert_eq!(depends(&function, &activity, &plan, first_loop(&function.body)), expected);
    }
}

#[test]
fn sums_that_take_long_are_computed_with_their_reverse() {
    let is_joined = |item: ItemFn| {
        let function = lowered(&item).function;
        Joined::of(&function, &Activity::of(&function)).0.is_some()
    };
    // Two loops that compilers make vector code of are faster than one; a chain runs backwards.
    assert!(!is_joined(squares()) && !is_joined(chain()));
    assert!(is_joined(parse_quote! {
        fn bumps<T: Real>(x: &[T]) -> T {
            let mut sum = x[0];
            for i in 0..x.len() {
                sum += if i > 1 { x[i].exp() } else { T::one() };
            }
            sum * 0.5 - x[1]
        }
    }));
    assert!(is_joined(parse_quote! {
        fn called<T: Real>(x: &[T]) -> T {
            let mut sum = T::zero();
            for i in 0..x.len() { sum -= helper(x[i]); }
            sum
        }
    }));
    // The memory of an iteration is its own.
    assert!(is_joined(parse_quote! {
        fn fit<T: Real>(x: &[T]) -> T {
            let (scale, mut sum) = (x[0].exp(), T::zero());
            for i in 0..x.len() {
                let mut powers = vec![T::one(); i];
                for j in 1..i { powers[j] = powers[j - 1] * x[i]; }
                sum += helper(&powers, x) * scale;
            }
            sum
        }
    }));
    // What an iteration leaves is there for the next.
    assert!(!is_joined(parse_quote! {
        fn scratch<T: Real>(x: &[T]) -> T {
            let (mut sum, mut powers) = (T::zero(), vec![T::one(); x.len()]);
            for i in 0..x.len() {
                helper(x, &mut powers);
                sum += powers[i];
            }
            sum
        }
    }));
    assert!(!is_joined(parse_quote! {
        fn running<T: Real>(x: &[T]) -> T {
            let mut sum = T::zero();
            for i in 0..x.len() {
                let before = helper(x) * sum;
                sum += before;
            }
            sum
        }
    }));
    // The reverse begins with the sum.
    assert!(!is_joined(parse_quote! {
        fn norm<T: Real>(x: &[T]) -> T {
            let mut sum = T::zero();
            for i in 0..x.len() { sum += x[i].exp(); }
            sum.sqrt()
        }
    }));
    assert!(!is_joined(parse_quote! {
        fn written<T: Real>(x: &[T]) -> T {
            let (mut sum, mut last) = (T::zero(), [T::zero()]);
            for i in 0..x.len() {
                last[0] = x[i].exp();
                sum += last[0];
            }
            sum
        }
    }));
}

#[test]
fn the_forward_sweep_is_left_out_where_nobody_reads_it() {
    let works = |item: &ItemFn| {
        let function = lowered(item).function;
        let (_, plan) = planned(&function, false);
        Live::of(&function, &plan, &When::Never).works(&plan, &function.body)
    };
    assert_eq!(works(&squares()), When::Never);
    assert_eq!(works(&chain()), When::Always);
    let call: ItemFn = parse_quote! {
        fn call<T: Real>(x: &[T], y: &mut [T]) {
            helper(x, y);
        }
    };
    assert_eq!(works(&call).text(), "helper::__READS[1] || helper::__SAVES");
}

#[test]
fn the_author_s_names_are_in_the_code() {
    let lowered = lowered(&squares());
    let tangent = Tangent::of(&lowered).companion("di_core", "tangent", "T: Real");
    assert!(tangent.contains("let square = ") && tangent.contains("square_dot"), "{tangent}");
    let adjoint = Adjoint::of(&lowered, false).companion("di_core", "adjoint", "T: Real");
    assert!(adjoint.contains("sum_carry") && !adjoint.contains("stack."), "{adjoint}");
}

#[test]
fn what_is_written_may_depend_on_the_point() {
    let condition = |item: ItemFn| lowered(&item).steady();
    let map = condition(parse_quote! {
        fn map<T: Real>(x: &[T], y: &mut [T]) {
            for i in 0..x.len() {
                y[i] = if x[i] > T::zero() { x[i] } else { T::zero() };
            }
        }
    });
    assert_eq!(map, "true");
    let chosen = condition(parse_quote! {
        fn chosen<T: Real>(x: &[T], y: &mut [T]) {
            if x[0] > T::zero() { y[0] = x[0]; }
        }
    });
    assert_eq!(chosen, "false");
    let placed = condition(parse_quote! {
        fn placed<T: Real>(x: &[T], y: &mut [T]) {
            let mut most = 0;
            for i in 1..x.len() {
                if x[i] > x[most] { most = i; }
            }
            y[most] = x[0];
        }
    });
    assert_eq!(placed, "false");
    let ended = condition(parse_quote! {
        fn ended<T: Real>(x: &[T], y: &mut [T]) {
            for i in 0..x.len() {
                if x[i] > T::one() { return; }
                y[i] = x[i];
            }
        }
    });
    assert_eq!(ended, "false");
    let listed = condition(parse_quote! {
        fn listed<T: Real>(x: &[T], y: &mut [T]) {
            let mut order = [0, 1];
            if x[0] > x[1] { order[0] = 1; }
            y[order[0]] = x[0];
            y[1] = x[1];
        }
    });
    assert_eq!(listed, "false");
    let called = condition(parse_quote! {
        fn called<T: Real>(n: usize, x: &[T], y: &mut [T]) {
            helper(x, &mut y[..n]);
            other::helper(x, &mut y[n..]);
        }
    });
    assert_eq!(called, "helper::__STEADY && other::helper::__STEADY");
    let told = condition(parse_quote! {
        fn told<T: Real>(x: &[T], y: &mut [T]) {
            helper(x[0] > T::zero(), x, y);
        }
    });
    assert_eq!(told, "false");
}
