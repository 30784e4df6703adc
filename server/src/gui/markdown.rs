//! Formatted text.

mod images;

use super::{
    GuiHandle,
    builder::{in_container, shown},
    component::{Component, Parts},
};
use crate::error::Result;
use scenecast_protocol::gui;
use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Text in Markdown, GitHub flavoured.
#[derive(Debug, Clone)]
pub struct Markdown {
    props: gui::Markdown,
    order: Option<f64>,
    source: Source,
}

shown! { Markdown }

/// What the program wrote, before images of this machine are put into it.
#[derive(Debug, Clone)]
struct Source {
    content: String,
    image_root: Option<PathBuf>,
}

impl Source {
    /// The text for viewers.
    fn inlined(&self) -> String {
        match &self.image_root {
            Some(root) => images::inline(&self.content, root),
            None => self.content.clone(),
        }
    }
}

impl Markdown {
    /// This text.
    pub fn new(content: impl Into<String>) -> Self {
        Self {
            props: gui::Markdown::default(),
            order: None,
            source: Source {
                content: content.into(),
                image_root: None,
            },
        }
    }

    /// The folder in which images that the text names, as in `![a chair](chair.png)`, are looked
    /// up. Viewers get them with the text: each at most 8 MiB, 16 MiB together. One that is larger,
    /// missing, of an unknown type or outside the folder stays a name, and is logged.
    #[must_use]
    pub fn image_root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.source.image_root = Some(folder.into());
        self
    }
}

/// What a text was before images were put into it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Written(Mutex<Source>);

impl Written {
    fn lock(&self) -> MutexGuard<'_, Source> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Component for Markdown {
    type Props = gui::Markdown;
    type Value = ();
    type Own = Written;

    fn parts(mut self) -> Result<Parts<Self>> {
        self.props.markdown = self.source.inlined();
        let written = Written(Mutex::new(self.source));
        Parts::new(self.props, (), written, self.order)
    }

    in_container! { Markdown }

    fn blank(props: &gui::Markdown) -> Option<gui::Markdown> {
        Some(props.clone().markdown(""))
    }
}

impl GuiHandle<Markdown> {
    /// The text as it was written.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn content(&self) -> Result<String> {
        self.element.read(|_| ())?;
        Ok(self.element.own.lock().content.clone())
    }

    /// Shows another text, with images from the same folder.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn set_content(&self, content: impl Into<String>) -> Result<()> {
        let mut source = self.element.own.lock();
        source.content = content.into();
        let markdown = source.inlined();
        self.update(|props| props.markdown = markdown)
    }
}
