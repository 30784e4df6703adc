//! Where recordings tap the broadcast stream.
//!
//! A recorder is attached under the lock of the [`Outbox`](super::outbox::Outbox). At that moment
//! it is handed what a viewer that joins would get, and from then on each message that enters the
//! buffer, in that order: nothing twice, nothing lost, whatever other threads say meanwhile. What
//! the buffer refuses, since something later has been said already, never enters.
//!
//! All that happens under the lock is to put a shared pointer on a queue. A thread moves what is
//! queued to the [`Spool`]. Where it cannot keep up, whoever says something helps, so that the
//! queue stays within [`MAX_QUEUED_BYTES`] and one message for each thread.

pub(crate) mod spool;

use super::outgoing::Outgoing;
use scenecast_protocol::encode::Encoded;
use spool::Spool;
use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, Thread},
};

/// From here on the queue is moved to the spool.
const MIN_QUEUED_BYTES: usize = 1 << 20;

/// Bytes that may be queued.
const MAX_QUEUED_BYTES: usize = 32 << 20;

/// What a queued message takes beside its bytes, about.
const OVERHEAD_BYTES: usize = 128;

/// Which messages a recording keeps.
pub(crate) enum Filter {
    /// Those that show the scene: see [`Message::is_recorded`](scenecast_protocol::Message::is_recorded).
    Scene,
    /// Those that the function, which is never called under a lock of the transport, says.
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

/// What a recording has been handed.
#[derive(Debug)]
pub(crate) struct Recorder {
    filter: Filter,
    queue: Mutex<Queue>,
    /// Held while what is queued is moved there.
    spool: Mutex<Spool>,
    thread: OnceLock<Thread>,
    has_ended: AtomicBool,
}

impl Recorder {
    /// Makes a recorder, to be attached to an outbox and [ended](Self::end) some time.
    pub(crate) fn start(filter: Filter) -> Arc<Self> {
        let recorder = Arc::new(Self {
            filter,
            queue: Mutex::default(),
            spool: Mutex::default(),
            thread: OnceLock::new(),
            has_ended: AtomicBool::new(false),
        });
        let for_thread = Arc::clone(&recorder);
        let spawned = thread::Builder::new()
            .name("scenecast-recorder".to_owned())
            .spawn(move || {
                while !for_thread.has_ended() {
                    thread::park();
                    for_thread.spool();
                }
            });
        match spawned {
            // There is no other thread to name.
            Ok(handle) => drop(recorder.thread.set(handle.thread().clone())),
            Err(error) => tracing::debug!("whoever says something records it: {error}"),
        }
        recorder
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_spool(&self) -> MutexGuard<'_, Spool> {
        self.spool.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Whether enough is queued to [relieve](Self::relieve) the queue.
    pub(super) fn is_full(&self) -> bool {
        self.lock().bytes >= MIN_QUEUED_BYTES
    }

    /// Sees to it that the queue gets shorter. Not to be called under the transport's lock.
    pub(super) fn relieve(&self) {
        if let Some(thread) = self.thread.get() {
            thread.unpark();
        }
        if self.lock().bytes > MAX_QUEUED_BYTES {
            self.spool();
        }
    }

    /// Moves what is queued to the spool.
    fn spool(&self) {
        let mut spool = self.lock_spool();
        let messages = {
            let mut queue = self.lock();
            queue.bytes = 0;
            std::mem::take(&mut queue.messages)
        };
        for recorded in &messages {
            if self.keeps(&recorded.message) {
                spool.add(recorded);
            }
        }
    }

    fn keeps(&self, message: &Encoded) -> bool {
        match &self.filter {
            Filter::Scene => true,
            Filter::Custom(keeps) => keeps(message),
        }
    }

    /// Whether [`end`](Self::end) has been called.
    pub(crate) fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Acquire)
    }

    /// Ends the recording, after it has been detached. Returns all of it the first time.
    pub(crate) fn end(&self) -> Option<Spool> {
        let is_first = !self.has_ended.swap(true, Ordering::AcqRel);
        if let Some(thread) = self.thread.get() {
            thread.unpark();
        }
        is_first.then(|| {
            self.spool();
            std::mem::take(&mut *self.lock_spool())
        })
    }
}
