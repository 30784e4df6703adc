//! Recordings: `.viser` files.
//!
//! ```text
//! u64 size of the inner block | Zstandard block of: u64 size of the map | map | 0-padding | buffer | …
//! ```
//!
//! Little-endian; each buffer starts at a multiple of 8 bytes from the start of the inner
//! block. The map holds `durationSeconds`, `messages` as pairs of time and message,
//! `viserVersion` and `binaryBufferLengths`.

pub(crate) mod motion;
pub(crate) mod reader;

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

#[cfg(not(target_arch = "wasm32"))]
pub use encode::encode;

#[cfg(not(target_arch = "wasm32"))]
mod encode {
    use rustc_hash::{FxBuildHasher, FxHashMap};
    use std::hash::BuildHasher;

    use crate::array::RawArray;
    use crate::encode::{Encoded, Sink};
    use crate::version::VISER_VERSION;
    use crate::window::{MapBuilder, append_buffers};
    use crate::zstd_block;

    /// Writes a `.viser` file; equal arrays are stored once.
    ///
    /// # Errors
    /// The compressor refuses the level or is out of memory.
    pub fn encode<'a>(
        messages: impl ExactSizeIterator<Item = (f64, &'a Encoded)>,
        duration_secs: f64,
        level: i32,
    ) -> std::io::Result<Vec<u8>> {
        let mut arrays = DistinctArrays::default();
        let mut map = MapBuilder::new(4);
        map.key("durationSeconds").float(duration_secs);
        map.key("messages").list(messages.len());
        for (time, message) in messages {
            map.list(2).float(time);
            message.append_to(map.bytes(), |array| arrays.index_of(array));
        }
        map.key("viserVersion").str(VISER_VERSION);
        let lengths = arrays
            .list
            .iter()
            .map(|array| array.bytes().len() as u64)
            .collect();
        let map = map.finish(&lengths);
        let mut inner = Vec::with_capacity(8 + map.len() + lengths.iter().sum::<u64>() as usize);
        inner.extend_from_slice(&(map.len() as u64).to_le_bytes());
        inner.extend_from_slice(&map);
        append_buffers(&mut inner, arrays.list.iter());
        let mut file = (inner.len() as u64).to_le_bytes().to_vec();
        file.extend(zstd_block::compress(&inner, level)?);
        Ok(file)
    }

    /// Arrays in order of first use, each once.
    #[derive(Default)]
    struct DistinctArrays {
        list: Vec<RawArray>,
        by_hash: FxHashMap<u64, Vec<u32>>,
    }

    impl DistinctArrays {
        fn index_of(&mut self, array: &RawArray) -> u32 {
            let same_hash = self
                .by_hash
                .entry(FxBuildHasher.hash_one(array.bytes()))
                .or_default();
            let known = same_hash
                .iter()
                .find(|&&index| self.list[index as usize].bytes() == array.bytes());
            match known {
                Some(&index) => index,
                None => {
                    let index = self.list.len() as u32;
                    self.list.push(array.clone());
                    same_hash.push(index);
                    index
                }
            }
        }
    }
}
