//! Calls: closures, functions of the scalar's type, and functions that come with derivative code.

use super::assigned::Assigned;
use super::plain::ident_of;
use super::{Closure, Lower, Val, refuse};
use crate::form::{Argument, Call, Index, Stmt, Stretch, Ty};
use crate::pack::Pack;
use quote::ToTokens;
use std::rc::Rc;
use syn::visit::Visit;
use syn::{Expr, ExprCall, ExprMethodCall, Result};

impl Lower {
    pub(crate) fn call(&mut self, call: &ExprCall) -> Result<Val> {
        let whole = Expr::Call(call.clone());
        let expected = self.expected.take();
        if let Some(name) = ident_of(&call.func)
            && let Some(function) = self.lookup(&name)
        {
            let arguments = call.args.iter().map(|argument| self.expr(argument)).collect::<Result<_>>()?;
            return self.apply(&whole, &function, arguments);
        }
        let Expr::Path(path) = &*call.func else {
            return refuse(&call.func, "only functions, and closures bound to a name, can be called here");
        };
        let Some(last) = path.path.segments.last() else { return refuse(&call.func, "a name is missing") };
        let name = last.ident.to_string();
        let arguments: Vec<_> = call.args.iter().collect();
        if self.is_of_scalar(&path.path) || path.path.segments.iter().any(|segment| segment.ident == "Float") {
            match (name.as_str(), &arguments[..]) {
                ("dot", [a, b]) => {
                    let (a, b) = (self.view_of(a)?, self.view_of(b)?);
                    return self.dot(&whole, &a, Some(&b));
                }
                ("sum_of", [a]) => {
                    let a = self.view_of(a)?;
                    return self.dot(&whole, &a, None);
                }
                ("linear_combination" | "local", _) => {
                    return refuse(&call.func, "write this out as a loop: `#[differentiable]` makes it as fast");
                }
                (_, [receiver, rest @ ..]) => {
                    let x = self.scalar_expr(receiver)?;
                    let rest: Vec<_> = rest.iter().map(|argument| self.scalar_expr(argument)).collect::<Result<_>>()?;
                    return self.method(&whole, &name, x, &rest);
                }
                _ => {}
            }
        }
        if path.path.segments.len() > 1 && path.path.segments[path.path.segments.len() - 2].ident == "mem" {
            return self.of_mem(&whole, &name, &arguments);
        }
        let mut prefix: String = path
            .path
            .segments
            .iter()
            .rev()
            .skip(1)
            .fold(String::new(), |text, segment| format!("{}::{text}", segment.to_token_stream()));
        if path.path.leading_colon.is_some() {
            prefix = format!("::{prefix}");
        }
        let generics = last.arguments.to_token_stream().to_string();
        self.expected = expected;
        self.companion(&whole, prefix, &name, generics, &arguments)
    }

    pub(crate) fn method_of_self(&mut self, call: &ExprMethodCall) -> Result<Val> {
        let prefix = format!("{}.", call.receiver.to_token_stream());
        let generics = call.turbofish.to_token_stream().to_string();
        let arguments: Vec<_> = call.args.iter().collect();
        self.companion(&Expr::MethodCall(call.clone()), prefix, &call.method.to_string(), generics, &arguments)
    }

    /// A function that has `#[differentiable]` too.
    fn companion(
        &mut self,
        at: &Expr,
        prefix: String,
        name: &str,
        generics: String,
        arguments: &[&Expr],
    ) -> Result<Val> {
        let expected = self.expected.take();
        if !generics.is_empty() {
            return refuse(at, "leave the type arguments of this call to inference");
        }
        let mut lowered = Vec::new();
        for argument in arguments {
            let before = self.skip();
            lowered.push(self.argument(argument)?);
            self.unjumped(argument, before)?;
        }
        unaliased(&mut lowered);
        self.with_numbers(arguments, &lowered)?;
        self.expected = expected;
        let returned = self.returned(name);
        let val = returned.as_ref().map_or(Val::Unit, Val::of_pack);
        self.push(Stmt::Call(Call { prefix, name: name.into(), arguments: lowered, returned }));
        Ok(val)
    }

    /// Refuses slices of local passive arrays where no slice of numbers is handed on: such a function has other companions.
    fn with_numbers(&self, arguments: &[&Expr], lowered: &[Argument]) -> Result<()> {
        let is_active = |stretch: &Stretch| self.function.roots[stretch.root].ty.is_active();
        let mut passive = None;
        for (expr, argument) in arguments.iter().zip(lowered) {
            match argument {
                Argument::Stretch(stretch) if is_active(stretch) => return Ok(()),
                Argument::Stretch(_) => passive = Some(*expr),
                _ => {}
            }
        }
        match passive {
            Some(expr) => refuse(
                expr,
                "a function of numbers by value takes passive arrays of `self` and of parameters: pass entries of a local one by value",
            ),
            None => Ok(()),
        }
    }

