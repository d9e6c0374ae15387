//! Iterators of slices, as lengths and items at an index.

use super::plain::ident_of;
use super::visit::unfiltered;
use super::{Held, Lower, Val, View, refuse};
use crate::form::{Id, Index, Ty};
use syn::{Expr, ExprMethodCall, Result};

/// What is iterated over.
#[derive(Clone, Debug)]
pub(crate) enum Sequence {
    /// References to entries, or parts of nested arrays.
    Entries(View),
    /// The parts of a tuple or array that is taken apart.
    Parts(Vec<Val>, Id),
    Windows {
        view: View,
        width: Index,
        len: Id,
    },
    Chunks {
        view: View,
        width: Index,
        len: Id,
        exact: bool,
    },
    /// A passive slice.
    Passive {
        text: String,
        uses: Vec<Id>,
        len: Id,
        owned: bool,
    },
    Range {
        low: Index,
        len: Id,
    },
    Zip(Box<Sequence>, Box<Sequence>, Id),
    Enumerate(Box<Sequence>),
    Map(Box<Sequence>, Val, Expr),
    /// Some of the items; the others are passed over where they are visited.
    Filter(Box<Sequence>, Val, Expr),
    Copied(Box<Sequence>),
    Skip(Box<Sequence>, Index, Id),
    Take(Box<Sequence>, Id),
    Reversed(Box<Sequence>),
    StepBy(Box<Sequence>, Id, Id),
}

impl Lower {
    /// A sequence, and whether it is run through from its end.
    pub(crate) fn reversible(&mut self, expr: &Expr) -> Result<(Sequence, bool)> {
        match expr {
            Expr::Paren(inner) => self.reversible(&inner.expr),
            Expr::MethodCall(call) if call.method == "rev" => {
                let (sequence, reversed) = self.reversible(&call.receiver)?;
                Ok((sequence, !reversed))
            }
            _ => Ok((self.sequence(expr)?, false)),
        }
    }

    pub(crate) fn sequence(&mut self, expr: &Expr) -> Result<Sequence> {
        match expr {
            Expr::Paren(inner) => self.sequence(&inner.expr),
            Expr::Range(range) => {
                let (Some(start), Some(end)) = (&range.start, &range.end) else {
                    return refuse(range, "give the range both ends: `low..high`");
                };
                let (low, mut high) = (self.index(start)?, self.index(end)?);
                high.constant += i64::from(matches!(range.limits, syn::RangeLimits::Closed(_)));
                Ok(Sequence::Range { len: self.difference(&high, &low), low })
            }
            Expr::MethodCall(call) => match self.adapter(call)? {
                Some(sequence) => Ok(sequence),
                None => self.iterable(expr),
            },
            _ => self.iterable(expr),
        }
    }

    /// What is a slice, an array, or a reference to one.
    fn iterable(&mut self, expr: &Expr) -> Result<Sequence> {
        if ident_of(expr).is_none_or(|name| matches!(self.lookup(&name), None | Some(Val::Scalar(_))))
            && let Some((text, uses, _)) = self.passive(expr)
        {
            if !is_indexable(expr) {
                return refuse(
                    expr,
                    "this iterates over what has no index: collect it, or iterate over a range or a slice",
                );
            }
            let text = text.trim_start_matches('&').trim().to_string();
            let len = self.plain_value("len", format!("{text}.len()"), uses.clone(), Ty::plain("usize"));
            return Ok(Sequence::Passive { text, uses, len, owned: !matches!(expr, Expr::Reference(_)) });
        }
        match self.without_jump(expr, &|lower| lower.expr(expr))? {
            Val::View(view) => Ok(Sequence::Entries(view)),
            Val::Array(parts) if parts.iter().all(|part| matches!(part, Val::Scalar(_) | Val::Entry(_))) => {
                Ok(Sequence::Entries(self.spread(expr, parts)?))
            }
            Val::Array(parts) => {
                let len = self.number(i64::try_from(parts.len()).unwrap_or(0));
                Ok(Sequence::Parts(parts, len))
            }
            _ => refuse(expr, "`#[differentiable]` iterates over ranges, slices and arrays: write an index loop"),
        }
    }

