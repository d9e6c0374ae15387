//! Writes adjoints: the forward sweep and the reverse sweep in one function.

use super::{Shadowed, uses};
use crate::activity::Activity;
use crate::form::{Id, Parameter, RootId, Source, Stmt, Ty};
use crate::forward::{Forward, tuple};
use crate::joined::Joined;
use crate::live::Live;
use crate::plan::Plan;
use crate::prune::{mentions, tidy};
use crate::reverse::{Beside, Reverse, WANTED};
use crate::surface::{Lowered, Shape};
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The parts of an adjoint.
pub(crate) struct Adjoint<'a> {
    pub(super) lowered: &'a Lowered,
    pub(super) activity: Activity,
    /// Whether the forward sweep gives the value: if not, a plain evaluation does.
    sweeps: bool,
    pub(super) forward: String,
    pub(super) reverse: String,
    /// What follows the reverse sweep, where that gives the value.
    last: Option<String>,
    /// Declarations of the types of passive data that is saved.
    pub(super) kinds: String,
    touched: BTreeSet<Id>,
    /// Memory that the reverse sweep makes what it was before.
    restored: BTreeMap<RootId, When>,
    pub(super) plan: Plan,
}

impl<'a> Adjoint<'a> {
    /// Of sweeps in one function, or in two that are run one after the other.
    pub(crate) fn of(lowered: &'a Lowered, apart: bool) -> Self {
        let function = &lowered.function;
        let activity = Activity::of(function);
        let (joined, plan) = if apart || lowered.shape == Shape::Helper {
            (None, Plan::of(function, &activity, apart, None))
        } else {
            Joined::of(function, &activity)
        };
        let lean = Live::of(function, &plan, &When::Never);
        let works = lean.works(&plan, &function.body);
        let sweeps = apart || joined.is_some() || (lowered.shape != Shape::Helper && works.possible());
        let full = match &works {
            _ if !sweeps => lean.clone(),
            // What is swept where a constant says so is swept where the value is wanted, too.
            When::If(_) if !apart && joined.is_none() => Live::of(function, &plan, &When::constant(WANTED.into())),
            _ => Live::of(function, &plan, &When::Always),
        };
        let texts = lowered.texts();
        let forward = Forward { texts, activity: &activity, tangent: None, plan: Some((&plan, &full)) };
        let body = &function.body;
        let part = |wanted: &dyn Fn(&Stmt) -> bool| {
            (0..body.stmts.len()).filter(|&at| wanted(&body.stmts[at])).map(|at| forward.one(body, at)).collect()
        };
        let (forward, last) = match &joined {
            Some(joined) => {
                let first = |stmt: &Stmt| !joined.follows(stmt) && !matches!(stmt, Stmt::Loop(_));
                (part(&first), Some(part(&|stmt| joined.follows(stmt))))
            }
            None => (forward.block(body), None),
        };
        let beside = joined.as_ref().map(|joined| Beside { joined, full: &full, lean: &lean });
        let mut reverse = Reverse::new(texts, &activity, &plan, beside);
        let results = function.results().into_iter().enumerate();
        let seeds: Vec<_> = results.map(|(at, id)| (id, format!("seed_{at}"))).collect();
        let (text, _) = reverse.block(&function.body, &seeds);
        let (touched, restored) = (reverse.touched, reverse.restored);
        let unknown = plan.saved.values().flatten().filter(|&&id| function.values[id].ty == Ty::Plain(None));
        let kinds =
            unknown.map(|&id| format!("let {}_kind = storage::Kind::new();\n", function.values[id].name)).collect();
        Self { lowered, activity, sweeps, forward, reverse: text, last, kinds, touched, restored, plan }
    }

    fn bar(&self, id: Id) -> String {
        let texts = self.lowered.texts();
        if self.touched.contains(&id) { format!("{}_bar", texts.name(id)) } else { texts.zero() }
    }

    fn stack(&self) -> String {
        let used = ["stack.", "stack)"].iter().any(|text| self.forward.contains(text) || self.reverse.contains(text));
        if !used {
            return String::new();
        }
        format!("let stack = &mut storage::Stack::<{}>::take();\n", self.lowered.scalar)
    }

