//! Two ways to do the same, measured in turns, so that drift of the machine hits both.

use crate::pin;
use crate::summary::{target, time};
use cpu_time::ThreadTime;
use std::hint::black_box;

/// How often both sides are made anew, with their buffers at other addresses: where these lie can matter more than
/// what is compared.
const ROUNDS: usize = 40;

/// The ranks between which the median of so many rounds lies in 95 % of all cases (binomial distribution).
const RANKS: [usize; 2] = [13, 26];

/// Pairs of samples in one round.
const PAIRS: usize = 25;

/// What one sample lasts at least, in seconds.
const SAMPLE: f64 = 100e-6;

/// Comparisons that are printed as one table.
#[derive(Debug)]
pub struct Paired {
    quick: bool,
    rows: Vec<(String, Comparison)>,
}

/// What one comparison found.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// Of the reference, in nanoseconds.
    pub time: f64,
    /// The median of time divided by the reference's time.
    pub ratio: f64,
    /// Its 95 % confidence interval.
    pub interval: [f64; 2],
}

impl Paired {
    /// Comparisons on a thread that is pinned to a core; with `--test` each side runs once.
    #[must_use]
    pub fn from_args() -> Self {
        pin();
        Self { quick: std::env::args().any(|argument| argument == "--test"), rows: Vec::new() }
    }

    /// Compares what `candidate` makes with what `reference` makes, which both write a derivative at `x`, the same one.
    pub fn compare<R: FnMut(&[f64], &mut [f64]), C: FnMut(&[f64], &mut [f64])>(
        &mut self,
        name: &str,
        x: &[f64],
        reference: impl Fn() -> R,
        candidate: impl Fn() -> C,
    ) {
        let mut outputs = [vec![f64::NAN; x.len()], vec![f64::NAN; x.len()]];
        reference()(x, &mut outputs[0]);
        candidate()(x, &mut outputs[1]);
        assert_eq!(outputs[0], outputs[1], "{name}: the two differ");
        if self.quick {
            return;
        }
        let mut ballast = Vec::new();
        let mut rounds: Vec<[f64; 2]> = (0..ROUNDS)
            .map(|round| {
                ballast.push(vec![0_u8; 16 + 48 * round]);
                let [mut first, mut second] = [vec![0.0; x.len()], vec![0.0; x.len()]];
                let (mut a, mut b) = (reference(), candidate());
                measure(&mut || a(black_box(x), black_box(&mut first)), &mut || b(black_box(x), black_box(&mut second)))
            })
            .collect();
        let time = median(&mut rounds.iter().map(|round| round[0]).collect::<Vec<_>>());
        rounds.sort_by(|a, b| a[1].total_cmp(&b[1]));
        let ratio = rounds[ROUNDS / 2 - 1][1].midpoint(rounds[ROUNDS / 2][1]);
        let found = Comparison { time, ratio, interval: RANKS.map(|rank| rounds[rank][1]) };
        println!("{name}: {}", percent(found));
        self.rows.push((name.into(), found));
    }

    /// Prints the table.
    pub fn finish(self) {
        if self.rows.is_empty() {
            return;
        }
        println!("\nCPU time of one thread; built for {}.\n", target());
        println!("| comparison | reference | difference, 95 % interval |\n| --- | ---: | ---: |");
        for (name, found) in &self.rows {
            println!("| {name} | {} | {} |", time(found.time), percent(*found));
        }
    }
}

/// The difference in percent.
fn percent(found: Comparison) -> String {
    let percent = |ratio: f64| (ratio - 1.0) * 100.0;
    let [low, high] = found.interval.map(percent);
    format!("{:+.1} % ({low:+.1} … {high:+.1})", percent(found.ratio))
}

/// Samples in turns, first one side first and then the other: nanoseconds of `a`, and the median of `b / a`.
fn measure(a: &mut impl FnMut(), b: &mut impl FnMut()) -> [f64; 2] {
    let mut repeats = 1_u32;
    while sample(repeats, a).min(sample(repeats, b)) * f64::from(repeats) < SAMPLE {
        repeats *= 2;
    }
    let (mut ratios, mut times) = (Vec::with_capacity(PAIRS), Vec::with_capacity(PAIRS));
    for pair in 0..PAIRS {
        let (time_a, time_b) = if pair % 2 == 0 {
            let first = sample(repeats, a);
            (first, sample(repeats, b))
        } else {
            let first = sample(repeats, b);
            (sample(repeats, a), first)
        };
        ratios.push(time_b / time_a);
        times.push(time_a * 1e9);
    }
    [median(&mut times), median(&mut ratios)]
}

/// The middle of the numbers.
fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Seconds of one call.
fn sample(repeats: u32, run: &mut impl FnMut()) -> f64 {
    let start = ThreadTime::now();
    for _ in 0..repeats {
        run();
    }
    start.elapsed().as_secs_f64() / f64::from(repeats)
}
