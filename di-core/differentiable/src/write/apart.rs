//! Writes the two sweeps of a function with slices as functions of their own: what the first saves waits on the stack until the
//! second is run.

use super::{Adjoint, Shadowed};
use crate::form::{Parameter, RootId, Source, Ty};
use crate::looks::Looks;
use crate::prune::tidy;
use crate::steady::steady;
use crate::surface::Lowered;
use crate::when::When;
use std::fmt::Write;

impl Lowered {
    /// Whether it takes slices: its sweeps are apart then.
    pub(crate) fn has_slices(&self) -> bool {
        self.function.parameters.iter().any(|parameter| matches!(parameter, Parameter::Root(_)))
    }

    /// The parameter of the stack.
    pub(super) fn stack(&self, root: &str) -> String {
        format!("stack: &mut {root}::storage::Stack<{}>", self.scalar)
    }

    /// The slices that are written into, which are saved as a whole: their names.
    fn written(&self) -> impl DoubleEndedIterator<Item = &str> {
        let parameters = self.function.parameters.iter().zip(&self.parameters);
        parameters.filter_map(|(parameter, (name, _))| match parameter {
            Parameter::Root(root) if self.function.roots[*root].source == Source::Output => Some(name.as_str()),
            _ => None,
        })
    }

    /// Whether it writes into the same entries at each point, as a condition on functions that are called.
    pub(crate) fn steady(&self) -> String {
        steady(&self.function)
    }

    /// The forward sweep: the parameters of the function and the stack.
    pub(super) fn forward(&self, root: &str, name: &str, generics: &str, body: &str) -> String {
        let mut parameters: Vec<_> = self.parameters.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        parameters.push(self.stack(root));
        let returned = self.function.returned.as_ref();
        let ty = returned.map(|pack| format!("-> {}", pack.ty(&self.scalar))).unwrap_or_default();
        let receiver = self.receiver();
        format!("fn {name}<{generics}>({receiver}{}) {ty} __where_clause__ {{ {body} }}", parameters.join(", "))
    }

    /// The constant `LOADS`: of which slices the tangent looks at the content; a rule by hand may look at all.
    pub(crate) fn loads(&self, by_hand: bool) -> String {
        let looks = Looks::of(&self.function);
        listed(self.function.parameters.iter().map(|parameter| match parameter {
            Parameter::Root(root) if !by_hand => looks.at(*root),
            _ => When::Always,
        }))
    }
}

/// The companions of a function with slices.
pub(crate) struct Apart {
    pub(crate) forward: String,
    pub(crate) reverse: String,
    /// The constants `READS` and `SAVES`: their types and values.
    pub(crate) reads: String,
    pub(crate) saves: String,
    /// Whether it writes into the same entries at each point: the constant `STEADY`.
    pub(crate) steady: String,
}

impl Apart {
    /// `names` are those of the two functions, `plain` is what the function is called by.
    pub(crate) fn of(lowered: &Lowered, root: &str, names: [&str; 2], generics: &str, plain: &str) -> Self {
        let adjoint = Adjoint::of(lowered, true);
        if !lowered.checkpointed && adjoint.can_be_apart() {
            return adjoint.apart(root, names, generics);
        }
        Adjoint::of(lowered, false).repeated(root, names, generics, plain)
    }
}

