//! Folders.

use super::{
    builder::{in_container, shown},
    component::{Component, Parts},
};
use crate::error::Result;
use scenecast_protocol::gui;

/// A group of components under a heading, which folds.
#[derive(Debug, Clone)]
pub struct Folder {
    props: gui::Folder,
    order: Option<f64>,
}

shown! { Folder }

impl Folder {
    /// An open folder.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            props: gui::Folder::default().label(label.into()),
            order: None,
        }
    }

    /// A group without heading and frame.
    pub fn unlabeled() -> Self {
        Self {
            props: gui::Folder::default(),
            order: None,
        }
    }

    /// Whether it starts open; `true` unless set.
    #[must_use]
    pub fn expand_by_default(mut self, expand: bool) -> Self {
        self.props.expand_by_default = expand;
        self
    }
}

impl Component for Folder {
    type Props = gui::Folder;
    type Value = ();
    type Own = ();

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, (), (), self.order)
    }

    in_container! { Folder }
}
