//! The typed intermediate form: scalars are assigned once, memory is written into.
//!
//! A mutable scalar of the author becomes a chain of values; where control flow meets, values are results of the
//! statement: of an `if` one of two, of a loop what it carries. Slices are views of roots, resolved to root and offset.

mod call;

use crate::pack::Pack;
use std::collections::BTreeSet;

pub(crate) use call::{Argument, Call, Stretch};

/// A scalar, assigned once.
pub(crate) type Id = usize;
/// A piece of memory.
pub(crate) type RootId = usize;
/// A sequence of statements: the body, a loop's body, a branch.
pub(crate) type BlockId = usize;

/// The type of a scalar, as far as it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    /// The scalar `T` of the function: it may carry a derivative.
    Active,
    /// Anything else, with its name where it is known.
    Plain(Option<String>),
}

impl Ty {
    pub(crate) fn plain(name: &str) -> Self {
        Self::Plain(Some(name.into()))
    }

    pub(crate) fn is_active(&self) -> bool {
        *self == Self::Active
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Sub,
    Mul,
    Div,
}

impl Arithmetic {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
        }
    }
}

/// How a scalar comes to be.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    /// A parameter, a loop's variable, what a loop carries in, or a result of a statement.
    Given,
    /// An expression of passive type or a constant of type `T`, in terms of other scalars.
    Plain {
        text: String,
        uses: Vec<Id>,
    },
    Arithmetic(Arithmetic, Id, Id),
    Negate(Id),
    /// A rule of one number by its name, and its method.
    Unary {
        rule: &'static str,
        method: &'static str,
        x: Id,
    },
    PowI(Id, Id),
    /// A rule of two numbers by its name, and its method.
    Binary {
        rule: &'static str,
        method: &'static str,
        x: Id,
        y: Id,
    },
    /// One of two, by a condition.
    Select(Id, Id, Id),
    Load(Place),
}

/// A sum of scalars and a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Index {
    pub(crate) terms: Vec<Id>,
    pub(crate) constant: i64,
}

/// An entry of a root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) root: RootId,
    /// Indices of nested arrays first.
    pub(crate) indices: Vec<Index>,
}

impl Place {
    pub(crate) fn uses(&self) -> impl Iterator<Item = Id> + '_ {
        self.indices.iter().flat_map(|index| index.terms.iter().copied())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) op: Op,
    pub(crate) block: BlockId,
}

impl Value {
    pub(crate) fn uses(&self) -> Vec<Id> {
        match &self.op {
            Op::Given => vec![],
            Op::Plain { uses, .. } => uses.clone(),
            Op::Arithmetic(_, a, b) | Op::PowI(a, b) | Op::Binary { x: a, y: b, .. } => vec![*a, *b],
            Op::Negate(a) | Op::Unary { x: a, .. } => vec![*a],
            Op::Select(c, a, b) => vec![*c, *a, *b],
            Op::Load(place) => place.uses().collect(),
        }
    }
}

/// Where a root comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A parameter `&[T]`, with its shadow.
    Input,
    /// A parameter `&mut [T]`, with its shadow.
    Output,
    /// A local array with its dimensions.
    Array(Vec<String>),
    /// A local vector.
    Vector,
    /// A buffer of a cache: the expression of the cache, a field of `self`.
    Cache(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) source: Source,
    /// The block that it lives in.
    pub(crate) block: BlockId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    Set,
    Add,
    Sub,
}

/// What is in a new root.
#[derive(Clone, Debug)]
pub(crate) enum Fill {
    Repeat(Id),
    List(Vec<Id>),
    /// What it holds is unspecified, or left from before.
    Unspecified,
}

impl Fill {
    /// The scalars that it is made of.
    pub(crate) fn ids(&self) -> &[Id] {
        match self {
            Self::Repeat(id) => std::slice::from_ref(id),
            Self::List(ids) => ids,
            Self::Unspecified => &[],
        }
    }
}

/// A scalar that a loop carries from one iteration to the next.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    pub(crate) entering: Id,
    pub(crate) initial: Id,
    pub(crate) leaving: Id,
    pub(crate) result: Id,
}

#[derive(Clone, Debug)]
pub(crate) struct Loop {
    /// The variable and the range it runs over; without it the loop ends by `exit`.
    pub(crate) range: Option<Range>,
    pub(crate) carried: Vec<Carried>,
    /// A condition, at the end of the body, that ends the loop.
    pub(crate) exit: Option<Id>,
    /// The number of iterations that were begun, where `exit` can end the loop.
    pub(crate) trips: Option<Id>,
    pub(crate) body: Block,
}

#[derive(Clone, Debug)]
pub(crate) struct Range {
    pub(crate) variable: Id,
    pub(crate) low: Id,
    pub(crate) high: Id,
    pub(crate) step: Option<Id>,
    pub(crate) reversed: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Stmt {
    Let(Id),
    Store {
        place: Place,
        kind: Store,
        value: Id,
    },
    /// A root begins, `len` long.
    Begin {
        root: RootId,
        len: Id,
        fill: Fill,
    },
    If {
        condition: Id,
        then: Block,
        otherwise: Block,
        results: Vec<[Id; 3]>,
    },
    Loop(Loop),
    Call(Call),
    /// `assert!` and the like: the text, in terms of scalars.
    Assert {
        text: String,
        uses: Vec<Id>,
    },
}

impl Stmt {
    pub(crate) fn has_loop(&self) -> bool {
        match self {
            Self::Loop(_) => true,
            Self::If { then, otherwise, .. } => then.stmts.iter().chain(&otherwise.stmts).any(Self::has_loop),
            _ => false,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) id: BlockId,
    pub(crate) stmts: Vec<Stmt>,
}

/// What a parameter is.
#[derive(Clone, Debug)]
pub(crate) enum Parameter {
    /// Numbers by value.
    Active(Pack),
    Plain,
    Root(RootId),
}

/// A function in the intermediate form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Function {
    pub(crate) values: Vec<Value>,
    pub(crate) roots: Vec<Root>,
    /// The parent of each block.
    pub(crate) parents: Vec<Option<BlockId>>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Block,
    pub(crate) returned: Option<Pack>,
}

impl Function {
    pub(crate) fn results(&self) -> Vec<Id> {
        self.returned.iter().flat_map(Pack::flat).collect()
    }

    /// Whether `inner` is `outer` or inside it.
    pub(crate) fn is_within(&self, mut inner: BlockId, outer: BlockId) -> bool {
        loop {
            if inner == outer {
                return true;
            }
            match self.parents[inner] {
                Some(parent) => inner = parent,
                None => return false,
            }
        }
    }

    /// The roots that a block writes into.
    pub(crate) fn written(block: &Block) -> BTreeSet<RootId> {
        let mut roots = BTreeSet::new();
        for stmt in &block.stmts {
            match stmt {
                Stmt::Store { place, .. } => drop(roots.insert(place.root)),
                Stmt::Begin { root, .. } => drop(roots.insert(*root)),
                Stmt::If { then, otherwise, .. } => {
                    roots.extend(Self::written(then));
                    roots.extend(Self::written(otherwise));
                }
                Stmt::Loop(inner) => roots.extend(Self::written(&inner.body)),
                Stmt::Call(call) => roots.extend(call.arguments.iter().filter_map(|argument| match argument {
                    Argument::Stretch(stretch) if stretch.mutable => Some(stretch.root),
                    _ => None,
                })),
                Stmt::Let(_) | Stmt::Assert { .. } => {}
            }
        }
        roots
    }
}
