//! Dividers.

use super::{
    builder::{in_container, shown},
    component::{Component, Parts},
};
use crate::error::Result;
use scenecast_protocol::gui;

/// A line between components.
#[derive(Debug, Clone, Default)]
pub struct Divider {
    props: gui::Divider,
    order: Option<f64>,
}

shown! { Divider }

impl Divider {
    /// A line.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Component for Divider {
    type Props = gui::Divider;
    type Value = ();
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, (), (), self.order)
    }

    in_container! { Divider }
}
