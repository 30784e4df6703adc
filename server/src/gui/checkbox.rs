//! Checkboxes.

use super::{
    builder::{in_container, input},
    component::{Component, Parts, Valued},
};
use crate::error::Result;
use scenecast_protocol::gui;

/// A yes or no.
#[derive(Debug, Clone)]
pub struct Checkbox {
    props: gui::Checkbox,
    order: Option<f64>,
    value: bool,
}

input! { Checkbox }

impl Checkbox {
    /// A checkbox without a tick.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            props: gui::Checkbox::default().label(label),
            order: None,
            value: false,
        }
    }

    /// Whether it is ticked at first.
    #[must_use]
    pub fn value(mut self, value: bool) -> Self {
        self.value = value;
        self
    }
}

impl Component for Checkbox {
    type Props = gui::Checkbox;
    type Value = bool;
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, self.value, (), self.order)
    }

    in_container! { Checkbox(value) }
}

impl Valued for Checkbox {}
