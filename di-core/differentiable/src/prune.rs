//! Leaves out what nobody reads, and second names.

use std::collections::{BTreeMap, BTreeSet};

/// Code without second names for a scalar and without scalars that nobody reads.
pub(crate) fn tidy(code: &str) -> String {
    pruned(&renamed(code))
}

/// The code with one name for scalars that are others: names that are defined once and never change.
fn renamed(code: &str) -> String {
    let mut definitions = BTreeMap::<&str, usize>::new();
    let mut changing = BTreeSet::new();
    for line in code.lines() {
        let names: Vec<_> = match line.trim().strip_prefix("let ") {
            // What stands before the sign is a pattern, and may have a type.
            Some(rest) => words(rest.split(" = ").next().unwrap_or_default()).collect(),
            None => vec![],
        };
        names.iter().for_each(|name| *definitions.entry(name).or_default() += 1);
        if names.first() == Some(&"mut") {
            changing.extend(names);
        } else if names.is_empty()
            && let Some((target, _)) = [" = ", " += ", " -= "].iter().find_map(|sign| line.split_once(sign))
        {
            changing.extend(words(target));
        }
        // Variables of loops and closures come and go.
        if line.contains("for ") || line.contains('|') {
            changing.extend(words(line.split(" in ").next().unwrap_or_default()));
        }
    }
    let constant = |name: &str| !changing.contains(name) && definitions.get(name).copied().unwrap_or(0) <= 1;
    let mut names = BTreeMap::<&str, &str>::new();
    let mut lines = Vec::new();
    for line in code.lines() {
        match second_name(line).filter(|(name, of)| constant(name) && constant(of)) {
            Some((name, of)) => drop(names.insert(name, names.get(of).copied().unwrap_or(of))),
            None => lines.push(line),
        }
    }
    let mut out = String::new();
    for line in lines {
        let mut rest = line;
        while let Some(word) = words(rest).next() {
            let at = rest.find(word).unwrap_or(0);
            out += &rest[..at];
            // A field of the same name is another thing.
            let is_field = rest[..at].ends_with('.') && !rest[..at].ends_with("..");
            out += if is_field { word } else { names.get(word).unwrap_or(&word) };
            rest = &rest[at + word.len()..];
        }
        out += rest;
        out.push('\n');
    }
    out
}

/// `let name = of;`, for the name of a scalar.
fn second_name(line: &str) -> Option<(&str, &str)> {
    let (name, of) = line.trim().strip_prefix("let ")?.strip_suffix(';')?.split_once(" = ")?;
    let is_name = |text: &str| text.starts_with(|c: char| c.is_alphabetic()) && words(text).next() == Some(text);
    (is_name(name) && is_name(of) && !["true", "false"].contains(&of)).then_some((name, of))
}

/// The lines without those that compute a scalar which no other line mentions.
pub(crate) fn pruned(code: &str) -> String {
    let mut lines: Vec<&str> = code.lines().collect();
    loop {
        let mut counts = BTreeMap::<&str, usize>::new();
        for line in &lines {
            let own = added(line);
            words(line).filter(|word| Some(*word) != own).for_each(|word| *counts.entry(word).or_default() += 1);
        }
        let defined_here: BTreeSet<_> = lines.iter().filter_map(|line| defined(line)).collect();
        let unread = |name: &str| counts.get(name) == Some(&1);
        let is_dead = |line: &&str| match (defined(line), added(line)) {
            (Some(name), _) => unread(name),
            // What is defined elsewhere is read there.
            (None, Some(name)) => unread(name) && defined_here.contains(name),
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

/// The scalar that a line defines and does nothing else; what is taken from the stack is taken.
fn defined(line: &str) -> Option<&str> {
    if mentions(line, "stack") {
        return None;
    }
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
    use super::{pruned, tidy};

    #[test]
    fn second_names_are_left_out() {
        let code = "let a = x;\nlet mut s = a;\ns += a;\nlet b = s;\nlet c = self.a + a;\ny[0] = c + b;\n";
        let tidied = "let mut s = x;\ns += x;\nlet b = s;\nlet c = self.a + x;\ny[0] = c + b;\n";
        assert_eq!(tidy(code), tidied);
    }

    #[test]
    fn chains_that_end_nowhere_are_left_out() {
        let code = "let a = x[0];\nlet b = a * 2.0;\nlet mut c = b;\nc += a;\nlet d = y[0];\nz[0] += d;\nouter += d;\n";
        assert_eq!(pruned(code), "let d = y[0];\nz[0] += d;\nouter += d;\n");
    }
}
