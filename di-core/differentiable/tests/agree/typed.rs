//! Passive data keeps its types and names wherever it is written out.

use crate::common::scalar;
use di_backends::{Real, ScalarFn, Shadow, differentiable};

#[derive(Clone, Copy)]
struct Pair {
    a: f64,
    b: f64,
}

impl Pair {
    fn sum(self) -> f64 {
        self.a + self.b
    }
}

static LEVELS: [f64; 3] = [1.0, 2.0, 0.25];

scalars! {
    Shorthand(x) {
        let k = x.len() as f64;
        let a = k * 0.5;
        let a = a * 3.0;
        let w = Pair { a, b: k };
        x[0].sin() * w.a * w.b + x[1] * a
    }
    ShorthandInLoop(x) {
        let mut s = T::zero();
        let mut a = 0.5;
        for i in 0..3 {
            a += 1.0;
            let w = Pair { a, b: 0.1 };
            s += x[i].sin() * (w.a + 10.0 * w.b);
        }
        s
    }
    ShorthandOfShadow(x) {
        let mut s = T::zero();
        let a = x.len() as f64;
        for i in 0..3 {
            let a = a * i as f64;
            let w = Pair { a, b: 0.1 };
            s += x[i].sin() * w.a;
        }
        s + x[0] * Pair { a, b: a }.sum()
    }
    ShorthandOfAlias(x) {
        let k = x.len() as f64;
        let a = k;
        let b = a;
        x[0] * Pair { a, b }.sum()
    }
    Bytes(x) {
        let k: u8 = 5;
        let g = (!k) as f64;
        x[0].exp() * g
    }
    Long(x) {
        let k: i64 = 300_000;
        let m: i64 = -300_000;
        let g = (k * k) as f64 + (m * k) as f64 * 0.5;
        x[0].exp() * g * 1e-10
    }
    LongIndex(x) {
        let k: usize = 300_000;
        let n: u64 = 4;
        let mut s = x[1] * ((k * k) as f64 * 1e-10);
        for i in 1..n { s += x[0].exp() * ((i * 2_000_000_000) as f64 * 1e-9); }
        s
    }
    ByteRange(x) {
        let mut s = T::zero();
        for i in 0..3u8 {
            let g = (!i) as f64;
            s += x[i as usize].exp() * g;
        }
        s
    }
    Single(x) {
        let h: f32 = 0.1;
        let g = h as f64;
        let q: f32 = 1.0 / 3.0;
        x[0].exp() * g + x[1] * f64::from(q)
    }
    SingleCarried(x) {
        let mut k: f32 = 0.1;
        let mut s = T::zero();
        for i in 0..3 {
            k = k * 1.1;
            s += x[i].sin() * (k as f64);
        }
        s
    }
    Inferred(x) {
        let a: f64 = Default::default();
        let b: f64 = "3".parse().unwrap();
        let h: f32 = 0.5;
        let c: f64 = h.into();
        let k: u8 = 250;
        x[0].sin() * a + x[1] * b + x[2] * c * k.wrapping_add(10) as f64
    }
    SizedRange(x) {
        let mut s = T::zero();
        for i in 0..6usize { s += x[i.pow(2) % 3] * x[i.saturating_sub(1) % 3]; }
        s
    }
    LaterTyped(x) {
        let n = 4;
        let m: u64 = n;
        let a = 0.1;
        let h: f32 = a;
        let pair = (5, 3.0);
        let k: u8 = pair.0;
        let levels = [0.7_f32; 2];
        let g: f32 = levels[1];
        x[0].exp() * ((m * 2_000_000_000) as f64 * 1e-9) + x[1] * f64::from(h) * (!k) as f64 + x[2] * f64::from(g) * pair.1
    }
    TypedArrays(x) {
        let w = [0.1_f32, 0.7_f32];
        let mut masks = vec![250_u8; 3];
        masks[1] = 3;
        let longs = [300_000_i64; 2];
        let mut s = T::zero();
        for i in 0..2 {
            s += x[i].exp() * f64::from(w[i]) * (!masks[i]) as f64;
            s += x[i + 1] * ((longs[i] * longs[1]) as f64 * 1e-10);
        }
        s
    }
    Guards(x) {
        let mut s = T::zero();
        for i in 0..5 {
            s += match i {
                0..=2 if LEVELS[i] > 0.5 => x[0].exp(),
                3 => x[1],
                _ => x[0],
            };
        }
        for i in 0..6 {
            s += match i {
                0 | 1 | 2 if x[i] > T::one() => x[i].exp() * x[1],
                4 => x[1].sin(),
                _ => x[2],
            };
        }
        s
    }
}

#[test]
fn types_and_names_of_passive_data() {
    const POSITIVE: [f64; 2] = [0.5, 2.0];
    scalar(Shorthand, 4, POSITIVE);
    scalar(ShorthandInLoop, 3, POSITIVE);
    scalar(ShorthandOfShadow, 3, POSITIVE);
    scalar(ShorthandOfAlias, 3, POSITIVE);
    scalar(Bytes, 3, POSITIVE);
    scalar(Long, 3, POSITIVE);
    scalar(LongIndex, 3, POSITIVE);
    scalar(ByteRange, 3, POSITIVE);
    scalar(Single, 3, POSITIVE);
    scalar(SingleCarried, 3, POSITIVE);
    scalar(Inferred, 3, POSITIVE);
    scalar(SizedRange, 3, POSITIVE);
    scalar(LaterTyped, 3, POSITIVE);
    scalar(TypedArrays, 3, POSITIVE);
    scalar(Guards, 3, POSITIVE);
}