    fn adapter(&mut self, call: &ExprMethodCall) -> Result<Option<Sequence>> {
        let argument = call.args.first();
        let name = call.method.to_string();
        let inner = |lower: &mut Self| {
            let sequence = lower.sequence(&call.receiver)?;
            unfiltered(&call.receiver, sequence)
        };
        Ok(Some(match (name.as_str(), argument) {
            ("iter" | "iter_mut" | "into_iter" | "by_ref", None) => {
                let mut sequence = self.sequence(&call.receiver)?;
                match &mut sequence {
                    Sequence::Passive { owned, .. } if name != "into_iter" => *owned = false,
                    Sequence::Entries(view) if name != "into_iter" => {
                        view.held = Held::Shared;
                        view.mutable = name == "iter_mut";
                    }
                    _ => {}
                }
                sequence
            }
            ("copied" | "cloned", None) => Sequence::Copied(Box::new(self.sequence(&call.receiver)?)),
            ("enumerate", None) => Sequence::Enumerate(inner(self)?),
            ("rev", None) => Sequence::Reversed(inner(self)?),
            ("zip", Some(other)) => {
                let a = inner(self)?;
                let b = self.sequence(other)?;
                let b = unfiltered(other, b)?;
                let (first, second) = (Self::len_of(&a), Self::len_of(&b));
                let len = self.least(first, second);
                Sequence::Zip(a, b, len)
            }
            ("map", Some(closure)) => {
                let sequence = Box::new(self.sequence(&call.receiver)?);
                Sequence::Map(sequence, self.expr_or_path(closure)?, closure.clone())
            }
            ("filter", Some(closure)) => {
                let sequence = Box::new(self.sequence(&call.receiver)?);
                Sequence::Filter(sequence, self.expr_or_path(closure)?, closure.clone())
            }
            ("skip", Some(count)) => {
                let (sequence, count) = (inner(self)?, self.index(count)?);
                let high = Self::len_of(&sequence);
                let text = format!("usize::saturating_sub({}, {})", self.name(high), self.index_text(&count));
                let len = self.plain_value("len", text, [&[high][..], &count.terms].concat(), Ty::plain("usize"));
                Sequence::Skip(sequence, count, len)
            }
            ("take", Some(count)) => {
                let (sequence, count) = (inner(self)?, self.scalar_expr(count)?);
                let len = Self::len_of(&sequence);
                let len = self.least(len, count);
                Sequence::Take(sequence, len)
            }
            ("step_by", Some(step)) => {
                let (sequence, step) = (inner(self)?, self.scalar_expr(step)?);
                let high = Self::len_of(&sequence);
                let text = format!("usize::div_ceil({}, {})", self.name(high), self.name(step));
                let len = self.plain_value("len", text, vec![high, step], Ty::plain("usize"));
                Sequence::StepBy(sequence, step, len)
            }
            ("windows", Some(width)) => {
                let (view, width) = (self.view_of(&call.receiver)?, self.index(width)?);
                let len = self.name(view.len);
                let text = if width.terms.is_empty() && width.constant > 0 {
                    format!("usize::saturating_sub({len}, {})", width.constant - 1)
                } else {
                    format!("usize::saturating_sub({len} + 1, {})", self.index_text(&width))
                };
                let len = self.plain_value("len", text, [&[view.len][..], &width.terms].concat(), Ty::plain("usize"));
                Sequence::Windows { view, width, len }
            }
            ("chunks" | "chunks_exact" | "chunks_mut" | "chunks_exact_mut", Some(width)) => {
                let (view, width) = (self.view_of(&call.receiver)?, self.index(width)?);
                let view = View { mutable: name.contains("mut"), ..view };
                let exact = name.contains("exact");
                let (len, width_text) = (self.name(view.len), self.index_text(&width));
                let text = if exact {
                    format!("{len} / ({width_text})")
                } else {
                    format!("usize::div_ceil({len}, {width_text})")
                };
                let len = self.plain_value("len", text, [&[view.len][..], &width.terms].concat(), Ty::plain("usize"));
                Sequence::Chunks { view, width, len, exact }
            }
            ("take_while" | "skip_while" | "flat_map" | "filter_map" | "chain" | "scan" | "cycle", _) => {
                return refuse(
                    &call.method,
                    "this adapter is not supported in `#[differentiable]`: write a `for` loop with `if`",
                );
            }
            _ => return Ok(None),
        }))
    }

    pub(crate) fn view_of(&mut self, expr: &Expr) -> Result<View> {
        match self.expr_place(expr)? {
            Val::View(view) => Ok(view),
            Val::Array(parts) => self.spread(expr, parts),
            _ => refuse(expr, "`#[differentiable]` does not know this as a slice: bind it to a name with its type"),
        }
    }

    pub(crate) fn least(&mut self, a: Id, b: Id) -> Id {
        if self.name(a) == self.name(b) {
            return a;
        }
        let text = format!("usize::min({}, {})", self.name(a), self.name(b));
        self.plain_value("len", text, vec![a, b], Ty::plain("usize"))
    }

    pub(crate) fn len_of(sequence: &Sequence) -> Id {
        match sequence {
            Sequence::Entries(view) => view.len,
            Sequence::Parts(_, len)
            | Sequence::Windows { len, .. }
            | Sequence::Chunks { len, .. }
            | Sequence::Passive { len, .. }
            | Sequence::Range { len, .. }
            | Sequence::Zip(_, _, len)
            | Sequence::Skip(_, _, len)
            | Sequence::Take(_, len)
            | Sequence::StepBy(_, _, len) => *len,
            Sequence::Enumerate(inner)
            | Sequence::Map(inner, ..)
            | Sequence::Filter(inner, ..)
            | Sequence::Copied(inner)
            | Sequence::Reversed(inner) => Self::len_of(inner),
        }
    }

