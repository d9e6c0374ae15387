//! Several parts of one piece of memory in one call, some of them written into: it is borrowed once, and cut.

use crate::form::{Argument, Call, RootId, Source, Stretch};
use crate::text::Texts;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The stretches of a call that are not borrowed by themselves, by their positions.
pub(crate) struct Split<'a> {
    texts: Texts<'a>,
    /// Those that are cut from their memory.
    cut: BTreeMap<RootId, Vec<(usize, &'a Stretch)>>,
    /// Those that are copied: they are only read, and may overlap.
    copied: BTreeMap<usize, &'a Stretch>,
}

impl<'a> Split<'a> {
    pub(crate) fn of(texts: Texts<'a>, call: &'a Call) -> Self {
        let mut cut = BTreeMap::<_, Vec<_>>::new();
        for (at, argument) in call.arguments.iter().enumerate() {
            if let Argument::Stretch(stretch) = argument {
                cut.entry(stretch.root).or_default().push((at, stretch));
            }
        }
        cut.retain(|_, parts| parts.len() > 1 && parts.iter().any(|(_, stretch)| stretch.mutable));
        let mut copied = BTreeMap::new();
        for parts in cut.values_mut() {
            if parts.iter().filter(|(_, stretch)| !stretch.mutable).count() > 1 {
                copied.extend(parts.iter().filter(|(_, stretch)| !stretch.mutable).copied());
                parts.retain(|(_, stretch)| stretch.mutable);
            }
        }
        Self { texts, cut, copied }
    }

    /// The positions of stretches that are cut, of which nothing is copied.
    pub(crate) fn cut(&self) -> BTreeSet<usize> {
        self.cut.values().flatten().map(|(at, _)| *at).collect()
    }

    /// The memory that is cut.
    pub(crate) fn roots(&self) -> BTreeSet<RootId> {
        self.cut.keys().copied().collect()
    }

    fn name(&self, kind: &str, at: usize, stretch: &Stretch) -> String {
        format!("{}{kind}_at{at}", self.texts.root(stretch.root))
    }

    /// The argument at a position, of the values (`""`) or of a shadow, if it is not borrowed by itself.
    pub(crate) fn argument(&self, kind: &str, at: usize, stretch: &Stretch) -> Option<String> {
        if self.cut().contains(&at) {
            return Some(self.name(kind, at, stretch));
        }
        let copied = self.copied.contains_key(&at);
        copied.then(|| format!("&{}{}", if stretch.mutable { "mut " } else { "" }, self.name(kind, at, stretch)))
    }

    /// Cuts and copies, before the call.
    pub(crate) fn before(&self, kind: &str, wanted: impl Fn(RootId) -> bool) -> String {
        let mut out = String::new();
        for (at, stretch) in self.copied.iter().filter(|(_, stretch)| wanted(stretch.root)) {
            let (name, place) = (self.texts.root(stretch.root), self.texts.stretch(stretch));
            let copy = self.name(kind, *at, stretch);
            let _ = writeln!(out, "let {copy} = storage::Buffer::copied(&{name}{kind}{place});");
        }
        out + &self.cuts(kind, wanted)
    }

    /// Cuts alone: what adds to adjoints of what is copied adds to memory of its own.
    pub(crate) fn cuts(&self, kind: &str, wanted: impl Fn(RootId) -> bool) -> String {
        let mut out = String::new();
        for (root, parts) in self.cut.iter().filter(|(root, _)| wanted(**root)) {
            let names: Vec<_> = parts.iter().map(|(at, stretch)| self.name(kind, *at, stretch)).collect();
            let ends: Vec<_> = parts.iter().map(|(_, stretch)| self.ends(stretch)).collect();
            let whole = match &self.texts.function.roots[*root].source {
                Source::Array(dimensions) if dimensions.len() > 1 => {
                    ".as_flattened_mut()".repeat(dimensions.len() - 1) + "[..]"
                }
                _ => "[..]".into(),
            };
            let _ = writeln!(
                out,
                "let [{}] = storage::disjoint(&mut {}{kind}{whole}, [{}]);",
                names.join(", "),
                self.texts.root(*root),
                ends.join(", ")
            );
        }
        out
    }

    /// Where a stretch begins in its memory without nesting, and its length.
    fn ends(&self, stretch: &Stretch) -> String {
        let mut start = String::new();
        if let Source::Array(dimensions) = &self.texts.function.roots[stretch.root].source {
            for (index, dimension) in stretch.outer.iter().zip(&dimensions[1..]) {
                start = format!("({start}{}) * ({dimension}) + ", self.texts.index(index));
            }
        }
        format!("({start}{}, {})", self.texts.index(&stretch.offset), self.texts.name(stretch.len))
    }
}
