//! A window: the messages that a server sends at once, as one binary WebSocket frame.
//!
//! ```text
//! u64 size of the MessagePack map | u64 size of the block | Zstandard block | 0-padding | buffer | …
//! ```
//!
//! Little-endian; each buffer starts at a multiple of 8 bytes from the start of the payload.
//! The map holds `messages`, `timestampSec` and `binaryBufferLengths`.

use bytes::{Buf, Bytes};

use crate::limits::Limits;
use crate::message::Message;
use crate::value::{self, ParseError, Value, detach_small};
use crate::wire::{DecodeError, Wire};
use crate::zstd_block::{self, ZstdError};

/// A decoded window.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The messages, in the order in which they apply.
    pub messages: Vec<Message>,
    /// Messages of known classes that could not be read, to be reported and skipped.
    pub rejected: Vec<Rejected>,
    /// When the server built the window: seconds of a clock of its own, which only grows.
    pub timestamp_secs: f64,
}

/// A message that could not be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{class}: {error}")]
pub struct Rejected {
    /// The class that it says it is of.
    pub class: String,
    /// What is wrong.
    pub error: DecodeError,
}

/// Why a payload is no window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// It ends before what it announces.
    #[error("the payload has {actual} bytes, {needed} are needed for {what}")]
    Truncated {
        /// What is cut off.
        what: &'static str,
        /// Bytes needed.
        needed: u64,
        /// Bytes there.
        actual: usize,
    },
    /// The block is wrong.
    #[error(transparent)]
    Zstd(#[from] ZstdError),
    /// The map is wrong.
    #[error("in the decompressed map: {0}")]
    Parse(#[from] ParseError),
    /// An entry of the map is missing or of another type.
    #[error("in the decompressed map: {0}")]
    Entry(#[from] DecodeError),
    /// There are too many buffers.
    #[error("{count} buffers, at most {limit} are allowed")]
    TooManyBuffers {
        /// How many there are.
        count: usize,
        /// What the limits say.
        limit: usize,
    },
}

/// Reads a window.
///
/// # Errors
/// The payload is not a window, or exceeds `limits`. Single messages that cannot be read are no
/// error: see [`Window::rejected`].
pub fn decode(payload: &Bytes, limits: &Limits) -> Result<Window, WindowError> {
    let mut header = payload.as_ref();
    if header.len() < 16 {
        return Err(WindowError::Truncated {
            what: "the header",
            needed: 16,
            actual: header.len(),
        });
    }
    let declared = header.get_u64_le();
    let block_len = header.get_u64_le();
    let block_end = 16u64.saturating_add(block_len);
    let Some(block) = usize::try_from(block_end)
        .ok()
        .and_then(|end| payload.get(16..end))
    else {
        return Err(WindowError::Truncated {
            what: "the compressed block",
            needed: block_end,
            actual: payload.len(),
        });
    };
    let map = zstd_block::decompress(block, declared, limits.decompressed_bytes)?.into();
    let contents = decode_block(&map, payload, block_end as usize, limits)?;
    let list = match contents.get("messages") {
        Some(Value::List(list)) => list.as_slice(),
        Some(other) => return Err(DecodeError::kind("a list", other).within("messages").into()),
        None => return Err(DecodeError::missing("messages").into()),
    };
    let mut window = Window {
        messages: Vec::with_capacity(list.len()),
        rejected: Vec::new(),
        timestamp_secs: contents
            .get("timestampSec")
            .and_then(Value::as_f64)
            .unwrap_or(0.0),
    };
    for value in list {
        match read_message(value) {
            Ok(message) => window.messages.push(message),
            Err(rejected) => window.rejected.push(rejected),
        }
    }
    Ok(window)
}

/// A message, or its class and what is wrong with it.
pub(crate) fn read_message(value: &Value) -> Result<Message, Rejected> {
    Message::decode(value).map_err(|error| Rejected {
        class: value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or("?")
            .to_owned(),
        error,
    })
}

/// Parses the map, whose placeholders refer to buffers that follow `start` in `payload`. Since
/// the buffers' lengths stand in the map itself, it is walked twice.
pub(crate) fn decode_block(
    map: &Bytes,
    payload: &Bytes,
    start: usize,
    limits: &Limits,
) -> Result<Value, WindowError> {
    let lengths = buffer_lengths(map, limits)?;
    if lengths.len() > limits.buffers {
        return Err(WindowError::TooManyBuffers {
            count: lengths.len(),
            limit: limits.buffers,
        });
    }
    let mut buffers = Vec::with_capacity(lengths.len());
    let mut end = start as u64;
    for len in lengths {
        let begin = align8(end);
        end = begin.saturating_add(len);
        let fits = usize::try_from(end).is_ok_and(|end| end <= payload.len());
        if !fits {
            return Err(WindowError::Truncated {
                what: "the binary buffers",
                needed: end,
                actual: payload.len(),
            });
        }
        let slice = payload.slice(begin as usize..end as usize);
        buffers.push(detach_small(slice, payload.len()));
    }
    Ok(value::parse(map, &buffers, limits)?)
}

fn buffer_lengths(map: &Bytes, limits: &Limits) -> Result<Vec<u64>, WindowError> {
    let entry = value::find_entry(map, "binaryBufferLengths", limits)?;
    let lengths = entry.as_ref().map(Vec::<u64>::decode).transpose();
    let lengths = lengths.map_err(|e| e.within("binaryBufferLengths"))?;
    Ok(lengths.unwrap_or_default())
}

pub(crate) const fn align8(offset: u64) -> u64 {
    offset.saturating_add(7) & !7
}

#[cfg(not(target_arch = "wasm32"))]
pub use encode::{LEVEL, Payload, encode, encode_alone, encode_payload};

#[cfg(not(target_arch = "wasm32"))]
mod encode {
    use bytes::Bytes;

    use super::align8;
    use crate::array::RawArray;
    use crate::encode::{BytesSink, Encoded, Sink};
    use crate::wire::Wire;
    use crate::zstd_block;

    /// The compression level of live windows: the fastest, since they are sent once.
    pub const LEVEL: i32 = 1;

    /// Arrays from this size on are not copied into a [`Payload`].
    const SHARED_ARRAY_BYTES: usize = 16 * 1024;

    /// The payload of a window as pieces that follow each other. Large arrays are pieces of their
    /// own and share the memory of the messages: a window with a point cloud costs no copy of it.
    #[derive(Clone, Debug, Default)]
    pub struct Payload {
        pieces: Vec<Bytes>,
        len: usize,
    }

    impl Payload {
        /// The pieces, none of them empty.
        pub fn pieces(&self) -> &[Bytes] {
            &self.pieces
        }

        /// Bytes of all pieces.
        pub fn byte_len(&self) -> usize {
            self.len
        }

        fn push(&mut self, piece: Bytes) {
            if !piece.is_empty() {
                self.len += piece.len();
                self.pieces.push(piece);
            }
        }
    }

    /// Builds the payload of a window, in one piece. Each array is copied once.
    ///
    /// # Errors
    /// The compressor is out of memory.
    pub fn encode<'a>(
        messages: impl ExactSizeIterator<Item = &'a Encoded>,
        timestamp_secs: f64,
    ) -> std::io::Result<Bytes> {
        let payload = encode_payload(messages, timestamp_secs)?;
        Ok(match payload.pieces() {
            [piece] => piece.clone(),
            pieces => pieces.concat().into(),
        })
    }

    /// Builds the payload of a window, in pieces. Large arrays are not copied.
    ///
    /// # Errors
    /// The compressor is out of memory.
    pub fn encode_payload<'a>(
        messages: impl ExactSizeIterator<Item = &'a Encoded>,
        timestamp_secs: f64,
    ) -> std::io::Result<Payload> {
        let mut arrays: Vec<&RawArray> = Vec::new();
        let mut map = MapBuilder::new(3);
        map.key("messages").list(messages.len());
        for message in messages {
            let mut index = arrays.len() as u32;
            arrays.extend(message.arrays.iter().map(|placed| &placed.array));
            message.append_to(map.bytes(), |_| {
                index += 1;
                index - 1
            });
        }
        map.key("timestampSec").float(timestamp_secs);
        let lengths: Vec<u64> = arrays
            .iter()
            .map(|array| array.bytes().len() as u64)
            .collect();
        let map = map.finish(&lengths);
        let block = zstd_block::compress(&map, LEVEL)?;

        let mut payload = Payload::default();
        let mut piece = Vec::with_capacity(16 + block.len());
        piece.extend_from_slice(&(map.len() as u64).to_le_bytes());
        piece.extend_from_slice(&(block.len() as u64).to_le_bytes());
        piece.extend_from_slice(&block);
        for array in arrays {
            let end = payload.len + piece.len();
            piece.resize(piece.len() + align8(end as u64) as usize - end, 0);
            if array.bytes().len() < SHARED_ARRAY_BYTES {
                piece.extend_from_slice(array.bytes());
            } else {
                payload.push(std::mem::take(&mut piece).into());
                payload.push(array.bytes().clone());
            }
        }
        payload.push(piece.into());
        Ok(payload)
    }

    /// Builds the payload of one message alone: bare MessagePack with arrays as plain bytes, as
    /// viewers send it. Large arrays are not copied.
    pub fn encode_alone(message: &Encoded) -> Payload {
        let mut payload = Payload::default();
        let mut sink = BytesSink::default();
        let mut at = 0;
        for placed in &message.arrays {
            let bytes = placed.array.bytes();
            let piece = sink.bytes();
            piece.extend_from_slice(&message.body[at..placed.start as usize]);
            at = placed.end as usize;
            if bytes.len() < SHARED_ARRAY_BYTES {
                sink.bin(bytes);
            } else {
                // Writing to a Vec cannot fail.
                let _ = rmp::encode::write_bin_len(piece, bytes.len() as u32);
                payload.push(std::mem::take(piece).into());
                payload.push(bytes.clone());
            }
        }
        let piece = sink.bytes();
        piece.extend_from_slice(&message.body[at..]);
        payload.push(std::mem::take(piece).into());
        payload
    }

    /// Writes the MessagePack map of a window entry by entry.
    struct MapBuilder(BytesSink);

    impl MapBuilder {
        pub(crate) fn new(entries: usize) -> Self {
            let mut sink = BytesSink::default();
            sink.map(entries);
            Self(sink)
        }

        pub(crate) fn key(&mut self, key: &str) -> &mut BytesSink {
            self.0.str(key);
            &mut self.0
        }

        pub(crate) fn bytes(&mut self) -> &mut Vec<u8> {
            self.0.bytes()
        }

        /// Adds the last entry, `binaryBufferLengths`.
        pub(crate) fn finish(mut self, lengths: &Vec<u64>) -> Vec<u8> {
            lengths.encode(self.key("binaryBufferLengths"));
            std::mem::take(self.bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{AddNode, PointCloud, Points, Precision};

    #[test]
    fn large_arrays_are_not_copied() {
        let points = vec![[0.5f32; 3]; 10_000];
        let at = points.as_ptr().cast::<u8>();
        let message = |name: &str, points| {
            Message::from(AddNode {
                name: name.into(),
                owner: String::new(),
                is_virtual: false,
                node: PointCloud::new(points).into(),
            })
        };
        let messages = [
            message("/small", Points::f32([[1.0; 3]])),
            message("/large", Points::f32(points)),
            message("/odd", Points::f32([[1.0; 3]]).cast(Precision::Float16)),
        ];
        let encoded = messages.each_ref().map(Message::encoded);
        let payload = encode_payload(encoded.iter(), 1.0).unwrap();
        assert!(payload.pieces().iter().any(|piece| piece.as_ptr() == at));
        let whole = Bytes::from(payload.pieces().concat());
        assert_eq!(whole.len(), payload.byte_len());
        assert_eq!(whole, encode(encoded.iter(), 1.0).unwrap());
        let window = decode(&whole, &Limits::default()).unwrap();
        assert_eq!(window.messages, messages);

        // Alone, the same message is what a viewer would send.
        for (message, encoded) in messages.iter().zip(&encoded) {
            let alone = encode_alone(encoded);
            let whole = alone.pieces().concat();
            assert_eq!(whole, crate::message::to_server(message));
            assert_eq!(whole.len(), alone.byte_len());
            assert_eq!(encoded.to_value(), message.to_value());
        }
        let large = encode_alone(&encoded[1]);
        assert!(large.pieces().iter().any(|piece| piece.as_ptr() == at));
    }
}
