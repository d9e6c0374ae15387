//! Which candidate is chosen, and how long that takes.

use crate::functions::Wells;
use crate::paced::{Fault, Paced, approximate, clock, exact, faulty, passes};
use crate::{outcome, slower};
use di_backends::{Outcome, choose};
use std::time::Duration;

const X: [f64; 2] = [0.7, -1.2];

#[test]
fn the_fastest_is_chosen_and_the_others_say_how_much_slower_they_are() {
    let chosen = choose(Wells, &X)
        .without_defaults()
        .with(exact("slow", 30))
        .with(exact("quick", 10))
        .with(exact("middling", 25))
        .clock(clock)
        .gradient()
        .unwrap();
    assert_eq!(chosen.decision().backend, "quick");
    let report = chosen.report();
    assert_eq!(*outcome(report, "quick"), Outcome::Chosen);
    assert_eq!(slower(report, "slow"), (3.0, false));
    assert_eq!(slower(report, "middling"), (2.5, false));
    assert_eq!(report.rows[1].time, Some(Duration::from_micros(10)));
    assert_eq!(report.rows[1].preparation, Some(Duration::from_micros(10)));
    assert_eq!(report.rows[0].distance, None);
    assert_eq!(report.rows[1].distance, Some(0.0));
}

#[test]
fn the_first_of_equals_is_chosen_also_if_the_clock_stands_still() {
    for microseconds in [0, 10] {
        let candidates = choose(Wells, &X).without_defaults().clock(clock);
        let candidates = candidates.with(exact("first", microseconds)).with(exact("second", microseconds));
        let chosen = candidates.gradient().unwrap();
        assert_eq!(chosen.decision().backend, "first");
        assert_eq!(slower(chosen.report(), "second"), (1.0, false));
    }
}

#[test]
fn an_inexact_one_is_chosen_if_it_may_or_must() {
    let candidates = || choose(Wells, &X).without_defaults().with(approximate("about", 1)).clock(clock);
    let chosen = candidates().with(exact("exact", 15)).gradient().unwrap();
    assert_eq!(chosen.decision().backend, "exact");
    assert_eq!(*outcome(chosen.report(), "about"), Outcome::Approximate);

    let chosen = candidates().with(exact("exact", 15)).allow_approximate().gradient().unwrap();
    assert_eq!(chosen.decision().backend, "about");
    assert_eq!(*outcome(chosen.report(), "about"), Outcome::Chosen);
    assert_eq!(slower(chosen.report(), "exact"), (15.0, false));

    let chosen = candidates().with(faulty("fails", Fault::Pass(1))).gradient().unwrap();
    assert_eq!(chosen.decision().backend, "about");
    assert_eq!(*outcome(chosen.report(), "about"), Outcome::ChosenApproximate);
}

#[test]
fn the_only_exact_one_is_chosen_however_slow_it_is() {
    let candidates = choose(Wells, &X).without_defaults().with(exact("exact", 90_000)).with(approximate("about", 1));
    let chosen = candidates.clock(clock).gradient().unwrap();
    assert_eq!(chosen.decision().backend, "exact");
    // Prepared, at `x`, and at the neighbour.
    assert_eq!(passes("exact"), 3);
}

#[test]
fn hopelessly_slow_ones_are_given_up() {
    let candidates = || choose(Wells, &X).without_defaults().clock(clock).with(exact("quick", 10));
    let chosen = candidates().with(exact("near", 100)).with(exact("hopeless", 10_000)).gradient().unwrap();
    assert_eq!(chosen.decision().backend, "quick");
    assert_eq!(slower(chosen.report(), "hopeless"), (1000.0, true));
    // Prepared, and at `x`; the other two are compared at the neighbour.
    assert_eq!(passes("hopeless"), 2);
    assert_eq!(slower(chosen.report(), "near"), (10.0, false));

    let chosen = candidates().with(exact("near2", 100)).cutoff(5.0).gradient().unwrap();
    assert_eq!(slower(chosen.report(), "near2"), (10.0, true));

    for quickest in [0, 10] {
        let candidates = choose(Wells, &X).without_defaults().clock(clock).cutoff(f64::INFINITY);
        let chosen = candidates.with(exact("quick", quickest)).with(exact("far", 90_000)).gradient().unwrap();
        assert!(!slower(chosen.report(), "far").1);
    }
}

