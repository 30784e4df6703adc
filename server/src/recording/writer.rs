//! Recordings of messages from anywhere.

use crate::infra::recorder::{Recorded, spool::Spool};
use scenecast_protocol::Message;
use std::{
    io::{self, Write},
    sync::Arc,
};

/// Writes a recording of messages that come one by one. Equal arrays are stored once; memory is
/// bounded as that of a [`StateSerializer`](super::StateSerializer).
#[derive(Debug, Default)]
#[must_use = "a recording is lost unless it is written"]
pub struct Writer {
    spool: Spool,
}

impl Writer {
    /// A recording of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a message at a time in seconds, which is not before the last one's. What goes wrong,
    /// such as a full disk, is told by [`write`](Self::write).
    pub fn add(&mut self, time_secs: f64, message: &Message) {
        let message = Arc::new(message.encoded());
        self.spool.add(&Recorded { time_secs, message });
    }

    /// Writes the recording as a `.viser` file that plays for so long.
    ///
    /// # Errors
    /// What has gone wrong before, or goes wrong with `out`.
    pub fn write(self, duration_secs: f64, out: impl Write) -> io::Result<()> {
        self.spool.write(duration_secs, out)
    }
}
