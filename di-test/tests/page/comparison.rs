//! What a comparison finds, and what it leaves out.

use crate::samples::{HOSTILE, complete, everything, record};
use di_test::{Change, Comparison, Exact, Figures, Measurement, Record, Results, Speed, compare};

/// Compares results with the same ones after something was done to the first record.
fn after(edit: impl FnOnce(&mut Record)) -> Comparison {
    let before = complete(vec![record("tape", "gradient", "f", 10, 2.0), record("mixed", "hvp", "g", 7, 3.0)]);
    let mut after = before.clone();
    edit(&mut after.records[0]);
    compare(&before, &after)
}

fn figures(record: &mut Record) -> &mut Figures {
    match &mut record.outcome {
        Measurement::Figures(figures) => figures,
        outcome => panic!("{outcome:?}"),
    }
}

/// Makes evaluations take so much longer.
fn slow(record: &mut Record, factor: f64) {
    let time = &mut figures(record).time;
    for sample in [&mut time.median, &mut time.fastest, &mut time.upper_quartile] {
        *sample *= factor;
    }
}

#[test]
fn a_run_equals_itself() {
    let results = everything();
    let comparison = compare(&results, &results);
    assert!(!comparison.is_worse() && comparison.warnings.is_empty());
    assert!(comparison.differences.iter().all(|difference| difference.change.is_none()));
    let count = results.records.len();
    assert_eq!(comparison.to_string(), format!("0 slower, 0 faster, {count} without a change beyond noise\n"));
}

#[test]
fn only_changes_beyond_noise_count() {
    // Each of four times spreads by ln(1.01 / 0.98) = 0.030, together 0.060.
    for (factor, speed) in
        [(1.05, Speed::Unchanged), (0.95, Speed::Unchanged), (1.07, Speed::Slower), (0.93, Speed::Faster)]
    {
        let comparison = after(|record| slow(record, factor));
        assert_eq!(comparison.differences[0].change.speed(), Some(speed), "{factor}");
        assert_eq!(comparison.is_worse(), speed == Speed::Slower);
        assert_eq!(comparison.differences[1].change.speed(), Some(Speed::Unchanged));
    }
}

#[test]
fn noise_grows_with_the_spread_of_either_time_and_has_a_floor() {
    let noisy = after(|record| {
        slow(record, 1.3);
        figures(record).plain.upper_quartile *= 1.5;
    });
    assert_eq!(noisy.differences[0].change.speed(), Some(Speed::Unchanged));
    let calm = |factor: f64| {
        let mut before = complete(vec![record("tape", "gradient", "f", 10, 2.0)]);
        let figures = figures(&mut before.records[0]);
        for time in [&mut figures.time, &mut figures.plain] {
            (time.fastest, time.upper_quartile) = (time.median, time.median);
        }
        let mut after = before.clone();
        slow(&mut after.records[0], factor);
        compare(&before, &after).differences[0].change.speed()
    };
    assert_eq!(calm(1.04), Some(Speed::Unchanged));
    assert_eq!(calm(1.06), Some(Speed::Slower));
}

#[test]
fn a_slower_machine_is_no_change() {
    let comparison = after(|record| {
        slow(record, 2.0);
        let plain = &mut figures(record).plain;
        *plain = di_test::Time {
            median: plain.median * 2.0,
            fastest: plain.fastest * 2.0,
            upper_quartile: plain.upper_quartile * 2.0,
        };
    });
    assert_eq!(comparison.differences[0].change.speed(), Some(Speed::Unchanged));
}

#[test]
fn exact_figures_have_no_noise() {
    let comparison = after(|record| {
        figures(record).allocations = 1;
        figures(record).preparation.bytes += 1;
    });
    let Change::Measured { exact, .. } = &comparison.differences[0].change else { panic!("it was measured") };
    let expected = [
        Exact { name: "allocations", before: 0, after: 1 },
        Exact { name: "bytes of preparing", before: 240, after: 241 },
    ];
    assert_eq!(exact[..], expected);
    assert!(
        !comparison.is_worse() && comparison.to_string().contains("allocations 0 → 1, bytes of preparing 240 → 241")
    );
}

