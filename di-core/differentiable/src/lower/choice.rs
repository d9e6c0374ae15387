//! `match`.

use super::{Lower, Val, refuse};
use crate::form::{Id, Ty};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, ExprMatch, Pat, Result};

impl Lower {
    /// `match` on passive data, as a chain of conditions.
    pub(crate) fn choice(&mut self, choice: &ExprMatch) -> Result<Val> {
        let Some((text, uses, _)) = self.passive(&choice.expr) else {
            return refuse(&choice.expr, "`match` looks at passive data only: compare numbers with `if`");
        };
        self.arm(choice, 0, &text, &uses)
    }

    fn arm(&mut self, choice: &ExprMatch, at: usize, text: &str, uses: &[Id]) -> Result<Val> {
        let Some(arm) = choice.arms.get(at) else { return refuse(choice, "a `match` without arms has no value") };
        let last = at + 1 == choice.arms.len();
        let (pat, guard) = guarded(arm);
        if let Pat::Ident(ident) = pat
            && ident.ident.to_string().starts_with(char::is_lowercase)
        {
            let scrutinee = self.plain_value("t", text.into(), uses.to_vec(), Ty::Plain(None));
            self.scopes.push([(ident.ident.to_string(), Val::Scalar(scrutinee))].into());
            let val = match guard {
                None => self.expr(&arm.body),
                Some(guard) => {
                    let condition = self.scalar_expr(guard)?;
                    self.fork(condition, &|lower| lower.expr(&arm.body), &|lower| lower.arm(choice, at + 1, text, uses))
                }
            };
            self.scopes.pop();
            return val;
        }
        if binds(pat) {
            return refuse(pat, "a pattern that takes the value apart is not supported: match on plain values");
        }
        if last && guard.is_none() {
            return self.expr(&arm.body);
        }
        let (mut uses_here, mut pattern) = (uses.to_vec(), pat.to_token_stream().to_string());
        if let Some(guard) = guard {
            let id = self.scalar_expr(guard)?;
            uses_here.push(id);
            pattern = format!("{pattern} if {}", self.name(id));
        }
        let condition = format!("matches!({text}, {pattern})");
        let condition = self.plain_value("is", condition, uses_here, Ty::plain("bool"));
        self.fork(condition, &|lower| lower.expr(&arm.body), &|lower| lower.arm(choice, at + 1, text, uses))
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
