//! Leaves out what nobody reads, of straight code.

use std::collections::BTreeMap;

/// The lines without those that compute a scalar which no other line mentions.
pub(crate) fn pruned(code: &str) -> String {
    let mut lines: Vec<&str> = code.lines().collect();
    loop {
        let mut counts = BTreeMap::<&str, usize>::new();
        for line in &lines {
            let own = added(line);
            words(line).filter(|word| Some(*word) != own).for_each(|word| *counts.entry(word).or_default() += 1);
        }
        let unread = |name: &str| counts.get(name) == Some(&1);
        let is_dead = |line: &&str| match (defined(line), added(line)) {
            (Some(name), _) => unread(name),
            // What is defined elsewhere is read there.
            (None, Some(name)) => unread(name) && lines.iter().any(|line| defined(line) == Some(name)),
            (None, None) => false,
        };
        let kept: Vec<_> = lines.iter().filter(|line| !is_dead(line)).copied().collect();
        if kept.len() == lines.len() {
            break;
        }
        lines = kept;
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The scalar that a line defines and does nothing else.
fn defined(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("let ")?;
    let rest = rest.strip_prefix("mut ").unwrap_or(rest);
    let name = words(rest).next()?;
    let simple = line.ends_with(';') && rest[name.len()..].trim_start().starts_with(['=', ':']);
    (simple && rest.starts_with(name)).then_some(name)
}

/// The scalar of this code that a line adds to.
fn added(line: &str) -> Option<&str> {
    let line = line.trim();
    let name = words(line).next().filter(|name| line.starts_with(name))?;
    let rest = line[name.len()..].trim_start();
    (line.ends_with(';') && (rest.starts_with("+= ") || rest.starts_with("-= "))).then_some(name)
}

/// Whether code mentions a name.
pub(crate) fn mentions(code: &str, name: &str) -> bool {
    words(code).any(|word| word == name)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::pruned;

    #[test]
    fn chains_that_end_nowhere_are_left_out() {
        let code = "let a = x[0];\nlet b = a * 2.0;\nlet mut c = b;\nc += a;\nlet d = y[0];\nz[0] += d;\nouter += d;\n";
        assert_eq!(pruned(code), "let d = y[0];\nz[0] += d;\nouter += d;\n");
    }
}