    fn argument(&mut self, expr: &Expr) -> Result<Argument> {
        let written = matches!(expr, Expr::Reference(reference) if reference.mutability.is_some());
        let borrowed = matches!(expr, Expr::Reference(_));
        if let Some(id) = self.passive_scalar(expr)
            && !self.is_active(id)
        {
            return Ok(Argument::Plain(id));
        }
        match self.expr_place(expr)? {
            Val::Scalar(id) if self.is_active(id) && borrowed => {
                refuse(expr, "pass numbers by value to a `#[differentiable]` function, and take results as its value")
            }
            Val::Scalar(id) if self.is_active(id) => Ok(Argument::Active(Pack::One(id))),
            Val::Scalar(_) if written => refuse(
                expr,
                "pass this by value to a `#[differentiable]` function, and take what it becomes as its value",
            ),
            Val::Scalar(id) => Ok(Argument::Plain(id)),
            Val::View(view) if !borrowed && self.dimensions_of(&view).is_some() => {
                let Ok(len) = self.name(view.len).parse::<i64>() else {
                    return refuse(expr, "an array by value has a literal as its length: pass a slice of this one");
                };
                let parts = (0..len).map(|constant| self.entry(&view, &Index { terms: vec![], constant })).collect();
                self.by_value(expr, &Val::Array(parts))
            }
            Val::View(view) => {
                let mutable = written || (!borrowed && view.mutable);
                if view.depth > 0 {
                    return refuse(expr, "nested arrays cannot be passed on yet: pass their rows");
                }
                Ok(Argument::Stretch(Stretch {
                    root: view.root,
                    outer: view.outer,
                    offset: view.offset,
                    len: view.len,
                    mutable,
                }))
            }
            val @ (Val::Tuple(_) | Val::Array(_)) if !borrowed => self.by_value(expr, &val),
            Val::Tuple(_) | Val::Struct(_) => {
                refuse(expr, "pass the parts by themselves: numbers by value and slices are followed")
            }
            Val::Array(parts) => {
                let view = self.spread(expr, parts)?;
                let offset = Index::default();
                Ok(Argument::Stretch(Stretch {
                    root: view.root,
                    outer: vec![],
                    offset,
                    len: view.len,
                    mutable: written,
                }))
            }
            Val::Entry(place) if !borrowed => {
                let id = self.load(place);
                Ok(if self.is_active(id) { Argument::Active(Pack::One(id)) } else { Argument::Plain(id) })
            }
            Val::Entry(_) => {
                refuse(expr, "pass numbers by value to a `#[differentiable]` function, and take results as its value")
            }
            Val::Closure(_) => refuse(
                expr,
                "a closure cannot be passed on here: write the call out, or, for passive data, compute it by a helper of plain numbers without the attribute",
            ),
            Val::Unit => refuse(expr, "this has no value"),
        }
    }

    /// A tuple or an array.
    fn by_value(&mut self, expr: &Expr, val: &Val) -> Result<Argument> {
        let pack = self.pack_of(expr, val)?;
        let ids = pack.flat();
        if ids.iter().any(|&id| self.is_active(id)) {
            return Ok(Argument::Active(pack));
        }
        let text = pack.value(&mut |id| self.name(id).into());
        Ok(Argument::Plain(self.plain_value("t", text, ids, Ty::Plain(None))))
    }

    fn pack_of(&mut self, expr: &Expr, val: &Val) -> Result<Pack> {
        let mut each = |parts: &[Val]| parts.iter().map(|part| self.pack_of(expr, part)).collect::<Result<Vec<_>>>();
        match val {
            Val::Tuple(parts) => each(parts).map(Pack::Tuple),
            Val::Array(parts) => each(parts).map(Pack::Array),
            Val::View(_) => refuse(expr, "nested arrays cannot be passed on yet: pass their rows"),
            one => self.scalar(expr, one.clone()).map(Pack::One),
        }
    }

    /// A closure, with what it captures.
    pub(crate) fn closure(&mut self, syntax: &syn::ExprClosure) -> Result<Val> {
        if syntax.capture.is_some() {
            let mut names = super::scan::Scan::default();
            names.visit_expr(&syntax.body);
            for (name, val) in self.scopes.iter().flatten() {
                if names.mentions(name) && self.is_copied(val) {
                    let message = format!("`move` copies `{name}`, which is written into: leave `move` out");
                    return refuse(syntax.capture, message);
                }
            }
        }
        let captured = self.scopes.clone();
        Ok(Val::Closure(Rc::new(Closure { syntax: syntax.clone(), captured })))
    }

