//! HTML.

use super::{
    builder::{in_container, shown},
    component::{Component, Parts},
};
use crate::error::Result;
use scenecast_protocol::gui;

/// HTML as it is. Scripts in it are not run.
#[derive(Debug, Clone)]
pub struct Html {
    props: gui::Html,
    order: Option<f64>,
}

shown! { Html }

impl Html {
    /// This source.
    pub fn new(content: impl Into<String>) -> Self {
        Self {
            props: gui::Html::default().content(content),
            order: None,
        }
    }
}

impl Component for Html {
    type Props = gui::Html;
    type Value = ();
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, (), (), self.order)
    }

    in_container! { Html }
}

impl super::GuiHandle<Html> {
    /// Shows another source.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn set_content(&self, content: impl Into<String>) -> Result<()> {
        let content = content.into();
        self.update(|props| props.content = content)
    }
}
