//! Gradient: slots are the value, 1 × 1, and the gradient, n × 1.

use super::operation::{no_such_way, prepared_object, variant};
use super::{Arguments, Inputs, Operation, Prepared, SlotKind, Slots, Variant, Way, flat, number, put};
use crate::scenario::Probe;
use di_core::{Gradient, PrepareGradient, PreparedGradient, Result, Scalar, gradient, value_and_gradient};

#[derive(Debug)]
pub(super) struct Of<B>(pub(super) B);

const BOTH: [bool; 3] = [true, true, false];
const LAST: [bool; 3] = [false, true, false];

const VARIANTS: &[Variant] = &[
    variant("value_and_gradient_into", Way::ValueInto, BOTH),
    variant("gradient_into", Way::Into, LAST),
    variant("value_and_gradient", Way::Value, BOTH),
    variant("gradient", Way::Alone, LAST),
    variant("value_and_gradient, the free function", Way::FreeValue, BOTH),
    variant("gradient, the free function", Way::Free, LAST),
];

impl<B: PrepareGradient<F, T>, F: Probe, T: Scalar> Operation<T, F> for Of<B> {
    fn variants(&self) -> &'static [Variant] {
        VARIANTS
    }

    fn arguments(&self) -> Arguments {
        let slots = [SlotKind::Returned, SlotKind::Slice("grad"), SlotKind::Returned];
        Arguments { point: true, seeds: None, slots }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        Ok(Box::new(self.0.prepare_gradient(f, &inputs.x)?))
    }

    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        if variant.way == Way::FreeValue {
            let (y, grad) = value_and_gradient(&self.0, f, &inputs.x)?;
            *number(&mut slots.0[0])? = y;
            put(&mut slots.0[1], grad);
        } else {
            put(&mut slots.0[1], gradient(&self.0, f, &inputs.x)?);
        }
        Ok(())
    }
}

impl<B: PrepareGradient<F, T>, F: Probe, T: Scalar> Prepared<T> for PreparedGradient<B, F, T> {
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, grad, _] = &mut slots.0;
        let x = &inputs.x[..];
        match variant.way {
            Way::ValueInto => *number(y)? = self.value_and_gradient_into(x, flat(grad))?,
            Way::Into => self.gradient_into(x, flat(grad))?,
            Way::Value => {
                let (value, derivative) = self.value_and_gradient(x)?;
                *number(y)? = value;
                put(grad, derivative);
            }
            Way::Alone => put(grad, self.gradient(x)?),
            way => return no_such_way(way),
        }
        Ok(())
    }

    prepared_object!(resizable);
}
