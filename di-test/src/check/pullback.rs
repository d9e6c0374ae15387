//! Pullback: slots are the value, m × 1, and the pullbacks, n × k.

use super::operation::{no_such_way, prepared_object, variant};
use super::{Arguments, Inputs, Leaving, Operation, Prepared, SlotKind, Slots, Variant, Way, flat, mirrored, put};
use crate::scenario::Probe;
use di_core::{PreparePullback, PreparedPullback, Pullback, Result, Scalar, pullback, value_and_pullback};

#[derive(Debug)]
pub(super) struct Of<B>(pub(super) B);

const BOTH: [bool; 3] = [true, true, false];
const LAST: [bool; 3] = [false, true, false];

const VARIANTS: &[Variant] = &[
    variant("evaluate_pullback", Way::Evaluate, BOTH),
    variant("evaluate_pullback without value", Way::EvaluateBare, LAST),
    variant("evaluate_pullback into transposed views", Way::EvaluateMirrored, BOTH),
    variant("value_and_pullback_into", Way::ValueInto, BOTH),
    variant("pullback_into", Way::Into, LAST),
    variant("value_and_pullback", Way::Value, BOTH),
    variant("pullback", Way::Alone, LAST),
    variant("at, pullback_batch_into", Way::AtBatch, LAST),
    variant("at, pullback_into", Way::AtInto, LAST),
    variant("at, pullback", Way::At, LAST),
    variant("value_at, pullback_into", Way::ValueAt, BOTH),
    variant("value_and_pullback, the free function", Way::FreeValue, BOTH),
    variant("pullback, the free function", Way::Free, LAST),
];

impl<B: PreparePullback<F, T>, F: Probe, T: Scalar> Operation<T, F> for Of<B> {
    fn variants(&self) -> &'static [Variant] {
        VARIANTS
    }

    fn arguments(&self) -> Arguments {
        let slots = [SlotKind::Slice("y"), SlotKind::Matrix("dx", "dx.columns"), SlotKind::Returned];
        Arguments { point: true, seeds: Some("dy"), slots }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        Ok(Box::new(self.0.prepare_pullback_batch(f, &inputs.x, inputs.seeds.ncols())?))
    }

    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let dy = inputs.seeds.as_slice().unwrap_or_default();
        if variant.way == Way::FreeValue {
            let (y, dx) = value_and_pullback(&self.0, f, &inputs.x, dy)?;
            put(&mut slots.0[0], y);
            put(&mut slots.0[1], dx);
        } else {
            put(&mut slots.0[1], pullback(&self.0, f, &inputs.x, dy)?);
        }
        Ok(())
    }
}

impl<B: PreparePullback<F, T>, F: Probe, T: Scalar> Prepared<T> for PreparedPullback<B, F, T> {
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, dx, _] = &mut slots.0;
        let (x, dy) = (&inputs.x[..], inputs.seeds.as_slice().unwrap_or_default());
        match variant.way {
            Way::Evaluate => self.evaluate_pullback(x, inputs.seeds.view(), Some(flat(y)), dx.view_mut()),
            Way::EvaluateBare => self.evaluate_pullback(x, inputs.seeds.view(), None, dx.view_mut()),
            Way::EvaluateMirrored => {
                let seeds = inputs.seeds.t().as_standard_layout().into_owned();
                mirrored(dx, |dx| self.evaluate_pullback(x, seeds.t(), Some(flat(y)), dx))
            }
            Way::ValueInto => self.value_and_pullback_into(x, dy, flat(y), flat(dx)),
            Way::Into => self.pullback_into(x, dy, flat(dx)),
            Way::Value => {
                let (value, derivative) = self.value_and_pullback(x, dy)?;
                put(y, value);
                put(dx, derivative);
                Ok(())
            }
            Way::Alone => {
                put(dx, self.pullback(x, dy)?);
                Ok(())
            }
            Way::AtBatch => self.at(x)?.pullback_batch_into(inputs.seeds.view(), dx.view_mut()),
            Way::AtInto => {
                let mut at = self.at(x)?;
                at.pullback_into(dy, flat(dx))?;
                at.pullback_into(dy, flat(dx))
            }
            Way::At => {
                put(dx, self.at(x)?.pullback(dy)?);
                Ok(())
            }
            Way::ValueAt => self.value_at(x, flat(y))?.pullback_into(dy, flat(dx)),
            way => no_such_way(way),
        }
    }

    fn leave(&mut self, inputs: &Inputs<T>, leaving: Leaving) -> Option<Result<()>> {
        let wrong = vec![T::one(); self.output_len() + 1];
        Some(self.at(&inputs.x).and_then(|at| leaving.end(at, |at| at.pullback(&wrong).map(drop))))
    }

    prepared_object!(resizable);
}
