//! What carries a derivative: what depends on inputs and what outputs depend on.

use crate::form::{Argument, Block, Function, Id, Op, Parameter, RootId, Source, Stmt};

/// Scalars and roots whose derivatives are computed.
#[derive(Debug)]
pub(crate) struct Activity {
    values: Vec<bool>,
    roots: Vec<bool>,
}

/// Functions whose derivative is zero wherever they have one.
const FLAT: [&str; 5] = ["Floor", "Ceil", "Round", "Trunc", "Signum"];

struct Marks {
    values: Vec<bool>,
    roots: Vec<bool>,
    changed: bool,
}

impl Marks {
    fn new(function: &Function) -> Self {
        Self { values: vec![false; function.values.len()], roots: vec![false; function.roots.len()], changed: true }
    }

    fn value(&mut self, id: Id) {
        self.changed |= !std::mem::replace(&mut self.values[id], true);
    }

    fn root(&mut self, root: RootId) {
        self.changed |= !std::mem::replace(&mut self.roots[root], true);
    }
}

impl Activity {
    pub(crate) fn of(function: &Function) -> Self {
        let mut varied = Marks::new(function);
        for parameter in &function.parameters {
            match parameter {
                Parameter::Active(pack) => pack.flat().into_iter().for_each(|id| varied.value(id)),
                Parameter::Root(root) if function.roots[*root].ty.is_active() => varied.root(*root),
                _ => {}
            }
        }
        while std::mem::take(&mut varied.changed) {
            forward(function, &function.body, &mut varied);
        }
        let mut useful = Marks::new(function);
        function.results().into_iter().for_each(|id| useful.value(id));
        for (root, held) in function.roots.iter().enumerate() {
            if held.source == Source::Output {
                useful.root(root);
            }
        }
        while std::mem::take(&mut useful.changed) {
            backward(function, &function.body, &mut useful);
        }
        let both = |a: Vec<bool>, b: Vec<bool>| a.into_iter().zip(b).map(|(a, b)| a && b).collect();
        Self { values: both(varied.values, useful.values), roots: both(varied.roots, useful.roots) }
    }

    pub(crate) fn value(&self, id: Id) -> bool {
        self.values[id]
    }

    pub(crate) fn root(&self, root: RootId) -> bool {
        self.roots[root]
    }
}

fn forward(function: &Function, block: &Block, varied: &mut Marks) {
    for stmt in &block.stmts {
        match stmt {
            Stmt::Let(id) => {
                let value = &function.values[*id];
                let varies = match &value.op {
                    Op::Given | Op::Plain { .. } => false,
                    Op::Unary { rule, .. } if FLAT.contains(rule) => false,
                    Op::Select(_, a, b) => varied.values[*a] || varied.values[*b],
                    Op::PowI(a, _) => varied.values[*a],
                    Op::Load(place) => varied.roots[place.root],
                    _ => value.uses().iter().any(|&id| varied.values[id]),
                };
                if varies && value.ty.is_active() {
                    varied.value(*id);
                }
            }
            Stmt::Store { place, value, .. } => {
                if varied.values[*value] {
                    varied.root(place.root);
                }
            }
            Stmt::Begin { root, fill, .. } => {
                if fill.ids().iter().any(|&id| varied.values[id]) {
                    varied.root(*root);
                }
            }
            Stmt::If { then, otherwise, results, .. } => {
                forward(function, then, varied);
                forward(function, otherwise, varied);
                for &[result, a, b] in results {
                    if function.values[result].ty.is_active() && (varied.values[a] || varied.values[b]) {
                        varied.value(result);
                    }
                }
            }
            Stmt::Loop(inner) => {
                for carried in &inner.carried {
                    let varies = varied.values[carried.initial] || varied.values[carried.leaving];
                    if varies && function.values[carried.entering].ty.is_active() {
                        varied.value(carried.entering);
                        varied.value(carried.result);
                    }
                }
                forward(function, &inner.body, varied);
            }
            Stmt::Call(call) => {
                call.results().into_iter().for_each(|id| varied.value(id));
                for argument in &call.arguments {
                    if let Argument::Stretch(stretch) = argument
                        && stretch.mutable
                        && function.roots[stretch.root].ty.is_active()
                    {
                        varied.root(stretch.root);
                    }
                }
            }
            Stmt::Assert { .. } => {}
        }
    }
}

fn backward(function: &Function, block: &Block, useful: &mut Marks) {
    for stmt in block.stmts.iter().rev() {
        match stmt {
            Stmt::Let(id) if useful.values[*id] => {
                let value = &function.values[*id];
                match &value.op {
                    Op::Plain { .. } | Op::Given => {}
                    Op::Load(place) => useful.root(place.root),
                    Op::Select(_, a, b) => {
                        useful.value(*a);
                        useful.value(*b);
                    }
                    _ => value.uses().into_iter().for_each(|id| useful.value(id)),
                }
            }
            Stmt::Store { place, value, .. } if useful.roots[place.root] => useful.value(*value),
            Stmt::Begin { root, fill, .. } if useful.roots[*root] => {
                fill.ids().iter().for_each(|&id| useful.value(id));
            }
            Stmt::If { then, otherwise, results, .. } => {
                for &[result, a, b] in results {
                    if useful.values[result] {
                        useful.value(a);
                        useful.value(b);
                    }
                }
                backward(function, then, useful);
                backward(function, otherwise, useful);
            }
            Stmt::Loop(inner) => {
                for carried in &inner.carried {
                    if useful.values[carried.result] || useful.values[carried.entering] {
                        [carried.initial, carried.leaving, carried.entering]
                            .into_iter()
                            .for_each(|id| useful.value(id));
                    }
                }
                backward(function, &inner.body, useful);
            }
            Stmt::Call(call) => {
                for argument in &call.arguments {
                    match argument {
                        Argument::Active(pack) => pack.flat().into_iter().for_each(|id| useful.value(id)),
                        Argument::Stretch(stretch) => useful.root(stretch.root),
                        Argument::Plain(_) => {}
                    }
                }
            }
            _ => {}
        }
    }
}
