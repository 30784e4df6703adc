//! Text fields.

use super::{
    builder::{in_container, input},
    component::{Component, Parts, Valued},
};
use crate::error::Result;
use scenecast_protocol::gui;

/// A text field.
#[derive(Debug, Clone)]
pub struct Text {
    props: gui::Text,
    order: Option<f64>,
    value: String,
}

input! { Text }

impl Text {
    /// An empty text field.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            props: gui::Text::default().label(label),
            order: None,
            value: String::new(),
        }
    }

    /// The first text.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Whether the text may have several lines; `false` unless set.
    #[must_use]
    pub fn multiline(mut self, multiline: bool) -> Self {
        self.props.multiline = multiline;
        self
    }
}

impl Component for Text {
    type Props = gui::Text;
    type Value = String;
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, self.value, (), self.order)
    }

    in_container! { Text(value) }
}

impl Valued for Text {}
