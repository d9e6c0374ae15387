//! The text of operations and places.

use crate::form::{Arithmetic, Function, Id, Index, Op, Place, RootId, Source, Stretch};
use crate::views::{Entry, Views};

/// What all writers share.
#[derive(Clone, Copy)]
pub(crate) struct Texts<'a> {
    pub(crate) function: &'a Function,
    /// The name of the scalar's type parameter.
    pub(crate) scalar: &'a str,
    pub(crate) views: &'a Views,
}

impl Texts<'_> {
    pub(crate) fn name(&self, id: Id) -> &str {
        &self.function.values[id].name
    }

    pub(crate) fn index(&self, index: &Index) -> String {
        index.text(|id| self.name(id))
    }

    /// `[i][j]` of a place.
    pub(crate) fn indices(&self, place: &Place) -> String {
        place.indices.iter().map(|index| format!("[{}]", self.index(index))).collect()
    }

    pub(crate) fn root(&self, root: RootId) -> &str {
        &self.function.roots[root].name
    }

    pub(crate) fn place(&self, place: &Place) -> String {
        self.entry("", place)
    }

    /// An entry of the values (`""`) or of the tangents (`"_dot"`).
    pub(crate) fn entry(&self, kind: &'static str, place: &Place) -> String {
        match self.reached(kind, place) {
            Entry::Direct(text) => text,
            Entry::Cell(text) => format!("{text}.get()"),
        }
    }

    pub(crate) fn reached(&self, kind: &'static str, place: &Place) -> Entry {
        let direct = || Entry::Direct(format!("{}{kind}{}", self.root(place.root), self.indices(place)));
        self.views.entry(kind, place).unwrap_or_else(direct)
    }

    /// The statement that writes into an entry; `sign` is `=`, `+=` or `-=`.
    pub(crate) fn write(&self, kind: &'static str, place: &Place, sign: &str, value: &str) -> String {
        match (self.reached(kind, place), sign.strip_suffix('=')) {
            (Entry::Direct(text), _) => format!("{text} {sign} {value};\n"),
            (Entry::Cell(text), Some("") | None) => format!("{text}.set({value});\n"),
            (Entry::Cell(text), Some(sign)) => format!("{text}.set({text}.get() {sign} {value});\n"),
        }
    }

    /// `[outer][offset..][..len]` of what a call takes.
    pub(crate) fn stretch(&self, stretch: &Stretch) -> String {
        let outer: String = stretch.outer.iter().map(|index| format!("[{}]", self.index(index))).collect();
        let offset = self.index(&stretch.offset);
        let offset = if offset == "0" { String::new() } else { format!("[{offset}..]") };
        format!("{outer}{offset}[..{}]", self.name(stretch.len))
    }

    /// The value of a scalar, in terms of others.
    pub(crate) fn value(&self, id: Id) -> String {
        let name = |id: Id| self.name(id);
        match &self.function.values[id].op {
            Op::Given => name(id).into(),
            Op::Plain { text, .. } => text.clone(),
            Op::Arithmetic(sign, a, b) => format!("{} {} {}", name(*a), sign.sign(), name(*b)),
            Op::Negate(a) => format!("-{}", name(*a)),
            Op::Unary { method, x, .. } => format!("{}.{method}()", name(*x)),
            Op::PowI(x, n) => format!("{}.powi({})", name(*x), name(*n)),
            Op::Binary { method: "%", x, y, .. } => format!("{} % {}", name(*x), name(*y)),
            Op::Binary { method, x, y, .. } => format!("{}.{method}({})", name(*x), name(*y)),
            Op::Select(condition, a, b) => {
                format!("if {} {{ {} }} else {{ {} }}", name(*condition), name(*a), name(*b))
            }
            Op::Load(place) => self.place(place),
        }
    }

    pub(crate) fn zero(&self) -> String {
        format!("{}::zero()", self.scalar)
    }

    /// An array of the root's shape.
    pub(crate) fn shaped(&self, root: RootId, entry: &str) -> String {
        match &self.function.roots[root].source {
            Source::Array(dimensions) => {
                dimensions.iter().rev().fold(entry.to_string(), |inner, dimension| format!("[{inner}; {dimension}]"))
            }
            _ => entry.into(),
        }
    }

    pub(crate) fn is_vector(&self, root: RootId) -> bool {
        matches!(self.function.roots[root].source, Source::Vector | Source::Cache(_))
    }

    pub(crate) fn is_local(&self, root: RootId) -> bool {
        !matches!(self.function.roots[root].source, Source::Input | Source::Output)
    }

    /// Derivatives that are computed once, for a factor with a name: `(name, text)`, and the terms of each operand.
    pub(crate) fn derivative(&self, id: Id, active: impl Fn(Id) -> bool) -> (Vec<(String, String)>, Vec<Term>) {
        let value = &self.function.values[id];
        let name = |id: Id| self.name(id).to_string();
        let mut factors = Vec::new();
        let mut terms = Vec::new();
        match &value.op {
            Op::Arithmetic(Arithmetic::Add, a, b) => terms.extend([Term::of(*a, "{d}"), Term::of(*b, "{d}")]),
            Op::Arithmetic(Arithmetic::Sub, a, b) => terms.extend([Term::of(*a, "{d}"), Term::of(*b, "-{d}")]),
            Op::Arithmetic(Arithmetic::Mul, a, b) if a == b => {
                terms.push(Term::of(*a, &format!("{{d}} * ({0} + {0})", name(*a))));
            }
            Op::Arithmetic(Arithmetic::Mul, a, b) => {
                terms.extend([
                    Term::of(*a, &format!("{{d}} * {}", name(*b))),
                    Term::of(*b, &format!("{{d}} * {}", name(*a))),
                ]);
            }
            Op::Arithmetic(Arithmetic::Div, a, b) => {
                // One division for all lanes.
                let inverse = format!("{}_inverse", value.name);
                factors.push((inverse.clone(), format!("{}::one() / {}", self.scalar, name(*b))));
                terms.push(Term::of(*a, &format!("{{d}} * {inverse}")));
                if active(*b) {
                    let factor = format!("{}_slope", value.name);
                    factors.push((factor.clone(), format!("{} * {inverse}", value.name)));
                    terms.push(Term::of(*b, &format!("-({{d}} * {factor})")));
                }
            }
            Op::Negate(a) => terms.push(Term::of(*a, "-{d}")),
            Op::Unary { rule: "Fract", x, .. } => terms.push(Term::of(*x, "{d}")),
            Op::Unary { rule: "Exp", x, .. } => terms.push(Term::of(*x, &format!("{{d}} * {}", value.name))),
            Op::Unary { rule, x, .. } => {
                let (of_x, of_value) = crate::plan::looks_at(rule);
                let (x_text, value_text) = match (of_x, of_value) {
                    (true, true) => (name(*x), value.name.clone()),
                    (true, false) => (name(*x), name(*x)),
                    _ => (value.name.clone(), value.name.clone()),
                };
                let factor = format!("{}_slope", value.name);
                factors.push((factor.clone(), format!("rule::{rule}.derivative({x_text}, {value_text})")));
                let bounded = ["Sin", "Cos", "Tanh", "Atan", "Abs", "Asinh"].contains(rule);
                let text =
                    if bounded { format!("{{d}} * {factor}") } else { format!("storage::chain({{d}}, {factor})") };
                terms.push(Term::of(*x, &text));
            }
            Op::PowI(x, n) => {
                let literal = self.name(*n).parse::<i32>().is_ok();
                let held = if literal { format!("{}::nan()", self.scalar) } else { value.name.clone() };
                if self.name(*n) == "2" {
                    terms.push(Term::of(*x, &format!("{{d}} * ({0} + {0})", name(*x))));
                } else {
                    let factor = format!("{}_slope", value.name);
                    factors
                        .push((factor.clone(), format!("rule::PowI({}).derivative({}, {held})", name(*n), name(*x))));
                    terms.push(Term::of(*x, &format!("storage::chain({{d}}, {factor})")));
                }
            }
            Op::Binary { rule, x, y, .. } => {
                for (operand, partial) in [(*x, "x"), (*y, "y")] {
                    if active(operand) {
                        let factor = format!("{}_slope_{partial}", value.name);
                        let text =
                            format!("rule::{rule}.partial_{partial}({}, {}, {})", name(*x), name(*y), value.name);
                        factors.push((factor.clone(), text));
                        terms.push(Term::of(operand, &format!("storage::chain({{d}}, {factor})")));
                    }
                }
            }
            Op::Select(condition, a, b) => {
                let zero = self.zero();
                let c = name(*condition);
                terms.push(Term::of(*a, &format!("if {c} {{ {{d}} }} else {{ {zero} }}")));
                terms.push(Term::of(*b, &format!("if {c} {{ {zero} }} else {{ {{d}} }}")));
            }
            Op::Given | Op::Plain { .. } | Op::Load(_) => {}
        }
        terms.retain(|term| active(term.operand));
        (factors, terms)
    }
}

/// A partial derivative times `{d}`, a tangent of the operand or the adjoint of the value.
pub(crate) struct Term {
    pub(crate) operand: Id,
    text: String,
}

impl Term {
    fn of(operand: Id, text: &str) -> Self {
        Self { operand, text: text.into() }
    }

    pub(crate) fn along(&self, d: &str) -> String {
        self.text.replace("{d}", d)
    }
}
