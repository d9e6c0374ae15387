//! Calls of functions that have derivative code.

use super::{Function, Id, Index, RootId};
use crate::pack::Pack;
use crate::when::When;

/// A stretch of a root that a called function takes.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    pub(crate) root: RootId,
    pub(crate) outer: Vec<Index>,
    pub(crate) offset: Index,
    pub(crate) len: Id,
    pub(crate) mutable: bool,
}

impl Stretch {
    /// Whether this is known to end where the other begins, or before: it begins at 0, and its length is where the other
    /// begins.
    pub(crate) fn ends_before(&self, other: &Self, function: &Function) -> bool {
        let number = |id: Id| function.values[id].name.parse::<i64>().ok();
        let is_flat = self.outer.is_empty() && other.outer.is_empty();
        if !is_flat || !self.offset.terms.is_empty() {
            return false;
        }
        match number(self.len) {
            Some(len) => other.offset.terms.is_empty() && self.offset.constant + len <= other.offset.constant,
            None => self.offset.constant <= other.offset.constant && other.offset.terms == [self.len],
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Argument {
    /// Numbers by value.
    Active(Pack),
    Plain(Id),
    Stretch(Stretch),
}

#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Path or receiver before the name, with its `::` or `.`.
    pub(crate) prefix: String,
    pub(crate) name: String,
    pub(crate) arguments: Vec<Argument>,
    /// What it returns, if that is numbers.
    pub(crate) returned: Option<Pack>,
}

impl Call {
    fn is_method(&self) -> bool {
        let owner = self.prefix.trim_end_matches("::").rsplit("::").next().unwrap_or_default();
        self.prefix.ends_with('.') || owner.starts_with(char::is_uppercase) || owner.ends_with('>')
    }

    /// The path of a companion, such as `tangent`.
    pub(crate) fn companion(&self, which: &str) -> String {
        let Self { prefix, name, .. } = self;
        let plain = name.trim_start_matches("r#");
        if self.is_method() { format!("{prefix}__{which}_{plain}") } else { format!("{prefix}{name}::__{which}") }
    }

    /// The path of a constant that stands beside the companions.
    fn constant(&self, which: &str) -> String {
        let Self { prefix, name, .. } = self;
        let prefix = if prefix.ends_with('.') { "Self::" } else { prefix };
        let plain = name.trim_start_matches("r#");
        if self.is_method() { format!("{prefix}__{which}_{plain}") } else { format!("{prefix}{name}::__{which}") }
    }

    /// When the reverse of the function looks at what is in a slice: the argument at this place.
    pub(crate) fn reads(&self, at: usize) -> When {
        When::constant(format!("{}[{at}]", self.constant("READS")))
    }

    /// When the tangent of the function looks at what is in a slice: the argument at this place.
    pub(crate) fn loads(&self, at: usize) -> When {
        When::constant(format!("{}[{at}]", self.constant("LOADS")))
    }

    /// When the function saves something for its reverse.
    pub(crate) fn saves(&self) -> When {
        When::constant(self.constant("SAVES"))
    }

    /// The constant that tells whether the function writes into the same entries at each point.
    pub(crate) fn steady(&self) -> String {
        self.constant("STEADY")
    }

    /// Whether it takes numbers and passive data alone: its adjoint then does without a forward sweep before it.
    pub(crate) fn is_of_numbers(&self) -> bool {
        !self.arguments.iter().any(|argument| matches!(argument, Argument::Stretch(_)))
    }

    /// The scalars that it is called with.
    pub(crate) fn uses(&self) -> Vec<Id> {
        let mut uses = Vec::new();
        for argument in &self.arguments {
            match argument {
                Argument::Active(pack) => uses.extend(pack.flat()),
                Argument::Plain(id) => uses.push(*id),
                Argument::Stretch(stretch) => {
                    uses.extend(stretch.outer.iter().chain([&stretch.offset]).flat_map(|index| &index.terms));
                    uses.push(stretch.len);
                }
            }
        }
        uses
    }

    pub(crate) fn results(&self) -> Vec<Id> {
        self.returned.iter().flat_map(Pack::flat).collect()
    }
}
