//! Writes before which the old content must be saved.

use super::{Plan, is_injective};
use crate::form::{Argument, Block, BlockId, Fill, Function, Place, RootId, Stmt};
use crate::when::When;

impl Plan {
    /// Finds them, in the order of statements.
    pub(super) fn overwrites(&mut self, function: &Function, block: &Block) {
        for (at, stmt) in block.stmts.iter().enumerate() {
            self.clock += 1;
            match stmt {
                Stmt::Store { place, .. } => self.overwrite(function, place.root, Some(place), (block.id, at, 0)),
                Stmt::Begin { root, fill, .. } if !matches!(fill, Fill::Unspecified) => {
                    self.overwrite(function, *root, None, (block.id, at, 0));
                }
                Stmt::Call(call) => {
                    for (i, argument) in call.arguments.iter().enumerate() {
                        if let Argument::Stretch(stretch) = argument
                            && stretch.mutable
                        {
                            self.overwrite(function, stretch.root, None, (block.id, at, i));
                        }
                    }
                }
                Stmt::If { then, otherwise, .. } => {
                    self.overwrites(function, then);
                    self.overwrites(function, otherwise);
                }
                Stmt::Loop(inner) => self.overwrites(function, &inner.body),
                _ => {}
            }
        }
        self.clock += 1;
    }

    fn overwrite(&mut self, function: &Function, root: RootId, place: Option<&Place>, key: (BlockId, usize, usize)) {
        let when = self.conflicts(function, root, place, key.0, self.clock);
        if when.possible() {
            self.overwritten.insert(key, when);
        }
    }

    /// When the reverse sweep reads what a write at this time does away with. A call's own reverse sees what it has written.
    fn conflicts(&self, function: &Function, root: RootId, place: Option<&Place>, block: BlockId, now: usize) -> When {
        let mut when = When::Never;
        for reading in self.readings.iter().filter(|reading| reading.root == root) {
            let shared: Vec<_> = self
                .variables
                .iter()
                .filter(|(body, _)| self.joined != Some(**body))
                .filter(|(body, _)| function.is_within(block, **body) && function.is_within(reading.block, **body))
                .collect();
            let again = match &shared[..] {
                [] => false,
                [(body, Some(variable))] => {
                    let same = place.is_some() && place == reading.place.as_ref();
                    !(same && place.is_some_and(|place| is_injective(function, place, **body, *variable)))
                }
                _ => true,
            };
            if reading.time < now || again {
                when.join(&reading.when);
            }
        }
        when
    }

    /// When a write has its old content saved.
    pub(crate) fn saves_content(&self, block: BlockId, at: usize, argument: usize) -> When {
        self.overwritten.get(&(block, at, argument)).cloned().unwrap_or_default()
    }
}
