//! Clicks and drags on a node.

use super::Handle;
use crate::{
    error::Result,
    events::{ClickEvent, DragEvent, Modifier, PointerButton},
    infra::callbacks::CallbackId,
    scene::Clickable,
};
use std::future::Future;

impl<N: Clickable> Handle<N> {
    /// Calls `callback` when a viewer clicks the node with the left button and no modifiers held.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// # let cube = server.scene().add("/cube", scenecast::scene::Box::default())?;
    /// let _ = cube.on_click(|event| {
    ///     let blue = event.target.update(|p| p.color = [40, 120, 220].into());
    ///     // An error means that the cube is gone.
    ///     blue.ok();
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The node has been removed.
    pub fn on_click(
        &self,
        callback: impl Fn(&ClickEvent<N>) + Send + Sync + 'static,
    ) -> Result<CallbackId> {
        self.on_click_with(None, callback)
    }

    /// Like [`on_click`](Self::on_click), with exactly these modifiers held.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn on_click_with(
        &self,
        modifier: impl Into<Option<Modifier>>,
        callback: impl Fn(&ClickEvent<N>) + Send + Sync + 'static,
    ) -> Result<CallbackId> {
        self.node.bind_click(modifier.into(), |callbacks| {
            callbacks.add(move |event| callback(&event.of_kind()))
        })
    }

    /// Like [`on_click`](Self::on_click), for an async callback.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn on_click_async<F>(
        &self,
        callback: impl Fn(ClickEvent<N>) -> F + Send + Sync + 'static,
    ) -> Result<CallbackId>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.on_click_with_async(None, callback)
    }

    /// Like [`on_click_with`](Self::on_click_with), for an async callback.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn on_click_with_async<F>(
        &self,
        modifier: impl Into<Option<Modifier>>,
        callback: impl Fn(ClickEvent<N>) -> F + Send + Sync + 'static,
    ) -> Result<CallbackId>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.node.bind_click(modifier.into(), |callbacks| {
            callbacks.add_async(move |event| callback(event.of_kind()))
        })
    }

    /// Stops calling a callback for clicks; `false` if it is not known.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn remove_click_callback(&self, id: CallbackId) -> Result<bool> {
        self.node.unbind_click(id)
    }

    /// Stops calling all callbacks for clicks.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn remove_click_callbacks(&self) -> Result<()> {
        self.node.unbind_clicks()
    }

    /// Calls `callback` when a viewer drags the node with this button and exactly these modifiers
    /// held; `None` for no modifiers. The camera does not move meanwhile.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// use scenecast::events::{DragPhase, PointerButton};
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// # let cube = server.scene().add("/cube", scenecast::scene::Box::default())?;
    /// let _ = cube.on_drag(PointerButton::Left, None, |event| {
    ///     if event.phase != DragPhase::End {
    ///         event.target.set_position(event.end_position).ok();
    ///     }
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The node has been removed.
    pub fn on_drag(
        &self,
        button: PointerButton,
        modifier: impl Into<Option<Modifier>>,
        callback: impl Fn(&DragEvent<N>) + Send + Sync + 'static,
    ) -> Result<CallbackId> {
        self.node.bind_drag(button, modifier.into(), |callbacks| {
            callbacks.add(move |event| callback(&event.of_kind()))
        })
    }

    /// Like [`on_drag`](Self::on_drag), for an async callback.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn on_drag_async<F>(
        &self,
        button: PointerButton,
        modifier: impl Into<Option<Modifier>>,
        callback: impl Fn(DragEvent<N>) -> F + Send + Sync + 'static,
    ) -> Result<CallbackId>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.node.bind_drag(button, modifier.into(), |callbacks| {
            callbacks.add_async(move |event| callback(event.of_kind()))
        })
    }

    /// Stops calling a callback for drags; `false` if it is not known.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn remove_drag_callback(&self, id: CallbackId) -> Result<bool> {
        self.node.unbind_drag(id)
    }

    /// Stops calling all callbacks for drags.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn remove_drag_callbacks(&self) -> Result<()> {
        self.node.unbind_drags()
    }
}
