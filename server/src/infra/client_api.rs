//! How messages become WebSocket messages.

use scenecast_protocol::{
    encode::Encoded,
    transfer::ReplayDone,
    window::{self, Payload},
};
use std::{
    io,
    sync::{Arc, LazyLock},
    time::Instant,
};

/// Where the clock of windows starts. Viewers only look at differences.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// What a server's clients understand, as viser numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientApiVersion {
    /// Each message alone, as plain MessagePack with arrays as inline bytes. Any MessagePack
    /// library reads it.
    V0,
    /// Windows of messages, compressed, with arrays behind them that need no copy: what viser's
    /// browser client reads.
    #[default]
    V1,
}

impl ClientApiVersion {
    /// The payloads that carry these messages, each of which becomes one WebSocket message.
    ///
    /// # Errors
    /// The compressor is out of memory.
    pub(crate) fn encode(self, messages: &[Arc<Encoded>]) -> io::Result<Arc<[Payload]>> {
        let messages = messages.iter().map(Arc::as_ref);
        Ok(match self {
            ClientApiVersion::V0 => messages.map(window::encode_alone).collect(),
            ClientApiVersion::V1 => {
                let now = START.elapsed().as_secs_f64();
                Arc::new([window::encode_payload(messages, now)?])
            }
        })
    }
}

/// How a server talks to its clients, apart from what it says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dialect {
    pub(crate) client_api: ClientApiVersion,
    /// Said to each client when it has everything that was said before it came.
    pub(crate) backlog_done: Option<Arc<Encoded>>,
}

impl Dialect {
    /// What viser's browser client expects.
    pub(crate) fn viser() -> Self {
        Self {
            client_api: ClientApiVersion::V1,
            backlog_done: Some(Arc::new(Encoded::new(&ReplayDone {}))),
        }
    }
}
