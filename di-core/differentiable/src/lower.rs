//! From syntax to the intermediate form.

mod annotated;
mod assigned;
mod block;
mod call;
mod choice;
mod control;
mod expr;
mod hygiene;
mod index;
mod jump;
mod load;
mod memory;
mod method;
mod names;
mod packed;
mod pattern;
mod plain;
mod reduce;
mod scan;
mod sequence;
mod structure;
mod swap;
mod value;
mod vector;
mod visit;

use crate::form::{Block, BlockId, Function, Id, Index, Op, Place, Root, RootId, Source, Stmt, Ty, Value};
use crate::pack::Pack;
use names::Names;
use scan::Scan;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use syn::{Error, ExprClosure, Result};

/// What an expression stands for at compile time.
#[derive(Clone, Debug)]
pub(crate) enum Val {
    Scalar(Id),
    Tuple(Vec<Val>),
    /// An array that is taken apart: nobody writes into it.
    Array(Vec<Val>),
    /// A struct by the names of its fields.
    Struct(Vec<(String, Val)>),
    View(View),
    /// A reference to an entry.
    Entry(Place),
    Closure(Rc<Closure>),
    Unit,
}

/// How a slice or array is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// Made by the expression: nobody else has it.
    Fresh,
    /// An array or vector in a variable or in another array: its value is a copy.
    Place,
    /// Through a reference.
    Shared,
}

/// A slice: a stretch of a root, possibly inside nested arrays.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) root: RootId,
    pub(crate) outer: Vec<Index>,
    pub(crate) offset: Index,
    pub(crate) len: Id,
    /// How many dimensions are left below an entry.
    pub(crate) depth: usize,
    /// Whether it was borrowed to be written into.
    pub(crate) mutable: bool,
    pub(crate) held: Held,
    /// Whether it is a vector whose length changes; the length stands in a variable of its own.
    pub(crate) grows: bool,
}

#[derive(Debug)]
pub(crate) struct Closure {
    syntax: ExprClosure,
    captured: Vec<HashMap<String, Val>>,
}

/// What lowers: the function so far, and the names in scope.
#[derive(Clone)]
pub(crate) struct Lower {
    pub(crate) function: Function,
    /// The name of the scalar's type parameter.
    pub(crate) scalar: String,
    scopes: Vec<HashMap<String, Val>>,
    open: Vec<Block>,
    /// Bodies of loops.
    loops: BTreeSet<BlockId>,
    names: Names,
    /// Expressions that have a value already, to be reused where it is in scope.
    known: HashMap<String, Id>,
    /// What the pattern that waits for the value of a call takes apart; the empty tuple if it takes nothing.
    expected: Option<Pack<()>>,
    /// The type that the pattern that waits for a new vector has.
    annotated: Option<String>,
    /// What the function returns.
    pub(crate) result: Option<Pack<()>>,
    scan: Rc<Scan>,
    /// Memory that is never written into after its variable has it.
    frozen: BTreeSet<RootId>,
}

impl Lower {
    pub(crate) fn new(scalar: String) -> Self {
        Self {
            function: Function { parents: vec![None], ..Function::default() },
            scalar,
            scopes: vec![HashMap::new()],
            open: vec![Block::default()],
            loops: BTreeSet::new(),
            names: Names::default(),
            known: HashMap::new(),
            expected: None,
            annotated: None,
            result: None,
            scan: Rc::default(),
            frozen: BTreeSet::new(),
        }
    }

    pub(crate) fn finish(mut self) -> Function {
        self.function.body = self.open.pop().unwrap_or_default();
        self.function
    }

    pub(crate) fn fresh(&mut self, hint: &str) -> String {
        self.names.fresh(hint)
    }

    fn block(&self) -> BlockId {
        self.open.last().map_or(0, |block| block.id)
    }

    pub(crate) fn push(&mut self, stmt: Stmt) {
        if let Some(block) = self.open.last_mut() {
            block.stmts.push(stmt);
        }
    }

    /// Opens a block inside the present one.
    fn enter(&mut self) {
        let id = self.function.parents.len();
        self.function.parents.push(Some(self.block()));
        self.open.push(Block { id, stmts: vec![] });
        self.scopes.push(HashMap::new());
    }

    fn leave(&mut self) -> Block {
        self.scopes.pop();
        self.open.pop().unwrap_or_default()
    }

    /// A scalar without a statement that defines it.
    pub(crate) fn given(&mut self, hint: &str, ty: Ty) -> Id {
        let name = self.fresh(hint);
        self.value(name, ty, Op::Given)
    }

    fn value(&mut self, name: String, ty: Ty, op: Op) -> Id {
        let block = self.block();
        self.function.values.push(Value { name, ty, op, block });
        self.function.values.len() - 1
    }

    /// As [`given`](Self::given), with a name that is taken already.
    pub(crate) fn given_as(&mut self, name: &str, ty: Ty) -> Id {
        self.value(name.into(), ty, Op::Given)
    }

    /// As [`root`](Self::root), with a name that is taken already.
    pub(crate) fn root_as(&mut self, name: &str, ty: Ty, source: Source) -> RootId {
        let block = self.block();
        self.function.roots.push(Root { name: name.into(), ty, source, block });
        self.function.roots.len() - 1
    }

    /// Looks at the whole body, before parameters are bound.
    pub(crate) fn look_at(&mut self, sig: &syn::Signature, block: &syn::Block) -> Result<()> {
        hygiene::distinct(sig, block)?;
        self.scan = Rc::new(Scan::of(block)?);
        Ok(())
    }

