//! Derivatives of random programs agree with dual numbers.

use di_backends::Partials;
use di_programs::{INPUTS, PROGRAMS};

fn close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn tangents_and_adjoints_agree_with_duals() {
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut number = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        #[expect(clippy::cast_precision_loss, reason = "53 bits")]
        let unit = (seed >> 11) as f64 / (1_u64 << 53) as f64;
        unit * 2.0 - 0.7
    };
    let mut wrong = Vec::new();
    for (at, program) in PROGRAMS.iter().enumerate() {
        for _ in 0..5 {
            let x: [f64; INPUTS] = std::array::from_fn(|_| number());
            let directions: [[f64; 2]; INPUTS] = std::array::from_fn(|_| [number(), number()]);
            let duals: [_; INPUTS] = std::array::from_fn(|i| Partials::variable(x[i], i));
            let expected = (program.dual)(&duals);
            let (mut y, mut dy) = ([f64::NAN], [[f64::NAN; 2]]);
            (program.tangent)(&x, &directions, &mut y, &mut dy);
            let (mut z, mut dx) = ([f64::NAN], [0.0; INPUTS]);
            (program.adjoint)(&x, &mut dx, Some(&mut z), &mut [1.0]);
            let mut bare = [0.0; INPUTS];
            (program.adjoint)(&x, &mut bare, None, &mut [1.0]);
            let along = |k: usize| (0..INPUTS).map(|i| expected.partials[i] * directions[i][k]).sum::<f64>();
            let right = close((program.value)(&x), expected.value)
                && close(y[0], expected.value)
                && close(z[0], expected.value)
                && (0..2).all(|k| close(dy[0][k], along(k)))
                && (0..INPUTS).all(|i| close(dx[i], expected.partials[i]) && close(bare[i], expected.partials[i]));
            if !right {
                wrong.push(format!(
                    "program {at} at {x:?}:\n{}\nexpected {expected:?}\ntangent {y:?} {dy:?} of {directions:?}\n\
                     adjoint {z:?} {dx:?} {bare:?}",
                    program.text
                ));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} programs: {}", wrong.len(), PROGRAMS.len(), wrong[0]);
}
