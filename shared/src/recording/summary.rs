//! What is in a recording, read to its end without holding its arrays in memory.

use bytes::Bytes;
use rustc_hash::FxHashMap;
use std::io::{self, Read};

use crate::limits::Limits;
use crate::value::{self, ParseError, Value};
use crate::window::{WindowError, align8, buffer_lengths};

/// The largest arrays that a summary lists.
const MAX_LISTED_ARRAYS: usize = 10;

/// Classes that a summary tells apart; viser has some 120.
const MAX_CLASSES: usize = 1000;

/// What is in a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Version of the writer.
    pub version: String,
    /// How long it plays.
    pub duration_secs: f64,
    /// Messages by class, those first that take most bytes.
    pub classes: Vec<Class>,
    /// The largest arrays, largest first; at most ten.
    pub largest_arrays: Vec<StoredArray>,
    /// How many arrays there are; equal ones are usually stored once.
    pub array_count: usize,
    /// Bytes of all arrays.
    pub array_bytes: u64,
    /// Bytes after decompression, arrays and messages.
    pub content_bytes: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
}

/// The messages of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// Its name.
    pub tag: String,
    /// How many messages there are.
    pub messages: usize,
    /// Bytes of the messages, their arrays aside.
    pub message_bytes: u64,
    /// Bytes of the arrays that are first used by one of them.
    pub array_bytes: u64,
}

/// An array and where it is used first.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArray {
    /// Its size.
    pub bytes: u64,
    /// Its element type, such as `<f4`.
    pub dtype: String,
    /// The class of the message.
    pub class: String,
    /// The node that the message is about; empty without one.
    pub name: String,
    /// The property.
    pub property: String,
    /// When.
    pub time_secs: f64,
}

