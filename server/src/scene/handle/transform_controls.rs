//! What viewers do with a gizmo.

use super::Handle;
use crate::{
    error::Result, events::TransformControlsEvent, infra::callbacks::CallbackId,
    scene::TransformControls,
};
use std::{future::Future, time::SystemTime};

impl Handle<TransformControls> {
    /// Calls `callback` when a viewer takes hold of the gizmo, moves or turns it, and lets go. The
    /// handle has the new pose already, and other viewers have been told.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn on_update(
        &self,
        callback: impl Fn(&TransformControlsEvent) + Send + Sync + 'static,
    ) -> Result<CallbackId> {
        self.node
            .read(|_| self.node.interaction().gizmo.add(callback))
    }

    /// Like [`on_update`](Self::on_update), for an async callback.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn on_update_async<F>(
        &self,
        callback: impl Fn(TransformControlsEvent) -> F + Send + Sync + 'static,
    ) -> Result<CallbackId>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.node
            .read(|_| self.node.interaction().gizmo.add_async(callback))
    }

    /// Stops calling a callback; `false` if it is not known.
    pub fn remove_update_callback(&self, id: CallbackId) -> bool {
        self.node.interaction().gizmo.remove(id)
    }

    /// Stops calling all callbacks.
    pub fn remove_update_callbacks(&self) {
        self.node.interaction().gizmo.clear();
    }

    /// When a viewer last moved the gizmo, if one has.
    pub fn update_timestamp(&self) -> Option<SystemTime> {
        self.node.interaction_if_any()?.moved()
    }
}
