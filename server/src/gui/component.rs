//! Kinds of components.

use crate::error::{Error, Result};
use scenecast_protocol::{Wire, gui};
use std::ops::RangeInclusive;

/// A component that holds a value, with the properties that it is added with.
pub trait Component: Sized + Send + 'static {
    /// The type of its value.
    type Value: Wire + Clone + PartialEq + Send + Sync + 'static;

    /// The first value.
    fn value(&self) -> Self::Value;

    /// Looks for contradictions.
    ///
    /// # Errors
    /// [`InvalidProps`](crate::Error::InvalidProps).
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// The component as viewers are told of it, at this place among its siblings.
    fn into_wire(self, order: f64) -> gui::Component;
}

/// A number on a track.
#[derive(Debug, Clone)]
pub struct Slider {
    props: gui::Slider,
    value: f64,
}

impl Slider {
    /// A slider over `range`, at its start, in steps of a hundredth of it.
    pub fn new(label: impl Into<String>, range: RangeInclusive<f64>) -> Self {
        let (min, max) = range.into_inner();
        let props = gui::Slider::default().label(label).min(min).max(max);
        Self { props, value: min }.step((max - min) / 100.0)
    }

    /// The first value.
    #[must_use]
    pub fn value(mut self, value: f64) -> Self {
        self.value = value;
        self
    }

    /// The smallest step between values. Viewers show as many decimals as it has.
    #[must_use]
    pub fn step(mut self, step: f64) -> Self {
        self.props = self.props.step(step).precision(decimals(step));
        self
    }

    /// Text of the tooltip.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.props.hint = Some(hint.into());
        self
    }

    /// Whether input is refused.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.props.disabled = disabled;
        self
    }
}

/// How many decimals a number has, as far as a viewer would show them.
fn decimals(number: f64) -> i64 {
    let text = format!("{number:.8}");
    let fraction = text.trim_end_matches('0').rsplit_once('.');
    fraction.map_or(0, |(_, digits)| digits.len() as i64)
}

impl Component for Slider {
    type Value = f64;

    fn value(&self) -> f64 {
        self.value
    }

    fn check(&self) -> Result<()> {
        let gui::Slider { min, max, step, .. } = self.props;
        let value = self.value;
        let reason = if !(min < max && min.is_finite() && max.is_finite()) {
            format!("the range {min} to {max} is empty")
        } else if !(step > 0.0 && step <= max - min) {
            format!("a step of {step} does not fit into the range {min} to {max}")
        } else if !(min..=max).contains(&value) {
            format!("the value {value} is not within {min} to {max}")
        } else {
            return Ok(());
        };
        Err(Error::InvalidProps {
            node: self.props.label.clone(),
            reason,
        })
    }

    fn into_wire(self, order: f64) -> gui::Component {
        gui::Component::Slider(self.props.order(order), self.value)
    }
}

/// A text field.
#[derive(Debug, Clone)]
pub struct Text {
    props: gui::Text,
    value: String,
}

impl Text {
    /// An empty text field.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            props: gui::Text::default().label(label),
            value: String::new(),
        }
    }

    /// The first text.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Whether the text may have several lines.
    #[must_use]
    pub fn multiline(mut self, multiline: bool) -> Self {
        self.props.multiline = multiline;
        self
    }

    /// Text of the tooltip.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.props.hint = Some(hint.into());
        self
    }

    /// Whether input is refused.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.props.disabled = disabled;
        self
    }
}

impl Component for Text {
    type Value = String;

    fn value(&self) -> String {
        self.value.clone()
    }

    fn into_wire(self, order: f64) -> gui::Component {
        gui::Component::Text(self.props.order(order), self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_of_steps() {
        for (step, expected) in [(1.0, 0), (0.5, 1), (0.001, 3), (10.0, 0), (0.25, 2)] {
            assert_eq!(decimals(step), expected, "{step}");
        }
    }

    #[test]
    fn contradictions_are_found() {
        assert!(Slider::new("a", 0.0..=1.0).check().is_ok());
        assert!(Slider::new("a", 1.0..=0.0).check().is_err());
        assert!(Slider::new("a", 0.0..=1.0).value(2.0).check().is_err());
        assert!(Slider::new("a", 0.0..=1.0).step(0.0).check().is_err());
        assert!(Slider::new("a", 0.0..=f64::NAN).check().is_err());
    }
}
