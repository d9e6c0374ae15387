//! What an evaluation leaves behind: which inputs a number depends on, and which pairs of them interact.

use super::DetectionError;
use super::unions::{EMPTY, MAX_SETS, Unions};
use crate::rule::{BinaryDependence, Dependence};

/// The number that depends on no input, though its value does: `⌊x⌋`.
pub(super) const FLAT: u32 = 0;

/// Sets for each input before the list of all of them has to grow.
const ROOM: usize = 8;

/// A recorded evaluation. A number in it is an index: 0 depends on no input, 1 to n are the inputs, others follow.
///
/// To first order a number is the set of the inputs it depends on. To second order it is that set, and a set of
/// *interactions*: pairs of sets, each standing for the products of an input of one set with an input of the other.
#[derive(Debug)]
pub(super) struct Recording {
    /// Sets of inputs.
    pub(super) inputs: Unions,
    /// What second order needs.
    pub(super) second: Option<Second>,
    failure: Option<DetectionError>,
}

/// Numbers to second order.
#[derive(Debug)]
pub(super) struct Second {
    /// For each number the set of inputs and the set of interactions.
    numbers: Vec<[u32; 2]>,
    /// Sets of interactions; elements are indices of `pairs`.
    pub(super) interactions: Unions,
    /// Interactions: pairs of sets of inputs.
    pub(super) pairs: Vec<[u32; 2]>,
    /// The interaction that was recorded last, as a set.
    last: u32,
    overflow: bool,
}

impl Recording {
    /// Starts with `n` inputs.
    pub(super) fn new(n: usize, second_order: bool) -> Self {
        let mut inputs = Unions::new();
        // Room is not memory before it is written: more than enough of it costs less than to grow.
        inputs.reserve(n.saturating_mul(ROOM).min(MAX_SETS));
        let mut failure = None;
        match u32::try_from(n) {
            Ok(n) if (n as usize) < MAX_SETS - 1 => {
                for input in 0..n {
                    inputs.element(input);
                }
            }
            _ => failure = Some(DetectionError::TooLong),
        }
        let second = second_order.then(|| Second::new(inputs.len()));
        Self { inputs, second, failure }
    }

    /// The number of numbers.
    pub(super) fn len(&self) -> usize {
        self.second.as_ref().map_or(self.inputs.len(), |second| second.numbers.len())
    }

    /// Takes note of a failure, the first one.
    pub(super) fn fail(&mut self, failure: DetectionError) {
        self.failure.get_or_insert(failure);
    }

    /// Whether there was a failure.
    pub(super) fn failure(&self) -> Option<DetectionError> {
        let second = self.second.as_ref();
        let overflow =
            self.inputs.overflow() || second.is_some_and(|second| second.overflow || second.interactions.overflow());
        self.failure.clone().or(overflow.then_some(DetectionError::TooLong))
    }

    /// The inputs and the interactions of a number.
    pub(super) fn sets(&self, number: u32) -> [u32; 2] {
        self.second.as_ref().map_or([number, EMPTY], |second| second.numbers[number as usize])
    }

    /// A function of one number.
    #[inline]
    pub(super) fn unary(&mut self, a: u32, dependence: Dependence) -> u32 {
        match (dependence, &mut self.second) {
            (Dependence::Flat, _) => FLAT,
            (Dependence::Curved, Some(second)) => {
                let [inputs, interactions] = second.numbers[a as usize];
                let interactions = second.interact(interactions, inputs, inputs);
                second.number(a, [inputs, interactions])
            }
            _ => a,
        }
    }

    /// A function of two numbers.
    #[inline]
    pub(super) fn binary(&mut self, a: u32, b: u32, dependence: BinaryDependence) -> u32 {
        if a == FLAT || dependence.x == Dependence::Flat {
            return self.unary(b, dependence.y);
        }
        if b == FLAT || dependence.y == Dependence::Flat {
            return self.unary(a, dependence.x);
        }
        let Some(second) = &mut self.second else {
            return self.inputs.union(a, b);
        };
        let ([a_inputs, a_interactions], [b_inputs, b_interactions]) =
            (second.numbers[a as usize], second.numbers[b as usize]);
        let inputs = self.inputs.union(a_inputs, b_inputs);
        let mut interactions = second.interactions.union(a_interactions, b_interactions);
        let curved = (dependence.x == Dependence::Curved, dependence.y == Dependence::Curved);
        if dependence.cross {
            let (left, right) = match curved {
                (false, false) => (a_inputs, b_inputs),
                (true, false) => (a_inputs, inputs),
                (false, true) => (inputs, b_inputs),
                (true, true) => (inputs, inputs),
            };
            interactions = second.interact(interactions, left, right);
        } else {
            if curved.0 {
                interactions = second.interact(interactions, a_inputs, a_inputs);
            }
            if curved.1 {
                interactions = second.interact(interactions, b_inputs, b_inputs);
            }
        }
        second.number(a, [inputs, interactions])
    }

    /// The sum of any number of numbers.
    pub(super) fn sum(&mut self, terms: &[u32]) -> u32 {
        let Some(second) = &mut self.second else {
            return self.inputs.union_of(terms.iter().copied());
        };
        let numbers = &second.numbers;
        let inputs = self.inputs.union_of(terms.iter().map(|&term| numbers[term as usize][0]));
        let interactions = second.interactions.union_of(terms.iter().map(|&term| numbers[term as usize][1]));
        second.number(terms.first().copied().unwrap_or(FLAT), [inputs, interactions])
    }
}

impl Second {
    /// Numbers that are sets of inputs, without interactions.
    fn new(sets: usize) -> Self {
        let sets = u32::try_from(sets).unwrap_or(1);
        Self {
            numbers: (0..sets).map(|inputs| [inputs, EMPTY]).collect(),
            interactions: Unions::new(),
            pairs: Vec::new(),
            last: EMPTY,
            overflow: false,
        }
    }

    /// Interactions with one more: of each input in `a` with each in `b`.
    fn interact(&mut self, interactions: u32, a: u32, b: u32) -> u32 {
        if a == EMPTY || b == EMPTY {
            return interactions;
        }
        if self.pairs.last() != Some(&[a, b]) {
            // As many pairs as sets, which are fewer than 2³².
            let pair = u32::try_from(self.pairs.len()).unwrap_or(u32::MAX);
            self.pairs.push([a, b]);
            self.last = self.interactions.element(pair);
        }
        self.interactions.union(interactions, self.last)
    }

    /// The number with these sets; `a` if it has them.
    fn number(&mut self, a: u32, sets: [u32; 2]) -> u32 {
        if self.numbers[a as usize] == sets {
            return a;
        }
        if self.numbers.len() >= MAX_SETS {
            self.overflow = true;
            return FLAT;
        }
        self.numbers.push(sets);
        #[expect(clippy::cast_possible_truncation, reason = "there are at most 2³¹ numbers")]
        {
            (self.numbers.len() - 1) as u32
        }
    }
}
