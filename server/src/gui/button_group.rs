//! Buttons in a row.

use super::{
    builder::{in_container, input},
    component::{Component, Parts, Valued},
    dropdown::{check_choice, check_options},
    handle::callbacks,
};
use crate::error::Result;
use scenecast_protocol::gui;

/// Buttons in a row. Its value is the one that was pressed last, at first the first one.
#[derive(Debug, Clone)]
pub struct ButtonGroup {
    props: gui::ButtonGroup,
    order: Option<f64>,
}

input! { ButtonGroup }

impl ButtonGroup {
    /// A button for each of `options`. There must be one at least, and each only once.
    pub fn new<S: Into<String>>(
        label: impl Into<String>,
        options: impl IntoIterator<Item = S>,
    ) -> Self {
        let options: Vec<String> = options.into_iter().map(Into::into).collect();
        Self {
            props: gui::ButtonGroup::default().label(label).options(options),
            order: None,
        }
    }
}

impl Component for ButtonGroup {
    type Props = gui::ButtonGroup;
    type Value = String;
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        let first = self.props.options.first().cloned().unwrap_or_default();
        Parts::new(self.props, first, (), self.order)
    }

    fn check(props: &gui::ButtonGroup) -> Result<(), String> {
        check_options(&props.options)
    }

    in_container! { ButtonGroup(value) }
}

impl Valued for ButtonGroup {
    const IS_PRESSED: bool = true;

    fn check_value(props: &gui::ButtonGroup, value: &String) -> Result<(), String> {
        check_choice(&props.options, value)
    }
}

callbacks! {
    ButtonGroup: on_click, on_click_async, remove_click_callback, remove_click_callbacks;
    "each time that one of the buttons is pressed; the event's value says which"
}
