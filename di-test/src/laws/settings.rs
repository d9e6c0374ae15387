//! How many random cases, and which.

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::env;
use std::fmt;
use std::str::FromStr;

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
    /// As `DI_LAWS_CASES` and `DI_LAWS_SEED` say; without them always the same cases. What they say must be numbers, and there
    /// must be cases.
    pub(super) fn of_environment() -> Result<Self, String> {
        fn number<N: FromStr>(name: &str, default: N) -> Result<N, String> {
            env::var(name)
                .map_or(Ok(default), |text| text.parse().map_err(|_| format!("{name} is `{text}`, not a number")))
        }
        match number("DI_LAWS_CASES", CASES)? {
            0 => Err("DI_LAWS_CASES is 0: no case would be tried".into()),
            cases => Ok(Self { cases, seed: number("DI_LAWS_SEED", 0)? }),
        }
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
