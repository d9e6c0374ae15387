//! Pushforward: slots are the value, m × 1, and the pushforwards, m × k.

use super::operation::{no_such_way, prepared_object, variant};
use super::{Arguments, Inputs, Operation, Prepared, SlotKind, Slots, Variant, Way, flat, mirrored, put};
use crate::scenario::Probe;
use di_core::{
    PreparePushforward, PreparedPushforward, Pushforward, Result, Scalar, pushforward, value_and_pushforward,
};

#[derive(Debug)]
pub(super) struct Of<B>(pub(super) B);

const BOTH: [bool; 3] = [true, true, false];
const LAST: [bool; 3] = [false, true, false];

const VARIANTS: &[Variant] = &[
    variant("evaluate_pushforward", Way::Evaluate, BOTH),
    variant("evaluate_pushforward without value", Way::EvaluateBare, LAST),
    variant("evaluate_pushforward into transposed views", Way::EvaluateMirrored, BOTH),
    variant("value_and_pushforward_into", Way::ValueInto, BOTH),
    variant("pushforward_into", Way::Into, LAST),
    variant("value_and_pushforward", Way::Value, BOTH),
    variant("pushforward", Way::Alone, LAST),
    variant("value_and_pushforward, the free function", Way::FreeValue, BOTH),
    variant("pushforward, the free function", Way::Free, LAST),
];

impl<B: PreparePushforward<F, T>, F: Probe, T: Scalar> Operation<T, F> for Of<B> {
    fn variants(&self) -> &'static [Variant] {
        VARIANTS
    }

    fn arguments(&self) -> Arguments {
        let slots = [SlotKind::Slice("y"), SlotKind::Matrix("dy", "dy.columns"), SlotKind::Returned];
        Arguments { point: true, seeds: Some("dx"), slots }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        Ok(Box::new(self.0.prepare_pushforward_batch(f, &inputs.x, inputs.seeds.ncols())?))
    }

    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let dx = inputs.seeds.as_slice().unwrap_or_default();
        if variant.way == Way::FreeValue {
            let (y, dy) = value_and_pushforward(&self.0, f, &inputs.x, dx)?;
            put(&mut slots.0[0], y);
            put(&mut slots.0[1], dy);
        } else {
            put(&mut slots.0[1], pushforward(&self.0, f, &inputs.x, dx)?);
        }
        Ok(())
    }
}

impl<B: PreparePushforward<F, T>, F: Probe, T: Scalar> Prepared<T> for PreparedPushforward<B, F, T> {
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, dy, _] = &mut slots.0;
        let (x, dx) = (&inputs.x[..], inputs.seeds.as_slice().unwrap_or_default());
        match variant.way {
            Way::Evaluate => self.evaluate_pushforward(x, inputs.seeds.view(), Some(flat(y)), dy.view_mut()),
            Way::EvaluateBare => self.evaluate_pushforward(x, inputs.seeds.view(), None, dy.view_mut()),
            Way::EvaluateMirrored => {
                let seeds = inputs.seeds.t().as_standard_layout().into_owned();
                mirrored(dy, |dy| self.evaluate_pushforward(x, seeds.t(), Some(flat(y)), dy))
            }
            Way::ValueInto => self.value_and_pushforward_into(x, dx, flat(y), flat(dy)),
            Way::Into => self.pushforward_into(x, dx, flat(dy)),
            Way::Value => {
                let (value, derivative) = self.value_and_pushforward(x, dx)?;
                put(y, value);
                put(dy, derivative);
                Ok(())
            }
            Way::Alone => {
                put(dy, self.pushforward(x, dx)?);
                Ok(())
            }
            way => no_such_way(way),
        }
    }

    prepared_object!(resizable);
}
