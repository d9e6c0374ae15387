//! Time that the thread spent on its core; what other programs do counts for little.

use cpu_time::ThreadTime;
use criterion::Throughput;
use criterion::measurement::{Measurement, ValueFormatter};
use std::time::Duration;

/// CPU time of the thread, as a measurement of criterion.
#[derive(Clone, Copy, Debug)]
pub struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_secs_f64() * 1e9
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        &Nanoseconds
    }
}

struct Nanoseconds;

impl Nanoseconds {
    fn scale(typical: f64) -> (f64, &'static str) {
        match typical {
            ..1e3 => (1.0, "ns"),
            1e3..1e6 => (1e-3, "µs"),
            _ => (1e-6, "ms"),
        }
    }
}

impl ValueFormatter for Nanoseconds {
    fn scale_values(&self, typical: f64, values: &mut [f64]) -> &'static str {
        let (factor, unit) = Self::scale(typical);
        for value in values {
            *value *= factor;
        }
        unit
    }

    fn scale_throughputs(&self, typical: f64, _: &Throughput, values: &mut [f64]) -> &'static str {
        self.scale_values(typical, values)
    }

    fn scale_for_machines(&self, _values: &mut [f64]) -> &'static str {
        "ns"
    }
}

/// Keeps this thread on the last core that it may run on.
pub fn pin() {
    let pinned =
        core_affinity::get_core_ids().and_then(|cores| cores.last().copied()).map(core_affinity::set_for_current);
    if pinned != Some(true) {
        eprintln!("the thread could not be pinned to a core; run under `taskset -c 1`");
    }
}
