//! Two ways to do the same, measured in turns, so that drift of the machine hits both.

use crate::pin;
use crate::summary::{target, time};
use cpu_time::ThreadTime;
use std::hint::black_box;

/// Pairs of samples in one comparison; the confidence interval narrows with their square root.
const PAIRS: usize = 801;

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

    /// Compares `candidate` with `reference`, both of which write a derivative at `x`; both must write the same.
    pub fn compare(
        &mut self,
        name: &str,
        x: &[f64],
        mut reference: impl FnMut(&[f64], &mut [f64]),
        mut candidate: impl FnMut(&[f64], &mut [f64]),
    ) {
        let mut outputs = [vec![f64::NAN; x.len()], vec![f64::NAN; x.len()]];
        reference(x, &mut outputs[0]);
        candidate(x, &mut outputs[1]);
        assert_eq!(outputs[0], outputs[1], "{name}: the two differ");
        let [first, second] = &mut outputs;
        let mut a = || reference(black_box(x), black_box(first));
        let mut b = || candidate(black_box(x), black_box(second));
        if !self.quick {
            let found = measure(&mut a, &mut b);
            println!("{name}: {}", percent(found));
            self.rows.push((name.into(), found));
        }
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

/// Samples in turns, first one side first and then the other.
fn measure(a: &mut impl FnMut(), b: &mut impl FnMut()) -> Comparison {
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
    ratios.sort_by(f64::total_cmp);
    times.sort_by(f64::total_cmp);
    // The ranks of a median's confidence interval are those of a binomial distribution: n/2 ± 1.96 √n / 2.
    let half_width = (0.98 * f64::from(u32::try_from(PAIRS).unwrap_or(u32::MAX)).sqrt()).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let half_width = half_width as usize;
    let middle = PAIRS / 2;
    let interval = [ratios[middle - half_width], ratios[middle + half_width]];
    Comparison { time: times[middle], ratio: ratios[middle], interval }
}

/// Seconds of one call.
fn sample(repeats: u32, run: &mut impl FnMut()) -> f64 {
    let start = ThreadTime::now();
    for _ in 0..repeats {
        run();
    }
    start.elapsed().as_secs_f64() / f64::from(repeats)
}
