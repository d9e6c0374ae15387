//! How many random cases, and which.

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::env;
use std::fmt;

/// Cases of each law, unless `DI_LAWS_CASES` says otherwise.
const CASES: u32 = 24;

/// The most steps on the way to the smallest case that fails.
const SHRINKS: u32 = 4096;

/// Number and choice of the cases of each law.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    cases: u32,
    seed: u64,
}

impl Settings {
    /// As `DI_LAWS_CASES` and `DI_LAWS_SEED` say; without them always the same cases.
    pub(super) fn of_environment() -> Self {
        let number = |name: &str| env::var(name).ok().and_then(|text| text.parse().ok());
        let cases = number("DI_LAWS_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(CASES);
        Self { cases, seed: number("DI_LAWS_SEED").unwrap_or(0) }
    }

    /// What draws the cases of a law, others for each.
    pub(super) fn runner(&self, law: &str) -> TestRunner {
        let config =
            Config { cases: self.cases, failure_persistence: None, max_shrink_iters: SHRINKS, ..Config::default() };
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_le_bytes());
        for (i, byte) in law.bytes().enumerate() {
            let place = &mut seed[8 + i % 24];
            *place = place.rotate_left(3) ^ byte;
        }
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
    }
}

/// How to see the same cases again.
impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "again by DI_LAWS_SEED={} DI_LAWS_CASES={}", self.seed, self.cases)
    }
}
