//! The gradient of a network, by hand.

use super::{Lstm, real, sigmoid};

/// What the reverse sweep needs of an entry of a layer in a step.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    entering: f64,
    hidden: f64,
    cell: f64,
    forget: f64,
    ingate: f64,
    outgate: f64,
    change: f64,
    /// `tanh` of the new cell.
    bent: f64,
}

/// Value and gradient of an [`Lstm`] by code written for it, with the memory that it needs: eight numbers for each step,
/// layer and entry.
///
/// The derivatives of the gates and of `tanh` are taken from their values, so that the sweep back computes no
/// exponential.
#[derive(Clone, Debug)]
pub struct LstmAdjoint<'f> {
    f: &'f Lstm,
    entries: Vec<Entry>,
    /// What each step gives, and `e^y` over its sum.
    outputs: Vec<[f64; 2]>,
    state: Vec<[f64; 2]>,
    by_state: Vec<[f64; 2]>,
    v: Vec<f64>,
}

impl<'f> LstmAdjoint<'f> {
    /// Takes the memory.
    #[must_use]
    pub fn new(f: &'f Lstm) -> Self {
        let (b, cells, steps) = (f.width, f.layers * f.width, f.steps());
        Self {
            f,
            entries: vec![Entry::default(); steps * cells],
            outputs: vec![[0.0; 2]; steps * b],
            state: vec![[0.0; 2]; cells],
            by_state: vec![[0.0; 2]; cells],
            v: vec![0.0; b],
        }
    }

    /// Writes the gradient at `x` and returns the value. Both slices are as long as the function has inputs.
    pub fn value_and_gradient_into(&mut self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let (b, layers) = (self.f.width, self.f.layers);
        let (main, extra) = x.split_at(8 * layers * b);
        let value = self.forward(main, extra);
        gradient.fill(0.0);
        self.by_state.fill([0.0; 2]);
        let (by_main, by_extra) = gradient.split_at_mut(8 * layers * b);
        let (by_input, by_output) = by_extra.split_at_mut(b);
        let scale = -1.0 / real(self.f.steps() * b);
        for t in (0..self.f.steps()).rev() {
            let following = &self.f.sequence[(t + 1) * b..][..b];
            let weight = scale * following.iter().sum::<f64>();
            for (j, [leaving, share]) in self.outputs[t * b..][..b].iter().enumerate() {
                let by_y = scale * following[j] - weight * share;
                by_output[j] += by_y * leaving;
                by_output[b + j] += by_y;
                self.v[j] = by_y * extra[b + j];
            }
            for layer in (0..layers).rev() {
                let range = layer * 8 * b..(layer + 1) * 8 * b;
                let entries = &self.entries[(t * layers + layer) * b..][..b];
                let by_state = &mut self.by_state[layer * b..][..b];
                retreat(&main[range.clone()], entries, by_state, &mut self.v, &mut by_main[range]);
            }
            let entering = &self.f.sequence[t * b..][..b];
            for ((by_input, by_v), entering) in by_input.iter_mut().zip(&self.v).zip(entering) {
                *by_input += by_v * entering;
            }
        }
        value
    }

    /// The value; keeps what the sweep back needs.
    fn forward(&mut self, main: &[f64], extra: &[f64]) -> f64 {
        let (b, layers) = (self.f.width, self.f.layers);
        for layer in 0..layers {
            for j in 0..b {
                let start = 2 * layer * b + j;
                self.state[layer * b + j] = [self.f.state[start], self.f.state[start + b]];
            }
        }
        let mut total = 0.0;
        for t in 0..self.f.steps() {
            let (entering, following) = self.f.sequence[t * b..][..2 * b].split_at(b);
            for ((v, weight), entering) in self.v.iter_mut().zip(extra).zip(entering) {
                *v = weight * entering;
            }
            for layer in 0..layers {
                let parameters = &main[layer * 8 * b..][..8 * b];
                let entries = &mut self.entries[(t * layers + layer) * b..][..b];
                advance(parameters, &mut self.state[layer * b..][..b], &mut self.v, entries);
            }
            let outputs = &mut self.outputs[t * b..][..b];
            let (mut sum, mut hits, mut weight) = (2.0, 0.0, 0.0);
            for (j, output) in outputs.iter_mut().enumerate() {
                let y = self.v[j] * extra[b + j] + extra[2 * b + j];
                *output = [self.v[j], y.exp()];
                sum += output[1];
                hits += y * following[j];
                weight += following[j];
            }
            for [_, share] in outputs {
                *share /= sum;
            }
            total += hits - weight * sum.ln();
        }
        -total / real(self.f.steps() * b)
    }
}

fn advance(parameters: &[f64], state: &mut [[f64; 2]], v: &mut [f64], entries: &mut [Entry]) {
    let b = v.len();
    let (weights, biases) = parameters.split_at(4 * b);
    for (j, (([hidden, cell], v), entry)) in state.iter_mut().zip(v).zip(entries).enumerate() {
        let gate = |k: usize, x: f64| x * weights[k * b + j] + biases[k * b + j];
        *entry = Entry {
            entering: *v,
            hidden: *hidden,
            cell: *cell,
            forget: sigmoid(gate(0, *v)),
            ingate: sigmoid(gate(1, *hidden)),
            outgate: sigmoid(gate(2, *v)),
            change: gate(3, *hidden).tanh(),
            bent: 0.0,
        };
        *cell = entry.cell * entry.forget + entry.ingate * entry.change;
        entry.bent = cell.tanh();
        *hidden = entry.outgate * entry.bent;
        *v = *hidden;
    }
}

/// From the derivatives in the next `h`, `c` and `v` to those in the ones before.
fn retreat(parameters: &[f64], entries: &[Entry], by_state: &mut [[f64; 2]], by_v: &mut [f64], gradient: &mut [f64]) {
    let b = by_v.len();
    let weights = &parameters[..4 * b];
    let (by_weights, by_biases) = gradient.split_at_mut(4 * b);
    for (j, ((e, [by_hidden, by_cell]), by_v)) in entries.iter().zip(by_state).zip(by_v).enumerate() {
        let by_next = *by_hidden + *by_v;
        let by_new = *by_cell + by_next * e.outgate * (1.0 - e.bent * e.bent);
        let by_gates = [
            by_new * e.cell * e.forget * (1.0 - e.forget),
            by_new * e.change * e.ingate * (1.0 - e.ingate),
            by_next * e.bent * e.outgate * (1.0 - e.outgate),
            by_new * e.ingate * (1.0 - e.change * e.change),
        ];
        for (k, (by_gate, x)) in by_gates.into_iter().zip([e.entering, e.hidden, e.entering, e.hidden]).enumerate() {
            by_weights[k * b + j] += by_gate * x;
            by_biases[k * b + j] += by_gate;
        }
        *by_v = by_gates[0] * weights[j] + by_gates[2] * weights[2 * b + j];
        *by_hidden = by_gates[1] * weights[b + j] + by_gates[3] * weights[3 * b + j];
        *by_cell = by_new * e.forget;
    }
}
