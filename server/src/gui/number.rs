//! Number fields.

use super::{
    builder::{in_container, input},
    component::{Component, Parts, Valued},
    decimals,
};
use crate::error::Result;
use scenecast_protocol::gui;

/// A number to type, or to step up and down.
#[derive(Debug, Clone)]
pub struct Number {
    props: gui::Number,
    order: Option<f64>,
    value: f64,
    step: Option<f64>,
}

input! { Number }

impl Number {
    /// A number without bounds, in steps of its last decimal.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self {
            props: gui::Number::default().label(label),
            order: None,
            value,
            step: None,
        }
    }

    /// The lowest value.
    #[must_use]
    pub fn min(mut self, min: f64) -> Self {
        self.props.min = Some(min);
        self
    }

    /// The highest value.
    #[must_use]
    pub fn max(mut self, max: f64) -> Self {
        self.props.max = Some(max);
        self
    }

    /// The step between values; that of the last decimal of value and bounds unless set.
    #[must_use]
    pub fn step(mut self, step: f64) -> Self {
        self.step = Some(step);
        self
    }
}

impl Component for Number {
    type Props = gui::Number;
    type Value = f64;
    type Own = ();

    fn parts(mut self) -> Result<Parts<Self>> {
        let props = &mut self.props;
        let numbers = [Some(self.value), props.min, props.max];
        let numbers = || numbers.into_iter().flatten();
        props.step = self.step.unwrap_or_else(|| decimals::step(numbers()));
        props.precision = decimals::covering(numbers().chain([props.step]));
        Parts::new(self.props, self.value, (), self.order)?.checked()
    }

    fn check(props: &gui::Number) -> Result<(), String> {
        decimals::range(props.min, props.max)?;
        decimals::positive_step(props.step)
    }

    in_container! { Number(value) }
}

impl Valued for Number {
    fn check_value(props: &gui::Number, value: &f64) -> Result<(), String> {
        decimals::within(*value, props.min, props.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_decimals_follow_from_numbers() {
        let parts = |number: Number| number.parts().unwrap().props;
        let props = parts(Number::new("a", 0.25).min(0.0).max(1.5));
        assert_eq!((props.step, props.precision), (0.01, 2));
        let props = parts(Number::new("a", 0.25).step(0.5));
        assert_eq!((props.step, props.precision), (0.5, 2));
        let props = parts(Number::new("a", 3.0));
        assert_eq!((props.step, props.precision), (1.0, 0));
    }

    #[test]
    fn contradictions_are_found() {
        let is_ok = |number: Number| number.parts().is_ok();
        assert!(!is_ok(Number::new("a", f64::NAN)));
        assert!(!is_ok(Number::new("a", 5.0).min(6.0)));
        assert!(!is_ok(Number::new("a", 5.0).min(6.0).max(4.0)));
        assert!(!is_ok(Number::new("a", 5.0).step(0.0)));
    }
}