    /// The body of the function; `result` stands for what it returns until that is known.
    pub(crate) fn body(&mut self, block: &syn::Block, result: Val) -> Result<Val> {
        names::outside(block).iter().for_each(|name| self.names.reserve(name));
        let truth = self.boolean(false);
        self.bind("%skip", truth.clone());
        self.bind("%exit", truth.clone());
        self.bind("%returned", truth);
        self.bind("%value", result);
        let mut stmts = block.stmts.clone();
        if let Some(syn::Stmt::Expr(tail, None)) = stmts.last() {
            // Statements with blocks are tails too, of a function that returns nothing.
            if !matches!(self.lookup("%value"), Some(Val::Unit)) && !matches!(tail, syn::Expr::Return(_)) {
                let last = syn::parse_quote!(return #tail;);
                stmts.pop();
                stmts.push(last);
            }
        }
        self.expected = matches!(self.lookup("%value"), Some(Val::Unit)).then_some(packed::NOTHING);
        self.stmts(&stmts)?;
        Ok(self.lookup("%value").unwrap_or(Val::Unit))
    }

    /// A scalar that is computed here.
    pub(crate) fn define(&mut self, hint: &str, ty: Ty, op: Op) -> Id {
        let name = self.fresh(hint);
        let id = self.value(name, ty, op);
        self.push(Stmt::Let(id));
        id
    }

    /// A constant that is written out wherever it is used.
    pub(crate) fn constant(&mut self, text: &str, ty: Ty) -> Id {
        let block = self.open.first().map_or(0, |block| block.id);
        let op = Op::Plain { text: text.into(), uses: vec![] };
        let key = format!("const {text} {ty:?}");
        if let Some(&id) = self.known.get(&key) {
            return id;
        }
        self.function.values.push(Value { name: text.into(), ty, op, block });
        let id = self.function.values.len() - 1;
        self.known.insert(key, id);
        id
    }

    /// A passive expression in terms of scalars; one that is in scope already is not computed again.
    pub(crate) fn plain_value(&mut self, hint: &str, text: String, uses: Vec<Id>, ty: Ty) -> Id {
        if let Some(&id) = self.known.get(&text)
            && self.function.is_within(self.block(), self.function.values[id].block)
        {
            return id;
        }
        let id = match self.outermost(&text, &uses) {
            Some(depth) => {
                let (name, block) = (self.fresh(hint), self.open[depth].id);
                self.function.values.push(Value { name, ty, op: Op::Plain { text: text.clone(), uses }, block });
                let id = self.function.values.len() - 1;
                self.open[depth].stmts.push(Stmt::Let(id));
                id
            }
            None => self.define(hint, ty, Op::Plain { text: text.clone(), uses }),
        };
        self.known.insert(text, id);
        id
    }

    /// The outermost block where sums and products of what is in scope can be computed; nothing else is moved, because it may
    /// panic or take long.
    fn outermost(&self, text: &str, uses: &[Id]) -> Option<usize> {
        let simple = |c: char| c.is_alphanumeric() || " _.+*()".contains(c);
        let calls = text.contains("()")
            || text
                .split('(')
                .skip(1)
                .zip(text.split('('))
                .any(|(_, before)| before.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        if calls || !text.contains(['+', '*']) || !text.chars().all(simple) {
            return None;
        }
        let block_of = |id: &Id| self.open.iter().rposition(|open| open.id == self.function.values[*id].block);
        let depths = uses.iter().map(block_of).collect::<Option<Vec<_>>>()?;
        Some(depths.into_iter().max().unwrap_or(0))
    }

    pub(crate) fn name(&self, id: Id) -> &str {
        &self.function.values[id].name
    }

    pub(crate) fn is_active(&self, id: Id) -> bool {
        self.function.values[id].ty.is_active()
    }

    pub(crate) fn root(&mut self, hint: &str, ty: Ty, source: Source) -> RootId {
        let name = self.fresh(hint);
        let block = self.block();
        self.function.roots.push(Root { name, ty, source, block });
        self.function.roots.len() - 1
    }

    pub(crate) fn bind(&mut self, name: &str, val: Val) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.into(), val);
        }
    }

    fn lookup(&self, name: &str) -> Option<Val> {
        let val = self.held(name)?;
        if let Val::View(view) = val
            && view.grows
            && let Some(Val::Scalar(len)) = self.held(&vector::length_of(view.root))
        {
            return Some(Val::View(View { len: *len, ..view.clone() }));
        }
        Some(val.clone())
    }

    fn held(&self, name: &str) -> Option<&Val> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name))
    }

    /// Gives a variable in scope another value.
    fn assign(&mut self, name: &str, val: Val) {
        if let Some(held) = self.scopes.iter_mut().rev().find_map(|scope| scope.get_mut(name)) {
            *held = val;
        }
    }

    /// What a name stands for.
    pub(crate) fn bound(&self, name: &str) -> Option<Val> {
        self.lookup(name)
    }

    fn is_literally(&self, name: &str, text: &str) -> bool {
        matches!(self.held(name), Some(Val::Scalar(id)) if self.name(*id) == text)
    }
}

pub(crate) fn refuse<X>(at: impl quote::ToTokens, message: impl std::fmt::Display) -> Result<X> {
    Err(Error::new_spanned(at, message))
}
