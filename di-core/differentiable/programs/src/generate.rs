//! The generator.

use std::fmt::Write;

/// Numbers that look random, the same for a seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 20) % end as u64).unwrap_or(0)
    }

    fn pick<'a>(&mut self, of: &'a [String]) -> &'a str {
        let at = self.below(of.len());
        &of[at]
    }
}

struct Writer {
    numbers: Numbers,
    out: String,
    /// Numbers in scope; the first `mutable` of them can be assigned.
    scalars: Vec<String>,
    mutable: Vec<String>,
    /// Loop variables in scope.
    indices: Vec<String>,
    names: usize,
    /// Whether a loop is around, so that it can be left.
    loops: usize,
}

/// The body of a program.
pub(crate) fn program(seed: u64) -> String {
    let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..4 {
        numbers.below(2);
    }
    let mut writer = Writer {
        numbers,
        out: String::new(),
        scalars: vec!["x[0]".into(), "x[1]".into(), "x[3]".into()],
        mutable: vec![],
        indices: vec![],
        names: 0,
        loops: 0,
    };
    writer.line("let mut s = x[0] * x[2];");
    writer.line("let bend = |u: T| (u * u * 0.25 - x[1]).sin();");
    writer.line("let mut t = T::one();");
    writer.line("let mut a = vec![T::zero(); 4];");
    writer.line("let mut p = [x[1], x[2], x[0]];");
    writer.mutable = vec!["s".into(), "t".into()];
    writer.scalars.extend(["s".into(), "t".into(), "a[1]".into(), "p[2]".into()]);
    let count = 3 + writer.numbers.below(5);
    writer.stmts(count, 0);
    writer.line("let mut end = s * 0.5 + t.sin();");
    writer.line("for i in 0..4 { end += a[i] * x[i]; }");
    writer.line("end + p[0] * p[1] * p[2]");
    writer.out
}

