//! Dialogs.

use super::{
    GuiHandle,
    component::{Component, Parts, Place},
};
use crate::error::Result;
use scenecast_protocol::{
    Message,
    gui::{GuiCloseModal, GuiModal},
};
use std::sync::Arc;

scenecast_protocol::props! {
    /// Properties of a dialog. They stay as they are while it is open.
    pub struct ModalProps as "GuiModalProps" {
        /// Position among dialogs, ascending.
        order: f64 = 0.0,
        /// Heading.
        title: String = String::new(),
    }
}

/// A dialog over the page. Only the program closes it, so give it a button that does.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::gui::{Button, Markdown};
/// # let server = scenecast::Server::builder().port(0).start()?;
/// server.gui().modal("Welcome", |gui, modal| {
///     gui.add(Markdown::new("Drag to look around."))?;
///     let close = gui.add(Button::new("Close"))?;
///     let modal = modal.clone();
///     let _ = close.on_click(move |_| drop(modal.close()));
///     Ok(())
/// })?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Modal {
    props: ModalProps,
    order: Option<f64>,
}

impl Modal {
    /// A dialog with this heading.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            props: ModalProps::default().title(title),
            order: None,
        }
    }

    /// Its place among open dialogs, ascending.
    #[must_use]
    pub fn order(mut self, order: f64) -> Self {
        self.order = Some(order);
        self
    }
}

impl Component for Modal {
    type Props = ModalProps;
    type Value = ();
    type Own = ();

    const PLACE: Place = Place::Modals;
    const IS_FIXED: bool = true;

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, (), (), self.order)
    }

    fn creation(uuid: Arc<str>, _: Arc<str>, props: &ModalProps, (): &()) -> Message {
        GuiModal {
            order: props.order,
            uuid,
            title: props.title.clone(),
        }
        .into()
    }

    fn removal(uuid: Arc<str>) -> Option<Message> {
        Some(GuiCloseModal { uuid }.into())
    }
}

impl GuiHandle<Modal> {
    /// Closes the dialog, and removes what is in it.
    ///
    /// # Errors
    /// It has been closed before.
    pub fn close(&self) -> Result<()> {
        self.remove()
    }
}
