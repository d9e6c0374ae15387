//! Derivatives of random programs agree with dual numbers.

use di_backends::{Partials, Scalar};
use di_programs::{Case, DIRECTIONS, cases, singles};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Numbers in `[-0.7, 1.3)`, the same at each run.
struct Numbers(u64);

impl Numbers {
    fn next<T: Scalar>(&mut self) -> T {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        #[expect(clippy::cast_precision_loss, reason = "53 bits")]
        let unit = (self.0 >> 11) as f64 / (1_u64 << 53) as f64;
        T::lift(unit * 2.0 - 0.7)
    }

    fn list<T: Scalar>(&mut self, len: usize) -> Vec<T> {
        (0..len).map(|_| self.next()).collect()
    }
}

/// What is expected at a point.
struct Expected<T> {
    value: Vec<T>,
    /// Rows of the Jacobian.
    jacobian: Vec<Vec<T>>,
    /// The largest entry of all that.
    scale: T,
}

impl<T: Scalar> Expected<T> {
    fn of(case: &dyn Case<T>, x: &[T]) -> Self {
        let (n, m) = (x.len(), case.outputs(x.len()));
        let mut expected = Self { value: vec![], jacobian: vec![Vec::new(); m], scale: T::one() };
        for first in (0..n).step_by(DIRECTIONS) {
            let duals: Vec<_> = (0..n)
                .map(|i| match i.checked_sub(first) {
                    Some(k) if k < DIRECTIONS => Partials::variable(x[i], k),
                    _ => Partials { value: x[i], partials: [T::zero(); DIRECTIONS] },
                })
                .collect();
            let mut y = vec![Partials::variable(T::nan(), 0); m];
            case.dual(&duals, &mut y);
            expected.value = y.iter().map(|y| y.value).collect();
            for (row, y) in expected.jacobian.iter_mut().zip(&y) {
                row.extend(&y.partials[..DIRECTIONS.min(n - first)]);
            }
        }
        let all = expected.jacobian.iter().flatten().chain(&expected.value);
        expected.scale = all.fold(T::one(), |scale, &entry| scale.max(entry.abs()));
        expected
    }
}

fn dot<T: Scalar>(a: &[T], b: &[T]) -> T {
    a.iter().zip(b).fold(T::zero(), |sum, (&a, &b)| sum + a * b)
}

struct Checked<'a, T> {
    expected: &'a Expected<T>,
    tolerance: f64,
}

impl<T: Scalar> Checked<'_, T> {
    fn all(&self, found: &[T], expected: &[T], what: &str) -> Result<(), String> {
        let tolerance = T::lift(self.tolerance) * self.expected.scale;
        let is_close = |(&a, &b): (&T, &T)| a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= tolerance;
        if found.len() == expected.len() && found.iter().zip(expected).all(is_close) {
            return Ok(());
        }
        Err(format!("{what}: {found:?} where {expected:?} is expected"))
    }
}

fn tangents<T: Scalar, const K: usize>(
    checked: &Checked<'_, T>,
    x: &[T],
    numbers: &mut Numbers,
    run: impl Fn(&[T], &[[T; K]], Option<&mut [T]>, &mut [[T; K]]),
) -> Result<(), String> {
    let Expected { value, jacobian, .. } = checked.expected;
    let directions: Vec<[T; K]> = x.iter().map(|_| std::array::from_fn(|_| numbers.next())).collect();
    for with_value in [true, false] {
        let (mut y, mut dy) = (vec![T::nan(); value.len()], vec![[T::nan(); K]; value.len()]);
        run(x, &directions, with_value.then_some(&mut y), &mut dy);
        if with_value {
            checked.all(&y, value, "value of the tangent")?;
        }
        for k in 0..K {
            let along: Vec<_> = directions.iter().map(|direction| direction[k]).collect();
            let expected: Vec<_> = jacobian.iter().map(|row| dot(row, &along)).collect();
            let found: Vec<_> = dy.iter().map(|dy| dy[k]).collect();
            checked.all(&found, &expected, "tangent")?;
        }
    }
    Ok(())
}

/// The adjoint, with and without the value, each twice; and that it is the transpose of the tangent.
fn adjoint<T: Scalar>(
    checked: &Checked<'_, T>,
    case: &dyn Case<T>,
    x: &[T],
    numbers: &mut Numbers,
) -> Result<(), String> {
    let Expected { value, jacobian, .. } = checked.expected;
    for with_value in [true, false, true, false] {
        let (before, seeds) = (numbers.list::<T>(x.len()), numbers.list::<T>(value.len()));
        let (mut y, mut dx, mut dy) = (vec![T::nan(); value.len()], before.clone(), seeds.clone());
        case.adjoint(x, &mut dx, with_value.then_some(&mut y), &mut dy);
        if with_value {
            checked.all(&y, value, "value of the adjoint")?;
        }
        let column = |j: usize| jacobian.iter().zip(&seeds).fold(T::zero(), |sum, (row, &seed)| sum + row[j] * seed);
        let expected: Vec<_> = (0..x.len()).map(|j| before[j] + column(j)).collect();
        checked.all(&dx, &expected, "adjoint")?;
        let pulled: Vec<_> = dx.iter().zip(&before).map(|(&after, &before)| after - before).collect();
        let direction: Vec<[T; 1]> = x.iter().map(|_| [numbers.next()]).collect();
        let mut pushed = vec![[T::nan()]; value.len()];
        case.tangent(x, &direction, None, &mut pushed);
        let (pushed, direction) = (pushed.concat(), direction.concat());
        checked.all(&[dot(&seeds, &pushed)], &[dot(&pulled, &direction)], "transpose")?;
    }
    Ok(())
}

fn check<T: Scalar>(case: &dyn Case<T>, x: &[T], tolerance: f64, numbers: &mut Numbers) -> Result<(), String> {
    let expected = &Expected::of(case, x);
    let checked = Checked { expected, tolerance };
    let mut y = vec![T::nan(); expected.value.len()];
    case.value(x, &mut y);
    checked.all(&y, &expected.value, "value")?;
    // Where a number has left the range of floating point, sweeps in another order give other infinities.
    if y.iter().chain(expected.jacobian.iter().flatten()).any(|y| !y.is_finite()) {
        return Ok(());
    }
    tangents(&checked, x, numbers, |x, dx, y, dy| case.tangent(x, dx, y, dy))?;
    tangents(&checked, x, numbers, |x, dx, y, dy| case.tangents(x, dx, y, dy))?;
    adjoint(&checked, case, x, numbers)
}

/// Each program at a few points of several lengths.
fn agree<T: Scalar>(cases: &[Box<dyn Case<T>>], tolerance: f64) {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut wrong = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        for n in [4, 5, 4, 7] {
            let x = numbers.list::<T>(n);
            let result = catch_unwind(AssertUnwindSafe(|| check(&**case, &x, tolerance, &mut numbers)));
            let error = match result {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error,
                Err(_) => "a panic".into(),
            };
            wrong.push(format!("program {at} at {x:?}:\n{}\n{error}", case.text()));
            break;
        }
    }
    if let Ok(path) = std::env::var("DI_PROGRAMS_WRONG") {
        let _ = std::fs::write(path, wrong.join("\n=====\n"));
    }
    assert!(wrong.is_empty(), "{} of {} programs: {}", wrong.len(), cases.len(), wrong[0]);
}

#[test]
fn tangents_and_adjoints_agree_with_duals() {
    agree(&cases(), 1e-9);
}

#[test]
fn in_single_precision_too() {
    agree(&singles(), 2e-3);
}