impl Adjoint<'_> {
    /// Whether everything that is saved has a type that the text tells.
    fn can_be_apart(&self) -> bool {
        let function = &self.lowered.function;
        let texts = self.lowered.texts();
        let told = |root: RootId| !matches!(function.roots[root].ty, Ty::Plain(None)) || !texts.is_local(root);
        self.kinds.is_empty() && self.plan.read.keys().all(|&root| told(root))
    }

    /// Local memory goes to the stack, its content where the reverse sweep reads it, and comes back.
    fn kept(&self) -> (String, String) {
        let texts = self.lowered.texts();
        let (mut saved, mut back) = (String::new(), Vec::new());
        for (root, held) in self.lowered.function.roots.iter().enumerate().filter(|(root, _)| texts.is_local(*root)) {
            let name = &held.name;
            let method = if held.ty.is_active() { "slice" } else { "words" };
            let when = self.plan.read.get(&root).cloned().unwrap_or_default();
            let (all, all_mut) = match &held.source {
                Source::Array(dimensions) => {
                    let levels = dimensions.len() - 1;
                    let flat = |end: &str| format!("{name}{}", format!(".as_flattened{end}()").repeat(levels));
                    (flat(""), flat("_mut"))
                }
                _ => (format!("{name}[..]"), format!("{name}[..]")),
            };
            saved += &when.guard(&format!("stack.push_{method}(&{all});\n"));
            let content = when.guard(&format!("stack.pop_{method}(&mut {all_mut});\n"));
            if !texts.is_vector(root) {
                back.push(content);
                continue;
            }
            if !self.activity.root(root) && !when.possible() {
                continue;
            }
            let _ = writeln!(saved, "stack.push_word({name}.len());");
            let zero = if held.ty.is_active() { texts.zero() } else { "Default::default()".into() };
            let mut text = format!("let {name}_len = stack.pop_word();\n{name}.grow({name}_len, {zero});\n{content}");
            if self.activity.root(root) {
                let _ = writeln!(text, "{name}_bar.grow({name}_len, {});", texts.zero());
            }
            back.push(text);
        }
        back.reverse();
        (saved, back.concat())
    }

    fn apart(&self, root: &str, [forward, reverse]: [&str; 2], generics: &str) -> Apart {
        let (lowered, function) = (self.lowered, &self.lowered.function);
        let (kept, back) = self.kept();
        let head = self.head(root);
        let texts = lowered.texts();
        let value = function.returned.as_ref().map(|pack| pack.value(&mut |id| texts.name(id).into()));
        let sweep = format!("{}{kept}{}", self.forward, value.unwrap_or_default());
        let memory = lowered.memory(&self.activity, Shadowed::Not, &sweep);
        let first = tidy(&format!("{head}{memory}{sweep}"));
        let sweep = format!("{back}{}", self.reverse);
        let memory = lowered.memory(&self.activity, Shadowed::Bars, &sweep);
        let second = format!("{head}{memory}{sweep}");
        let reads = function.parameters.iter().zip(&lowered.parameters).map(|(parameter, (_, ty))| match parameter {
            Parameter::Root(root) => self.plan.read.get(root).cloned().unwrap_or_default(),
            // Passive data is looked at by indices and conditions.
            Parameter::Plain if ty.starts_with('&') => When::Always,
            _ => When::Never,
        });
        let saves = if self.forward.contains("stack.") || kept.contains("stack.") {
            When::Always
        } else {
            self.plan.called.clone()
        };
        Apart {
            forward: lowered.forward(root, forward, generics, &first),
            reverse: self.with_bars(root, reverse, generics, &second),
            reads: listed(reads),
            saves: saves.text(),
            steady: lowered.steady(),
        }
    }

    /// The forward sweep saves what the function overwrites; the reverse sweep brings that back and begins with a forward sweep
    /// of its own.
    fn repeated(&self, root: &str, [forward, reverse]: [&str; 2], generics: &str, plain: &str) -> Apart {
        let lowered = self.lowered;
        let names: Vec<_> = lowered.parameters.iter().map(|(name, _)| name.as_str()).collect();
        let (mut first, mut before, mut after) = (String::new(), String::new(), String::new());
        let mut above = String::from("0");
        for name in lowered.written().rev() {
            first.insert_str(0, &format!("stack.push_slice(&{name}[..]);\n"));
            let _ = writeln!(before, "stack.peek_slice(&mut {name}[..], {above});");
            let _ = writeln!(after, "stack.pop_slice(&mut {name}[..]);");
            above = format!("{above} + {name}.len()");
        }
        let _ = write!(first, "{plain}({})", names.join(", "));
        let (head, sweeps) = (self.head(root), format!("{}{}", self.forward, self.reverse));
        let memory = lowered.memory(&self.activity, Shadowed::Bars, &sweeps);
        let second = format!("{before}{head}{}{memory}{sweeps}{after}", self.kinds);
        let reads = lowered.function.parameters.iter().zip(&lowered.parameters).map(|(parameter, (_, ty))| {
            let is_memory = matches!(parameter, Parameter::Root(_)) || ty.starts_with('&');
            if is_memory { When::Always } else { When::Never }
        });
        let saves = if lowered.written().next().is_none() { When::Never } else { When::Always };
        Apart {
            forward: lowered.forward(root, forward, generics, &first),
            reverse: self.with_bars(root, reverse, generics, &second),
            reads: listed(reads),
            saves: saves.text(),
            steady: lowered.steady(),
        }
    }
}

fn listed(conditions: impl Iterator<Item = When>) -> String {
    format!("[{}]", conditions.map(|when| when.text()).collect::<Vec<_>>().join(", "))
}
