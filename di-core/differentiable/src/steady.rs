//! Whether what a function writes into its outputs is the same entries at each point: values then depend on the point, and
//! indices, bounds and conditions of writes do not; and no entry is read, which could hold what an earlier call has left there.

use crate::form::{Argument, Block, Function, Id, Op, Parameter, Place, RootId, Source, Stmt};

/// What depends on numbers that carry derivatives, by value or by control flow.
struct Steady<'a> {
    function: &'a Function,
    values: Vec<bool>,
    roots: Vec<bool>,
    changed: bool,
    /// Whether a write into an output depends on the point, or an output is read.
    moves: bool,
    /// Constants of called functions that write into outputs.
    called: Vec<String>,
}

/// The condition, in terms of constants of functions that are called.
pub(crate) fn steady(function: &Function) -> String {
    let (values, roots) = (vec![false; function.values.len()], vec![false; function.roots.len()]);
    let mut steady = Steady { function, values, roots, changed: true, moves: false, called: vec![] };
    for parameter in &function.parameters {
        if let Parameter::Active(pack) = parameter {
            pack.flat().into_iter().for_each(|id| steady.value(id, true));
        }
    }
    while std::mem::take(&mut steady.changed) {
        steady.block(&function.body, false);
    }
    steady.called.sort();
    steady.called.dedup();
    match (steady.moves, steady.called.is_empty()) {
        (true, _) => "false".into(),
        (false, true) => "true".into(),
        _ => steady.called.join(" && "),
    }
}

impl Steady<'_> {
    fn value(&mut self, id: Id, depends: bool) {
        self.changed |= depends && !std::mem::replace(&mut self.values[id], true);
    }

    fn root(&mut self, root: RootId, depends: bool) {
        self.changed |= depends && !std::mem::replace(&mut self.roots[root], true);
    }

    fn any(&self, mut ids: impl Iterator<Item = Id>) -> bool {
        ids.any(|id| self.values[id])
    }

    fn is_output(&self, root: RootId) -> bool {
        self.function.roots[root].source == Source::Output
    }

    /// Whether what is loaded from a place depends on the point.
    fn loads(&self, place: &Place) -> bool {
        self.function.roots[place.root].ty.is_active() || self.roots[place.root] || self.any(place.uses())
    }

    /// Whether passive data that a function is called with depends on the point, or which memory.
    fn argument(&self, argument: &Argument) -> bool {
        match argument {
            Argument::Active(_) => false,
            Argument::Plain(id) => self.values[*id],
            Argument::Stretch(stretch) => {
                let indices = stretch.outer.iter().chain([&stretch.offset]).flat_map(|index| &index.terms);
                let is_passive = !self.function.roots[stretch.root].ty.is_active();
                self.any(indices.copied().chain([stretch.len])) || (is_passive && self.roots[stretch.root])
            }
        }
    }

    /// `depends` tells whether it depends on the point that the block is run, or how often.
    fn block(&mut self, block: &Block, depends: bool) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let(id) => {
                    let value = &self.function.values[*id];
                    self.moves |= matches!(&value.op, Op::Load(place) if self.is_output(place.root));
                    let found = match &value.op {
                        Op::Load(place) => self.loads(place),
                        _ => self.any(value.uses().into_iter()),
                    };
                    self.value(*id, found);
                }
                Stmt::Store { place, value, .. } => {
                    let moves = depends || self.any(place.uses());
                    self.moves |= moves && self.is_output(place.root);
                    self.root(place.root, moves || self.values[*value]);
                }
                Stmt::Begin { root, len, fill } => {
                    let ids = fill.ids().iter().copied().chain([*len]);
                    let found = depends || self.any(ids);
                    self.root(*root, found);
                }
                Stmt::If { condition, then, otherwise, results } => {
                    let chosen = self.values[*condition];
                    self.block(then, depends || chosen);
                    self.block(otherwise, depends || chosen);
                    for &[result, a, b] in results {
                        self.value(result, chosen || self.values[a] || self.values[b]);
                    }
                }
                Stmt::Loop(inner) => {
                    let range = inner.range.iter();
                    let bounds = range.clone().flat_map(|range| [range.low, range.high].into_iter().chain(range.step));
                    let counted = self.any(bounds.chain(inner.exit));
                    range.for_each(|range| self.value(range.variable, counted));
                    inner.trips.into_iter().for_each(|id| self.value(id, counted));
                    self.block(&inner.body, depends || counted);
                    for carried in &inner.carried {
                        let found = counted || self.values[carried.initial] || self.values[carried.leaving];
                        self.value(carried.entering, found);
                        self.value(carried.result, found);
                    }
                }
                Stmt::Call(call) => {
                    let moves = depends || call.arguments.iter().any(|argument| self.argument(argument));
                    call.results().into_iter().for_each(|id| self.value(id, true));
                    for argument in &call.arguments {
                        let Argument::Stretch(stretch) = argument else { continue };
                        self.moves |= !stretch.mutable && self.is_output(stretch.root);
                        if stretch.mutable && self.is_output(stretch.root) {
                            self.moves |= moves;
                            self.called.push(call.steady());
                        }
                        self.root(stretch.root, stretch.mutable);
                    }
                }
                Stmt::Assert { .. } => {}
            }
        }
    }
}
