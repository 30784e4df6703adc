//! Sliders with several thumbs.

use super::{
    builder::{in_container, input},
    component::{Component, Parts, Valued},
    decimals,
    slider::{Mark, wire_marks},
};
use crate::error::Result;
use scenecast_protocol::gui;
use std::ops::RangeInclusive;

/// Several numbers on a track, ascending.
#[derive(Debug, Clone)]
pub struct MultiSlider {
    props: gui::MultiSlider,
    order: Option<f64>,
    values: Vec<f64>,
}

input! { MultiSlider }

impl MultiSlider {
    /// A slider over `range` with these values, in steps of a hundredth of the range.
    pub fn new(
        label: impl Into<String>,
        range: RangeInclusive<f64>,
        values: impl Into<Vec<f64>>,
    ) -> Self {
        let (min, max) = range.into_inner();
        let step = if max > min { (max - min) / 100.0 } else { 1.0 };
        let props = gui::MultiSlider::default().label(label).min(min).max(max);
        Self {
            props: props.step(step),
            order: None,
            values: values.into(),
        }
    }

    /// The smallest step between values, at most the whole range.
    #[must_use]
    pub fn step(mut self, step: f64) -> Self {
        self.props.step = step;
        self
    }

    /// The smallest distance between neighbours; one step unless set.
    #[must_use]
    pub fn min_range(mut self, distance: f64) -> Self {
        self.props.min_range = Some(distance);
        self
    }

    /// Whether the outer thumbs stay where they are; `false` unless set.
    #[must_use]
    pub fn fixed_endpoints(mut self, fixed: bool) -> Self {
        self.props.fixed_endpoints = fixed;
        self
    }

    /// Marks along the track, instead of those at both ends: numbers, or numbers with a text.
    #[must_use]
    pub fn marks<M: Into<Mark>>(mut self, marks: impl IntoIterator<Item = M>) -> Self {
        self.props.marks = Some(wire_marks(marks));
        self
    }
}

impl Component for MultiSlider {
    type Props = gui::MultiSlider;
    type Value = Vec<f64>;
    type Own = ();

    fn parts(mut self) -> Result<Parts<Self>> {
        let props = &mut self.props;
        if props.max > props.min {
            props.step = props.step.min(props.max - props.min);
        }
        let bounds = [props.min, props.max, props.step];
        props.precision = decimals::covering(self.values.iter().copied().chain(bounds));
        Parts::new(self.props, self.values, (), self.order)?.checked()
    }

    fn check(props: &gui::MultiSlider) -> Result<(), String> {
        decimals::range(Some(props.min), Some(props.max))?;
        decimals::positive_step(props.step)?;
        let room = props.max - props.min;
        match props.min_range {
            Some(distance) if !(0.0..=room).contains(&distance) => Err(format!(
                "neighbours cannot be {distance} apart in a range of {room}; give 0 to {room}"
            )),
            Some(_) | None => Ok(()),
        }
    }

    in_container! { MultiSlider(value) }
}

impl Valued for MultiSlider {
    fn check_value(props: &gui::MultiSlider, values: &Vec<f64>) -> Result<(), String> {
        for value in values {
            decimals::within(*value, Some(props.min), Some(props.max))?;
        }
        if !values.is_sorted() {
            return Err(format!(
                "the values {values:?} are not ascending; sort them"
            ));
        }
        Ok(())
    }

    fn fits(old: &Vec<f64>, new: &Vec<f64>) -> bool {
        old.len() == new.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_are_found() {
        let is_ok = |slider: MultiSlider| slider.parts().is_ok();
        let three = || MultiSlider::new("a", 0.0..=10.0, [0.0, 5.0, 10.0]);
        assert!(is_ok(three().min_range(2.0)));
        assert!(!is_ok(three().min_range(11.0)));
        assert!(!is_ok(three().step(-1.0)));
        assert!(!is_ok(MultiSlider::new("a", 0.0..=10.0, [5.0, 4.0])));
        assert!(!is_ok(MultiSlider::new("a", 0.0..=10.0, [5.0, 11.0])));
        assert!(!is_ok(MultiSlider::new("a", 10.0..=0.0, [5.0])));
    }
}
