//! HTML.

use super::{
    builder::{in_container, shown},
    component::{Component, Parts},
};
use crate::error::Result;
use scenecast_protocol::gui;

/// HTML. Scripts in it are not run. Viewers of our client see what is harmless of it: text,
/// pictures and drawings with their looks, links; no style sheets, forms, frames, or elements that
/// leave their place. With [`trust_html`](crate::Builder::trust_html) they see all of it, as
/// viewers of viser's client do.
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
