//! Recordings of what a server says to everyone, as `.viser` files.

use super::{
    outbox::Outbox,
    recorder::{Filter, Recorder},
};
use crate::error::{Error, Result};
use scenecast_protocol::recording;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// The compression level of recordings: they are written once and read often.
const LEVEL: i32 = 12;

/// Records what a server says to everyone, until it is [serialized](Self::serialize).
///
/// A recording starts with all that there is, at time 0. What is said later is added at the time
/// of the recording's own clock, which stands still but for [`insert_sleep`](Self::insert_sleep).
#[derive(Debug)]
#[must_use = "a recording is lost unless it is serialized"]
pub struct StateSerializer {
    outbox: Arc<Outbox>,
    recorder: Arc<Recorder>,
    is_serialized: AtomicBool,
}

impl StateSerializer {
    pub(crate) fn start(outbox: Arc<Outbox>, filter: Filter) -> Self {
        let recorder = Arc::new(Recorder::new(filter));
        outbox.attach(Arc::clone(&recorder));
        Self {
            outbox,
            recorder,
            is_serialized: AtomicBool::new(false),
        }
    }

    /// Lets time pass in the recording: what is said from now on comes `seconds` later.
    ///
    /// An [atomic](crate::Server::atomic) block is recorded at its end.
    ///
    /// # Errors
    /// [`InvalidSleep`](Error::InvalidSleep) for a time that is negative or not finite,
    /// [`AlreadySerialized`](Error::AlreadySerialized).
    pub fn insert_sleep(&self, seconds: f64) -> Result<()> {
        if self.is_serialized.load(Ordering::Acquire) {
            return Err(Error::AlreadySerialized);
        }
        if !(seconds >= 0.0 && (self.recorder.time_secs() + seconds).is_finite()) {
            return Err(Error::InvalidSleep { seconds });
        }
        self.outbox.advance(&self.recorder, seconds);
        Ok(())
    }

    /// Ends the recording and returns it as the bytes of a `.viser` file.
    ///
    /// # Errors
    /// [`AlreadySerialized`](Error::AlreadySerialized) the second time,
    /// [`Recording`](Error::Recording) where the compressor is out of memory.
    pub fn serialize(&self) -> Result<Vec<u8>> {
        if self.is_serialized.swap(true, Ordering::AcqRel) {
            return Err(Error::AlreadySerialized);
        }
        self.outbox.detach(&self.recorder);
        let messages = self.recorder.take();
        let messages = messages
            .iter()
            .map(|recorded| (recorded.time_secs, recorded.message.as_ref()));
        recording::encode(messages, self.recorder.time_secs(), LEVEL).map_err(Error::Recording)
    }
}

impl Drop for StateSerializer {
    fn drop(&mut self) {
        self.outbox.detach(&self.recorder);
    }
}

#[cfg(test)]
mod tests;
