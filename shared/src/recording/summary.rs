//! What is in a recording, read to its end without holding its arrays in memory.

use bytes::Bytes;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;
use zstd::stream::read::Decoder;

use super::RecordingError;
use super::reader::RecordingReader;
use crate::limits::Limits;
use crate::sort;
use crate::value::{self, Value};
use crate::window::WindowError;
use crate::wire::DecodeError;

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

/// Why a file cannot be summarized.
#[derive(Debug, thiserror::Error)]
#[error("byte {offset}: {reason}")]
pub struct SummaryError {
    /// Where in the file; in compressed data, up to 128 KiB behind the place.
    pub offset: u64,
    /// What is wrong.
    pub reason: SummaryErrorReason,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum SummaryErrorReason {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no recording, or a damaged one.
    #[error(transparent)]
    Format(#[from] RecordingError),
}

/// Reads a recording to its end. Memory is bounded by `limits.decompressed_bytes` for a single
/// message, `limits.values` for its parts and `limits.buffers` for the number of arrays; the arrays
/// themselves may be of any size.
///
/// # Errors
/// The file is no recording, is damaged, or exceeds `limits`.
pub fn summarize(file: impl Read, limits: &Limits) -> Result<Summary, SummaryError> {
    let read = Rc::new(Cell::new(0));
    let file = Counted {
        inner: file,
        read: Rc::clone(&read),
    };
    let summary = read_summary(file, limits);
    let offset = read.get();
    match summary {
        Ok(summary) => Ok(Summary {
            file_bytes: offset,
            ..summary
        }),
        Err(reason) => Err(SummaryError { offset, reason }),
    }
}

fn read_summary(
    mut file: Counted<impl Read>,
    limits: &Limits,
) -> Result<Summary, SummaryErrorReason> {
    let mut header = [0; 8];
    if let Err(error) = file.read_exact(&mut header) {
        if error.kind() != io::ErrorKind::UnexpectedEof {
            return Err(error.into());
        }
        let short = WindowError::Truncated {
            what: "the header",
            needed: 8,
            actual: file.read.get() as usize,
        };
        return Err(RecordingError::from(short).into());
    }
    let declared = u64::from_le_bytes(header);
    let content = Decoder::new(file)?.single_frame();
    let mut reader = RecordingReader::of_content(declared, content, limits)?;
    let mut tally = Tally::default();
    tally.read(&mut reader, limits)?;
    reader.skip_buffers()?;
    let (classes, largest_arrays) = tally.finish(reader.buffer_lengths());
    Ok(Summary {
        version: reader.version.clone(),
        duration_secs: reader.duration_secs,
        classes,
        largest_arrays,
        array_count: reader.buffer_lengths().len(),
        array_bytes: reader.buffer_bytes(),
        content_bytes: declared,
        file_bytes: 0,
    })
}

/// Counts what messages take.
#[derive(Default)]
struct Tally {
    classes: FxHashMap<String, Class>,
    /// Index and first use of each array, whose size is not known before all messages are.
    arrays: Vec<(u64, StoredArray)>,
    known: FxHashSet<u64>,
}

impl Tally {
    fn read<R: Read>(
        &mut self,
        reader: &mut RecordingReader<R>,
        limits: &Limits,
    ) -> Result<(), RecordingError> {
        while let Some((time_secs, message)) = reader.next_message()? {
            let bytes = message.len() as u64;
            let message = value::parse(&Bytes::copy_from_slice(message), &[], limits)
                .map_err(WindowError::from)?;
            self.count(time_secs, &message, bytes, limits)
                .map_err(|error| error.within("messages"))?;
        }
        Ok(())
    }

    fn count(
        &mut self,
        time_secs: f64,
        message: &Value,
        bytes: u64,
        limits: &Limits,
    ) -> Result<(), DecodeError> {
        let tag = message.get("type").and_then(Value::as_str);
        let tag = tag.ok_or_else(|| DecodeError::kind("a map with a class name", message))?;
        if !self.classes.contains_key(tag) {
            if self.classes.len() >= MAX_CLASSES {
                let found = "more of them";
                return Err(DecodeError::new(
                    format!("at most {MAX_CLASSES} classes"),
                    found,
                ));
            }
            let class = Class {
                tag: tag.to_owned(),
                ..Class::default()
            };
            self.classes.insert(tag.to_owned(), class);
        }
        if let Some(class) = self.classes.get_mut(tag) {
            class.messages += 1;
            class.message_bytes += bytes;
        }
        let name = message
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        for (property, index, dtype) in arrays_of("", message) {
            if !self.known.insert(index) {
                continue;
            }
            if self.known.len() > limits.buffers {
                let expected = format!("at most {} arrays", limits.buffers);
                return Err(DecodeError::new(expected, "more of them"));
            }
            let array = StoredArray {
                bytes: 0,
                dtype: dtype.to_owned(),
                class: tag.to_owned(),
                name: name.to_owned(),
                property: property.to_owned(),
                time_secs,
            };
            self.arrays.push((index, array));
        }
        Ok(())
    }

    /// The classes, the largest first, and the largest arrays.
    fn finish(mut self, lengths: &[u64]) -> (Vec<Class>, Vec<StoredArray>) {
        for (index, array) in &mut self.arrays {
            let len = usize::try_from(*index).ok().and_then(|i| lengths.get(i));
            array.bytes = len.copied().unwrap_or_default();
            if let Some(class) = self.classes.get_mut(&array.class) {
                class.array_bytes = class.array_bytes.saturating_add(array.bytes);
            }
        }
        let mut arrays: Vec<StoredArray> = self.arrays.into_iter().map(|(_, a)| a).collect();
        sort::by(&mut arrays, |a, b| b.bytes.cmp(&a.bytes));
        arrays.truncate(MAX_LISTED_ARRAYS);
        let mut classes: Vec<Class> = self.classes.into_values().collect();
        sort::by(&mut classes, |a, b| {
            let bytes = |class: &Class| class.message_bytes.saturating_add(class.array_bytes);
            bytes(b).cmp(&bytes(a)).then_with(|| a.tag.cmp(&b.tag))
        });
        (classes, arrays)
    }
}

/// Property, index and element type of each array in a message.
fn arrays_of<'a>(property: &'a str, value: &'a Value) -> Vec<(&'a str, u64, &'a str)> {
    match value {
        Value::Map(entries) => {
            let index = value.get("__binary_index").and_then(Value::as_i64);
            let dtype = value.get("dtype").and_then(Value::as_str);
            match (index, dtype) {
                (Some(index), Some(dtype)) => vec![(property, index as u64, dtype)],
                _ => entries
                    .iter()
                    .flat_map(|(key, value)| arrays_of(key, value))
                    .collect(),
            }
        }
        Value::List(items) => items
            .iter()
            .flat_map(|item| arrays_of(property, item))
            .collect(),
        _ => Vec::new(),
    }
}

/// Counts what has been read.
struct Counted<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}
