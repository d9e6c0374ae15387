//! Writes the companions of functions of numbers that a reverse sweep evaluates again: the value with what the derivative in each
//! number is made of, and the adjoint from that.

use super::uses;
use crate::form::{Parameter, Stmt};
use crate::forward::tuple;
use crate::pack::Pack;
use crate::surface::Lowered;

/// The most numbers of which the derivatives in all are had beside the value, rather than by a sweep forth and back.
const MOST: usize = 2;

/// What the companions are called.
pub(crate) struct Names<'a> {
    pub(crate) linearize: &'a str,
    pub(crate) transpose: &'a str,
    pub(crate) adjoint: &'a str,
    pub(crate) tangent: &'a str,
    /// The function itself.
    pub(crate) plain: &'a str,
    /// The parameters of types.
    pub(crate) generics: &'a str,
    /// The names of these, as arguments.
    pub(crate) explicit: &'a str,
}

impl Lowered {
    fn numbers(&self) -> usize {
        let count = |parameter: &Parameter| if let Parameter::Active(pack) = parameter { pack.flat().len() } else { 0 };
        self.function.parameters.iter().map(count).sum()
    }

    /// Whether its derivatives are had beside its value: it returns one number, of one or two, and has a loop, whose reverse would
    /// have to save what it carries.
    pub(crate) fn is_sloped(&self) -> bool {
        matches!(self.function.returned, Some(Pack::One(_)))
            && (1..=MOST).contains(&self.numbers())
            && self.function.body.stmts.iter().any(Stmt::has_loop)
    }

    /// A call of a companion with the parameters, and `more`.
    fn handed(&self, path: &str, explicit: &str, more: &[&str]) -> String {
        let owner = if self.has_self { "self." } else { "Self::" };
        let names = self.parameters.iter().map(|(name, _)| name.as_str()).chain(more.iter().copied());
        format!("{owner}{path}::<{explicit}>({})", names.collect::<Vec<_>>().join(", "))
    }

    /// The value and a number for each number that it is called with.
    pub(crate) fn linearize(&self, root: &str, names: &Names<'_>) -> String {
        let (scalar, count) = (&self.scalar, self.numbers());
        let parameters: Vec<_> = self.parameters.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        let ty = self.function.returned.as_ref().map_or_else(|| "()".into(), |pack| pack.ty(scalar));
        let body = if self.is_sloped() {
            self.slopes(names)
        } else {
            let arguments: Vec<_> = self.parameters.iter().map(|(name, _)| name.as_str()).collect();
            format!("({}::<{}>({}), [{scalar}::zero(); {count}])", names.plain, names.explicit, arguments.join(", "))
        };
        format!(
            "fn {}<{}>({}{}) -> ({ty}, [{scalar}; {count}]) __where_clause__ {{ {}{body} }}",
            names.linearize,
            names.generics,
            self.receiver(),
            parameters.join(", "),
            uses(root)
        )
    }

    /// The tangent along each number.
    fn slopes(&self, names: &Names<'_>) -> String {
        let (scalar, count, mut at) = (&self.scalar, self.numbers(), 0);
        let mut arguments = vec![];
        for (parameter, (name, _)) in self.function.parameters.iter().zip(&self.parameters) {
            arguments.push(name.clone());
            if let Parameter::Active(pack) = parameter {
                arguments.push(pack.value(&mut |_| {
                    at += 1;
                    let unit = |k| if k + 1 == at { format!("{scalar}::one()") } else { format!("{scalar}::zero()") };
                    format!("[{}]", (0..count).map(unit).collect::<Vec<_>>().join(", "))
                }));
            }
        }
        let owner = if self.has_self { "self." } else { "Self::" };
        format!("{owner}{}::<{}, {count}>({})", names.tangent, names.explicit, arguments.join(", "))
    }

    /// The adjoint, from what `linearize` gave.
    pub(crate) fn transpose(&self, root: &str, names: &Names<'_>) -> String {
        let slopes = format!("slopes: [{}; {}]", self.scalar, self.numbers());
        let head = self.reverse_head(root, names.transpose, names.generics, Some(slopes));
        let body = if self.is_sloped() {
            self.scaled()
        } else {
            self.handed(names.adjoint, names.explicit, &["seeds", "stack"])
        };
        format!("{head} {{ {}{body} }}", uses(root))
    }

    /// The adjoint of a function whose derivatives are had beside its value.
    pub(crate) fn sloped_adjoint(&self, root: &str, names: &Names<'_>) -> String {
        let head = self.reverse_head(root, names.adjoint, names.generics, None);
        let value = self.handed(names.linearize, names.explicit, &[]);
        format!("{head} {{ {}let (_, slopes) = {value};\n{} }}", uses(root), self.scaled())
    }

    /// The slopes times the adjoint of the result.
    fn scaled(&self) -> String {
        let mut at = 0;
        let bars = self.function.parameters.iter().filter_map(|parameter| match parameter {
            Parameter::Active(pack) => Some(pack.value(&mut |_| {
                at += 1;
                format!("storage::chain(seeds, slopes[{}])", at - 1)
            })),
            _ => None,
        });
        tuple(bars.collect())
    }
}
