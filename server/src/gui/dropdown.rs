//! Dropdowns.

use super::{
    GuiHandle,
    builder::{in_container, input},
    component::{Component, Parts, Valued},
};
use crate::error::Result;
use scenecast_protocol::gui;
use std::collections::BTreeSet;

/// One of several texts.
#[derive(Debug, Clone)]
pub struct Dropdown {
    props: gui::Dropdown,
    order: Option<f64>,
    value: Option<String>,
}

input! { Dropdown }

impl Dropdown {
    /// A choice among `options`, of which the first is chosen. There must be one at least, and each
    /// only once.
    pub fn new<S: Into<String>>(
        label: impl Into<String>,
        options: impl IntoIterator<Item = S>,
    ) -> Self {
        let options: Vec<String> = options.into_iter().map(Into::into).collect();
        Self {
            props: gui::Dropdown::default().label(label).options(options),
            order: None,
            value: None,
        }
    }

    /// The first choice.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }
}

/// There must be options, and no two alike.
pub(super) fn check_options(options: &[String]) -> Result<(), String> {
    if options.is_empty() {
        return Err("there are no options; give one at least".to_owned());
    }
    let mut seen = BTreeSet::new();
    match options.iter().find(|option| !seen.insert(*option)) {
        Some(twice) => Err(format!(
            "the option {twice:?} is there twice; leave one out"
        )),
        None => Ok(()),
    }
}

/// A choice must be among the options.
pub(super) fn check_choice(options: &[String], choice: &String) -> Result<(), String> {
    if options.contains(choice) {
        return Ok(());
    }
    Err(format!("{choice:?} is not among the options {options:?}"))
}

impl Component for Dropdown {
    type Props = gui::Dropdown;
    type Value = String;
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        let first = self.props.options.first().cloned();
        let value = self.value.or(first).unwrap_or_default();
        Parts::new(self.props, value, (), self.order)?.checked()
    }

    fn check(props: &gui::Dropdown) -> Result<(), String> {
        check_options(&props.options)
    }

    in_container! { Dropdown(value) }

    fn settle(handle: &GuiHandle<Self>) {
        let first = handle.element.read(|state| {
            let options = &state.props.options;
            let first = options.first().filter(|_| !options.contains(&state.value));
            first.cloned()
        });
        if let Ok(Some(first)) = first {
            // An error means that another thread has other options or has removed it.
            let _ = handle.set_value(first);
        }
    }
}

impl Valued for Dropdown {
    fn check_value(props: &gui::Dropdown, value: &String) -> Result<(), String> {
        check_choice(&props.options, value)
    }
}

impl GuiHandle<Dropdown> {
    /// Offers other options. The choice stays if it is among them, else it is the first.
    ///
    /// # Errors
    /// The component has been removed, there are no options, or two are alike.
    pub fn set_options<S: Into<String>>(&self, options: impl IntoIterator<Item = S>) -> Result<()> {
        let options = options.into_iter().map(Into::into).collect();
        self.update(|props| props.options = options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_are_found() {
        let is_ok = |dropdown: Dropdown| dropdown.parts().is_ok();
        assert!(is_ok(Dropdown::new("a", ["x", "y"]).value("y")));
        assert!(!is_ok(Dropdown::new("a", ["x", "y"]).value("z")));
        assert!(!is_ok(Dropdown::new("a", ["x", "x"])));
        assert!(!is_ok(Dropdown::new("a", Vec::<String>::new())));
    }
}
