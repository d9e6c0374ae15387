//! Runs this program under callgrind.

use std::error::Error;
use std::process::Command;

/// The only part of the program that is counted.
#[inline(never)]
pub(super) fn counted_region(path: &mut dyn FnMut()) {
    path();
}

/// The instructions of [`counted_region`] in a run of this program with the given arguments.
pub(super) fn count(arguments: &[&str]) -> Result<u64, Box<dyn Error>> {
    let file = std::env::temp_dir().join(format!("di-instructions-{}", std::process::id()));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*counted_region*"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(std::env::current_exe()?)
        .args(arguments)
        .output()
        .map_err(|error| format!("cannot run valgrind: {error}; install it by the system's package manager"))?;
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    let _ = std::fs::remove_file(&file);
    if !output.status.success() {
        return Err(format!("valgrind failed:\n{}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")));
    match total.and_then(|total| total.trim().parse().ok()) {
        Some(0) | None => Err("callgrind counted nothing".into()),
        Some(count) => Ok(count),
    }
}
