//! Progress bars.

use super::{
    builder::{in_container, shown},
    component::{Component, Parts, Valued},
    decimals,
};
use crate::error::Result;
use scenecast_protocol::gui;

/// A bar that fills from 0 to 100.
#[derive(Debug, Clone)]
pub struct ProgressBar {
    props: gui::ProgressBar,
    order: Option<f64>,
    value: f64,
}

shown! { ProgressBar }

impl ProgressBar {
    /// A bar that is filled to this percentage.
    pub fn new(value: f64) -> Self {
        Self {
            props: gui::ProgressBar::default(),
            order: None,
            value,
        }
    }

    /// Whether stripes move along the bar; `false` unless set.
    #[must_use]
    pub fn animated(mut self, animated: bool) -> Self {
        self.props.animated = animated;
        self
    }

    /// Its colour: one of the theme's, or `[r, g, b]`.
    #[must_use]
    pub fn color(mut self, color: impl Into<gui::GuiColor>) -> Self {
        self.props.color = Some(color.into());
        self
    }
}

impl Component for ProgressBar {
    type Props = gui::ProgressBar;
    type Value = f64;
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, self.value, (), self.order)?.checked()
    }

    // Viewers do not set it.
    in_container! { @creation ProgressBar, value => *value }
}

impl Valued for ProgressBar {
    fn check_value(_: &gui::ProgressBar, value: &f64) -> Result<(), String> {
        decimals::within(*value, Some(0.0), Some(100.0))
    }
}
