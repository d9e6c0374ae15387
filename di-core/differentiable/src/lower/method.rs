//! Methods of numbers and of slices.

use super::plain::{base, ident_of};
use super::{Held, Lower, Val, View, refuse};
use crate::form::{Arithmetic, Fill, Id, Index, Op, Source, Ty};
use syn::{Expr, ExprMethodCall, Result};

/// Methods of one number with the names of their rules.
const UNARY: [(&str, &str); 29] = [
    ("abs", "Abs"),
    ("signum", "Signum"),
    ("floor", "Floor"),
    ("ceil", "Ceil"),
    ("round", "Round"),
    ("trunc", "Trunc"),
    ("fract", "Fract"),
    ("recip", "Recip"),
    ("sqrt", "Sqrt"),
    ("cbrt", "Cbrt"),
    ("exp", "Exp"),
    ("exp2", "Exp2"),
    ("exp_m1", "ExpM1"),
    ("ln", "Ln"),
    ("ln_1p", "Ln1p"),
    ("log2", "Log2"),
    ("log10", "Log10"),
    ("sin", "Sin"),
    ("cos", "Cos"),
    ("tan", "Tan"),
    ("asin", "Asin"),
    ("acos", "Acos"),
    ("atan", "Atan"),
    ("sinh", "Sinh"),
    ("cosh", "Cosh"),
    ("tanh", "Tanh"),
    ("asinh", "Asinh"),
    ("acosh", "Acosh"),
    ("atanh", "Atanh"),
];

/// Methods of two numbers with the names of their rules.
const BINARY: [(&str, &str); 5] =
    [("powf", "PowF"), ("atan2", "Atan2"), ("hypot", "Hypot"), ("abs_sub", "AbsSub"), ("log", "Log")];

/// Questions about a number, answered by its value.
const QUESTIONS: [&str; 7] =
    ["is_nan", "is_finite", "is_infinite", "is_normal", "is_subnormal", "is_sign_negative", "is_sign_positive"];

/// Methods of numbers that have no rule of their own and give a number.
const OTHERS: [&str; 16] = [
    "powi",
    "add",
    "sub",
    "mul",
    "div",
    "neg",
    "clone",
    "to_owned",
    "mul_add",
    "max",
    "min",
    "clamp",
    "copysign",
    "to_degrees",
    "to_radians",
    "rem",
];

/// Whether a method asks about a number.
pub(crate) fn is_question(name: &str) -> bool {
    QUESTIONS.contains(&name)
}

/// Whether a method makes a number of numbers.
pub(crate) fn gives_number(name: &str) -> bool {
    UNARY.iter().chain(&BINARY).any(|(method, _)| *method == name) || OTHERS.contains(&name)
}

impl Lower {
    pub(crate) fn method_call(&mut self, call: &ExprMethodCall) -> Result<Val> {
        let whole = Expr::MethodCall(call.clone());
        let name = call.method.to_string();
        if name == "buffer" {
            return self.cache(call);
        }
        let of_self = ident_of(&call.receiver).is_some_and(|name| name == "self")
            || (base(&call.receiver).is_some_and(|name| name == "self") && self.passive(&call.receiver).is_some());
        if of_self && !matches!(name.as_str(), "iter" | "to_vec") && !ends_iterator(&name) {
            return self.method_of_self(call);
        }
        if let Some(val) = self.reduction(call)? {
            return Ok(val);
        }
        if name == "iter" || name == "iter_mut" || name == "map" || name == "zip" || name == "into_iter" {
            return refuse(
                call,
                "an iterator stands in `for`, or ends with `sum`, `product`, `fold` or `collect` at once",
            );
        }
        let receiver = self.expr_place(&call.receiver)?;
        if let Val::View(view) = &receiver {
            return self.method_of_slice(call, &name, &view.clone());
        }
        if let (Val::Tuple(_) | Val::Struct(_), "clone") = (&receiver, name.as_str()) {
            return Ok(receiver);
        }
        if let Val::Struct(_) = receiver {
            return refuse(
                &call.method,
                "methods of structs are not followed: call a function with the fields it needs",
            );
        }
        if let (Val::Array(parts), "clone" | "to_vec" | "map" | "len") = (&receiver, name.as_str()) {
            if name == "len" {
                return Ok(Val::Scalar(self.number(i64::try_from(parts.len()).unwrap_or(0))));
            }
            if name == "map" {
                let Some(closure) = call.args.first() else { return refuse(call, "a closure is missing") };
                let function = self.expr_or_path(closure)?;
                let mapped = parts.clone().into_iter().map(|part| self.apply(closure, &function, vec![part]));
                return mapped.collect::<Result<_>>().map(Val::Array);
            }
            return Ok(Val::View(self.spread(&whole, parts.clone())?));
        }
        let x = self.scalar(&call.receiver, receiver)?;
        let arguments: Vec<_> = call.args.iter().map(|argument| self.scalar_expr(argument)).collect::<Result<_>>()?;
        self.method(&whole, &name, x, &arguments)
    }