/// Why a file is no recording.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read.
    #[error("byte {offset}: cannot read the file: {error}")]
    Io {
        /// Where in the file.
        offset: u64,
        /// What the system says.
        error: io::Error,
    },
    /// It is cut off.
    #[error("byte {offset}: the file ends here; expected {expected}")]
    Truncated {
        /// Where in the file.
        offset: u64,
        /// What is missing.
        expected: &'static str,
    },
    /// Something else stands there.
    #[error("byte {offset}: {found}; expected {expected}")]
    Unexpected {
        /// Where in the file; the place is exact to some hundred kilobytes in compressed data.
        offset: u64,
        /// What stands there.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The list of messages is wrong.
    #[error("byte {offset} after decompression: {found}; expected {expected}")]
    Content {
        /// Where in the decompressed content.
        offset: u64,
        /// What stands there.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
}

impl From<ParseError> for ReadError {
    fn from(error: ParseError) -> Self {
        ReadError::Content {
            offset: 8 + error.offset as u64,
            found: error.reason.to_string(),
            expected: "MessagePack",
        }
    }
}

/// Reads a recording to its end. Memory is bounded by `limits.decompressed_bytes` for the messages
/// without their arrays, which may be of any size, and `limits.buffers` for the number of arrays.
///
/// # Errors
/// The file is no recording, is damaged, or exceeds `limits`.
pub fn summarize(file: impl Read, limits: &Limits) -> Result<Summary, ReadError> {
    let mut file = Counted {
        inner: file,
        read: 0,
    };
    let mut word = [0; 8];
    let header_len = read_up_to(&mut file, &mut word)?;
    if header_len < 8 {
        return Err(ReadError::Truncated {
            offset: header_len as u64,
            expected: "8 bytes that say how large the content is",
        });
    }
    let content_bytes = u64::from_le_bytes(word);
    let mut content = Content::new(file, content_bytes)?;
    content.read_exact(&mut word, "the size of the messages")?;
    let map_len = u64::from_le_bytes(word);
    let too_large = map_len > limits.decompressed_bytes as u64;
    if too_large || map_len > content_bytes.saturating_sub(8) {
        return Err(ReadError::Content {
            offset: 0,
            found: format!("messages of {map_len} bytes in a content of {content_bytes}"),
            expected: if too_large {
                "no more than the limit"
            } else {
                "no more than there are"
            },
        });
    }
    let map = Bytes::from(content.read_bytes(map_len)?);
    let mut summary = read_map(&map, limits)?;
    summary.content_bytes = content_bytes;
    let lens = buffer_lengths(&map, limits).map_err(in_map)?;
    let end = lens
        .iter()
        .fold(8 + map_len, |at, len| align8(at).saturating_add(*len));
    if end > content_bytes {
        return Err(ReadError::Content {
            offset: content_bytes,
            found: format!("arrays that end at byte {end}"),
            expected: "arrays within the content",
        });
    }
    summary.file_bytes = content.read_to_end()?;
    Ok(summary)
}

fn read_map(map: &Bytes, limits: &Limits) -> Result<Summary, ReadError> {
    let entry = |key: &str| value::find_entry(map, key, limits);
    let lens = buffer_lengths(map, limits).map_err(in_map)?;
    if lens.len() > limits.buffers {
        let (count, limit) = (lens.len(), limits.buffers);
        return Err(in_map(WindowError::TooManyBuffers { count, limit }));
    }
    let version = entry("viserVersion")?;
    let mut summary = Summary {
        version: version
            .as_ref()
            .and_then(Value::as_str)
            .unwrap_or("unknown")
            .to_owned(),
        duration_secs: entry("durationSeconds")?
            .and_then(|v| v.as_f64())
            .unwrap_or(0.0),
        classes: Vec::new(),
        largest_arrays: Vec::new(),
        array_count: lens.len(),
        array_bytes: lens.iter().fold(0, |sum, len| sum.saturating_add(*len)),
        content_bytes: 0,
        file_bytes: 0,
    };
    let mut tally = Tally {
        lens: lens.into_iter().map(Some).collect(),
        classes: FxHashMap::default(),
        largest: Vec::new(),
    };
    let has_list = value::for_each_item(map, "messages", limits, |item, place| {
        tally
            .count(&item, place.len() as u64)
            .map_err(|found| ReadError::Content {
                offset: 8 + place.start as u64,
                found,
                expected: "a pair of a time and a message with a class",
            })
    })?;
    if !has_list {
        return Err(ReadError::Content {
            offset: 8,
            found: "a map without a list `messages`".to_owned(),
            expected: "the map of a recording",
        });
    }
    summary.classes = tally.classes.into_values().collect();
    summary.classes.sort_by(|a, b| {
        let bytes = |class: &Class| class.message_bytes + class.array_bytes;
        bytes(b).cmp(&bytes(a)).then_with(|| a.tag.cmp(&b.tag))
    });
    summary.largest_arrays = tally.largest;
    Ok(summary)
}

fn in_map(error: WindowError) -> ReadError {
    match error {
        WindowError::Parse(error) => error.into(),
        other => ReadError::Content {
            offset: 8,
            found: other.to_string(),
            expected: "the map of a recording",
        },
    }
}

/// Counts what messages take.
struct Tally {
    /// Of each array that has not been used yet.
    lens: Vec<Option<u64>>,
    classes: FxHashMap<String, Class>,
    largest: Vec<StoredArray>,
}

impl Tally {
    /// Counts a pair of time and message, or tells what is wrong with it.
    fn count(&mut self, item: &Value, bytes: u64) -> Result<(), String> {
        let (time_secs, message) = match item {
            Value::List(pair) if pair.len() == 2 => (pair[0].as_f64(), &pair[1]),
            other => return Err(other.kind().to_owned()),
        };
        let Some(time_secs) = time_secs.filter(|time| time.is_finite()) else {
            return Err("no time".to_owned());
        };
        let Some(tag) = message.get("type").and_then(Value::as_str) else {
            return Err(format!("{} without a class", message.kind()));
        };
        let mut arrays = Vec::new();
        find_arrays("", message, &mut arrays);
        let mut array_bytes = 0;
        for (property, index, dtype) in arrays {
            let count = self.lens.len();
            let Some(len) = usize::try_from(index)
                .ok()
                .and_then(|i| self.lens.get_mut(i))
            else {
                return Err(format!("array {index} of {count}"));
            };
            let Some(bytes) = len.take() else { continue };
            array_bytes += bytes;
            let at = self.largest.partition_point(|known| known.bytes >= bytes);
            if at < MAX_LISTED_ARRAYS {
                let name = message.get("name").and_then(Value::as_str);
                self.largest.insert(
                    at,
                    StoredArray {
                        bytes,
                        dtype: dtype.to_owned(),
                        class: tag.to_owned(),
                        name: name.unwrap_or_default().to_owned(),
                        property: property.to_owned(),
                        time_secs,
                    },
                );
                self.largest.truncate(MAX_LISTED_ARRAYS);
            }
        }
        if !self.classes.contains_key(tag) && self.classes.len() >= MAX_CLASSES {
            return Err(format!("class {MAX_CLASSES} and more"));
        }
        let class = self.classes.entry(tag.to_owned()).or_default();
        if class.messages == 0 {
            class.tag = tag.to_owned();
        }
        class.messages += 1;
        class.message_bytes += bytes;
        class.array_bytes += array_bytes;
        Ok(())
    }
}

/// Property, index and element type of each array in a message.
fn find_arrays<'a>(property: &'a str, value: &'a Value, found: &mut Vec<(&'a str, i64, &'a str)>) {
    match value {
        Value::Map(entries) => {
            let index = value.get("__binary_index").and_then(Value::as_i64);
            let dtype = value.get("dtype").and_then(Value::as_str);
            if let (Some(index), Some(dtype)) = (index, dtype) {
                found.push((property, index, dtype));
            } else {
                for (key, value) in entries {
                    find_arrays(key, value, found);
                }
            }
        }
        Value::List(items) => {
            for item in items {
                find_arrays(property, item, found);
            }
        }
        _ => {}
    }
}

