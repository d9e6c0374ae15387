//! Whether a tangent looks at what is in memory: where it does not, values need not be written unless they are wanted.

use crate::form::{Argument, Block, Call, Function, Op, RootId, Source, Stmt};
use crate::when::When;
use std::collections::BTreeMap;

/// The constant of written code that tells whether values of outputs are wanted beside the tangents.
pub(crate) const VALUES: &str = "__VALUES";

/// When each root is looked at.
#[derive(Debug, Default)]
pub(crate) struct Looks(BTreeMap<RootId, When>);

impl Looks {
    pub(crate) fn of(function: &Function) -> Self {
        let mut looks = Self::default();
        looks.block(function, &function.body);
        looks
    }

    fn block(&mut self, function: &Function, block: &Block) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let(id) => {
                    if let Op::Load(place) = &function.values[*id].op {
                        self.root(place.root, &When::Always);
                    }
                }
                Stmt::Call(call) => {
                    for (at, argument) in call.arguments.iter().enumerate() {
                        if let Argument::Stretch(stretch) = argument {
                            self.root(stretch.root, &call.loads(at));
                        }
                    }
                }
                Stmt::If { then, otherwise, .. } => {
                    self.block(function, then);
                    self.block(function, otherwise);
                }
                Stmt::Loop(inner) => self.block(function, &inner.body),
                Stmt::Store { .. } | Stmt::Begin { .. } | Stmt::Assert { .. } => {}
            }
        }
    }

    fn root(&mut self, root: RootId, when: &When) {
        self.0.entry(root).or_default().join(when);
    }

    /// When the function looks at what is in a root.
    pub(crate) fn at(&self, root: RootId) -> When {
        self.0.get(&root).cloned().unwrap_or_default()
    }

    /// When values that are written into a root are wanted by somebody.
    pub(crate) fn wanted(&self, function: &Function, root: RootId) -> When {
        match function.roots[root].source {
            Source::Output if function.roots[root].ty.is_active() => When::constant(VALUES.into()).or(&self.at(root)),
            _ => When::Always,
        }
    }

    /// When a function that is called has to write values.
    pub(crate) fn wanted_of(&self, function: &Function, call: &Call) -> When {
        let written = call.arguments.iter().filter_map(|argument| match argument {
            Argument::Stretch(stretch) if stretch.mutable => Some(self.wanted(function, stretch.root)),
            _ => None,
        });
        written.fold(When::Never, |when, other| when.or(&other))
    }
}
