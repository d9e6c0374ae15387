//! Results made up for the tests.

use di_test::{Figures, Measurement, Preparation, Record, Results, Time};

/// A name that is data and must stay data, whatever it is written into.
pub(crate) const HOSTILE: &str = "a<b>&\"c\" 'd', </script><script>throw 1</script>\nline two";

/// The engines, each with how its ratio grows.
const ENGINES: [&str; 7] =
    ["num-dual", "tape", "mixed", "enzyme-style", "forward-over-reverse", "finite-diff", "finite-diff-forward"];

/// A function, its outputs, and the sizes at which it is measured.
const FUNCTIONS: [(&str, bool, &[usize]); 6] = [
    ("Rosenbrock", false, &[10, 100, 1000]),
    ("perceptron", false, &[193, 12_545]),
    ("Gaussian mixture", false, &[20, 660]),
    ("Brusselator", true, &[128, 2048]),
    ("upwind", true, &[50, 401]),
    (HOSTILE, true, &[3, 30]),
];

/// Times around a median.
pub(crate) fn time(median: f64) -> Time {
    Time { median, fastest: median * 0.98, upper_quartile: median * 1.01 }
}

/// Figures of an evaluation that takes `ratio` times as long as a plain function of so many inputs.
pub(crate) fn figures(inputs: usize, ratio: f64) -> Figures {
    let plain = 3.7 * f64::from(u32::try_from(inputs).expect("small")) + 11.3;
    let median = plain * ratio;
    Figures {
        time: time(median),
        plain: time(plain),
        ratio: median / plain,
        by_hand: None,
        ratio_to_hand: None,
        calls: 1 + inputs / 8,
        allocations: 0,
        bytes: 0,
        preparation: Preparation { time: time(median * 1.7 + 90.0), calls: 1, allocations: 3, bytes: 24 * inputs },
        unprepared: Some(time(median * 2.9)),
        pays_after: Some(2.0),
        error: 1.7e-16,
    }
}

/// A record that was measured.
pub(crate) fn record(engine: &str, operator: &str, problem: &str, inputs: usize, ratio: f64) -> Record {
    Record {
        engine: engine.into(),
        operator: operator.into(),
        problem: problem.into(),
        inputs,
        outputs: 1,
        batch: 1,
        method: format!("value_and_{operator}_into"),
        outcome: Measurement::Figures(figures(inputs, ratio)),
    }
}

/// Results of a full run.
pub(crate) fn complete(records: Vec<Record>) -> Results {
    let mut results = Results::new(false);
    results.complete = true;
    results.records = records;
    results
}

/// As many records as a benchmark of everything writes.
pub(crate) fn everything() -> Results {
    let mut records = Vec::new();
    for (number, engine) in (1_u32..).zip(ENGINES) {
        let slowness = f64::from(number) * 1.3;
        records.push(record(engine, "derivative", "oscillation", 1, slowness));
        for (function, is_vector, sizes) in FUNCTIONS {
            let operators: &[&str] =
                if is_vector { &["pushforward", "pullback", "jacobian"] } else { &["gradient", "hvp", "hessian"] };
            for (operator, &inputs) in operators.iter().flat_map(|operator| sizes.iter().map(move |n| (operator, n))) {
                records.push(measured(engine, operator, function, inputs, slowness));
            }
        }
        for (problem, inputs) in [("upwind", 401), ("Brusselator", 2048)] {
            for batch in [2, 4, 8, 16, 32_u32] {
                let mut record = record(engine, "pushforward", problem, inputs, slowness * f64::from(batch).powf(0.6));
                record.batch = batch as usize;
                records.push(record);
            }
        }
        for (problem, inputs) in [("Brusselator grid", 128), ("Brusselator grid", 2048), ("upwind ring", 401)] {
            records.push(record(engine, "sparse_jacobian", problem, inputs, slowness * 7.0));
        }
    }
    let last = records.last_mut().expect("there are some");
    last.outcome = Measurement::Wrong("2.0e0 of the largest entry away, more than 1e-9: <b>&".into());
    complete(records)
}

fn measured(engine: &str, operator: &str, function: &str, inputs: usize, slowness: f64) -> Record {
    let size = f64::from(u32::try_from(inputs).expect("small"));
    let is_large = matches!(operator, "hessian" | "jacobian");
    let ratio = if is_large || engine.starts_with("finite") { slowness * size.powf(0.9) } else { slowness };
    let mut record = record(engine, operator, function, inputs, ratio);
    if is_large && inputs > 1000 {
        let entries = inputs * inputs;
        record.outcome = Measurement::Skipped(format!("a dense matrix of {entries} entries is too large"));
    } else if let Measurement::Figures(figures) = &mut record.outcome {
        if matches!(operator, "gradient" | "pullback") {
            let by_hand = time(figures.plain.median * 2.1);
            figures.by_hand = Some(by_hand);
            figures.ratio_to_hand = Some(figures.time.median / by_hand.median);
        }
        figures.pays_after = engine.contains('d').then_some(slowness.ceil());
    }
    record
}
