//! Whom the nodes and components of an API object are for.

use crate::infra::{
    fan_out::Audience,
    outbox::Outbox,
    outgoing::{Change, Outgoing},
};
use scenecast_protocol::Message;
use std::sync::Arc;

/// All viewers or one, and the way to them.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) audience: Audience,
}

impl Scope {
    /// The `owner` of messages about nodes: empty for everyone, else the viewer's id.
    pub(crate) fn owner(&self) -> String {
        match self.audience {
            Audience::Everyone => String::new(),
            Audience::Only(id) => id.to_string(),
        }
    }

    /// Encodes a message as part of the call with this place in the order of calls.
    pub(crate) fn encode(&self, message: impl Into<Message>, sequence: u64) -> Outgoing {
        Outgoing::new(&message.into(), sequence)
    }

    /// Encodes and sends a message.
    pub(crate) fn send(&self, message: impl Into<Message>) {
        self.outbox.send(self.audience, &message.into());
    }

    /// Sends a message.
    pub(crate) fn push(&self, message: Outgoing) {
        self.outbox.push(self.audience, message);
    }

    /// Sends messages that belong together.
    pub(crate) fn push_all(&self, changes: Vec<Change>) {
        self.outbox.push_all(self.audience, changes);
    }
}
