//! Expressions whose values stay within bounds.

use super::scope::Writer;

impl Writer {
    pub(crate) fn atom(&mut self) -> String {
        match self.numbers.below(12) {
            0..=2 => {
                if let Some(array) = self.array() {
                    return format!("{}[{}]", array.name, self.index(&array));
                }
            }
            3 => {
                let nested = self.scope.nested.clone();
                if let Some((name, rows, columns)) = self.numbers.pick(&nested) {
                    let (row, column) = (super::scope::Len::fixed(rows), super::scope::Len::fixed(columns));
                    return format!("{name}[{}][{}]", self.index_below(&row), self.index_below(&column));
                }
            }
            4 => return format!("T::lift({}.5)", self.numbers.below(2)),
            5 if self.scope.has_self => {
                let integer = self.integer();
                return format!("T::lift(self.weights[({integer}) % 6])");
            }
            6 => {
                let integer = self.integer();
                return format!("T::lift(({integer}) as f64 * 0.125)");
            }
            7 => return ["T::one()", "T::zero()", "T::FRAC_PI_4()"][self.numbers.below(3)].into(),
            _ => {}
        }
        let scalars = self.scope.scalars.clone();
        self.numbers.pick(&scalars).unwrap_or_else(|| "T::one()".into())
    }

    pub(crate) fn expr(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.atom();
        }
        let (a, b) = (self.expr(depth - 1), self.atom());
        match self.numbers.below(10) {
            0 => format!("({a} + {b})"),
            1 => format!("({a} - {b} * {})", self.constant("0.5")),
            2 => format!("({a} * {b}).tanh()"),
            3 => format!("{a} / ({b} * {b} + {})", self.constant("1.5")),
            4 => self.function(&a),
            5 => self.function_of_two(&a, &b),
            6 => self.special(&a, &b),
            7 => self.chosen(&a, &b),
            8 => self.applied(&a, &b),
            _ => self.function(&b),
        }
    }

    fn function(&mut self, a: &str) -> String {
        let c = |text: &str| self.constant(text);
        let positive = format!("({a} * {a} + {})", c("0.5"));
        let within = format!("(({a}).tanh() * {})", c("0.8"));
        let small = format!("({a}).sin()");
        match self.numbers.below(30) {
            0 => format!("{within}.asin()"),
            1 => format!("{within}.acos()"),
            2 => format!("({a}).atan()"),
            3 => format!("{small}.sinh()"),
            4 => format!("{small}.cosh()"),
            5 => format!("({a}).asinh()"),
            6 => format!("({a} * {a} + {}).acosh()", self.constant("1.5")),
            7 => format!("{within}.atanh()"),
            8 => format!("(-({a}).abs()).exp()"),
            9 => format!("{small}.exp2()"),
            10 => format!("{small}.exp_m1()"),
            11 => format!("{positive}.ln()"),
            12 => format!("({a} * {a}).ln_1p()"),
            13 => format!("{positive}.log2()"),
            14 => format!("{positive}.log10()"),
            15 => format!("{positive}.sqrt()"),
            16 => format!("{positive}.cbrt()"),
            17 => format!("{positive}.recip()"),
            18 => format!("{within}.tan()"),
            19 => format!("({a}).tanh().powi({})", self.numbers.below(5)),
            20 if self.scope.has_self => format!("{positive}.powi(self.power) * {}", self.constant("0.1")),
            21 => format!("(({a}).fract() + ({a}).trunc())"),
            22 => format!("(({a}).floor() * {} + ({a}).ceil() + ({a}).round())", self.constant("0.1")),
            23 => format!("(({a}).signum() * ({a}).abs())"),
            24 => format!("(({a}).to_degrees() * {})", self.constant("0.01")),
            25 => format!("({a}).to_radians().cos()"),
            26 => format!("(-({a}))"),
            27 => format!("({a} * {a} + {}).sqrt()", self.constant("0.1")),
            28 => format!("T::sin({a})"),
            _ => format!("({a}).cos()"),
        }
    }

    fn function_of_two(&mut self, a: &str, b: &str) -> String {
        let positive = format!("({b} * {b} + {})", self.constant("0.7"));
        match self.numbers.below(14) {
            0 => format!("({a}).max({b})"),
            1 => format!("({a}).min({b})"),
            2 => format!("{positive}.powf(({a}).sin())"),
            3 => format!("({a}).atan2({positive})"),
            4 => format!("({a}).hypot({positive})"),
            5 => format!("({a}).abs_sub({b})"),
            6 => format!("{positive}.log(T::lift(2.5))"),
            7 => format!("({a}) % {positive}"),
            8 => format!("({a}).clamp(T::lift(-0.5), {positive})"),
            9 => format!("({a}).copysign({b})"),
            10 => format!("({a}).mul_add({b}, {positive}).sin()"),
            11 => format!("({a} * {b})"),
            12 => format!("{positive}.log(({a}) * ({a}) + {})", self.constant("1.5")),
            _ => format!("({a} - {b}).cos()"),
        }
    }

    /// Shapes that the writers treat by themselves.
    fn special(&mut self, a: &str, b: &str) -> String {
        match self.numbers.below(7) {
            0 => format!("({a}).powi(2)"),
            1 => format!("(({a}) * ({a}))"),
            2 => format!("(({a}) / ({b}).hypot(T::one()))"),
            3 => format!("(({a}) - ({a}) * ({b}))"),
            4 if self.scope.has_self && !self.lifted => {
                let integer = self.integer();
                format!("(({a}) * self.weights[({integer}) % 6])")
            }
            5 => match self.array() {
                Some(array) => {
                    let (low, high) = self.part(&array);
                    let name = &array.name;
                    if self.numbers.once_in(2) {
                        format!("(T::sum_of(&{name}[{low}..{high}]) * {})", self.constant("0.3"))
                    } else {
                        format!("(T::dot(&{name}[{low}..{high}], &{name}[{low}..{high}]) * {})", self.constant("0.3"))
                    }
                }
                None => format!("({a})"),
            },
            _ => format!("({{ let inner = {b}; inner * ({a}) - inner }})"),
        }
    }

    fn chosen(&mut self, a: &str, b: &str) -> String {
        let condition = self.condition();
        match self.numbers.below(3) {
            0 => format!("(if {condition} {{ {b} * {} }} else {{ ({a}).sin() }})", self.constant("0.3")),
            1 => {
                let integer = self.integer();
                format!("(match ({integer}) % 3 {{ 0 => {a}, 1 if {condition} => {b}, _ => {a} * {b} }})")
            }
            _ => format!(
                "(if {condition} {{ let inner = {a}; inner * inner }} else if {a} < {b} {{ {b} }} else {{ T::one() }}).sin()"
            ),
        }
    }

    /// A call of a closure or of a function.
    fn applied(&mut self, a: &str, b: &str) -> String {
        let closures = self.scope.closures.clone();
        match self.numbers.pick(&closures) {
            Some(closure) if self.numbers.below(3) > 0 => match closure.arguments {
                1 => format!("{}({a})", closure.name),
                _ => format!("{}({a}, {b})", closure.name),
            },
            _ => match self.numbers.below(3) {
                0 => format!("blend({a}, {b})"),
                1 => format!("middle([{a}, {b}, {a} * {b}])"),
                _ => format!("blend(blend({b}, {a}), {a})"),
            },
        }
    }

    pub(crate) fn bounded(&mut self) -> String {
        let depth = 1 + self.numbers.below(3);
        let text = self.expr(depth);
        match self.numbers.below(4) {
            0 | 1 => format!("({text}).sin()"),
            2 => format!("({text}).tanh()"),
            _ => format!("(({text}) * {}).sin()", self.constant("0.5")),
        }
    }

    /// A value that looks at no array, so that one may be borrowed.
    pub(crate) fn apart(&mut self) -> String {
        self.scoped(|writer| {
            writer.scope.arrays.clear();
            writer.scope.nested.clear();
            writer.bounded()
        })
    }
}
