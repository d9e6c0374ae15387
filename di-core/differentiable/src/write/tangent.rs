//! Writes tangents.

use super::{Shadowed, uses};
use crate::activity::Activity;
use crate::form::Id;
use crate::forward::Forward;
use crate::lanes::Users;
use crate::looks::{Looks, VALUES};
use crate::prune::tidy;
use crate::surface::{Lowered, Shape};
use std::fmt::Write;

/// The parts of a tangent.
pub(crate) struct Tangent<'a> {
    lowered: &'a Lowered,
    activity: Activity,
    body: String,
}

impl<'a> Tangent<'a> {
    pub(crate) fn of(lowered: &'a Lowered) -> Self {
        let activity = Activity::of(&lowered.function);
        let (users, looks) = (Users::of(&lowered.function), Looks::of(&lowered.function));
        let forward =
            Forward { texts: lowered.texts(), activity: &activity, tangent: Some((&users, &looks)), plan: None };
        let body = forward.block(&lowered.function.body);
        Self { lowered, activity, body }
    }

    fn dot(&self, id: Id) -> String {
        let texts = self.lowered.texts();
        if self.activity.value(id) { format!("{}_dot", texts.name(id)) } else { format!("[{}; K]", texts.zero()) }
    }

    /// The method of the contract, with values of outputs and without.
    pub(crate) fn implementation(&self, root: &str) -> String {
        let (lowered, scalar) = (self.lowered, &self.lowered.scalar);
        let (x, output) = (lowered.input(), &lowered.output);
        let mut head = uses(root);
        if matches!(lowered.shape, Shape::Unary | Shape::Curve) {
            let _ = writeln!(head, "let ({x}, {x}_dot) = ({x}[0], {x}_dot[0]);");
        }
        let mut tail = String::new();
        if let Some(y) = lowered.output_root() {
            let y = lowered.root_name(y);
            let _ = writeln!(head, "let {y}_dot = {output}_dot;\nlet mut held = storage::Held::new();");
            let held = format!("{output}, &mut held, {y}_dot.len(), {}", lowered.steady());
            let _ = writeln!(head, "let {y} = storage::or_held({held});");
        } else if let [result] = lowered.function.results()[..] {
            let _ = writeln!(tail, "{output}_dot[0] = {};", self.dot(result));
            let _ = writeln!(
                tail,
                "if {VALUES} && let Some({output}) = {output} {{ {output}[0] = {}; }}",
                lowered.texts().name(result)
            );
        }
        head += &lowered.lengths(|root| lowered.root_name(root).into());
        head += &lowered.memory(&self.activity, Shadowed::Dots, &self.body);
        format!(
            "#[inline] fn tangent_code<const K: usize, const {VALUES}: bool>(&self, {x}: &[{scalar}], {x}_dot: &[[{scalar}; K]], \
             {output}: Option<&mut [{scalar}]>, {output}_dot: &mut [[{scalar}; K]]) {{ {} }}",
            tidy(&format!("{head}{}{tail}", self.body))
        )
    }

    /// A function beside the function.
    pub(crate) fn companion(&self, root: &str, name: &str, generics: &str) -> String {
        let lowered = self.lowered;
        let head = uses(root)
            + &lowered.taken_apart(&["", "_dot"])
            + &lowered.lengths(|root| lowered.root_name(root).into())
            + &lowered.memory(&self.activity, Shadowed::Dots, &self.body);
        let tail = lowered.function.returned.as_ref().map(|pack| {
            let values = pack.value(&mut |id| lowered.texts().name(id).into());
            format!("({values}, {})", pack.value(&mut |id| self.dot(id)))
        });
        let signature = lowered.tangent_head(root, name, generics);
        let body = tidy(&format!("{head}{}{}", self.body, tail.unwrap_or_default()));
        format!("{signature} {{ {body} }}")
    }
}
