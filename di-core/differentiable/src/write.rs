//! Writes tangents and adjoints: signatures, local memory, and the sweeps.

use crate::activity::Activity;
use crate::form::{Id, Parameter, RootId, Source, Ty};
use crate::forward::{Forward, tuple};
use crate::live::Live;
use crate::pack::Pack;
use crate::plan::Plan;
use crate::reverse::Reverse;
use crate::shadows::Shadows;
use crate::surface::{Lowered, Shape};
use crate::text::Texts;
use std::collections::BTreeSet;
use std::fmt::Write;

impl Lowered {
    fn texts(&self) -> Texts<'_> {
        Texts { function: &self.function, scalar: &self.scalar, views: &self.views }
    }

    fn root_name(&self, root: RootId) -> &str {
        &self.function.roots[root].name
    }

    /// The root of the outputs, of a function that writes into a slice.
    fn output_root(&self) -> Option<RootId> {
        self.function.roots.iter().position(|root| root.source == Source::Output)
    }

    fn input(&self) -> &str {
        self.parameters.first().map_or("x", |(name, _)| name)
    }

    fn lengths(&self, of: impl Fn(RootId) -> String) -> String {
        let mut out = String::new();
        for (root, id) in &self.lengths {
            let name = &self.function.values[*id].name;
            if name.ends_with("_len") {
                let _ = writeln!(out, "let {name} = {}.len();", of(*root));
            }
        }
        out
    }

    /// Parameters that are several numbers get a name for each.
    fn taken_apart(&self, kinds: &[&str]) -> String {
        let mut out = String::new();
        for (parameter, (name, _)) in self.function.parameters.iter().zip(&self.parameters) {
            let Parameter::Active(pack) = parameter else { continue };
            if matches!(pack, Pack::One(_)) {
                continue;
            }
            for kind in kinds {
                let names = pack.pattern(&mut |id| format!("{}{kind}", self.function.values[id].name));
                let _ = writeln!(out, "let {names} = {name}{kind};");
            }
        }
        out
    }

    /// Local memory, with its shadows.
    fn memory(&self, activity: &Activity, dots: bool) -> String {
        let texts = self.texts();
        let mut out = String::new();
        for (root, held) in self.function.roots.iter().enumerate().filter(|(root, _)| texts.is_local(*root)) {
            let name = &held.name;
            let zero = if held.ty.is_active() { texts.zero() } else { "Default::default()".into() };
            let shadow = if dots { format!("[{}; K]", texts.zero()) } else { texts.zero() };
            let end = if dots { "dot" } else { "bar" };
            if texts.is_vector(root) {
                let _ = writeln!(out, "let mut {name} = storage::Buffer::take();");
            } else {
                let _ = writeln!(out, "let mut {name} = {};", texts.shaped(root, &zero));
            }
            if activity.root(root) {
                if texts.is_vector(root) {
                    let _ = writeln!(out, "let mut {name}_{end} = storage::Buffer::take();");
                } else {
                    let _ = writeln!(out, "let mut {name}_{end} = {};", texts.shaped(root, &shadow));
                }
            }
        }
        out
    }
}

fn uses(root: &str) -> String {
    format!("use {root}::rule::{{self, BinaryRule as _, UnaryRule as _}};\nuse {root}::storage;\n")
}

/// The parts of a tangent.
pub(crate) struct Tangent<'a> {
    lowered: &'a Lowered,
    activity: Activity,
    body: String,
}

impl<'a> Tangent<'a> {
    pub(crate) fn of(lowered: &'a Lowered) -> Self {
        let activity = Activity::of(&lowered.function);
        let forward = Forward { texts: lowered.texts(), activity: &activity, tangent: true, plan: None };
        let body = forward.block(&lowered.function.body);
        Self { lowered, activity, body }
    }

    fn dot(&self, id: Id) -> String {
        let texts = self.lowered.texts();
        if self.activity.value(id) { format!("{}_dot", texts.name(id)) } else { format!("[{}; K]", texts.zero()) }
    }

