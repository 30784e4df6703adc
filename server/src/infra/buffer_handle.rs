//! A view of what is buffered.

use super::{fan_out::Audience, outbox::Outbox};
use scenecast_protocol::{Value, encode::Encoded};
use std::{fmt, sync::Arc};

/// The messages that a server keeps: for clients that come later, or for one that has not taken
/// them yet. Of messages with equal keys only the last is kept, so that the buffer is as large as
/// what there is to see. Messages that nothing replaces stay for good: give them keys, or
/// [remove](Self::remove_from_buffer) them. Cloning is cheap.
#[derive(Clone)]
pub struct MessageBufferHandle {
    outbox: Arc<Outbox>,
    audience: Audience,
}

impl MessageBufferHandle {
    pub(crate) fn new(outbox: Arc<Outbox>, audience: Audience) -> Self {
        Self { outbox, audience }
    }

    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.outbox.len(self.audience)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of all messages, arrays included, before compression.
    pub fn byte_len(&self) -> usize {
        let entries = self.entries();
        entries.iter().map(|(_, message)| message.byte_len()).sum()
    }

    /// The messages as trees, in the order in which a client gets them. Arrays share their memory.
    pub fn messages(&self) -> Vec<Value> {
        let entries = self.entries();
        entries
            .iter()
            .map(|(_, message)| message.to_value())
            .collect()
    }

    /// Drops the messages that match, so that no later client gets them, and tells how many these
    /// were. Clients that have them are not told.
    pub fn remove_from_buffer(&self, mut matches: impl FnMut(&Value) -> bool) -> usize {
        // The caller's code runs on a copy: no other thread waits for it.
        let mut entries = self.entries();
        entries.retain(|(_, message)| matches(&message.to_value()));
        let ids: Vec<u64> = entries.iter().map(|(id, _)| *id).collect();
        self.outbox.remove(self.audience, &ids)
    }

    /// Lets clients have what there is at once, rather than within a sixtieth of a second.
    pub fn flush(&self) {
        self.outbox.flush();
    }

    fn entries(&self) -> Vec<(u64, Arc<Encoded>)> {
        self.outbox.entries(self.audience)
    }
}

impl fmt::Debug for MessageBufferHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageBufferHandle({:?})", self.audience)
    }
}
