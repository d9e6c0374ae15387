//! Jacobian: slots are the value, m × 1, and the Jacobian, m × n.

use super::operation::{no_such_way, prepared_object, variant};
use super::{Arguments, Inputs, Operation, Prepared, SlotKind, Slots, Variant, Way, flat, mirrored, put};
use crate::scenario::Probe;
use di_core::{Jacobian, PrepareJacobian, PreparedJacobian, Result, Scalar, jacobian, value_and_jacobian};

#[derive(Debug)]
pub(super) struct Of<B>(pub(super) B);

const BOTH: [bool; 3] = [true, true, false];
const LAST: [bool; 3] = [false, true, false];

const VARIANTS: &[Variant] = &[
    variant("evaluate_jacobian", Way::Evaluate, BOTH),
    variant("evaluate_jacobian without value", Way::EvaluateBare, LAST),
    variant("evaluate_jacobian into a transposed view", Way::EvaluateMirrored, BOTH),
    variant("value_and_jacobian_into", Way::ValueInto, BOTH),
    variant("jacobian_into", Way::Into, LAST),
    variant("value_and_jacobian", Way::Value, BOTH),
    variant("jacobian", Way::Alone, LAST),
    variant("value_and_jacobian, the free function", Way::FreeValue, BOTH),
    variant("jacobian, the free function", Way::Free, LAST),
];

impl<B: PrepareJacobian<F, T>, F: Probe, T: Scalar> Operation<T, F> for Of<B> {
    fn variants(&self) -> &'static [Variant] {
        VARIANTS
    }

    fn arguments(&self) -> Arguments {
        let slots = [SlotKind::Slice("y"), SlotKind::Matrix("jac.rows", "jac.columns"), SlotKind::Returned];
        Arguments { point: true, seeds: None, slots }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        Ok(Box::new(self.0.prepare_jacobian(f, &inputs.x)?))
    }

    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        if variant.way == Way::FreeValue {
            let (y, jac) = value_and_jacobian(&self.0, f, &inputs.x)?;
            put(&mut slots.0[0], y);
            slots.0[1] = jac;
        } else {
            slots.0[1] = jacobian(&self.0, f, &inputs.x)?;
        }
        Ok(())
    }
}

impl<B: PrepareJacobian<F, T>, F: Probe, T: Scalar> Prepared<T> for PreparedJacobian<B, F, T> {
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, jac, _] = &mut slots.0;
        let x = &inputs.x[..];
        match variant.way {
            Way::Evaluate => self.evaluate_jacobian(x, Some(flat(y)), jac.view_mut())?,
            Way::EvaluateBare => self.evaluate_jacobian(x, None, jac.view_mut())?,
            Way::EvaluateMirrored => mirrored(jac, |jac| self.evaluate_jacobian(x, Some(flat(y)), jac))?,
            Way::ValueInto => self.value_and_jacobian_into(x, flat(y), jac.view_mut())?,
            Way::Into => self.jacobian_into(x, jac.view_mut())?,
            Way::Value => {
                let (value, derivative) = self.value_and_jacobian(x)?;
                put(y, value);
                *jac = derivative;
            }
            Way::Alone => *jac = self.jacobian(x)?,
            way => return no_such_way(way),
        }
        Ok(())
    }

    prepared_object!(resizable);
}