    /// Whether a value has an array in it that is copied where it is moved, and written into.
    fn is_copied(&self, val: &Val) -> bool {
        match val {
            Val::View(view) => {
                view.held == super::Held::Place
                    && matches!(self.function.roots[view.root].source, crate::form::Source::Array(_))
                    && !self.frozen.contains(&view.root)
            }
            Val::Tuple(parts) | Val::Array(parts) => parts.iter().any(|part| self.is_copied(part)),
            Val::Struct(fields) => fields.iter().any(|(_, part)| self.is_copied(part)),
            _ => false,
        }
    }

    /// The value of a name or closure that is called.
    pub(crate) fn expr_or_path(&mut self, expr: &Expr) -> Result<Val> {
        match expr {
            Expr::Path(_) if ident_of(expr).is_some_and(|name| self.lookup(&name).is_some()) => self.expr(expr),
            Expr::Closure(_) => self.expr(expr),
            Expr::Path(_) => Ok(Val::Unit),
            _ => refuse(expr, "write the closure out here: `|x| …`"),
        }
    }

    /// The body of a closure with its parameters bound, in the scope it was written in; a path is called.
    pub(crate) fn apply(&mut self, at: &Expr, function: &Val, arguments: Vec<Val>) -> Result<Val> {
        let Val::Closure(closure) = function else {
            if let (Val::Unit, Expr::Path(path)) = (function, at) {
                let [x, rest @ ..] = &arguments[..] else { return refuse(at, "an argument is missing") };
                if self.is_of_scalar(&path.path)
                    && let Some(last) = path.path.segments.last()
                {
                    let x = self.scalar(at, x.clone())?;
                    let rest: Vec<_> = rest.iter().map(|val| self.scalar(at, val.clone())).collect::<Result<_>>()?;
                    return self.method(at, &last.ident.to_string(), x, &rest);
                }
            }
            return refuse(at, "write a closure here: `|x| f(x)`");
        };
        let closure = Rc::clone(closure);
        if closure.syntax.inputs.len() != arguments.len() {
            return refuse(at, "the closure has another number of parameters");
        }
        no_captured_assignment(&closure)?;
        let scopes = std::mem::replace(&mut self.scopes, closure.captured.clone());
        let truth = self.boolean(false);
        self.scopes.push([("%skip".to_string(), truth)].into());
        let hidden = self.scopes.iter_mut().find_map(|scope| scope.remove("%returned"));
        for (pat, val) in closure.syntax.inputs.iter().zip(arguments) {
            let unreferenced = strip(pat);
            let val = if matches!(unreferenced, syn::Pat::Reference(_)) { self.loaded(val) } else { val };
            self.pattern(pat, val)?;
        }
        let val = self.expr(&closure.syntax.body);
        drop(hidden);
        self.scopes = scopes;
        val
    }
}

/// What goes into a call twice is only read there: nothing is borrowed mutably beside something else.
fn unaliased(arguments: &mut [Argument]) {
    let stretches: Vec<_> = arguments
        .iter()
        .filter_map(|argument| match argument {
            Argument::Stretch(stretch) => {
                Some((stretch.root, stretch.outer.clone(), stretch.offset.clone(), stretch.len))
            }
            _ => None,
        })
        .collect();
    for argument in arguments {
        if let Argument::Stretch(stretch) = argument {
            let same = |(root, outer, offset, len): &&(_, _, _, _)| {
                (*root, *len) == (stretch.root, stretch.len) && (outer, offset) == (&stretch.outer, &stretch.offset)
            };
            stretch.mutable &= stretches.iter().filter(same).count() == 1;
        }
    }
}

fn no_captured_assignment(closure: &Closure) -> Result<()> {
    let mut assigned = Assigned::default();
    assigned.visit_expr(&closure.syntax.body);
    for name in assigned.names {
        let captured = closure.captured.iter().rev().find_map(|scope| scope.get(&name));
        if matches!(captured, Some(Val::Scalar(_) | Val::Tuple(_) | Val::Array(_) | Val::Struct(_)))
            || matches!(captured, Some(Val::View(view)) if view.grows)
        {
            return refuse(
                &closure.syntax,
                format!("this closure changes `{name}`, which it captures: return the new value instead"),
            );
        }
    }
    Ok(())
}

fn strip(pat: &syn::Pat) -> &syn::Pat {
    match pat {
        syn::Pat::Paren(inner) => strip(&inner.pat),
        syn::Pat::Type(typed) => strip(&typed.pat),
        other => other,
    }
}