#[test]
fn a_hopeless_one_still_confirms_if_there_is_no_other() {
    let candidates = choose(Wells, &X).without_defaults().clock(clock).with(exact("quick", 10));
    let chosen = candidates.with(exact("hopeless", 10_000)).gradient().unwrap();
    assert_eq!(slower(chosen.report(), "hopeless"), (1000.0, true));
    // Prepared, at `x`, and at the neighbour.
    assert_eq!(passes("hopeless"), 3);
}

/// The time that choosing takes.
fn spent(candidates: [Paced; 3], budget: Duration) -> Duration {
    let start = clock();
    let [a, b, c] = candidates;
    let choice = choose(Wells, &X).without_defaults().with(a).with(b).with(c).clock(clock).budget(budget);
    choice.gradient().unwrap();
    clock().saturating_sub(start)
}

#[test]
fn choosing_takes_about_as_long_as_it_may() {
    let quick = [exact("a", 10), exact("b", 12), exact("c", 15)];
    for milliseconds in [5, 50, 500] {
        let budget = Duration::from_millis(milliseconds);
        let time = spent(quick, budget);
        assert!(time <= budget * 5 / 4, "{time:?} of {budget:?}");
    }
    // Every pass takes longer than the budget: two for each, and one near `x` for the two fastest.
    assert_eq!(
        spent([exact("d", 60_000), exact("e", 70_000), exact("f", 80_000)], Duration::from_millis(50)).as_millis(),
        550
    );
    // Without time: the same.
    assert_eq!(spent([exact("g", 10), exact("h", 10), exact("i", 10)], Duration::ZERO).as_micros(), 80);
}

#[test]
fn inexact_ones_are_not_tried_if_the_time_is_up_and_two_exact_ones_confirm_each_other() {
    let choice = |second: Paced| {
        let candidates = choose(Wells, &X).without_defaults().with(approximate("about", 1)).with(exact("one", 60_000));
        candidates.with(second).clock(clock).gradient().unwrap()
    };
    let chosen = choice(exact("two", 60_000));
    assert_eq!(*outcome(chosen.report(), "about"), Outcome::NotTried);
    assert_eq!(passes("about"), 0);
    let chosen = choice(faulty("two", Fault::Preparation));
    assert_eq!(*outcome(chosen.report(), "about"), Outcome::Approximate);
}

#[test]
fn a_machine_that_slows_down_and_single_spikes_do_not_mislead() {
    let start = clock();
    let slowing = move || {
        let time = clock().saturating_sub(start);
        let half = Duration::from_millis(15);
        time.min(half) + time.saturating_sub(half) * 3
    };
    let candidates = choose(Wells, &X).without_defaults().clock(slowing);
    let chosen = candidates.with(exact("later", 11)).with(exact("sooner", 10)).gradient().unwrap();
    assert_eq!(chosen.decision().backend, "sooner");

    // A sample is one pass; the spikes make the mean eight times the median.
    let spiky = Paced { microseconds: 1_000, ..faulty("spiky", Fault::Spikes) };
    let candidates = choose(Wells, &X).without_defaults().clock(clock).budget(Duration::from_millis(50));
    let chosen = candidates.with(exact("steady", 1_500)).with(spiky).gradient().unwrap();
    assert_eq!(chosen.decision().backend, "spiky");
}

#[test]
fn a_backend_is_inexact_also_by_its_users_word() {
    let candidates = choose(Wells, &X).without_defaults().clock(clock).with_approximate(exact("about", 1));
    let chosen = candidates.with(exact("exact", 10)).gradient().unwrap();
    assert_eq!(chosen.decision().backend, "exact");
    assert_eq!(*outcome(chosen.report(), "about"), Outcome::Approximate);
}

#[test]
fn more_time_means_more_passes_and_samples_share_it() {
    let passes_in = |milliseconds, samples| {
        let choice = choose(Wells, &X).without_defaults().clock(clock).samples(samples).with(exact("only", 100));
        choice.budget(Duration::from_millis(milliseconds)).gradient().unwrap();
        passes("only")
    };
    // Prepared, at `x`, and at the neighbour.
    assert_eq!(passes_in(0, 15), 3);
    let (few, many) = (passes_in(5, 15), passes_in(500, 15));
    assert!((10..=60).contains(&few) && (1000..=6000).contains(&many), "{few}, {many}");
    // A single sample: that of calibration, of which each attempt doubles the passes.
    let single = passes_in(500, 1);
    assert!((500..=2000).contains(&single), "{single}");
}
