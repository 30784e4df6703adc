//! Where recordings tap the broadcast stream.
//!
//! A recorder is attached under the lock of the [`Outbox`](super::outbox::Outbox). At that moment
//! it is handed what a viewer that joins would get, and from then on each message that enters the
//! buffer, in that order: nothing twice, nothing lost, whatever other threads say meanwhile. What
//! the buffer refuses, since something later has been said already, never enters.
//!
//! All that happens under the lock is to put a shared pointer on a queue.

use super::outgoing::Outgoing;
use scenecast_protocol::encode::Encoded;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What a queued message takes beside its bytes, about.
const OVERHEAD_BYTES: usize = 128;

/// Which messages a recording keeps.
pub(crate) enum Filter {
    /// Those that show the scene: see [`Message::is_recorded`](scenecast_protocol::Message::is_recorded).
    Scene,
    /// Those that the function, which is never called under a lock of the transport, says.
    #[allow(dead_code, reason = "for message sets other than the scene's")]
    Custom(Box<dyn Fn(&Encoded) -> bool + Send + Sync>),
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Filter::Scene => "Scene",
            Filter::Custom(_) => "Custom",
        })
    }
}

/// A message and when it was said, on the recording's clock.
#[derive(Debug)]
pub(crate) struct Recorded {
    pub(crate) time_secs: f64,
    pub(crate) message: Arc<Encoded>,
}

#[derive(Debug, Default)]
struct Queue {
    messages: Vec<Recorded>,
    bytes: usize,
    /// The recording's clock, which moves only when its owner says so.
    time_secs: f64,
}

/// The messages that a recording has not taken yet.
#[derive(Debug)]
pub(crate) struct Recorder {
    filter: Filter,
    queue: Mutex<Queue>,
}

impl Recorder {
    pub(crate) fn new(filter: Filter) -> Self {
        Self {
            filter,
            queue: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a message. Only the buffer calls this, under the transport's lock.
    pub(super) fn note(&self, message: &Outgoing) {
        if matches!(self.filter, Filter::Scene) && !message.is_recorded {
            return;
        }
        let message = Arc::clone(&message.encoded);
        let mut queue = self.lock();
        queue.bytes += message.byte_len() + OVERHEAD_BYTES;
        let time_secs = queue.time_secs;
        queue.messages.push(Recorded { time_secs, message });
    }

    /// Moves the clock on. Only the outbox calls this, under the transport's lock, so that all
    /// messages of an atomic group get one time.
    pub(super) fn advance(&self, secs: f64) {
        self.lock().time_secs += secs;
    }

    /// The time on the recording's clock.
    pub(crate) fn time_secs(&self) -> f64 {
        self.lock().time_secs
    }

    /// Bytes of the messages that nobody has taken yet.
    #[cfg(test)]
    pub(crate) fn queued_bytes(&self) -> usize {
        self.lock().bytes
    }

    /// Takes all messages that have come since the last call, but for those that a custom filter
    /// refuses.
    pub(crate) fn take(&self) -> Vec<Recorded> {
        let mut messages = {
            let mut queue = self.lock();
            queue.bytes = 0;
            std::mem::take(&mut queue.messages)
        };
        if let Filter::Custom(keeps) = &self.filter {
            messages.retain(|recorded| keeps(&recorded.message));
        }
        messages
    }
}
