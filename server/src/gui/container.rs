//! What holds other components: the handles' own GUI, and closures.

use super::{Folder, Form, Gui, GuiHandle, Modal, Panel, TabGroup, component::Component};
use crate::error::Result;

/// A component that others are added to.
pub trait Container: Component {}

impl Container for Folder {}
impl Container for Form {}
impl Container for Modal {}

impl<C: Container> GuiHandle<C> {
    /// The GUI inside: what is added to it is in this container, and goes with it.
    pub fn gui(&self) -> Gui {
        Gui::in_container(&self.gui, &self.element.uuid)
    }
}

impl Gui {
    /// Adds a folder with what `content` adds to it, and returns what that returns.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// use scenecast::gui::{Checkbox, Slider};
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// let (size, shaded) = server.gui().folder("Points", |gui| {
    ///     Ok((gui.add(Slider::new("Size", 0.0..=0.1))?, gui.add(Checkbox::new("Shaded"))?))
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`Gui::add`] with a [`Folder`] does the same and returns its handle.
    ///
    /// # Errors
    /// What `content` returns, or this container has been removed.
    #[doc(alias = "add_folder")]
    pub fn folder<R>(
        &self,
        label: impl Into<String>,
        content: impl FnOnce(&Gui) -> Result<R>,
    ) -> Result<R> {
        content(&self.add(Folder::new(label))?.gui())
    }

    /// Adds a form with what `content` adds to it, and returns what that returns.
    ///
    /// # Errors
    /// What `content` returns; this is in a form already; or this container has been removed.
    #[doc(alias = "add_form")]
    pub fn form<R>(
        &self,
        label: impl Into<String>,
        content: impl FnOnce(&Gui, &GuiHandle<Form>) -> Result<R>,
    ) -> Result<R> {
        let form = self.add(Form::new(label))?;
        content(&form.gui(), &form)
    }

    /// Opens a dialog with what `content` adds to it, and returns what that returns.
    ///
    /// # Errors
    /// What `content` returns.
    #[doc(alias = "add_modal")]
    pub fn modal<R>(
        &self,
        title: impl Into<String>,
        content: impl FnOnce(&Gui, &GuiHandle<Modal>) -> Result<R>,
    ) -> Result<R> {
        let modal = self.add(Modal::new(title))?;
        content(&modal.gui(), &modal)
    }

    /// Adds tabs, and returns what `content` returns, which is to add some.
    ///
    /// # Errors
    /// What `content` returns, or this container has been removed.
    #[doc(alias = "add_tab_group")]
    pub fn tab_group<R>(
        &self,
        content: impl FnOnce(&GuiHandle<TabGroup>) -> Result<R>,
    ) -> Result<R> {
        content(&self.add(TabGroup::new())?)
    }

    /// Adds a window of its own, and returns what `content` returns, which is to add tabs and to
    /// say where it is.
    ///
    /// # Errors
    /// What `content` returns.
    #[doc(alias = "add_panel")]
    pub fn panel<R>(&self, content: impl FnOnce(&GuiHandle<Panel>) -> Result<R>) -> Result<R> {
        content(&self.add(Panel::new())?)
    }
}
