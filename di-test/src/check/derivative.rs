//! Derivative: slots are the value and the derivative, both m × 1.

use super::operation::{no_such_way, prepared_object, variant};
use super::{Arguments, Inputs, Operation, Prepared, SlotKind, Slots, Variant, Way, flat, number, put};
use crate::scenario::Probe;
use di_core::{
    CurveDerivative, CurveShape, Derivative, PrepareDerivative, PreparedDerivative, Result, Scalar, UnaryShape,
    curve_derivative, derivative, value_and_derivative,
};

#[derive(Debug)]
pub(super) struct OfUnary<B>(pub(super) B);

#[derive(Debug)]
pub(super) struct OfCurve<B>(pub(super) B);

const BOTH: [bool; 3] = [true, true, false];
const LAST: [bool; 3] = [false, true, false];

const UNARY_VARIANTS: &[Variant] = &[
    variant("value_and_derivative", Way::Value, BOTH),
    variant("derivative", Way::Alone, LAST),
    variant("value_and_derivative, the free function", Way::FreeValue, BOTH),
    variant("derivative, the free function", Way::Free, LAST),
];

const CURVE_VARIANTS: &[Variant] = &[
    variant("evaluate_derivative", Way::Evaluate, BOTH),
    variant("evaluate_derivative without value", Way::EvaluateBare, LAST),
    variant("value_and_derivative_into", Way::ValueInto, BOTH),
    variant("derivative_into", Way::Into, LAST),
    variant("value_and_derivative", Way::Value, BOTH),
    variant("derivative", Way::Alone, LAST),
    variant("curve_derivative, the free function", Way::Free, LAST),
];

impl<B: PrepareDerivative<F, T, UnaryShape>, F: Probe, T: Scalar> Operation<T, F> for OfUnary<B> {
    fn variants(&self) -> &'static [Variant] {
        UNARY_VARIANTS
    }

    fn arguments(&self) -> Arguments {
        Arguments { point: false, seeds: None, slots: [SlotKind::Returned; 3] }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        let prepared: PreparedDerivative<B, F, T, UnaryShape> = self.0.prepare_derivative(f, inputs.number()?)?;
        Ok(Box::new(prepared))
    }

    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        if variant.way == Way::FreeValue {
            let (y, dy) = value_and_derivative(&self.0, f, inputs.number()?)?;
            *number(&mut slots.0[0])? = y;
            *number(&mut slots.0[1])? = dy;
        } else {
            *number(&mut slots.0[1])? = derivative(&self.0, f, inputs.number()?)?;
        }
        Ok(())
    }
}

impl<B: PrepareDerivative<F, T, UnaryShape>, F: Probe, T: Scalar> Prepared<T>
    for PreparedDerivative<B, F, T, UnaryShape>
{
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, dy, _] = &mut slots.0;
        match variant.way {
            Way::Value => (*number(y)?, *number(dy)?) = self.value_and_derivative(inputs.number()?)?,
            Way::Alone => *number(dy)? = self.derivative(inputs.number()?)?,
            way => return no_such_way(way),
        }
        Ok(())
    }

    prepared_object!(fixed);
}

impl<B: PrepareDerivative<F, T, CurveShape>, F: Probe, T: Scalar> Operation<T, F> for OfCurve<B> {
    fn variants(&self) -> &'static [Variant] {
        CURVE_VARIANTS
    }

    fn arguments(&self) -> Arguments {
        let slots = [SlotKind::Slice("y"), SlotKind::Slice("dy"), SlotKind::Returned];
        Arguments { point: false, seeds: None, slots }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        let prepared: PreparedDerivative<B, F, T, CurveShape> = self.0.prepare_derivative(f, inputs.number()?)?;
        Ok(Box::new(prepared))
    }

    fn once(&self, _variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        put(&mut slots.0[1], curve_derivative(&self.0, f, inputs.number()?)?);
        Ok(())
    }
}

impl<B: PrepareDerivative<F, T, CurveShape>, F: Probe, T: Scalar> Prepared<T>
    for PreparedDerivative<B, F, T, CurveShape>
{
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, dy, _] = &mut slots.0;
        let x = inputs.number()?;
        match variant.way {
            Way::Evaluate => self.evaluate_derivative(x, Some(flat(y)), flat(dy))?,
            Way::EvaluateBare => self.evaluate_derivative(x, None, flat(dy))?,
            Way::ValueInto => self.value_and_derivative_into(x, flat(y), flat(dy))?,
            Way::Into => self.derivative_into(x, flat(dy))?,
            Way::Value => {
                let (value, derivative) = self.value_and_derivative(x)?;
                put(y, value);
                put(dy, derivative);
            }
            Way::Alone => put(dy, self.derivative(x)?),
            way => return no_such_way(way),
        }
        Ok(())
    }

    prepared_object!(fixed);
}
