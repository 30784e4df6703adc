//! Sliders.

use super::{
    builder::{in_container, input},
    component::{Component, Parts, Valued},
    decimals,
};
use crate::error::Result;
use scenecast_protocol::gui;
use std::ops::RangeInclusive;

/// A number on a track.
#[derive(Debug, Clone)]
pub struct Slider {
    props: gui::Slider,
    order: Option<f64>,
    value: f64,
}

input! { Slider }

impl Slider {
    /// A slider over `range`, at its start, in steps of a hundredth of it.
    pub fn new(label: impl Into<String>, range: RangeInclusive<f64>) -> Self {
        let (min, max) = range.into_inner();
        let step = if max > min { (max - min) / 100.0 } else { 1.0 };
        let props = gui::Slider::default().label(label).min(min).max(max);
        Self {
            props: props.step(step),
            order: None,
            value: min,
        }
    }

    /// The first value.
    #[must_use]
    pub fn value(mut self, value: f64) -> Self {
        self.value = value;
        self
    }

    /// The smallest step between values, at most the whole range.
    #[must_use]
    pub fn step(mut self, step: f64) -> Self {
        self.props.step = step;
        self
    }

    /// Marks along the track, instead of those at both ends: numbers, or numbers with a text.
    #[must_use]
    pub fn marks<M: Into<Mark>>(mut self, marks: impl IntoIterator<Item = M>) -> Self {
        self.props.marks = Some(wire_marks(marks));
        self
    }
}

/// A mark along a slider.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    value: f64,
    label: Option<String>,
}

impl From<f64> for Mark {
    fn from(value: f64) -> Self {
        Self { value, label: None }
    }
}

impl<L: Into<String>> From<(f64, L)> for Mark {
    fn from((value, label): (f64, L)) -> Self {
        Self {
            value,
            label: Some(label.into()),
        }
    }
}

pub(super) fn wire_marks<M: Into<Mark>>(
    marks: impl IntoIterator<Item = M>,
) -> Vec<gui::SliderMark> {
    let marks = marks.into_iter().map(|mark| {
        let Mark { value, label } = mark.into();
        gui::SliderMark { value, label }
    });
    marks.collect()
}

impl Component for Slider {
    type Props = gui::Slider;
    type Value = f64;
    type Own = ();

    fn parts(mut self) -> Result<Parts<Self>> {
        let props = &mut self.props;
        if props.max > props.min {
            props.step = props.step.min(props.max - props.min);
        }
        props.precision = decimals::covering([self.value, props.min, props.max, props.step]);
        Parts::new(self.props, self.value, (), self.order)?.checked()
    }

    fn check(props: &gui::Slider) -> Result<(), String> {
        decimals::range(Some(props.min), Some(props.max))?;
        decimals::positive_step(props.step)
    }

    in_container! { Slider(value) }
}

impl Valued for Slider {
    fn check_value(props: &gui::Slider, value: &f64) -> Result<(), String> {
        decimals::within(*value, Some(props.min), Some(props.max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_are_found() {
        let is_ok = |slider: Slider| slider.parts().is_ok();
        assert!(is_ok(Slider::new("a", 0.0..=1.0)));
        assert!(is_ok(Slider::new("a", 1.0..=1.0).value(1.0)));
        assert!(!is_ok(Slider::new("a", 1.0..=0.0)));
        assert!(!is_ok(Slider::new("a", 0.0..=1.0).value(2.0)));
        assert!(!is_ok(Slider::new("a", 0.0..=1.0).value(f64::NAN)));
        assert!(!is_ok(Slider::new("a", 0.0..=1.0).step(0.0)));
        assert!(!is_ok(Slider::new("a", 0.0..=f64::NAN)));
        assert!(!is_ok(Slider::new("a", 0.0..=1.0).order(f64::NAN)));
    }

    #[test]
    fn steps_and_decimals_follow_from_numbers() {
        let parts = |slider: Slider| slider.parts().unwrap().props;
        let props = parts(Slider::new("a", 0.0..=2.0).step(5.0));
        assert_eq!((props.step, props.precision), (2.0, 0));
        let props = parts(Slider::new("a", 0.5..=9.5).step(1.0));
        assert_eq!((props.step, props.precision), (1.0, 1));
        let props = parts(Slider::new("a", 0.0..=0.1).value(0.025));
        assert_eq!((props.step, props.precision), (0.001, 3));
    }
}