    /// A method of numbers.
    pub(crate) fn method(&mut self, at: &Expr, name: &str, x: Id, arguments: &[Id]) -> Result<Val> {
        if !self.is_active(x) && !arguments.iter().any(|&id| self.is_active(id)) {
            let names: Vec<_> = arguments.iter().map(|&id| self.name(id)).collect();
            let text = format!("({}).{name}({})", self.name(x), names.join(", "));
            let uses = [&[x], arguments].concat();
            let ty = self.function.values[x].ty.clone();
            return Ok(Val::Scalar(self.plain_value("t", text, uses, ty)));
        }
        if let Some((method, rule)) = UNARY.iter().find(|(method, _)| *method == name) {
            return Ok(Val::Scalar(self.define("t", Ty::Active, Op::Unary { rule, method, x })));
        }
        if let (Some((method, rule)), [y]) = (BINARY.iter().find(|(method, _)| *method == name), arguments) {
            return Ok(Val::Scalar(self.define("t", Ty::Active, Op::Binary { rule, method, x, y: *y })));
        }
        if QUESTIONS.contains(&name) {
            let text = format!("{}.{name}()", self.name(x));
            return Ok(Val::Scalar(self.plain_value("is", text, vec![x], Ty::plain("bool"))));
        }
        let val = match (name, arguments) {
            ("powi", [n]) => self.define("t", Ty::Active, Op::PowI(x, *n)),
            ("add", [y]) => self.arithmetic(Arithmetic::Add, x, *y),
            ("sub", [y]) => self.arithmetic(Arithmetic::Sub, x, *y),
            ("mul", [y]) => self.arithmetic(Arithmetic::Mul, x, *y),
            ("div", [y]) => self.arithmetic(Arithmetic::Div, x, *y),
            ("neg", []) => self.negate(x),
            ("clone" | "to_owned", []) => x,
            ("mul_add", [a, b]) => {
                let product = self.arithmetic(Arithmetic::Mul, x, *a);
                self.arithmetic(Arithmetic::Add, product, *b)
            }
            ("sin_cos", []) => {
                let sin = self.define("sin", Ty::Active, Op::Unary { rule: "Sin", method: "sin", x });
                let cos = self.define("cos", Ty::Active, Op::Unary { rule: "Cos", method: "cos", x });
                return Ok(Val::Tuple(vec![Val::Scalar(sin), Val::Scalar(cos)]));
            }
            ("max", [y]) => self.select("{x} >= {y} || {y}.is_nan()", x, *y, x, *y),
            ("min", [y]) => self.select("{x} <= {y} || {y}.is_nan()", x, *y, x, *y),
            ("clamp", [low, high]) => {
                let floored = self.select("{x} < {y}", x, *low, *low, x);
                self.select("{x} > {y}", floored, *high, *high, floored)
            }
            ("copysign", [sign]) => {
                let negated = self.negate(x);
                self.select("{x}.is_sign_negative() == {y}.is_sign_negative()", x, *sign, x, negated)
            }
            ("to_degrees", []) => self.scaled(x, "180.0 / std::f64::consts::PI"),
            ("to_radians", []) => self.scaled(x, "std::f64::consts::PI / 180.0"),
            ("to_f64" | "to_f32" | "to_usize" | "to_i32" | "to_i64" | "to_u64" | "to_u32" | "integer_decode", _) => {
                return refuse(
                    at,
                    "this takes the derivative off: compute with the differentiated type, or from passive data",
                );
            }
            ("partial_cmp" | "total_cmp", _) => return refuse(at, "compare numbers with `<`, `<=`, `>` or `>=`"),
            _ => return refuse(at, format!("the method `{name}` has no derivative that `#[differentiable]` knows")),
        };
        Ok(Val::Scalar(val))
    }

    fn scaled(&mut self, x: Id, factor: &str) -> Id {
        let text = format!("{}::lift({factor})", self.scalar);
        let factor = self.constant(&text, Ty::Active);
        self.arithmetic(Arithmetic::Mul, x, factor)
    }

    /// `a` where the question about `x` and `y` is answered with yes, else `b`.
    fn select(&mut self, question: &str, x: Id, y: Id, a: Id, b: Id) -> Id {
        let text = question.replace("{x}", self.name(x)).replace("{y}", self.name(y));
        let condition = self.plain_value("is", text, vec![x, y], Ty::plain("bool"));
        self.define("t", Ty::Active, Op::Select(condition, a, b))
    }