#[test]
fn records_that_come_and_go_are_told() {
    let wrong = after(|record| record.outcome = Measurement::Wrong("far\noff".into()));
    assert_eq!(wrong.differences[0].change, Change::BecameWrong("far\noff".into()));
    assert!(wrong.is_worse() && wrong.to_string().contains("WRONG: far\\noff"));

    let skipped = after(|record| record.outcome = Measurement::Skipped("too long".into()));
    assert!(skipped.is_worse() && skipped.to_string().contains("skipped: too long"));

    let other = after(|record| record.problem = HOSTILE.into());
    assert_eq!(other.differences[0].change, Change::Appeared);
    assert_eq!(other.differences[2].change, Change::Vanished);
    assert_eq!(other.differences[2].record.problem, "f");
    assert!(other.is_worse());
    // A table has a line for each: headings, what appeared, what vanished, the count.
    assert_eq!(other.to_string().lines().count(), 4);

    let before = complete(vec![record("tape", "gradient", "f", 10, 2.0)]);
    let mut more = before.clone();
    more.records.push(record("tape", "gradient", "f", 11, 2.0));
    assert!(!compare(&before, &more).is_worse() && compare(&more, &before).is_worse());

    let mut unmeasured = before.clone();
    unmeasured.records[0].outcome = Measurement::Wrong("off".into());
    let better = compare(&unmeasured, &before);
    assert_eq!(better.differences[0].change, Change::BecameMeasured);
    assert!(!better.is_worse());
    assert_eq!(compare(&unmeasured, &unmeasured).differences[0].change, Change::Alike);
}

#[test]
fn what_is_worst_comes_first() {
    let before = complete(["a", "b", "c", "d"].map(|name| record("tape", "gradient", name, 10, 2.0)).to_vec());
    let mut after = before.clone();
    slow(&mut after.records[0], 0.5);
    slow(&mut after.records[1], 1.5);
    slow(&mut after.records[2], 3.0);
    after.records[3].outcome = Measurement::Wrong("off".into());
    let text = compare(&before, &after).to_string();
    let place = |name: &str| text.find(&format!("  {name}, n = 10")).expect(name);
    assert!(place("d") < place("c") && place("c") < place("b") && place("b") < place("a"), "{text}");
    assert!(
        text.contains("× 3.00") && text.ends_with("2 slower, 1 faster, 0 without a change beyond noise\n"),
        "{text}"
    );
}

#[test]
fn quick_runs_are_not_compared_by_time() {
    let before = everything();
    let mut after = before.clone();
    after.quick = true;
    for record in after.records.iter_mut().filter(|record| record.figures().is_some()) {
        slow(record, 5.0);
    }
    let comparison = compare(&before, &after);
    assert!(!comparison.is_worse());
    assert!(comparison.differences.iter().all(|difference| difference.change.speed().is_none()));
    assert!(comparison.warnings[0].contains("quick"));
}

#[test]
fn other_machines_and_runs_are_warned_about() {
    let before = complete(Vec::new());
    let mut after = Results::new(false);
    after.machine.target = "another".into();
    after.machine.cores += 1;
    after.version = "another".into();
    let text = compare(&before, &after).to_string();
    for what in ["second run is incomplete", "vector instructions differ", "numbers of cores differ", "versions differ"]
    {
        assert!(text.contains(&format!("warning: the {what}")), "{text}");
    }
}

#[test]
fn times_that_are_no_numbers_are_not_compared() {
    let comparison = after(|record| figures(record).plain.fastest = 0.0);
    assert_eq!(comparison.differences[0].change.speed(), None);
    assert!(!comparison.is_worse() && comparison.to_string().contains("of 1 the times could not be compared"));
}
