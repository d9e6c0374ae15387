//! Entries, slices, and local memory.

use super::{Held, Lower, Val, View, refuse};
use crate::form::{Fill, Id, Index, Place, RootId, Source, Stmt, Store, Ty};
use quote::ToTokens;
use syn::{Expr, ExprRange, RangeLimits, Result};

impl Lower {
    /// The entry of a view, or the part of a tuple.
    pub(crate) fn at(&mut self, expr: impl ToTokens, val: &Val, index: Index) -> Result<Val> {
        match val {
            Val::View(view) => Ok(self.entry(view, &index)),
            Val::Array(parts) if index.terms.is_empty() => {
                match usize::try_from(index.constant).ok().and_then(|i| parts.get(i)) {
                    Some(part) => Ok(part.clone()),
                    None => refuse(expr, "this index is outside of the array"),
                }
            }
            Val::Scalar(id) if !self.is_active(*id) => {
                let part = format!("[{}]", self.index_text(&index));
                Ok(self.part(*id, "", &part, &index.terms))
            }
            Val::Array(_) => refuse(expr, "give the array a name with `let`, and index that"),
            _ => refuse(expr, "`#[differentiable]` does not know this as a slice or array: bind it with its type"),
        }
    }

    /// A part of passive data, with `&` before it or nothing.
    pub(crate) fn part(&mut self, id: Id, borrow: &str, part: &str, terms: &[Id]) -> Val {
        let text = format!("{borrow}{}{part}", self.name(id));
        Val::Scalar(self.plain_value("t", text, [&[id][..], terms].concat(), Ty::Plain(None)))
    }

    pub(crate) fn entry(&mut self, view: &View, index: &Index) -> Val {
        let inner = view.offset.plus(index);
        let mut indices = view.outer.clone();
        indices.push(inner);
        if view.depth == 0 {
            return Val::Entry(Place { root: view.root, indices });
        }
        let len = self.dimension(view.root, indices.len());
        Val::View(View {
            root: view.root,
            outer: indices,
            offset: Index::default(),
            len,
            depth: view.depth - 1,
            mutable: view.mutable,
            held: Held::Place,
            grows: false,
        })
    }

    /// The length of an array in the given dimension.
    fn dimension(&mut self, root: RootId, level: usize) -> Id {
        let text = match &self.function.roots[root].source {
            Source::Array(dimensions) => dimensions.get(level).cloned().unwrap_or_else(|| "0".into()),
            _ => "0".into(),
        };
        self.constant(&text, Ty::plain("usize"))
    }

    /// `view[low..high]`.
    pub(crate) fn slice(&mut self, view: &View, range: &ExprRange) -> Result<View> {
        let low = range.start.as_ref().map(|start| self.index(start)).transpose()?.unwrap_or_default();
        let mut high = range.end.as_ref().map(|end| self.index(end)).transpose()?;
        if let (Some(high), RangeLimits::Closed(_)) = (&mut high, &range.limits) {
            high.constant += 1;
        }
        let len = match high {
            None => self.difference(&Index { terms: vec![view.len], constant: 0 }, &low),
            Some(high) => self.difference(&high, &low),
        };
        Ok(View { offset: view.offset.plus(&low), len, held: Held::Shared, grows: false, ..view.clone() })
    }

    /// `high - low` as one scalar.
    pub(crate) fn difference(&mut self, high: &Index, low: &Index) -> Id {
        let mut terms = high.terms.clone();
        let mut left = Vec::new();
        for term in &low.terms {
            match terms.iter().position(|held| held == term) {
                Some(at) => drop(terms.remove(at)),
                None => left.push(*term),
            }
        }
        // A length that is a number is a term all the same.
        let mut constant = high.constant - low.constant;
        terms.retain(|&id| match self.name(id).parse::<i64>() {
            Ok(number) => {
                constant += number;
                false
            }
            Err(_) => true,
        });
        let index = Index { terms, constant };
        if left.is_empty() {
            return self.scalar_of(&index, "len");
        }
        let uses = [&index.terms[..], &left].concat();
        let names: Vec<_> = left.iter().map(|&id| self.name(id)).collect();
        let text = format!("{} - ({})", self.index_text(&index), names.join(" + "));
        self.plain_value("len", text, uses, Ty::plain("usize"))
    }

    /// Writes into an entry.
    pub(crate) fn store(&mut self, expr: &Expr, place: Place, kind: Store, value: Id) -> Result<()> {
        if self.is_active(value) && !self.function.roots[place.root].ty.is_active() {
            return refuse(expr, "a number of the differentiated type is written into memory of another type");
        }
        if self.function.roots[place.root].source == Source::Input {
            return refuse(expr, "this slice is shared: take it as `&mut [T]` to write into it");
        }
        self.push(Stmt::Store { place, kind, value });
        Ok(())
    }

