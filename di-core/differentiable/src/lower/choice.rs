//! `match`.

use super::{Lower, Val, refuse};
use crate::form::{Id, Ty};
use crate::pack::Pack;
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, ExprMatch, Pat, Result};

impl Lower {
    /// `match` on passive data, as a chain of conditions.
    pub(crate) fn choice(&mut self, choice: &ExprMatch) -> Result<Val> {
        let expected = self.expected.take();
        let Some((text, uses, _)) = self.passive(&choice.expr) else {
            return refuse(
                &choice.expr,
                "`match` looks at one value of passive data: compare numbers with `if`, and put one `match` inside of another for a tuple",
            );
        };
        self.arm(choice, 0, (&text, &uses), expected.as_ref())
    }

    /// What an arm does, and what is waited for as its value.
    fn arm_body(&mut self, arm: &syn::Arm, expected: Option<&Pack<()>>) -> Result<Val> {
        self.expected = expected.cloned();
        let val = self.expr(&arm.body);
        self.expected = None;
        val
    }

    fn arm(
        &mut self,
        choice: &ExprMatch,
        at: usize,
        (text, uses): (&str, &[Id]),
        expected: Option<&Pack<()>>,
    ) -> Result<Val> {
        let Some(arm) = choice.arms.get(at) else { return refuse(choice, "a `match` without arms has no value") };
        let last = at + 1 == choice.arms.len();
        let (pat, guard) = guarded(arm);
        if let Pat::Ident(ident) = pat
            && ident.ident.to_string().starts_with(char::is_lowercase)
        {
            let scrutinee = self.plain_value("t", text.into(), uses.to_vec(), Ty::Plain(None));
            self.scopes.push([(ident.ident.to_string(), Val::Scalar(scrutinee))].into());
            let val = match guard {
                None => self.arm_body(arm, expected),
                Some(guard) => {
                    let condition = self.scalar_expr(guard)?;
                    self.fork(condition, &|lower| lower.arm_body(arm, expected), &|lower| {
                        lower.arm(choice, at + 1, (text, uses), expected)
                    })
                }
            };
            self.scopes.pop();
            return val;
        }
        if binds(pat) {
            return refuse(
                pat,
                "a pattern that takes the value apart is not supported: match on plain values, or compute what it gives by a helper of plain numbers without the attribute",
            );
        }
        if last && guard.is_none() {
            return self.arm_body(arm, expected);
        }
        let condition = self.taken((text, uses), pat, guard)?;
        self.fork(condition, &|lower| lower.arm_body(arm, expected), &|lower| {
            lower.arm(choice, at + 1, (text, uses), expected)
        })
    }
}

impl Lower {
    /// Whether an arm is taken. Where its pattern does not match, the guard is not looked at.
    fn taken(&mut self, (text, uses): (&str, &[Id]), pat: &Pat, guard: Option<&Expr>) -> Result<Id> {
        let matched = |lower: &mut Self, pattern: &str, guard: Option<Id>| {
            let uses = uses.iter().copied().chain(guard).collect();
            lower.plain_value("is", format!("matches!({text}, {pattern})"), uses, Ty::plain("bool"))
        };
        let pattern = pat.to_token_stream().to_string();
        let Some(guard) = guard else { return Ok(matched(self, &pattern, None)) };
        let saved = self.clone();
        let count = |lower: &Self| lower.open.last().map_or(0, |block| block.stmts.len());
        let before = count(self);
        let id = self.scalar_expr(guard)?;
        if count(self) == before {
            return Ok(matched(self, &format!("{pattern} if {}", self.name(id)), Some(id)));
        }
        *self = saved;
        let condition = matched(self, &pattern, None);
        let both = self.fork(condition, &|lower| lower.expr(guard), &|lower| Ok(lower.boolean(false)))?;
        self.scalar(guard, both)
    }
}

/// The pattern of an arm without its guard, and the guard.
fn guarded(arm: &syn::Arm) -> (&Pat, Option<&Expr>) {
    match &arm.pat {
        Pat::Guard(guarded) => (&guarded.pat, Some(&guarded.guard)),
        pat => (pat, None),
    }
}

/// Whether a pattern binds a name.
fn binds(pat: &Pat) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_pat_ident(&mut self, ident: &'ast syn::PatIdent) {
            self.0 |= ident.ident.to_string().starts_with(char::is_lowercase);
        }
    }
    let mut finder = Finder(false);
    finder.visit_pat(pat);
    finder.0
}
