//! Recordings of what a server says to everyone, as `.viser` files.

use super::{
    fan_out::Audience,
    outbox::Outbox,
    recorder::{Filter, Recorder, spool::Spool},
};
use crate::{
    error::{Error, Result},
    recording::{self, StaticPage, WholeFile},
};
use std::{
    io::{self, Write},
    path::Path,
    sync::Arc,
};

/// Records what a server says to everyone, until it is [serialized](Self::serialize).
///
/// A recording starts with all that there is, at time 0. What is said later is added at the time
/// of the recording's own clock, which stands still but for [`insert_sleep`](Self::insert_sleep).
///
/// However much is said, little of it is in memory: 64 MiB of arrays and 32 MiB of messages, 32 MiB
/// that are on their way there, and what compression takes at the end, some 50 MiB for each of at
/// most six threads. The rest waits in temporary files in the system's folder for such (on Unix
/// `TMPDIR`).
#[derive(Debug)]
#[must_use = "a recording is lost unless it is serialized"]
pub struct StateSerializer {
    outbox: Arc<Outbox>,
    audience: Audience,
    recorder: Arc<Recorder>,
}

impl StateSerializer {
    pub(crate) fn start(outbox: Arc<Outbox>, audience: Audience, filter: Filter) -> Self {
        let recorder = Recorder::start(filter);
        outbox.attach(audience, Arc::clone(&recorder));
        recorder.relieve();
        Self {
            outbox,
            audience,
            recorder,
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
        if self.recorder.has_ended() {
            return Err(Error::AlreadySerialized);
        }
        if !(seconds >= 0.0 && (self.recorder.time_secs() + seconds).is_finite()) {
            return Err(Error::InvalidSleep { seconds });
        }
        self.outbox.advance(&self.recorder, seconds);
        Ok(())
    }

    /// Ends the recording and returns it as the bytes of a `.viser` file. A large one is better
    /// [saved](Self::save).
    ///
    /// # Errors
    /// [`AlreadySerialized`](Error::AlreadySerialized) the second time,
    /// [`Recording`](Error::Recording) where temporary files cannot be written or the compressor is
    /// out of memory.
    pub fn serialize(&self) -> Result<Vec<u8>> {
        let mut file = Vec::new();
        self.serialize_to(&mut file)?;
        Ok(file)
    }

    /// Ends the recording and writes it as a `.viser` file.
    ///
    /// # Errors
    /// As [`serialize`](Self::serialize); [`Recording`](Error::Recording) too where `out` fails.
    pub fn serialize_to(&self, out: impl Write) -> Result<()> {
        let (spool, duration_secs) = self.end()?;
        spool.write(duration_secs, out).map_err(Error::Recording)
    }

    /// Ends the recording and saves it as a file, which is there whole or not at all.
    ///
    /// # Errors
    /// As [`serialize`](Self::serialize); [`Recording`](Error::Recording) too where the file cannot
    /// be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        // The recording goes on where the file cannot be created.
        let mut file = WholeFile::create(path.as_ref()).map_err(Error::Recording)?;
        let (spool, duration_secs) = self.end()?;
        let written = spool.write(duration_secs, &mut file);
        written
            .and_then(|()| file.finish())
            .map_err(Error::Recording)
    }

    /// Ends the recording and returns a page that plays it: the client and the recording in one
    /// HTML document, which opens without a server, from a file too.
    ///
    /// # Errors
    /// As [`serialize`](Self::serialize); [`NoClient`](Error::NoClient) where this build has no
    /// browser client.
    pub fn as_html(&self, dark_mode: bool) -> Result<String> {
        let page = StaticPage::new(dark_mode)?;
        let mut html = Vec::new();
        page.write(&mut html, |out| self.serialize_to(out))?;
        String::from_utf8(html).map_err(|error| Error::Recording(io::Error::other(error)))
    }

    /// Ends the recording and shows it: in an evcxr notebook in a frame of so many pixels' height,
    /// else in the browser.
    ///
    /// # Errors
    /// As [`as_html`](Self::as_html); [`Display`](Error::Display) where no browser opens.
    pub fn show(&self, height: u32, dark_mode: bool) -> Result<()> {
        recording::show(&self.as_html(dark_mode)?, height)
    }

    /// Ends the recording. Returns all of it and how long it plays.
    fn end(&self) -> Result<(Spool, f64)> {
        self.outbox.detach(self.audience, &self.recorder);
        let spool = self.recorder.end().ok_or(Error::AlreadySerialized)?;
        Ok((spool, self.recorder.time_secs()))
    }
}

impl Drop for StateSerializer {
    fn drop(&mut self) {
        self.outbox.detach(self.audience, &self.recorder);
        drop(self.recorder.end());
    }
}

#[cfg(test)]
mod tests;
