//! Hessian-vector product: slots are the value, 1 × 1, the gradient, n × 1, and the products, n × k.

use super::operation::{no_such_way, prepared_object, variant};
use super::{
    Arguments, Inputs, Leaving, Operation, Prepared, SlotKind, Slots, Variant, Way, flat, mirrored, number, put,
};
use crate::scenario::Probe;
use di_core::{Hvp, PrepareHvp, PreparedHvp, Result, Scalar, hvp, value_gradient_and_hvp};

#[derive(Debug)]
pub(super) struct Of<B>(pub(super) B);

const ALL: [bool; 3] = [true; 3];
const ENDS: [bool; 3] = [true, false, true];
const LAST: [bool; 3] = [false, false, true];

const VARIANTS: &[Variant] = &[
    variant("evaluate_hvp", Way::Evaluate, ALL),
    variant("evaluate_hvp without gradient", Way::EvaluateBare, ENDS),
    variant("evaluate_hvp into transposed views", Way::EvaluateMirrored, ALL),
    variant("value_gradient_and_hvp_into", Way::ValueInto, ALL),
    variant("hvp_into", Way::Into, LAST),
    variant("value_gradient_and_hvp", Way::Value, ALL),
    variant("hvp", Way::Alone, LAST),
    variant("at, hvp_batch_into", Way::AtBatch, LAST),
    variant("at, hvp_into", Way::AtInto, LAST),
    variant("at, hvp", Way::At, LAST),
    variant("value_gradient_and_hvp, the free function", Way::FreeValue, ALL),
    variant("hvp, the free function", Way::Free, LAST),
];

impl<B, F: Probe, T: Scalar> Operation<T, F> for Of<B>
where
    B: PrepareHvp<F, T, Function: Clone + Send + 'static>,
{
    fn variants(&self) -> &'static [Variant] {
        VARIANTS
    }

    fn arguments(&self) -> Arguments {
        let slots = [SlotKind::Returned, SlotKind::Slice("grad"), SlotKind::Matrix("dg", "dg.columns")];
        Arguments { point: true, seeds: Some("dx"), slots }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        Ok(Box::new(self.0.prepare_hvp_batch(f, &inputs.x, inputs.seeds.ncols())?))
    }

    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let dx = inputs.seeds.as_slice().unwrap_or_default();
        if variant.way == Way::FreeValue {
            let (y, grad, dg) = value_gradient_and_hvp(&self.0, f, &inputs.x, dx)?;
            *number(&mut slots.0[0])? = y;
            put(&mut slots.0[1], grad);
            put(&mut slots.0[2], dg);
        } else {
            put(&mut slots.0[2], hvp(&self.0, f, &inputs.x, dx)?);
        }
        Ok(())
    }
}

impl<B, F: Probe, T: Scalar> Prepared<T> for PreparedHvp<B, F, T>
where
    B: PrepareHvp<F, T, Function: Clone + Send + 'static>,
{
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, grad, dg] = &mut slots.0;
        let (x, dx) = (&inputs.x[..], inputs.seeds.as_slice().unwrap_or_default());
        match variant.way {
            Way::Evaluate => {
                *number(y)? = self.evaluate_hvp(x, inputs.seeds.view(), Some(flat(grad)), dg.view_mut())?;
            }
            Way::EvaluateBare => *number(y)? = self.evaluate_hvp(x, inputs.seeds.view(), None, dg.view_mut())?,
            Way::EvaluateMirrored => {
                let seeds = inputs.seeds.t().as_standard_layout().into_owned();
                *number(y)? = mirrored(dg, |dg| self.evaluate_hvp(x, seeds.t(), Some(flat(grad)), dg))?;
            }
            Way::ValueInto => *number(y)? = self.value_gradient_and_hvp_into(x, dx, flat(grad), flat(dg))?,
            Way::Into => self.hvp_into(x, dx, flat(dg))?,
            Way::Value => {
                let (value, first, second) = self.value_gradient_and_hvp(x, dx)?;
                *number(y)? = value;
                put(grad, first);
                put(dg, second);
            }
            Way::Alone => put(dg, self.hvp(x, dx)?),
            Way::AtBatch => self.at(x)?.hvp_batch_into(inputs.seeds.view(), dg.view_mut())?,
            Way::AtInto => {
                let mut at = self.at(x)?;
                at.hvp_into(dx, flat(dg))?;
                at.hvp_into(dx, flat(dg))?;
            }
            Way::At => put(dg, self.at(x)?.hvp(dx)?),
            way => return no_such_way(way),
        }
        Ok(())
    }

    fn leave(&mut self, inputs: &Inputs<T>, leaving: Leaving) -> Option<Result<()>> {
        let wrong = vec![T::one(); self.input_len() + 1];
        Some(self.at(&inputs.x).and_then(|at| leaving.end(at, |at| at.hvp(&wrong).map(drop))))
    }

    prepared_object!(resizable);
}
