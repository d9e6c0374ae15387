//! The format of the files.

use super::{Model, NistError};
use std::fs;
use std::path::Path;

/// One parameter of a model: where to start and where to end.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The two starting values.
    pub starts: [f64; 2],
    /// The least-squares value, certified to eleven digits.
    pub certified: f64,
}

/// Observations, starting points and the certified answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// The name in the file.
    pub name: String,
    /// The model that belongs to the name.
    pub model: Model,
    /// The parameters `b1, b2, …`.
    pub parameters: Vec<Parameter>,
    /// The certified sum of squared residuals.
    pub sum_of_squares: f64,
    /// The predictor of each observation.
    pub x: Vec<f64>,
    /// The response of each observation.
    pub y: Vec<f64>,
}

impl Dataset {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`NistError::Read`], or [`NistError::File`] with the file's name and what is wrong with its text.
    pub fn read(path: &Path) -> Result<Self, NistError> {
        let text = fs::read_to_string(path).map_err(|source| NistError::Read { path: path.to_path_buf(), source })?;
        Self::parse(&text).map_err(|error| NistError::File { path: path.to_path_buf(), source: Box::new(error) })
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// [`NistError`], except for its variants `Read` and `File`.
    pub fn parse(text: &str) -> Result<Self, NistError> {
        let mut lines = Lines { text: text.lines().collect(), next: 0 };
        let name = lines.seek("`Dataset Name:` with a name", |line| {
            line.strip_prefix("Dataset Name:")?.split_whitespace().next().map(str::to_owned)
        })?;
        let Some(model) = Model::from_name(&name) else {
            return Err(NistError::UnknownModel { line: lines.next, name });
        };
        let first = lines
            .seek("`b1 = start1 start2 certified deviation`", |line| is_parameter(line).then(|| line.to_owned()))?;
        let mut parameters = vec![lines.parameter(&first, 1)?];
        while let Some(line) = lines.peek().filter(|line| is_parameter(line)) {
            lines.next += 1;
            parameters.push(lines.parameter(line, parameters.len() + 1)?);
        }
        let (expected, found) = (model.parameter_count(), parameters.len());
        if expected != found {
            return Err(NistError::ParameterCount { line: lines.next, name, expected, found });
        }
        let sum_of_squares = lines.labelled("Residual Sum of Squares:", "a number above 0", |v: &f64| *v > 0.0)?;
        let count =
            lines.labelled("Number of Observations:", "a whole number no smaller than the number of parameters", {
                let least = parameters.len();
                move |count: &usize| *count >= least
            })?;
        lines.seek("the heading `Data: y x`", |line| {
            line.strip_prefix("Data:")?.split_whitespace().eq(["y", "x"]).then_some(())
        })?;
        let (x, y) = lines.observations(count)?;
        Ok(Self { name, model, parameters, sum_of_squares, x, y })
    }

    /// The starting point of the given index, 0 or 1.
    #[must_use]
    pub fn start(&self, index: usize) -> Vec<f64> {
        self.parameters.iter().map(|parameter| parameter.starts[index]).collect()
    }
}

/// Whether a line looks like `b1 = …`.
fn is_parameter(line: &str) -> bool {
    line.split_once('=').is_some_and(|(name, _)| {
        name.trim().strip_prefix('b').is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// A finite number.
fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|v: &f64| v.is_finite())
}

/// The lines of a file and the index of the next one.
struct Lines<'a> {
    text: Vec<&'a str>,
    next: usize,
}

impl<'a> Lines<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.text.get(self.next).copied()
    }

    /// The error that `expected` is not at the line of the given index.
    fn malformed(&self, index: usize, expected: impl Into<String>) -> NistError {
        let found = self.text.get(index).map_or("the end of the file".into(), |line| format!("`{}`", line.trim()));
        NistError::Malformed { line: index + 1, expected: expected.into(), found }
    }

    /// What `pick` makes of the first line that it accepts; the line after it is the next one.
    fn seek<R>(&mut self, expected: &str, pick: impl Fn(&str) -> Option<R>) -> Result<R, NistError> {
        while let Some(line) = self.peek() {
            self.next += 1;
            if let Some(found) = pick(line) {
                return Ok(found);
            }
        }
        Err(self.malformed(self.next, expected))
    }

    /// The parameter of the given number, from the line before the next one.
    fn parameter(&self, line: &str, index: usize) -> Result<Parameter, NistError> {
        let parse = || {
            let (name, values) = line.split_once('=')?;
            let values: Vec<f64> = values.split_whitespace().map(number).collect::<Option<_>>()?;
            match (name.trim() == format!("b{index}"), values.as_slice()) {
                (true, &[first, second, certified, _]) => Some(Parameter { starts: [first, second], certified }),
                _ => None,
            }
        };
        parse().ok_or_else(|| {
            let expected = format!("`b{index} = start1 start2 certified deviation`, four numbers");
            self.malformed(self.next - 1, expected)
        })
    }

    /// The valid value after a label.
    fn labelled<V: std::str::FromStr>(
        &mut self,
        label: &str,
        what: &str,
        valid: impl Fn(&V) -> bool,
    ) -> Result<V, NistError> {
        let expected = format!("`{label}` with {what}");
        let value = self.seek(&expected, |line| line.strip_prefix(label).map(|rest| rest.trim().to_owned()))?;
        value.parse().ok().filter(valid).ok_or_else(|| self.malformed(self.next - 1, expected))
    }

    /// All observations, `y x` a line, up to the end of the file.
    fn observations(&mut self, count: usize) -> Result<(Vec<f64>, Vec<f64>), NistError> {
        let (mut x, mut y) = (Vec::with_capacity(count.min(self.text.len())), Vec::new());
        while let Some(line) = self.peek().filter(|_| x.len() < count) {
            let values: Option<Vec<f64>> = line.split_whitespace().map(number).collect();
            let Some(&[response, predictor]) = values.as_deref() else {
                let expected = format!("observation {} of {count}, two numbers `y x`", x.len() + 1);
                return Err(self.malformed(self.next, expected));
            };
            y.push(response);
            x.push(predictor);
            self.next += 1;
        }
        if x.len() < count {
            let expected = format!("observation {} of {count}, two numbers `y x`", x.len() + 1);
            return Err(self.malformed(self.next, expected));
        }
        while let Some(line) = self.peek() {
            if !line.trim().is_empty() {
                return Err(self.malformed(self.next, format!("no more than {count} observations")));
            }
            self.next += 1;
        }
        Ok((x, y))
    }
}