    /// What the sequence has at an index.
    pub(crate) fn item(&mut self, sequence: &Sequence, i: Id) -> Result<Val> {
        let at = self.index_of(i);
        Ok(match sequence {
            Sequence::Entries(view) => match self.entry(view, &at) {
                Val::View(row) if view.held == Held::Shared => Val::View(View { held: Held::Shared, ..row }),
                item => item,
            },
            Sequence::Parts(parts, _) => {
                let index = if at.terms.is_empty() { usize::try_from(at.constant).ok() } else { None };
                if let Some(part) = index.and_then(|index| parts.get(index)) {
                    part.clone()
                } else {
                    let expr: Expr = syn::parse_quote!(array);
                    let view = self.spread(&expr, parts.clone())?;
                    self.entry(&view, &at)
                }
            }
            Sequence::Windows { view, width, .. } => {
                let len = self.scalar_of(width, "width");
                let held = Held::Shared;
                Val::View(View { offset: view.offset.plus(&at), len, held, grows: false, ..view.clone() })
            }
            Sequence::Chunks { view, width, exact, .. } => {
                let width = self.scalar_of(width, "width");
                let text = format!("{} * {}", self.name(i), self.name(width));
                let start = self.plain_value("start", text, vec![i, width], Ty::plain("usize"));
                let len = if *exact {
                    width
                } else {
                    let left = self.difference(&Index { terms: vec![view.len], constant: 0 }, &self.index_of(start));
                    self.least(width, left)
                };
                let offset = view.offset.plus(&self.index_of(start));
                Val::View(View { offset, len, held: Held::Shared, grows: false, ..view.clone() })
            }
            Sequence::Passive { text, uses, owned, .. } => {
                let reference = if *owned { "" } else { "&" };
                let text = format!("{reference}{text}[{}]", self.name(i));
                let uses = [&uses[..], &[i]].concat();
                Val::Scalar(self.define("t", Ty::Plain(None), crate::form::Op::Plain { text, uses }))
            }
            Sequence::Range { low, .. } => Val::Scalar(self.scalar_of(&low.plus(&at), "i")),
            Sequence::Zip(a, b, _) => Val::Tuple(vec![self.item(a, i)?, self.item(b, i)?]),
            Sequence::Enumerate(inner) => Val::Tuple(vec![Val::Scalar(i), self.item(inner, i)?]),
            Sequence::Map(inner, function, at) => {
                let item = self.item(inner, i)?;
                self.apply(at, function, vec![item])?
            }
            Sequence::Copied(inner) => {
                let item = self.item(inner, i)?;
                self.copied(item)
            }
            Sequence::Filter(_, _, at) => return refuse(at, "a filter stands before what ends the iterator"),
            Sequence::Skip(inner, count, _) => {
                let i = self.scalar_of(&count.plus(&at), "i");
                self.item(inner, i)?
            }
            Sequence::Take(inner, _) => self.item(inner, i)?,
            Sequence::Reversed(inner) => {
                let len = Self::len_of(inner);
                let text = format!("{} - 1 - {}", self.name(len), self.name(i));
                let i = self.plain_value("i", text, vec![len, i], Ty::plain("usize"));
                self.item(inner, i)?
            }
            Sequence::StepBy(inner, step, _) => {
                let text = format!("{} * {}", self.name(i), self.name(*step));
                let i = self.plain_value("i", text, vec![i, *step], Ty::plain("usize"));
                self.item(inner, i)?
            }
        })
    }

    /// The item that a reference stands for.
    pub(crate) fn copied(&mut self, item: Val) -> Val {
        match self.dereferenced(&item) {
            Some(item) => item,
            None => match self.loaded(item) {
                Val::View(view) => Val::View(View { held: Held::Place, ..view }),
                item => item,
            },
        }
    }

    /// `*x` of a reference to passive data.
    pub(crate) fn dereferenced(&mut self, val: &Val) -> Option<Val> {
        if let Val::Tuple(parts) = val {
            let parts: Vec<_> =
                parts.iter().map(|part| self.dereferenced(part).unwrap_or_else(|| part.clone())).collect();
            return Some(Val::Tuple(parts));
        }
        let Val::Scalar(id) = val else { return None };
        let text = format!("*{}", self.name(*id));
        let is_reference =
            matches!(&self.function.values[*id].op, crate::form::Op::Plain { text, .. } if text.starts_with('&'));
        is_reference.then(|| Val::Scalar(self.plain_value("t", text, vec![*id], Ty::Plain(None))))
    }
}

/// Whether passive data is something that has entries, as far as the text tells.
fn is_indexable(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => is_indexable(&inner.expr),
        Expr::Reference(inner) => is_indexable(&inner.expr),
        Expr::Call(_) | Expr::Range(_) => false,
        Expr::MethodCall(call) => call.method.to_string().starts_with("as_") || call.method == "to_vec",
        _ => true,
    }
}