    /// New local memory of the given length.
    pub(crate) fn begin(&mut self, source: Source, len: Id, fill: Fill, ty: Ty) -> View {
        let root = self.root("memory", ty, source);
        self.push(Stmt::Begin { root, len, fill });
        let depth = match &self.function.roots[root].source {
            Source::Array(dimensions) => dimensions.len() - 1,
            _ => 0,
        };
        let offset = Index::default();
        View { root, outer: vec![], offset, len, depth, mutable: false, held: Held::Fresh, grows: false }
    }

    /// An array whose entries are known becomes memory, so that it can be indexed and written into.
    pub(crate) fn spread(&mut self, at: &dyn ToTokens, parts: Vec<Val>) -> Result<View> {
        let parts: Vec<_> = parts.into_iter().map(|part| self.loaded(part)).collect();
        if parts.iter().any(|part| matches!(part, Val::Array(_) | Val::View(_))) {
            return self.rows(at, parts);
        }
        let mut list = Vec::new();
        for part in parts {
            list.push(self.scalar(at, part)?);
        }
        let ty = self.common(&list);
        let len = self.number(i64::try_from(list.len()).unwrap_or(0));
        Ok(self.begin(Source::Array(vec![list.len().to_string()]), len, Fill::List(list), ty))
    }

    /// An array of arrays.
    fn rows(&mut self, at: &dyn ToTokens, parts: Vec<Val>) -> Result<View> {
        let mut rows = Vec::new();
        for part in parts {
            rows.push(match part {
                Val::View(view) => view,
                Val::Array(parts) => self.spread(at, parts)?,
                _ => return refuse(at, "rows of an array are arrays of numbers here"),
            });
        }
        let dimensions = rows.first().and_then(|row| self.dimensions_of(row));
        let (Some(dimensions), Some(first)) = (dimensions, rows.first()) else {
            return refuse(at, "an array of slices is not memory of its own: copy the rows, or name each slice");
        };
        let ty = self.function.roots[first.root].ty.clone();
        let zero = self.default_of(&ty);
        let len = self.number(i64::try_from(rows.len()).unwrap_or(0));
        let dimensions = [vec![rows.len().to_string()], dimensions].concat();
        let view = self.begin(Source::Array(dimensions), len, Fill::Repeat(zero), ty);
        let whole: Expr = syn::parse_quote!(array);
        for (i, row) in rows.iter().enumerate() {
            let index = Index { terms: vec![], constant: i64::try_from(i).unwrap_or(0) };
            if let Val::View(to) = self.entry(&view, &index) {
                self.copy(&whole, row, &to)?;
            }
        }
        Ok(view)
    }

    /// `[row; n]`.
    pub(crate) fn repeated(&mut self, at: &Expr, row: Val, len: &Expr) -> Result<Val> {
        let row = match row {
            Val::Array(parts) => self.spread(at, parts)?,
            Val::View(view) => view,
            _ => return refuse(at, "an array repeats a number or an array here"),
        };
        let Some(dimensions) = self.dimensions_of(&row) else {
            return refuse(at, "an array of slices or vectors is not memory of its own: repeat an array");
        };
        let ty = self.function.roots[row.root].ty.clone();
        let zero = self.default_of(&ty);
        let text = len.to_token_stream().to_string();
        let len = self.constant(&text, Ty::plain("usize"));
        let view = self.begin(Source::Array([vec![text], dimensions].concat()), len, Fill::Repeat(zero), ty);
        self.each(len, &[], &|lower, i| match lower.entry(&view, &Index { terms: vec![i], constant: 0 }) {
            Val::View(to) => lower.copy(at, &row, &to),
            _ => Ok(()),
        })?;
        Ok(Val::View(view))
    }

    /// `vec![a, b]`.
    pub(crate) fn list(&mut self, at: &Expr, parts: Vec<Val>) -> Result<View> {
        let mut list = Vec::new();
        for part in parts {
            list.push(self.scalar(at, part)?);
        }
        let ty = self.common(&list);
        let zero = self.default_of(&ty);
        let len = self.number(i64::try_from(list.len()).unwrap_or(0));
        let view = self.begin(Source::Vector, len, Fill::Repeat(zero), ty);
        for (i, value) in list.into_iter().enumerate() {
            let index = Index { terms: vec![], constant: i64::try_from(i).unwrap_or(0) };
            let place = self.entry(&view, &index);
            self.set_entry(at, place, value)?;
        }
        Ok(view)
    }

    /// The type of several scalars together.
    pub(crate) fn common(&self, list: &[Id]) -> Ty {
        let types = || list.iter().map(|&id| &self.function.values[id].ty);
        types().find(|ty| ty.is_active()).or_else(|| types().next()).cloned().unwrap_or(Ty::Plain(None))
    }
}
