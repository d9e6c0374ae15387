//! Names of the author that look like those of derivative code.

use crate::common::{scalar, vector};
use di_backends::{Real, ScalarFn, Shadow, VectorFn, differentiable};

scalars! {
    Slopes(x) {
        let v = x[0].sin().exp();
        let v_slope = x[1] * x[0];
        let w = v * v_slope;
        let mut s = T::zero();
        for i in 0..x.len() {
            let q = (x[i] * v).sin();
            let q_slope = x[i] * v_slope;
            let q_slope_x = q.hypot(q_slope);
            s += q * q_slope * w * q_slope_x;
        }
        s
    }
    Loops(x) {
        let mut s = x[0];
        let s_carry = x[1] * x[0];
        for i in 0..x.len() { s = (s * x[i] * s_carry).sin(); }
        let mut i_count = T::one();
        let i_at = x[0] * x[1];
        for i in 1..x.len() { i_count *= x[i] * i_at; }
        s * i_count
    }
    Parts(x) {
        let x_part1 = x[0] * x[1];
        let x_bar_part1 = x[0] * x[1];
        let mut s = x_part1;
        for i in 0..x.len() { s += x[i] * x[i] * x_part1 * x_bar_part1; }
        let x_sum_1_0 = x[0] * x[1];
        let x_next_1_0 = x[0] * x[1];
        let x_bar_cells1 = x[1];
        for i in 1..x.len() { s += x[i] * x[i - 1] * x_sum_1_0 * x_next_1_0 * x_bar_cells1; }
        s
    }
    Memory(held) {
        let output = held[0] * held[1];
        let seed_0 = output * held[0];
        let seeds = seed_0.sin();
        let storage = seeds * output;
        let rule = storage * storage;
        let stack = rule + seeds;
        let enclosed = stack + output;
        let k = enclosed * enclosed;
        let y_wanted = k.sin() * k.sin();
        y_wanted * seed_0 * output
    }
    Raw(x) {
        let r#type = x[0] * x[1];
        let mut r#match = r#type * x[0];
        for r#for in 0..x.len() { r#match = (r#match * x[r#for]).sin(); }
        r#match * r#type
    }
    Temporaries(x) {
        let t = x[0];
        let t_1 = t * t;
        let t_2 = t_1 * x[1];
        let is = t > t_1;
        let len = x.len();
        let memory = vec![t; len];
        let mut t = t_2;
        for i in 0..len {
            t += memory[i] * x[i];
            let t = t * x[i];
            let _t_3 = t * t_1;
        }
        if is { t } else { t * t_2 }
    }
    Results(x) {
        let seeded_bar_0_1 = x[0];
        // The result is not to hide the function, which stands in a macro here.
        let first = seeded(x[0], x[1]);
        let list = vec![seeded(first, x[1]); 2];
        list[0] * seeded_bar_0_1 * seeded_bar_0_1
    }
}

#[differentiable]
fn seeded<T: Real>(seed_0: T, seeds: T) -> T {
    seed_0 * seeds * seed_0
}

#[derive(Clone, Debug, Shadow)]
#[shadow(constant)]
struct Outputs;

#[differentiable]
impl<T: Real> VectorFn<T> for Outputs {
    fn output_len(&self, n: usize) -> usize {
        n
    }

    fn call_into(&self, held: &[T], seeds: &mut [T]) {
        let n = held.len();
        for i in 0..n {
            seeds[i] = held[i] * held[n - 1 - i];
        }
        for i in 1..n {
            seeds[i] = seeds[i] * seeds[i - 1];
        }
    }
}

#[test]
fn names_of_derivative_code_are_free() {
    const POSITIVE: [f64; 2] = [0.5, 2.0];
    scalar(Slopes, 2, POSITIVE);
    scalar(Loops, 3, POSITIVE);
    scalar(Parts, 5, POSITIVE);
    scalar(Memory, 3, POSITIVE);
    scalar(Raw, 3, POSITIVE);
    scalar(Temporaries, 3, POSITIVE);
    scalar(Results, 2, POSITIVE);
    vector(Outputs, 3, POSITIVE);
}