    /// The method of the contract.
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
            let _ = writeln!(head, "let {y}_dot = {output}_dot;\nlet mut held = storage::Buffer::take();");
            let _ = writeln!(head, "let {y} = storage::or_held({output}, &mut held, {y}_dot.len());");
        } else if let [result] = lowered.function.results()[..] {
            let _ = writeln!(tail, "{output}_dot[0] = {};", self.dot(result));
            let _ = writeln!(
                tail,
                "if let Some({output}) = {output} {{ {output}[0] = {}; }}",
                lowered.texts().name(result)
            );
        }
        head += &lowered.lengths(|root| lowered.root_name(root).into());
        head += &lowered.memory(&self.activity, true);
        format!(
            "#[inline] fn tangent_into<const K: usize>(&self, _: {root}::Enclosed<'_, <Self as {root}::Shadow>::Shadow>, \
             {x}: &[{scalar}], {x}_dot: &[[{scalar}; K]], {output}: Option<&mut [{scalar}]>, {output}_dot: &mut [[{scalar}; K]]) \
             {{ {head}{}{tail} }}",
            self.body
        )
    }

    /// A function beside the function.
    pub(crate) fn companion(&self, root: &str, name: &str, generics: &str) -> String {
        let (lowered, scalar) = (self.lowered, &self.lowered.scalar);
        let mut parameters = Vec::new();
        for (parameter, (name, ty)) in lowered.function.parameters.iter().zip(&lowered.parameters) {
            parameters.push(format!("{name}: {ty}"));
            match parameter {
                Parameter::Active(pack) => {
                    parameters.push(format!("{name}_dot: {}", pack.ty(&format!("[{scalar}; K]"))));
                }
                Parameter::Root(held) => {
                    let mutable = if lowered.function.roots[*held].source == Source::Output { "mut " } else { "" };
                    parameters.push(format!("{name}_dot: &{mutable}[[{scalar}; K]]"));
                }
                Parameter::Plain => {}
            }
        }
        let head = uses(root)
            + &lowered.taken_apart(&["", "_dot"])
            + &lowered.lengths(|root| lowered.root_name(root).into())
            + &lowered.memory(&self.activity, true);
        let (ty, tail) = match &lowered.function.returned {
            None => (String::new(), String::new()),
            Some(pack) => {
                let values = pack.value(&mut |id| lowered.texts().name(id).into());
                let dots = pack.value(&mut |id| self.dot(id));
                let ty = format!("-> ({}, {})", pack.ty(scalar), pack.ty(&format!("[{scalar}; K]")));
                (ty, format!("({values}, {dots})"))
            }
        };
        let receiver = lowered.receiver();
        format!(
            "fn {name}<{generics}, const K: usize>({receiver}{}) {ty} WHERE {{ {head}{}{tail} }}",
            parameters.join(", "),
            self.body
        )
    }
}

/// The parts of an adjoint.
pub(crate) struct Adjoint<'a> {
    lowered: &'a Lowered,
    activity: Activity,
    /// Whether the forward sweep gives the value: if not, a plain evaluation does.
    sweeps: bool,
    forward: String,
    reverse: String,
    /// Declarations of the types of passive data that is saved.
    kinds: String,
    touched: BTreeSet<Id>,
    /// Memory that the reverse sweep makes what it was before.
    restored: BTreeSet<RootId>,
}

impl<'a> Adjoint<'a> {
    pub(crate) fn of(lowered: &'a Lowered) -> Self {
        let function = &lowered.function;
        let activity = Activity::of(function);
        let plan = Plan::of(function, &activity);
        let lean = Live::of(function, &plan, false);
        let sweeps = lean.works(&plan, &function.body) && lowered.shape != Shape::Helper;
        let live = if sweeps { Live::of(function, &plan, true) } else { lean };
        let texts = lowered.texts();
        let forward = Forward { texts, activity: &activity, tangent: false, plan: Some((&plan, &live)) };
        let forward = forward.block(&function.body);
        let mut reverse = Reverse {
            texts,
            activity: &activity,
            plan: &plan,
            touched: BTreeSet::new(),
            restored: BTreeSet::new(),
            shadows: Shadows::default(),
        };
        let results = function.results().into_iter().enumerate();
        let seeds: Vec<_> = results.map(|(at, id)| (id, format!("seed_{at}"))).collect();
        let (text, _) = reverse.block(&function.body, &seeds);
        let (touched, restored) = (reverse.touched, reverse.restored);
        let unknown = plan.saved.values().flatten().filter(|&&id| function.values[id].ty == Ty::Plain(None));
        let kinds =
            unknown.map(|&id| format!("let {}_kind = storage::Kind::new();\n", function.values[id].name)).collect();
        Self { lowered, activity, sweeps, forward, reverse: text, kinds, touched, restored }
    }

    fn bar(&self, id: Id) -> String {
        let texts = self.lowered.texts();
        if self.touched.contains(&id) { format!("{}_bar", texts.name(id)) } else { texts.zero() }
    }

