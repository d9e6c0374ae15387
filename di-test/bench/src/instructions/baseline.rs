//! Counts that are kept in the repository.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::process::Command;

/// The part by which a count may grow.
const TOLERANCE: f64 = 0.05;

/// Counts by name, and the compiler that they belong to.
#[derive(Debug, Default)]
pub(super) struct Baseline {
    compiler: String,
    counts: Vec<(String, u64)>,
}

/// This compiler and target.
pub(super) fn compiler() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().ok().map(|output| output.stdout).unwrap_or_default();
    let version = String::from_utf8_lossy(&version);
    let release = version.split_whitespace().nth(1).unwrap_or("unknown").to_string();
    let target = if cfg!(target_feature = "avx2") { "with AVX2" } else { "baseline" };
    format!("rustc {release}; {}; {target}", std::env::consts::ARCH)
}

impl Baseline {
    /// Reads what [`write`](Self::write) has written.
    pub(super) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("`{}`: {error}", path.display()))?;
        let mut lines = text.lines();
        let compiler = lines.next().unwrap_or_default().trim_start_matches("# ").to_string();
        let mut counts = Vec::new();
        for line in lines.skip(1) {
            let (name, count) = line.rsplit_once(',').ok_or_else(|| format!("`{line}` is not a name and a count"))?;
            counts.push((name.into(), count.parse()?));
        }
        Ok(Self { compiler, counts })
    }

    pub(super) fn write(&mut self, path: &Path) -> Result<(), Box<dyn Error>> {
        self.compiler = compiler();
        let rows: Vec<String> = self.counts.iter().map(|(name, count)| format!("{name},{count}")).collect();
        Ok(std::fs::write(path, format!("# {}\nhot path,instructions\n{}\n", self.compiler, rows.join("\n")))?)
    }

    pub(super) fn compiler(&self) -> &str {
        &self.compiler
    }

    pub(super) fn get(&self, name: &str) -> Option<u64> {
        self.counts.iter().find(|(known, _)| known == name).map(|&(_, count)| count)
    }

    pub(super) fn set(&mut self, name: &str, count: u64) {
        match self.counts.iter_mut().find(|(known, _)| known == name) {
            Some(row) => row.1 = count,
            None => self.counts.push((name.into(), count)),
        }
    }
}

/// What became of a count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Change {
    /// There is no earlier one.
    New,
    /// Within the tolerance.
    Same(f64),
    /// Fewer than before.
    Better(f64),
    /// More than before.
    Worse(f64),
}

impl Change {
    #[expect(clippy::cast_precision_loss, reason = "a part of a count")]
    pub(super) fn of(before: Option<u64>, now: u64) -> Self {
        let Some(before) = before else { return Self::New };
        let part = now as f64 / before.max(1) as f64 - 1.0;
        if part > TOLERANCE {
            Self::Worse(part)
        } else if part < -TOLERANCE {
            Self::Better(part)
        } else {
            Self::Same(part)
        }
    }

    /// Whether it must be looked at: a path that nothing is known of, too.
    pub(super) fn is_worse(self) -> bool {
        matches!(self, Self::Worse(_) | Self::New)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("new: `--save` keeps it"),
            Self::Same(part) => write!(f, "{:+.1} %", part * 100.0),
            Self::Better(part) => write!(f, "{:+.1} %, fewer: `--save` keeps it", part * 100.0),
            Self::Worse(part) => write!(f, "{:+.1} %, MORE than {:.0} % more", part * 100.0, TOLERANCE * 100.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Change};

    #[test]
    fn five_percent_are_allowed() {
        assert!(matches!(Change::of(Some(1000), 1050), Change::Same(_)));
        assert!(Change::of(Some(1000), 1051).is_worse());
        assert!(matches!(Change::of(Some(1000), 949), Change::Better(_)));
        assert_eq!(Change::of(None, 1), Change::New);
        assert!(Change::New.is_worse() && !Change::of(Some(1000), 949).is_worse());
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let path = std::env::temp_dir().join(format!("di-baseline-{}", std::process::id()));
        let mut baseline = Baseline::default();
        baseline.set("a, b", 3);
        baseline.set("c", 4);
        baseline.set("c", 5);
        baseline.write(&path).expect("it can be written");
        let read = Baseline::read(&path).expect("it can be read");
        std::fs::remove_file(&path).expect("it is there");
        assert_eq!((read.get("a, b"), read.get("c"), read.get("d")), (Some(3), Some(5), None));
        assert_eq!(read.compiler(), baseline.compiler());
    }
}
