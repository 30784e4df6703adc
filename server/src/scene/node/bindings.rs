//! Which clicks and drags on a node its viewers report.

use super::NodeInner;
use crate::{
    error::Result,
    events::{ClickEvent, DragEvent, Interaction, Modifier, PointerButton},
    infra::{
        callbacks::{CallbackId, Callbacks},
        outgoing::Change,
    },
};
use scenecast_protocol::{
    Message,
    scene::{DragBinding, SetSceneNodeClickBindings, SetSceneNodeDragBindings},
};
use std::sync::PoisonError;

impl NodeInner {
    /// The node's callbacks.
    pub(crate) fn interaction(&self) -> &Interaction {
        self.interaction.get_or_init(Default::default)
    }

    /// The node's callbacks, if there have been any.
    pub(crate) fn interaction_if_any(&self) -> Option<&Interaction> {
        self.interaction.get().map(AsRef::as_ref)
    }

    pub(crate) fn bind_click(
        &self,
        modifier: Option<Modifier>,
        add: impl FnOnce(&Callbacks<ClickEvent>) -> CallbackId,
    ) -> Result<CallbackId> {
        self.rebind_clicks(|interaction| interaction.clicks.add(modifier, add))
    }

    pub(crate) fn unbind_click(&self, id: CallbackId) -> Result<bool> {
        let removed = self.rebind_clicks(|interaction| interaction.clicks.remove(id));
        removed.map(|callback| callback.is_some())
    }

    pub(crate) fn unbind_clicks(&self) -> Result<()> {
        self.rebind_clicks(|interaction| interaction.clicks.clear())
            .map(drop)
    }

    pub(crate) fn bind_drag(
        &self,
        button: PointerButton,
        modifier: Option<Modifier>,
        add: impl FnOnce(&Callbacks<DragEvent>) -> CallbackId,
    ) -> Result<CallbackId> {
        self.rebind_drags(|interaction| interaction.drags.add((button, modifier), add))
    }

    pub(crate) fn unbind_drag(&self, id: CallbackId) -> Result<bool> {
        let removed = self.rebind_drags(|interaction| interaction.drags.remove(id));
        removed.map(|callback| callback.is_some())
    }

    pub(crate) fn unbind_drags(&self) -> Result<()> {
        self.rebind_drags(|interaction| interaction.drags.clear())
            .map(drop)
    }

    /// Changes click callbacks, and tells viewers if that changes what they report.
    fn rebind_clicks<'a, R>(&'a self, change: impl FnOnce(&'a Interaction) -> R) -> Result<R> {
        // Held until viewers are told, so that they hear of changes in their order.
        let _state = self.alive()?;
        let interaction = self.interaction();
        let result = change(interaction);
        let modifiers = interaction.clicks.bindings();
        let mut published = interaction
            .published
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if published.as_ref() != Some(&modifiers) {
            let bindings = Interaction::click_bindings(&modifiers);
            self.scope.send(self.click_message(bindings));
            *published = Some(modifiers);
        }
        Ok(result)
    }

    /// Changes drag callbacks, and tells viewers what to report.
    fn rebind_drags<'a, R>(&'a self, change: impl FnOnce(&'a Interaction) -> R) -> Result<R> {
        let _state = self.alive()?;
        let interaction = self.interaction();
        let result = change(interaction);
        let bindings = interaction.drag_bindings();
        self.scope.send(self.drag_message(bindings));
        Ok(result)
    }

    fn click_message(&self, bindings: Vec<DragBinding>) -> Message {
        let message = SetSceneNodeClickBindings {
            name: self.name.clone(),
            bindings,
            owner: self.scope.owner(),
        };
        message.into()
    }

    fn drag_message(&self, bindings: Vec<DragBinding>) -> Message {
        let message = SetSceneNodeDragBindings {
            name: self.name.clone(),
            bindings,
            owner: self.scope.owner(),
        };
        message.into()
    }

    /// Marks the node as removed or replaced. Returns what tells viewers to report nothing any
    /// more, lest a later node of that name takes over the bindings.
    pub(crate) fn retire(&self) -> Vec<Change> {
        let mut state = self.lock();
        state.removed = true;
        let Some(interaction) = self.interaction_if_any() else {
            return Vec::new();
        };
        let mut messages = Vec::new();
        if !interaction.clicks.is_empty() {
            messages.push(self.click_message(Vec::new()));
        }
        if !interaction.drags.is_empty() {
            messages.push(self.drag_message(Vec::new()));
        }
        let sequence = self.scope.outbox.sequence();
        let encode = |message: Message| self.scope.encode(message, sequence).into();
        messages.into_iter().map(encode).collect()
    }
}