    fn stack(&self) -> String {
        if !self.forward.contains("stack.") {
            return String::new();
        }
        format!("let mut stack = storage::Stack::<{}>::take();\n", self.lowered.scalar)
    }

    /// The method of the contract; `call` is the plain evaluation.
    pub(crate) fn implementation(&self, root: &str, call: &str) -> String {
        let (lowered, scalar) = (self.lowered, &self.lowered.scalar);
        let (x, output) = (lowered.input(), &lowered.output);
        let mut head = uses(root);
        if matches!(lowered.shape, Shape::Unary | Shape::Curve) {
            let _ = writeln!(head, "let {x}_bars = {x}_bar;\nlet {x} = {x}[0];");
        }
        let mut middle = String::new();
        if let Some(root) = lowered.output_root() {
            let y = lowered.root_name(root);
            let _ = writeln!(head, "let {y}_bar = {output}_bar;");
            let stores = self.sweeps || self.forward.contains(&format!("{y}["));
            if !self.sweeps {
                let _ = writeln!(head, "let mut {output} = {output};");
                let _ = writeln!(
                    head,
                    "if let Some({output}) = {output}.as_deref_mut() {{ {call}(self, {x}, {output}); }}"
                );
            }
            if stores || self.reverse.contains(y) {
                let _ = writeln!(head, "let mut held = storage::Buffer::take();");
                let value = if self.restored.contains(&root) { "None" } else { output };
                let _ = writeln!(head, "let {y} = storage::or_held({value}, &mut held, {y}_bar.len());");
            }
            if self.sweeps && self.restored.contains(&root) {
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
                let _ = writeln!(middle, "if let Some({output}) = {output} {{ {output}[0] = {value}; }}");
                let _ = writeln!(middle, "let seed_0 = {output}_bar[0];");
            }
        }
        head += &self.stack();
        head += &self.kinds;
        head += &lowered.memory(&self.activity, false);
        let mut tail = String::new();
        if let (Shape::Unary | Shape::Curve, Some(Parameter::Active(pack))) =
            (lowered.shape, lowered.function.parameters.first())
        {
            let _ = writeln!(tail, "{x}_bars[0] += {};", pack.value(&mut |id| self.bar(id)));
        }
        format!(
            "#[inline] fn adjoint_into(&self, _: {root}::Enclosed<'_, <Self as {root}::Shadow>::Shadow>, {x}: &[{scalar}], \
             {x}_bar: &mut [{scalar}], {output}: Option<&mut [{scalar}]>, {output}_bar: &mut [{scalar}]) \
             {{ {head}{}{middle}{}{tail} }}",
            self.forward, self.reverse
        )
    }

    /// A function beside the function.
    pub(crate) fn companion(&self, root: &str, name: &str, generics: &str) -> String {
        let (lowered, scalar) = (self.lowered, &self.lowered.scalar);
        let (mut parameters, mut bars, mut types) = (Vec::new(), Vec::new(), Vec::new());
        for (parameter, (name, ty)) in lowered.function.parameters.iter().zip(&lowered.parameters) {
            parameters.push(format!("{name}: {ty}"));
            match parameter {
                Parameter::Active(pack) => {
                    bars.push(pack.value(&mut |id| self.bar(id)));
                    types.push(pack.ty(scalar));
                }
                Parameter::Root(_) => parameters.push(format!("{name}_bar: &mut [{scalar}]")),
                Parameter::Plain => {}
            }
        }
        let mut head = uses(root);
        if let Some(pack) = &lowered.function.returned {
            let mut at = 0;
            let seeds = pack.pattern(&mut |_| {
                at += 1;
                format!("seed_{}", at - 1)
            });
            parameters.push(format!("seeds: {}", pack.ty(scalar)));
            let _ = writeln!(head, "let {seeds} = seeds;");
        }
        head += &lowered.taken_apart(&[""]);
        head += &lowered.lengths(|root| lowered.root_name(root).into());
        head += &self.stack();
        head += &self.kinds;
        head += &lowered.memory(&self.activity, false);
        let ty = if bars.is_empty() { String::new() } else { format!("-> {}", tuple(types)) };
        let tail = if bars.is_empty() { String::new() } else { tuple(bars) };
        let receiver = lowered.receiver();
        format!(
            "fn {name}<{generics}>({receiver}{}) {ty} WHERE {{ {head}{}{}{tail} }}",
            parameters.join(", "),
            self.forward,
            self.reverse
        )
    }
}

impl Lowered {
    fn receiver(&self) -> &'static str {
        if self.has_self { "&self, " } else { "" }
    }
}
