//! A window that several viewers may wait for: encoded and compressed by the first that needs it.

use super::{ClientId, message_buffer::Batch};
use scenecast_protocol::{
    encode::Encoded,
    window::{self, Payload},
};
use std::{
    io,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Instant,
};
use tokio::sync::OnceCell;

/// From this size on, a window is encoded on a thread where nobody else waits.
const LARGE_BYTES: usize = 512 * 1024;

/// Where the clock of windows starts. Viewers only look at differences.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// A window on its way to one or more viewers.
#[derive(Debug)]
pub(crate) struct Window {
    /// The first id after it.
    pub(crate) next: u64,
    /// How many messages it holds.
    pub(crate) len: usize,
    /// Viewers that must not get it, since it holds messages that they caused.
    pub(crate) excluded: Vec<ClientId>,
    bytes: usize,
    /// Until they are encoded.
    messages: Mutex<Arc<[Arc<Encoded>]>>,
    payload: OnceCell<Arc<Payload>>,
}

impl Window {
    pub(crate) fn new(batch: Batch) -> Self {
        Self {
            next: batch.next,
            len: batch.messages.len(),
            excluded: batch.excluded,
            bytes: batch.bytes,
            messages: Mutex::new(batch.messages.into()),
            payload: OnceCell::new(),
        }
    }

    /// Bytes that this window keeps in memory, about.
    pub(crate) fn byte_len(&self) -> usize {
        self.payload.get().map_or(self.bytes, |p| p.byte_len())
    }

    /// The payload, which the first caller makes while others wait.
    ///
    /// # Errors
    /// The compressor is out of memory.
    pub(crate) async fn payload(&self) -> io::Result<Arc<Payload>> {
        let make = async || {
            let messages = Arc::clone(&self.lock());
            let payload = if self.bytes < LARGE_BYTES {
                encode(&messages)?
            } else {
                tokio::task::spawn_blocking(move || encode(&messages))
                    .await
                    .map_err(io::Error::other)??
            };
            *self.lock() = Arc::default();
            Ok(Arc::new(payload))
        };
        self.payload.get_or_try_init(make).await.cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Arc<[Arc<Encoded>]>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Builds a payload.
///
/// # Errors
/// The compressor is out of memory.
pub(crate) fn encode(messages: &[Arc<Encoded>]) -> io::Result<Payload> {
    let now = START.elapsed().as_secs_f64();
    window::encode_payload(messages.iter().map(Arc::as_ref), now)
}