    fn method_of_slice(&mut self, call: &ExprMethodCall, name: &str, view: &View) -> Result<Val> {
        let whole = Expr::MethodCall(call.clone());
        let arguments: Vec<_> = call.args.iter().collect();
        if let Some(val) = self.changed_vector(call, view)? {
            return Ok(val);
        }
        match (name, &arguments[..]) {
            ("len", []) => Ok(Val::Scalar(view.len)),
            ("as_slice" | "as_mut_slice" | "as_ref" | "as_mut" | "borrow", []) => {
                let mutable = view.mutable || name.contains("mut");
                Ok(Val::View(View { held: Held::Shared, grows: false, mutable, ..view.clone() }))
            }
            ("split_at" | "split_at_mut", [at]) => {
                let at = self.index(at)?;
                let mutable = name == "split_at_mut";
                let view = &View { mutable, held: Held::Shared, grows: false, ..view.clone() };
                let first = View { len: self.scalar_of(&at, "len"), ..view.clone() };
                let len = self.difference(&Index { terms: vec![view.len], constant: 0 }, &at);
                let second = View { offset: view.offset.plus(&at), len, ..view.clone() };
                Ok(Val::Tuple(vec![Val::View(first), Val::View(second)]))
            }
            ("copy_from_slice" | "clone_from_slice", [from]) => {
                let from = self.view_of(from)?;
                self.copy(&whole, &from, view)?;
                Ok(Val::Unit)
            }
            ("fill", [value]) => {
                let value = self.scalar_expr(value)?;
                self.each(view.len, &[], &|lower, i| {
                    let place = lower.entry(view, &Index { terms: vec![i], constant: 0 });
                    lower.set_entry(&whole, place, value)
                })?;
                Ok(Val::Unit)
            }
            ("swap", [a, b]) => {
                let (a, b) = (self.index(a)?, self.index(b)?);
                let (a, b) = (self.entry(view, &a), self.entry(view, &b));
                let (x, y) = (self.scalar(&whole, a.clone())?, self.scalar(&whole, b.clone())?);
                self.set_entry(&whole, a, y)?;
                self.set_entry(&whole, b, x)?;
                Ok(Val::Unit)
            }
            ("to_vec" | "clone" | "to_owned", []) => {
                let held = if name == "to_vec" { Held::Shared } else { view.held };
                Ok(Val::View(self.duplicate(&View { held, ..view.clone() })?))
            }
            ("reverse" | "rotate_left" | "rotate_right" | "sort_by" | "sort", _) => {
                refuse(&call.method, "this reordering is not supported: write the entries with an index loop")
            }
            _ => refuse(&call.method, format!("the method `{name}` of slices is not supported: write an index loop")),
        }
    }

    /// `self.cache.buffer::<T>(n)`: memory that lives as long as the evaluation.
    fn cache(&mut self, call: &ExprMethodCall) -> Result<Val> {
        let Some((text, _, _)) = self.passive(&call.receiver) else {
            return refuse(&call.receiver, "a buffer comes from a cache of `self`");
        };
        let Some(len) = call.args.first() else { return refuse(call, "the length of the buffer is missing") };
        let len = self.scalar_expr(len)?;
        let held = self.function.roots.iter().position(|root| root.source == Source::Cache(text.clone()));
        let root = if let Some(root) = held {
            root
        } else {
            let root = self.root("memory", Ty::Active, Source::Cache(text));
            self.function.roots[root].block = 0;
            root
        };
        self.push(crate::form::Stmt::Begin { root, len, fill: Fill::Unspecified });
        let offset = Index::default();
        Ok(Val::View(View {
            root,
            outer: vec![],
            offset,
            len,
            depth: 0,
            mutable: true,
            held: Held::Shared,
            grows: false,
        }))
    }

    /// `Σ a_i b_i` and its like.
    pub(crate) fn dot(&mut self, at: &Expr, a: &View, b: Option<&View>) -> Result<Val> {
        self.scopes.push(std::collections::HashMap::new());
        let zero = self.zero();
        self.bind("%sum", zero);
        self.each(a.len, &["%sum".into()], &|lower, i| {
            let index = Index { terms: vec![i], constant: 0 };
            let entry = lower.entry(a, &index);
            let mut term = lower.scalar(at, entry)?;
            if let Some(b) = b {
                let entry = lower.entry(b, &index);
                let other = lower.scalar(at, entry)?;
                term = lower.arithmetic(Arithmetic::Mul, term, other);
            }
            let held = lower.lookup("%sum").unwrap_or(Val::Unit);
            let held = lower.scalar(at, held)?;
            let sum = lower.arithmetic(Arithmetic::Add, held, term);
            lower.assign("%sum", Val::Scalar(sum));
            Ok(())
        })?;
        let val = self.lookup("%sum").unwrap_or(Val::Unit);
        self.scopes.pop();
        Ok(val)
    }
}

/// Whether a method ends an iterator.
fn ends_iterator(name: &str) -> bool {
    ["sum", "product", "fold", "for_each", "collect", "count"].contains(&name)
}
