//! What a program holds of a component.

use super::{Component, input::Input};
use crate::{client::Client, error::Result, infra::callbacks::CallbackId};
use std::{fmt, future::Future, sync::Arc};

/// A component in the GUI. Cloning is cheap; dropping it leaves the component where it is.
pub struct GuiHandle<C: Component> {
    pub(crate) input: Arc<Input<C>>,
}

/// A viewer changed a component's value.
#[non_exhaustive]
pub struct GuiEvent<C: Component> {
    /// The viewer.
    pub client: Client,
    /// The new value.
    pub value: C::Value,
    /// The component.
    pub target: GuiHandle<C>,
}

impl<C: Component> GuiHandle<C> {
    /// The value.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn value(&self) -> Result<C::Value> {
        self.input.value()
    }

    /// Sets the value. Callbacks are not called.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn set_value(&self, value: impl Into<C::Value>) -> Result<()> {
        self.input.set_value(value.into())
    }

    /// Calls `callback` for each change that a viewer makes, in order.
    pub fn on_update(&self, callback: impl Fn(&GuiEvent<C>) + Send + Sync + 'static) -> CallbackId {
        self.input.on_update.add(callback)
    }

    /// Like [`on_update`](Self::on_update), for an async callback.
    pub fn on_update_async<F>(
        &self,
        callback: impl Fn(GuiEvent<C>) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.input.on_update.add_async(callback)
    }

    /// Stops calling a callback; `false` if it is not known.
    pub fn remove_update_callback(&self, id: CallbackId) -> bool {
        self.input.on_update.remove(id)
    }

    /// Removes the component.
    ///
    /// # Errors
    /// It has been removed before.
    pub fn remove(&self) -> Result<()> {
        self.input.remove()
    }
}

impl<C: Component> Clone for GuiHandle<C> {
    fn clone(&self) -> Self {
        Self {
            input: Arc::clone(&self.input),
        }
    }
}

impl<C: Component> Clone for GuiEvent<C> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            value: self.value.clone(),
            target: self.target.clone(),
        }
    }
}

impl<C: Component> fmt::Debug for GuiHandle<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GuiHandle({})", self.input.uuid)
    }
}