    /// The method of the contract; `call` is the plain evaluation.
    pub(crate) fn implementation(&self, root: &str, call: &str) -> String {
        let (lowered, scalar) = (self.lowered, &self.lowered.scalar);
        let (x, output) = (lowered.input(), &lowered.output);
        let mut head = uses(root);
        if matches!(lowered.shape, Shape::Unary | Shape::Curve) {
            let _ = writeln!(head, "let {x}_bars = {x}_bar;\nlet {x} = {x}[0];");
        }
        let (mut middle, mut tail) = (String::new(), String::new());
        if let Some(root) = lowered.output_root() {
            let y = lowered.root_name(root);
            let _ = writeln!(head, "let {y}_bar = {output}_bar;");
            let restored = self.restored.get(&root).cloned().unwrap_or_default();
            let stores = self.sweeps || self.forward.contains(&format!("{y}["));
            if !self.sweeps {
                let _ = writeln!(head, "let mut {output} = {output};");
                let _ = writeln!(
                    head,
                    "if let Some({output}) = {output}.as_deref_mut() {{ {call}(self, {x}, {output}); }}"
                );
            }
            if stores || mentions(&self.reverse, y) {
                let _ = writeln!(head, "let mut held = storage::Held::new();");
                let value = match restored {
                    _ if !self.sweeps => "None".into(),
                    When::Never => output.clone(),
                    When::Always => "None".into(),
                    When::If(_) => format!("if {} {{ None }} else {{ {output}.take() }}", restored.text()),
                };
                if matches!(restored, When::If(_)) && self.sweeps {
                    let _ = writeln!(head, "let mut {output} = {output};");
                }
                let held = format!("{value}, &mut held, {y}_bar.len(), {}", lowered.steady());
                let _ = writeln!(head, "let {y} = storage::or_held::<{scalar}>({held});");
            }
            if self.sweeps && restored.possible() {
                let _ = writeln!(middle, "if let Some({output}) = {output} {{ {output}.copy_from_slice({y}); }}");
            }
            head += &lowered.lengths(|root| {
                let name = lowered.root_name(root);
                if lowered.function.roots[root].source == Source::Output { format!("{name}_bar") } else { name.into() }
            });
        } else {
            head += &lowered.lengths(|root| lowered.root_name(root).into());
            if let [result] = lowered.function.results()[..] {
                let value =
                    if self.sweeps { lowered.texts().name(result).to_string() } else { format!("{call}(self, {x})") };
                let part = match &self.last {
                    Some(last) => {
                        tail += last;
                        &mut tail
                    }
                    None => &mut middle,
                };
                let _ = writeln!(part, "if let Some({output}) = {output} {{ {output}[0] = {value}; }}");
                let _ = writeln!(middle, "let seed_0 = {output}_bar[0];");
            }
        }
        if mentions(&self.forward, WANTED) || mentions(&self.reverse, WANTED) {
            head.insert_str(0, &format!("let {WANTED} = {output}.is_some();\n"));
        }
        head += &self.stack();
        head += &self.kinds;
        let sweeps = format!("{}{middle}{}", self.forward, self.reverse);
        head += &lowered.memory(&self.activity, Shadowed::Bars, &sweeps);
        if let (Shape::Unary | Shape::Curve, Some(Parameter::Active(pack))) =
            (lowered.shape, lowered.function.parameters.first())
        {
            let _ = writeln!(tail, "{x}_bars[0] += {};", pack.value(&mut |id| self.bar(id)));
        }
        format!(
            "#[inline] fn adjoint_into(&self, _: {root}::Enclosed<'_, <Self as {root}::Shadow>::Shadow>, {x}: &[{scalar}], \
             {x}_bar: &mut [{scalar}], {output}: Option<&mut [{scalar}]>, {output}_bar: &mut [{scalar}]) \
             {{ {} }}",
            tidy(&format!("{head}{}{middle}{}{tail}", self.forward, self.reverse))
        )
    }

    /// The function beside one of numbers.
    pub(crate) fn companion(&self, root: &str, name: &str, generics: &str) -> String {
        let sweeps = format!("{}{}", self.forward, self.reverse);
        let memory = self.lowered.memory(&self.activity, Shadowed::Bars, &sweeps);
        let head = self.head(root) + &self.kinds + &memory;
        self.with_bars(root, name, generics, &format!("{head}{sweeps}"))
    }

    /// What the sweeps begin with.
    pub(super) fn head(&self, root: &str) -> String {
        let lowered = self.lowered;
        uses(root) + &lowered.taken_apart(&[""]) + &lowered.lengths(|root| lowered.root_name(root).into())
    }

    /// A function with a body that is a reverse sweep: it takes adjoints of results and gives those of numbers.
    pub(super) fn with_bars(&self, root: &str, name: &str, generics: &str, body: &str) -> String {
        let lowered = self.lowered;
        let bars: Vec<_> = lowered
            .function
            .parameters
            .iter()
            .filter_map(|parameter| match parameter {
                Parameter::Active(pack) => Some(pack.value(&mut |id| self.bar(id))),
                _ => None,
            })
            .collect();
        let mut seeded = String::new();
        if let Some(pack) = &lowered.function.returned {
            let mut at = 0;
            let seeds = pack.pattern(&mut |_| {
                at += 1;
                format!("seed_{}", at - 1)
            });
            let _ = writeln!(seeded, "let {seeds} = seeds;");
        }
        let tail = if bars.is_empty() { String::new() } else { tuple(bars) };
        let body = tidy(&format!("{seeded}{body}{tail}"));
        format!("{} {{ {body} }}", lowered.reverse_head(root, name, generics, None))
    }
}