/// Counts what has been read.
struct Counted<R> {
    inner: R,
    read: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.read += read as u64;
        Ok(read)
    }
}

fn read_up_to<R: Read>(file: &mut Counted<R>, out: &mut [u8]) -> Result<usize, ReadError> {
    let mut filled = 0;
    while filled < out.len() {
        match file.read(&mut out[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let offset = file.read;
                return Err(ReadError::Io { offset, error });
            }
        }
    }
    Ok(filled)
}

/// The content of the Zstandard frame, of a size that is known beforehand.
struct Content<R: Read> {
    decoder: zstd::stream::read::Decoder<'static, io::BufReader<Counted<R>>>,
    len: u64,
    read: u64,
}

impl<R: Read> Content<R> {
    fn new(file: Counted<R>, len: u64) -> Result<Self, ReadError> {
        let offset = file.read;
        let decoder = zstd::stream::read::Decoder::new(file)
            .map_err(|error| ReadError::Io { offset, error })?
            .single_frame();
        Ok(Self {
            decoder,
            len,
            read: 0,
        })
    }

    fn file_offset(&self) -> u64 {
        let file = self.decoder.get_ref();
        file.get_ref().read - file.buffer().len() as u64
    }

    /// Reads some bytes; 0 only at the end of the content.
    fn read(&mut self, out: &mut [u8]) -> Result<usize, ReadError> {
        match self.decoder.read(out) {
            Ok(read) => {
                self.read += read as u64;
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(self.truncated()),
            Err(error) => Err(ReadError::Unexpected {
                offset: self.file_offset(),
                found: error.to_string(),
                expected: "Zstandard data",
            }),
        }
    }

    fn truncated(&self) -> ReadError {
        ReadError::Truncated {
            offset: self.file_offset(),
            expected: "more Zstandard data",
        }
    }

    fn read_exact(&mut self, out: &mut [u8], expected: &'static str) -> Result<(), ReadError> {
        let mut filled = 0;
        while filled < out.len() {
            match self.read(&mut out[filled..])? {
                0 => {
                    return Err(ReadError::Content {
                        offset: self.read,
                        found: "the end".to_owned(),
                        expected,
                    });
                }
                read => filled += read,
            }
        }
        Ok(())
    }

    /// Reads the next `len` bytes. Memory grows with what really comes.
    fn read_bytes(&mut self, len: u64) -> Result<Vec<u8>, ReadError> {
        let mut out = Vec::new();
        let mut chunk = vec![0; CHUNK_BYTES];
        while (out.len() as u64) < len {
            let next = (len - out.len() as u64).min(CHUNK_BYTES as u64) as usize;
            self.read_exact(&mut chunk[..next], "as many bytes of messages as announced")?;
            out.extend_from_slice(&chunk[..next]);
        }
        Ok(out)
    }

    /// Reads the rest. Returns how long the file is up to there.
    fn read_to_end(mut self) -> Result<u64, ReadError> {
        let mut chunk = vec![0; CHUNK_BYTES];
        while self.read(&mut chunk)? > 0 {
            if self.read > self.len {
                break;
            }
        }
        if self.read == self.len {
            return Ok(self.file_offset());
        }
        let than = if self.read < self.len { "less" } else { "more" };
        Err(ReadError::Unexpected {
            offset: 0,
            found: format!("a content of {} bytes, there is {than}", self.len),
            expected: "the size of the content",
        })
    }
}

/// What is decompressed at a time.
const CHUNK_BYTES: usize = 128 << 10;
