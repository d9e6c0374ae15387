//! Hessian: slots are the value, 1 × 1, the gradient, n × 1, and the Hessian, n × n.

use super::operation::{no_such_way, prepared_object, variant};
use super::{Arguments, Inputs, Operation, Prepared, SlotKind, Slots, Variant, Way, flat, mirrored, number, put};
use crate::scenario::Probe;
use di_core::{Hessian, PrepareHessian, PreparedHessian, Result, Scalar, hessian, value_gradient_and_hessian};

#[derive(Debug)]
pub(super) struct Of<B>(pub(super) B);

const ALL: [bool; 3] = [true; 3];
const ENDS: [bool; 3] = [true, false, true];
const LAST: [bool; 3] = [false, false, true];

const VARIANTS: &[Variant] = &[
    variant("evaluate_hessian", Way::Evaluate, ALL),
    variant("evaluate_hessian without gradient", Way::EvaluateBare, ENDS),
    variant("evaluate_hessian into a transposed view", Way::EvaluateMirrored, ALL),
    variant("value_gradient_and_hessian_into", Way::ValueInto, ALL),
    variant("hessian_into", Way::Into, LAST),
    variant("value_gradient_and_hessian", Way::Value, ALL),
    variant("hessian", Way::Alone, LAST),
    variant("value_gradient_and_hessian, the free function", Way::FreeValue, ALL),
    variant("hessian, the free function", Way::Free, LAST),
];

impl<B, F: Probe, T: Scalar> Operation<T, F> for Of<B>
where
    B: PrepareHessian<F, T, Function: Clone + Send + 'static>,
{
    fn variants(&self) -> &'static [Variant] {
        VARIANTS
    }

    fn arguments(&self) -> Arguments {
        let slots = [SlotKind::Returned, SlotKind::Slice("grad"), SlotKind::Matrix("hess.rows", "hess.columns")];
        Arguments { point: true, seeds: None, slots }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        Ok(Box::new(self.0.prepare_hessian(f, &inputs.x)?))
    }

    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        if variant.way == Way::FreeValue {
            let (y, grad, hess) = value_gradient_and_hessian(&self.0, f, &inputs.x)?;
            *number(&mut slots.0[0])? = y;
            put(&mut slots.0[1], grad);
            slots.0[2] = hess;
        } else {
            slots.0[2] = hessian(&self.0, f, &inputs.x)?;
        }
        Ok(())
    }
}

impl<B, F: Probe, T: Scalar> Prepared<T> for PreparedHessian<B, F, T>
where
    B: PrepareHessian<F, T, Function: Clone + Send + 'static>,
{
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, grad, hess] = &mut slots.0;
        let x = &inputs.x[..];
        match variant.way {
            Way::Evaluate => *number(y)? = self.evaluate_hessian(x, Some(flat(grad)), hess.view_mut())?,
            Way::EvaluateBare => *number(y)? = self.evaluate_hessian(x, None, hess.view_mut())?,
            Way::EvaluateMirrored => {
                *number(y)? = mirrored(hess, |hess| self.evaluate_hessian(x, Some(flat(grad)), hess))?;
            }
            Way::ValueInto => *number(y)? = self.value_gradient_and_hessian_into(x, flat(grad), hess.view_mut())?,
            Way::Into => self.hessian_into(x, hess.view_mut())?,
            Way::Value => {
                let (value, first, second) = self.value_gradient_and_hessian(x)?;
                *number(y)? = value;
                put(grad, first);
                *hess = second;
            }
            Way::Alone => *hess = self.hessian(x)?,
            way => return no_such_way(way),
        }
        Ok(())
    }

    prepared_object!(resizable);
}