impl Writer {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}");
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("v{}", self.names)
    }

    fn index(&mut self) -> String {
        if self.indices.is_empty() || self.numbers.below(4) == 0 {
            return self.numbers.below(4).to_string();
        }
        let indices = self.indices.clone();
        let index = self.numbers.pick(&indices).to_string();
        match self.numbers.below(3) {
            0 | 1 if index.starts_with('j') => format!("{index} - 1"),
            0 => format!("({index} + {}) % 4", 1 + self.numbers.below(3)),
            _ => index,
        }
    }

    fn atom(&mut self) -> String {
        match self.numbers.below(8) {
            0 => format!("x[{}]", self.index()),
            1 => format!("a[{}]", self.index()),
            2 => format!("T::lift({}.5)", self.numbers.below(2)),
            _ => {
                let scalars = self.scalars.clone();
                self.numbers.pick(&scalars).to_string()
            }
        }
    }

    /// An expression whose value stays within bounds.
    fn expr(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.atom();
        }
        let (a, b) = (self.expr(depth - 1), self.atom());
        match self.numbers.below(17) {
            0 => format!("({a} + {b})"),
            1 => format!("({a} - {b} * 0.5)"),
            2 => format!("({a} * {b}).tanh()"),
            3 => format!("{a} / ({b} * {b} + 1.5)"),
            4 => format!("({a}).sin()"),
            5 => format!("({a} - {b}).cos()"),
            6 => format!("(-({a}).abs()).exp()"),
            7 => format!("({a} * {a} + 1.0).sqrt() * 0.5"),
            8 => format!("({a}).max({b})"),
            9 => format!("({a}).tanh().powi({})", self.numbers.below(4)),
            10 => format!("(if {a} > {b} {{ {b} * 0.3 }} else {{ ({a}).sin() }})"),
            11 => format!("blend({a}, {b})"),
            12 => format!("({a}).hypot({b} + 2.0).ln()"),
            13 => format!("({b} * 0.2 - {a}).atan()"),
            14 => format!("-({a})"),
            15 => format!("bend({b})"),
            _ => format!("({a} + {b}).sin()"),
        }
    }

    fn bounded(&mut self) -> String {
        let depth = 1 + self.numbers.below(3);
        let text = self.expr(depth);
        if self.numbers.below(2) == 0 { format!("({text}).sin()") } else { format!("({text}).tanh()") }
    }

    fn condition(&mut self) -> String {
        let (a, b) = (self.atom(), self.atom());
        match self.numbers.below(4) {
            0 if !self.indices.is_empty() => {
                let indices = self.indices.clone();
                format!("{} % 2 == {}", self.numbers.pick(&indices), self.numbers.below(2))
            }
            1 => format!("{a} > {b} && {b} * 0.5 < T::lift(0.4)"),
            2 => format!("{a} < T::lift(0.2) || {b} > {a}"),
            _ => format!("{a} > {b}"),
        }
    }

    fn stmts(&mut self, count: usize, depth: usize) {
        let kept = self.scalars.len();
        for _ in 0..count {
            self.stmt(depth);
        }
        self.scalars.truncate(kept);
    }

    fn block(&mut self, depth: usize) {
        let count = 1 + self.numbers.below(3);
        self.stmts(count, depth + 1);
    }

    fn stmt(&mut self, depth: usize) {
        let value = self.bounded();
        let mutable = self.mutable.clone();
        let target = self.numbers.pick(&mutable).to_string();
        let index = self.index();
        match self.numbers.below(if depth < 3 { 20 } else { 8 }) {
            0 | 1 => {
                let name = self.name();
                self.line(&format!("let {name} = {value};"));
                self.scalars.push(name);
            }
            2 => self.line(&format!("{target} = {value};")),
            3 => self.line(&format!("{target} += {value} * 0.3;")),
            4 => self.line(&format!("{target} *= {value};")),
            5 => self.line(&format!("a[{index}] = {value};")),
            6 => self.line(&format!("let w = {value};\na[{index}] += w * 0.25;")),
            7 => self.line(&format!("p[{}] = p[{}] * {value};", index.len() % 3, self.names % 3)),
            8 | 9 => {
                let condition = self.condition();
                self.line(&format!("if {condition} {{"));
                self.block(depth);
                if self.numbers.below(2) == 0 {
                    self.line("} else {");
                    self.block(depth);
                }
                self.line("}");
            }
            10..=12 => self.counted(depth),
            13 => {
                let name = self.name();
                self.line(&format!("let mut n{name} = 0;\nwhile n{name} < 3 && {target} < T::lift(0.8) {{"));
                self.line(&format!("n{name} += 1;"));
                self.loops += 1;
                self.block(depth);
                self.loops -= 1;
                self.line("}");
            }
            14 => self.line(&format!("mix(x, {value}, &mut a);")),
            15 => self.line(&format!("{target} = energy(&a[..3], {value}) * 0.2;")),
            16 => {
                let (first, second) = (self.name(), self.name());
                self.line(&format!("let ({first}, {second}) = turn({value}, {target});"));
                self.scalars.extend([first, second]);
            }
            17 => {
                let item = self.name();
                self.line(&format!("for ({item}, &w) in a.iter_mut().zip(x) {{"));
                self.line(&format!("*{item} = (*{item} * w + {target}).sin();"));
                self.line("}");
            }
            18 if self.loops > 0 => {
                let condition = self.condition();
                let leave = ["continue", "break"][self.numbers.below(2)];
                self.line(&format!("if {condition} {{"));
                self.line(&format!("{target} = {value};\n{leave};\n}}"));
            }
            18 => self.line(&format!("a.swap({}, {});", self.names % 4, index.len() % 4)),
            _ if self.numbers.below(3) == 0 => {
                let condition = self.condition();
                self.line(&format!("if {condition} {{ return {value} * {target}; }}"));
            }
            _ => {
                let name = self.name();
                self.line(&format!("let {name}: T = x.windows(2).map(|w| w[0] * w[1] * {target}).sum();"));
                self.scalars.push(name);
            }
        }
    }

    fn counted(&mut self, depth: usize) {
        if self.numbers.below(3) == 0 {
            let index = format!("j{}", self.name());
            return self.body_of(index, "1..4", depth);
        }
        let index = format!("i{}", self.name());
        let high = match self.numbers.below(3) {
            0 if !self.indices.is_empty() => {
                let indices = self.indices.clone();
                format!("{} + 1", self.numbers.pick(&indices))
            }
            _ => "4".to_string(),
        };
        let range = match self.numbers.below(4) {
            0 => format!("(0..{high}).rev()"),
            1 => format!("(0..{high}).step_by(2)"),
            2 => format!("0..={high} - 1"),
            _ => format!("0..{high}"),
        };
        self.body_of(index, &range, depth);
    }

    fn body_of(&mut self, index: String, range: &str, depth: usize) {
        self.line(&format!("for {index} in {range} {{"));
        self.indices.push(index);
        self.loops += 1;
        self.block(depth);
        self.loops -= 1;
        self.indices.pop();
        self.line("}");
    }
}
