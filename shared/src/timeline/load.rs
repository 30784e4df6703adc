//! From a file to a timeline, in steps, so that a page can show progress and stays usable.

use std::collections::VecDeque;

use bytes::Bytes;

use super::keyframes::Keyframes;
use super::track::TracksBuilder;
use super::{Event, Timeline};
use crate::limits::Limits;
use crate::recording::RecordingError;
use crate::recording::motion;
use crate::recording::reader::RecordingReader;
use crate::value;
use crate::window::{self, Rejected, WindowError};

/// The most memory that a timeline takes, its keyframes aside: 2 GiB, less where addresses have
/// 32 bits (1.5 GiB). The file itself is in memory too until it is read.
pub const MAX_BYTES: usize = if usize::BITS == 32 { 3 << 29 } else { 2 << 30 };

/// At most this many messages that cannot be read are remembered.
pub const MAX_REJECTED: usize = 100;

/// Work between two looks at the clock.
const CHUNK: usize = 200;

/// Why a file cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimelineError {
    /// It is broken.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// It is too large for this player.
    #[error("the recording needs more than the {limit} MiB of memory that a player may take")]
    TooLarge {
        /// The limit, MiB.
        limit: usize,
    },
    /// There are more messages than can be numbered.
    #[error("the recording has more than {0} messages")]
    TooManyMessages(u32),
}

/// A recording that is being read.
pub struct Loading {
    reader: RecordingReader,
    limits: Limits,
    max_bytes: usize,
    phase: Phase,
    messages: u32,
    moments: Vec<(f64, u32)>,
    tracks: TracksBuilder,
    /// Messages that are not parsed yet: the buffers that they refer to come last.
    unparsed: VecDeque<(u32, Bytes)>,
    /// How many those were at first.
    to_parse: usize,
    unparsed_bytes: usize,
    buffers: Vec<Bytes>,
    buffer_bytes: usize,
    events: Vec<Event>,
    rejected: Vec<Rejected>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Messages,
    Buffers,
    Parsing,
    Finished,
}

impl Loading {
    /// Begins to read a `.viser` file.
    ///
    /// # Errors
    /// The file's head is broken.
    pub fn new(file: Bytes) -> Result<Self, TimelineError> {
        Self::with_max_bytes(file, MAX_BYTES)
    }

    pub(super) fn with_max_bytes(file: Bytes, max_bytes: usize) -> Result<Self, TimelineError> {
        let limits = Limits::default();
        Ok(Self {
            reader: RecordingReader::new(file, &limits)?,
            limits,
            max_bytes,
            phase: Phase::Messages,
            messages: 0,
            moments: Vec::new(),
            tracks: TracksBuilder::default(),
            unparsed: VecDeque::new(),
            to_parse: 0,
            unparsed_bytes: 0,
            buffers: Vec::new(),
            buffer_bytes: 0,
            events: Vec::new(),
            rejected: Vec::new(),
        })
    }

    /// Reads on for as long as `go_on` allows. Gives the timeline when all is read; after that,
    /// and after an error, there is nothing more to come.
    ///
    /// # Errors
    /// The file is broken, or too large to be played.
    pub fn run(
        &mut self,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Option<Timeline>, TimelineError> {
        while self.phase != Phase::Finished && go_on() {
            if let Err(error) = self.read_chunk() {
                self.phase = Phase::Finished;
                return Err(error);
            }
            if self.phase == Phase::Finished {
                return Ok(Some(self.finish()));
            }
        }
        Ok(None)
    }

    /// How much is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        let parsed = match self.to_parse {
            0 => 0.0,
            all => 1.0 - self.unparsed.len() as f64 / all as f64,
        };
        0.8 * self.reader.progress() + 0.2 * parsed
    }

    fn read_chunk(&mut self) -> Result<(), TimelineError> {
        match self.phase {
            Phase::Messages => {
                for _ in 0..CHUNK {
                    if !self.read_message()? {
                        self.to_parse = self.unparsed.len();
                        self.check_size(self.reader.buffer_bytes())?;
                        self.phase = Phase::Buffers;
                        break;
                    }
                }
                self.check_size(0)
            }
            Phase::Buffers => {
                match self.reader.next_buffer()? {
                    Some(buffer) => {
                        self.buffer_bytes += buffer.len();
                        self.buffers.push(buffer);
                    }
                    None => self.phase = Phase::Parsing,
                }
                self.check_size(0)
            }
            Phase::Parsing => {
                for _ in 0..CHUNK {
                    match self.unparsed.pop_front() {
                        Some((sequence, bytes)) => self.parse(sequence, &bytes)?,
                        None => {
                            self.phase = Phase::Finished;
                            break;
                        }
                    }
                }
                self.check_size(0)
            }
            Phase::Finished => Ok(()),
        }
    }

    /// Reads one message; `false` if there is none left.
    fn read_message(&mut self) -> Result<bool, TimelineError> {
        let Some((time, message)) = self.reader.next_message()? else {
            return Ok(false);
        };
        let sequence = self.messages;
        if sequence == u32::MAX - 1 {
            return Err(TimelineError::TooManyMessages(sequence));
        }
        self.messages += 1;
        match self.moments.last_mut() {
            // A message waits for those before it, whatever its own time.
            Some((last, end)) if time <= *last => *end = self.messages,
            _ => self.moments.push((time, self.messages)),
        }
        let is_sample = motion::read(message).is_some_and(|m| self.tracks.push(&m, sequence));
        if !is_sample {
            self.unparsed_bytes += message.len();
            let message = Bytes::copy_from_slice(message);
            self.unparsed.push_back((sequence, message));
        }
        Ok(true)
    }

    fn parse(&mut self, sequence: u32, bytes: &Bytes) -> Result<(), TimelineError> {
        let value = value::parse(bytes, &self.buffers, &self.limits)
            .map_err(|error| RecordingError::from(WindowError::from(error)))?;
        match window::read_message(&value) {
            Ok(message) => self.events.push(Event { sequence, message }),
            Err(rejected) if self.rejected.len() < MAX_REJECTED => self.rejected.push(rejected),
            Err(_) => {}
        }
        Ok(())
    }

    /// What a message keeps besides itself is as large as it was encoded, about.
    fn check_size(&self, more: u64) -> Result<(), TimelineError> {
        let bytes = size_of_val(&*self.moments)
            + self.tracks.bytes()
            + self.unparsed_bytes
            + self.unparsed.len() * size_of::<(u32, Bytes)>()
            + self.buffer_bytes
            + self.events.len() * size_of::<Event>();
        let bytes = (bytes as u64).saturating_add(more);
        if bytes > self.max_bytes as u64 {
            let limit = self.max_bytes >> 20;
            return Err(TimelineError::TooLarge { limit });
        }
        Ok(())
    }

    fn finish(&mut self) -> Timeline {
        let tracks = std::mem::take(&mut self.tracks).finish();
        let last = self.moments.last().map_or(0.0, |(time, _)| *time);
        Timeline {
            version: std::mem::take(&mut self.reader.version),
            duration_secs: self.reader.duration_secs.max(last),
            messages: self.messages,
            rejected: std::mem::take(&mut self.rejected),
            moments: std::mem::take(&mut self.moments),
            events: std::mem::take(&mut self.events),
            keyframes: Keyframes::new(tracks.len()),
            tracks,
        }
    }
}

impl std::fmt::Debug for Loading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Loading({:.0} %)", self.progress() * 100.0)
    }
}
