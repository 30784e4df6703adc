//! A message on its way to viewers: encoded, and with what buffers need to know about it.

use super::{ClientId, message::Message};
use scenecast_protocol::{EntityId, Key, Phase, encode::Encoded};
use std::sync::Arc;

/// An encoded message. The bytes are shared by all windows and viewers.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub(crate) encoded: Arc<Encoded>,
    pub(crate) key: Key,
    pub(crate) entity: Option<(EntityId, Option<Phase>)>,
    /// The viewer that must not get it, since it caused it.
    pub(crate) excluded: Option<ClientId>,
    /// Order of the call that made it. Buffers drop a message that arrives after a later one
    /// of the same key: calls on several threads, and atomic blocks, may arrive out of order.
    pub(crate) sequence: u64,
    /// Whether recordings of the scene keep it.
    pub(crate) is_recorded: bool,
    /// Whether it belongs to a frame of a sequence: viewers that play sequences do without.
    pub(crate) is_of_frame: bool,
}

impl Outgoing {
    /// Encodes a message, on the calling thread.
    pub(crate) fn new(message: &impl Message, sequence: u64) -> Self {
        Self {
            encoded: Arc::new(Encoded::new(message)),
            key: message.redundancy_key(),
            entity: message.entity(),
            excluded: message.excluded_self_client(),
            sequence,
            is_recorded: message.is_recorded(),
            is_of_frame: false,
        }
    }

    /// What it does to its entity.
    pub(crate) fn phase(&self) -> Option<Phase> {
        self.entity.as_ref().and_then(|(_, phase)| *phase)
    }

    /// Whether later messages ever replace it. What is not replaced piles up for a viewer that
    /// does not read: file parts, scripts, requests.
    pub(crate) fn coalesces(&self) -> bool {
        match &self.key {
            Key::Entity(..) => true,
            // One slot for a class is bounded; one slot for each id is not.
            Key::Named(name) => {
                self.entity.is_some() || matches!(name, std::borrow::Cow::Borrowed(_))
            }
            Key::Unique => false,
        }
    }
}

/// A change to a buffer.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// Appends a message, in place of the one with the same key.
    Push(Outgoing),
    /// Drops the buffered state of an entity that is about to be replaced, but for its creation.
    Forget(EntityId),
}

impl From<Outgoing> for Change {
    fn from(message: Outgoing) -> Self {
        Self::Push(message)
    }
}
