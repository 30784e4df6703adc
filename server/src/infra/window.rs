//! A window that several viewers may wait for: encoded and compressed by the first that needs it.

use super::{ClientId, client_api::ClientApiVersion, message_buffer::Batch};
use scenecast_protocol::{encode::Encoded, window::Payload};
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OnceCell;

/// From this size on, a window is encoded on a thread where nobody else waits.
const LARGE_BYTES: usize = 512 * 1024;

/// A window on its way to one or more viewers.
#[derive(Debug)]
pub(crate) struct Window {
    /// The first id after it.
    pub(crate) next: u64,
    /// How many messages it holds.
    pub(crate) len: usize,
    /// Viewers that must not get it, since it holds messages that they caused.
    pub(crate) excluded: Vec<ClientId>,
    /// Whether viewers that play sequences get another one.
    pub(crate) has_frames: bool,
    bytes: usize,
    /// Until they are encoded.
    messages: Mutex<Arc<[Arc<Encoded>]>>,
    payloads: OnceCell<Arc<[Payload]>>,
}

impl Window {
    pub(crate) fn new(batch: Batch) -> Self {
        Self {
            next: batch.next,
            len: batch.messages.len(),
            excluded: batch.excluded,
            has_frames: batch.has_frames,
            bytes: batch.bytes,
            messages: Mutex::new(batch.messages.into()),
            payloads: OnceCell::new(),
        }
    }

    /// Bytes that this window keeps in memory, about.
    pub(crate) fn byte_len(&self) -> usize {
        let encoded = self.payloads.get();
        encoded.map_or(self.bytes, |payloads| {
            payloads.iter().map(Payload::byte_len).sum()
        })
    }

    /// The payloads, which the first caller makes while others wait. All viewers of a server ask
    /// for the same version.
    ///
    /// # Errors
    /// The compressor is out of memory.
    pub(crate) async fn payloads(
        &self,
        client_api: ClientApiVersion,
    ) -> io::Result<Arc<[Payload]>> {
        let make = async || {
            let messages = Arc::clone(&self.lock());
            let payloads = if self.bytes < LARGE_BYTES {
                client_api.encode(&messages)?
            } else {
                tokio::task::spawn_blocking(move || client_api.encode(&messages))
                    .await
                    .map_err(io::Error::other)??
            };
            *self.lock() = Arc::default();
            Ok(payloads)
        };
        self.payloads.get_or_try_init(make).await.cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Arc<[Arc<Encoded>]>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
