//! Recordings: `.viser` files.
//!
//! ```text
//! u64 size of the inner block | Zstandard block of: u64 size of the map | map | 0-padding | buffer | …
//! ```
//!
//! Little-endian; each buffer starts at a multiple of 8 bytes from the start of the inner
//! block. The map holds `durationSeconds`, `messages` as pairs of time and message,
//! `viserVersion` and `binaryBufferLengths`.

#[cfg(not(target_arch = "wasm32"))]
mod compress;
pub(crate) mod motion;
pub(crate) mod reader;
#[cfg(not(target_arch = "wasm32"))]
mod summary;
#[cfg(not(target_arch = "wasm32"))]
mod write;

#[cfg(not(target_arch = "wasm32"))]
pub use summary::{Class, StoredArray, Summary, SummaryError, SummaryErrorReason, summarize};
#[cfg(not(target_arch = "wasm32"))]
pub use write::{Compression, Layout, append_message, encode, write};

use bytes::{Buf, Bytes};

use crate::limits::Limits;
use crate::message::Message;
use crate::value::Value;
use crate::window::{self, Rejected, WindowError};
use crate::wire::DecodeError;
use crate::zstd_block;

/// A recording in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Version of the writer.
    pub version: String,
    /// How long it plays.
    pub duration_secs: f64,
    /// Messages with the times at which they apply, ascending.
    pub messages: Vec<(f64, Message)>,
    /// Messages of known classes that could not be read, to be reported and skipped.
    pub rejected: Vec<Rejected>,
}

/// Why bytes are no recording.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a recording: {0}")]
pub struct RecordingError(#[from] WindowError);

impl From<DecodeError> for RecordingError {
    fn from(error: DecodeError) -> Self {
        Self(error.into())
    }
}

impl Recording {
    /// Reads a `.viser` file.
    ///
    /// # Errors
    /// The bytes are no recording, or exceed `limits`.
    pub fn decode(file: &[u8], limits: &Limits) -> Result<Self, RecordingError> {
        let short = |what, needed, actual| WindowError::Truncated {
            what,
            needed,
            actual,
        };
        let mut rest = file;
        let declared = rest
            .try_get_u64_le()
            .map_err(|_| short("the header", 8, file.len()))?;
        let inner: Bytes = zstd_block::decompress(rest, declared, limits.decompressed_bytes)
            .map_err(WindowError::from)?
            .into();
        let map_len = inner
            .as_ref()
            .try_get_u64_le()
            .map_err(|_| short("the inner header", 8, inner.len()))?;
        let map_end = map_len.saturating_add(8);
        if map_end > inner.len() as u64 {
            return Err(short("the map", map_end, inner.len()).into());
        }
        let map = inner.slice(8..map_end as usize);
        let contents = window::decode_block(&map, &inner, map_end as usize, limits)?;
        Self::from_map(&contents)
    }

    fn from_map(map: &Value) -> Result<Self, RecordingError> {
        let Some(Value::List(list)) = map.get("messages") else {
            return Err(DecodeError::missing("messages").into());
        };
        let mut recording = Self {
            version: map
                .get("viserVersion")
                .and_then(Value::as_str)
                .unwrap_or("unknown")
                .to_owned(),
            duration_secs: map
                .get("durationSeconds")
                .and_then(Value::as_f64)
                .unwrap_or(0.0),
            messages: Vec::with_capacity(list.len()),
            rejected: Vec::new(),
        };
        for entry in list {
            let (time, message) = match entry {
                Value::List(pair) if pair.len() == 2 => (pair[0].as_f64(), &pair[1]),
                _ => (None, entry),
            };
            let Some(time) = time.filter(|time| time.is_finite()) else {
                return Err(DecodeError::kind("a pair of time and message", entry)
                    .within("messages")
                    .into());
            };
            match window::read_message(message) {
                Ok(message) => recording.messages.push((time, message)),
                Err(rejected) => recording.rejected.push(rejected),
            }
        }
        Ok(recording)
    }
}
