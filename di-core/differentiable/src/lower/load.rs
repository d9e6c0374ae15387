//! What an entry of memory holds where it is read, as far as the statements before tell.

use super::Lower;
use crate::form::{Argument, Fill, Function, Id, Index, Op, Place, Stmt, Store};

/// What a statement tells about an entry.
enum Told {
    /// It holds this scalar.
    Holds(Id),
    /// It is another one that the statement is about.
    Nothing,
    /// It may have been written into.
    Changed,
}

impl Lower {
    /// Reads an entry; what was written there before, or read, is taken as it is if nothing was written since.
    pub(crate) fn load(&mut self, place: Place) -> Id {
        if let Some(id) = self.content(&place) {
            return id;
        }
        let ty = self.function.roots[place.root].ty.clone();
        self.define("t", ty, Op::Load(place))
    }

    fn content(&self, place: &Place) -> Option<Id> {
        for block in self.open.iter().rev() {
            for stmt in block.stmts.iter().rev() {
                match self.tells(stmt, place) {
                    Told::Holds(id) => return Some(id),
                    Told::Nothing => {}
                    Told::Changed => return None,
                }
            }
            // What a loop writes later is there in the next iteration.
            if self.loops.contains(&block.id) || !self.function.roots[place.root].ty.is_active() {
                return None;
            }
        }
        None
    }

    fn tells(&self, stmt: &Stmt, place: &Place) -> Told {
        let changed = |root| if root == place.root { Told::Changed } else { Told::Nothing };
        match stmt {
            Stmt::Let(id) => match &self.function.values[*id].op {
                Op::Load(held) if held == place => Told::Holds(*id),
                _ => Told::Nothing,
            },
            Stmt::Store { place: held, kind: Store::Set, value } if held == place => Told::Holds(*value),
            Stmt::Store { place: held, .. } if is_another(held, place) => Told::Nothing,
            Stmt::Store { place: held, .. } => changed(held.root),
            // Passive data may be written into by what is not looked at.
            _ if !self.function.roots[place.root].ty.is_active() => Told::Changed,
            Stmt::Begin { root, fill, .. } if *root == place.root => match (fill, &place.indices[..]) {
                (Fill::Repeat(id), _) => Told::Holds(*id),
                (Fill::List(ids), [index]) if index.terms.is_empty() => {
                    let id = usize::try_from(index.constant).ok().and_then(|at| ids.get(at));
                    id.map_or(Told::Changed, |id| Told::Holds(*id))
                }
                _ => Told::Changed,
            },
            Stmt::If { then, otherwise, .. } => {
                let written = [then, otherwise].into_iter().flat_map(Function::written).any(|root| root == place.root);
                if written { Told::Changed } else { Told::Nothing }
            }
            Stmt::Loop(inner) if Function::written(&inner.body).contains(&place.root) => Told::Changed,
            Stmt::Call(call) => {
                let writes = call.arguments.iter().any(|argument| match argument {
                    Argument::Stretch(stretch) => stretch.mutable && stretch.root == place.root,
                    _ => false,
                });
                if writes { Told::Changed } else { Told::Nothing }
            }
            Stmt::Begin { .. } | Stmt::Loop(_) | Stmt::Assert { .. } => Told::Nothing,
        }
    }
}

/// Whether two places are different entries of one root.
fn is_another(a: &Place, b: &Place) -> bool {
    let differs = |(a, b): (&Index, &Index)| a.terms == b.terms && a.constant != b.constant;
    a.root == b.root && a.indices.len() == b.indices.len() && a.indices.iter().zip(&b.indices).any(differs)
}
