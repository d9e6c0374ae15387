//! Second derivative: slots are the value, the derivative and the second derivative, all m × 1.

use super::operation::{no_such_way, prepared_object, variant};
use super::{Arguments, Inputs, Operation, Prepared, SlotKind, Slots, Variant, Way, flat, number, put};
use crate::scenario::Probe;
use di_core::{
    CurveSecondDerivative, CurveShape, PrepareSecondDerivative, PreparedSecondDerivative, Result, Scalar,
    SecondDerivative, UnaryShape, curve_second_derivative, second_derivative, value_derivative_and_second_derivative,
};

#[derive(Debug)]
pub(super) struct OfUnary<B>(pub(super) B);

#[derive(Debug)]
pub(super) struct OfCurve<B>(pub(super) B);

const ALL: [bool; 3] = [true; 3];
const LAST: [bool; 3] = [false, false, true];

const UNARY_VARIANTS: &[Variant] = &[
    variant("value_derivative_and_second_derivative", Way::Value, ALL),
    variant("second_derivative", Way::Alone, LAST),
    variant("value_derivative_and_second_derivative, the free function", Way::FreeValue, ALL),
    variant("second_derivative, the free function", Way::Free, LAST),
];

const CURVE_VARIANTS: &[Variant] = &[
    variant("evaluate_second_derivative", Way::Evaluate, ALL),
    variant("evaluate_second_derivative without lower ones", Way::EvaluateBare, LAST),
    variant("value_derivative_and_second_derivative_into", Way::ValueInto, ALL),
    variant("second_derivative_into", Way::Into, LAST),
    variant("value_derivative_and_second_derivative", Way::Value, ALL),
    variant("second_derivative", Way::Alone, LAST),
    variant("curve_second_derivative, the free function", Way::Free, LAST),
];

impl<B, F: Probe, T: Scalar> Operation<T, F> for OfUnary<B>
where
    B: PrepareSecondDerivative<F, T, UnaryShape, Function: Clone + Send + 'static>,
{
    fn variants(&self) -> &'static [Variant] {
        UNARY_VARIANTS
    }

    fn arguments(&self) -> Arguments {
        Arguments { point: false, seeds: None, slots: [SlotKind::Returned; 3] }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        let prepared: PreparedSecondDerivative<B, F, T, UnaryShape> =
            self.0.prepare_second_derivative(f, inputs.number()?)?;
        Ok(Box::new(prepared))
    }

    fn once(&self, variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, dy, ddy] = &mut slots.0;
        if variant.way == Way::FreeValue {
            (*number(y)?, *number(dy)?, *number(ddy)?) =
                value_derivative_and_second_derivative(&self.0, f, inputs.number()?)?;
        } else {
            *number(ddy)? = second_derivative(&self.0, f, inputs.number()?)?;
        }
        Ok(())
    }
}

impl<B, F: Probe, T: Scalar> Prepared<T> for PreparedSecondDerivative<B, F, T, UnaryShape>
where
    B: PrepareSecondDerivative<F, T, UnaryShape, Function: Clone + Send + 'static>,
{
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, dy, ddy] = &mut slots.0;
        match variant.way {
            Way::Value => {
                (*number(y)?, *number(dy)?, *number(ddy)?) =
                    self.value_derivative_and_second_derivative(inputs.number()?)?;
            }
            Way::Alone => *number(ddy)? = self.second_derivative(inputs.number()?)?,
            way => return no_such_way(way),
        }
        Ok(())
    }

    prepared_object!(fixed);
}

impl<B, F: Probe, T: Scalar> Operation<T, F> for OfCurve<B>
where
    B: PrepareSecondDerivative<F, T, CurveShape, Function: Clone + Send + 'static>,
{
    fn variants(&self) -> &'static [Variant] {
        CURVE_VARIANTS
    }

    fn arguments(&self) -> Arguments {
        Arguments { point: false, seeds: None, slots: ["y", "dy", "ddy"].map(SlotKind::Slice) }
    }

    fn prepare(&self, f: F, inputs: &Inputs<T>) -> Result<Box<dyn Prepared<T>>> {
        let prepared: PreparedSecondDerivative<B, F, T, CurveShape> =
            self.0.prepare_second_derivative(f, inputs.number()?)?;
        Ok(Box::new(prepared))
    }

    fn once(&self, _variant: &Variant, f: F, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        put(&mut slots.0[2], curve_second_derivative(&self.0, f, inputs.number()?)?);
        Ok(())
    }
}

impl<B, F: Probe, T: Scalar> Prepared<T> for PreparedSecondDerivative<B, F, T, CurveShape>
where
    B: PrepareSecondDerivative<F, T, CurveShape, Function: Clone + Send + 'static>,
{
    fn run(&mut self, variant: &Variant, inputs: &Inputs<T>, slots: &mut Slots<T>) -> Result<()> {
        let [y, dy, ddy] = &mut slots.0;
        let x = inputs.number()?;
        match variant.way {
            Way::Evaluate => self.evaluate_second_derivative(x, Some(flat(y)), Some(flat(dy)), flat(ddy))?,
            Way::EvaluateBare => self.evaluate_second_derivative(x, None, None, flat(ddy))?,
            Way::ValueInto => self.value_derivative_and_second_derivative_into(x, flat(y), flat(dy), flat(ddy))?,
            Way::Into => self.second_derivative_into(x, flat(ddy))?,
            Way::Value => {
                let (value, first, second) = self.value_derivative_and_second_derivative(x)?;
                put(y, value);
                put(dy, first);
                put(ddy, second);
            }
            Way::Alone => put(ddy, self.second_derivative(x)?),
            way => return no_such_way(way),
        }
        Ok(())
    }

    prepared_object!(fixed);
}
