//! From declared types to bytes, or to a [`Value`] tree: one walk, two sinks.

use bytes::Bytes;
use rmp::{Marker, encode as mp};

use crate::array::RawArray;
use crate::limits::Limits;
use crate::value;
use crate::value::{Text, Value, extent};
use crate::wire::Wire;

/// Where an encoding walk goes. `list` and `map` announce how many items, or key and value
/// pairs, follow.
pub trait Sink {
    /// Nothing.
    fn nil(&mut self);
    /// A bool.
    fn bool(&mut self, value: bool);
    /// An integer.
    fn int(&mut self, value: i64);
    /// An integer that may be above `i64::MAX`.
    fn uint(&mut self, value: u64);
    /// A float, always 64 bits wide on the wire.
    fn float(&mut self, value: f64);
    /// Text.
    fn str(&mut self, value: &str);
    /// Text that lives as long as the program, such as field names.
    fn static_str(&mut self, value: &'static str) {
        self.str(value);
    }
    /// Inline bytes.
    fn bin(&mut self, value: &Bytes);
    /// A numeric array.
    fn array(&mut self, value: &RawArray);
    /// `len` items follow.
    fn list(&mut self, len: usize);
    /// `len` pairs of key and value follow.
    fn map(&mut self, len: usize);
}

/// A message encoded once, to be placed in any number of windows and recordings.
///
/// The body holds, per array, a placeholder whose buffer index is written with a fixed width,
/// so that placing the message at another position only patches four bytes.
#[derive(Clone, Debug)]
pub struct Encoded {
    pub(crate) body: Box<[u8]>,
    pub(crate) arrays: Vec<Placed>,
}

/// An array of a message, and where in the body its placeholder stands.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) array: RawArray,
    pub(crate) start: u32,
    #[cfg_attr(
        target_arch = "wasm32",
        allow(dead_code, reason = "windows are built natively")
    )]
    pub(crate) end: u32,
}

/// What a placeholder begins with; the big-endian u32 index follows.
const PLACEHOLDER: &[u8] = b"\x82\xae__binary_index\xce";

impl Encoded {
    /// Encodes anything that is a map on the wire.
    pub fn new(message: &impl Wire) -> Self {
        Self::with(|sink| message.encode(sink))
    }

    /// Takes what `encode` writes.
    pub(crate) fn with(encode: impl FnOnce(&mut BytesSink)) -> Self {
        let mut sink = BytesSink {
            body: scratch::take(),
            ..BytesSink::default()
        };
        encode(&mut sink);
        // A copy of exact size: servers keep these by the ten thousands.
        let body = Box::from(sink.body.as_slice());
        scratch::give_back(sink.body);
        Self {
            body,
            arrays: sink.arrays,
        }
    }

    /// Bytes of the body and all arrays: what this message adds to a window before compression.
    pub fn byte_len(&self) -> usize {
        self.body.len() + self.array_bytes()
    }

    /// Bytes that the arrays hold.
    pub fn array_bytes(&self) -> usize {
        self.arrays.iter().map(|a| a.array.bytes().len()).sum()
    }

    /// The message as a tree, as [`Wire::to_value`] gives it. Arrays share their memory.
    pub fn to_value(&self) -> Value {
        let mut body = Vec::with_capacity(self.body.len());
        let mut index = 0..;
        self.append_to(&mut body, |_| index.next().unwrap_or(u32::MAX));
        let arrays: Vec<Bytes> = self
            .arrays
            .iter()
            .map(|a| a.array.bytes().clone())
            .collect();
        let limits = Limits {
            depth: usize::MAX,
            values: usize::MAX,
            ..Limits::default()
        };
        // This module's own bytes are well-formed.
        value::parse(&body.into(), &arrays, &limits).unwrap_or(Value::Nil)
    }

    /// Appends the body to `out`, with the index of each array as `index_of` assigns it.
    pub(crate) fn append_to(&self, out: &mut Vec<u8>, mut index_of: impl FnMut(&RawArray) -> u32) {
        let start = out.len();
        out.extend_from_slice(&self.body);
        for placed in &self.arrays {
            let at = start + placed.start as usize + PLACEHOLDER.len();
            out[at..at + 4].copy_from_slice(&index_of(&placed.array).to_be_bytes());
        }
    }
}

/// The keys of the entries in which two maps of the same declaration differ. All declared types
/// share this code, which in a browser counts.
pub(crate) fn differing_entries(old: &Encoded, new: &Encoded) -> Vec<Text> {
    let (old, new) = (Entries::of(old), Entries::of(new));
    let differing = old.zip(new).filter(|(old, new)| old != new);
    differing.map(|(_, new)| new.key()).collect()
}

/// Reads the entries of an encoded map.
struct Entries<'a> {
    encoded: &'a Encoded,
    at: usize,
    arrays: usize,
}

/// A key and a value as they are encoded, and the value's arrays.
#[derive(PartialEq)]
struct Entry<'a> {
    key: &'a [u8],
    value: &'a [u8],
    arrays: Vec<&'a RawArray>,
}

impl<'a> Entries<'a> {
    fn of(encoded: &'a Encoded) -> Self {
        let header = match encoded.body.first().map(|byte| Marker::from_u8(*byte)) {
            Some(Marker::Map16) => 3,
            Some(Marker::Map32) => 5,
            _ => 1,
        };
        Self {
            encoded,
            at: header,
            arrays: 0,
        }
    }

    /// The next value as it is encoded.
    fn value(&mut self) -> Option<&'a [u8]> {
        let rest = self.encoded.body.get(self.at..)?;
        let value = &rest[..extent(rest)?];
        self.at += value.len();
        Some(value)
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        let (key, value) = (self.value()?, self.value()?);
        let placed = &self.encoded.arrays[self.arrays..];
        let inside = placed.iter().take_while(|p| (p.start as usize) < self.at);
        let arrays: Vec<_> = inside.map(|placed| &placed.array).collect();
        self.arrays += arrays.len();
        Some(Entry { key, value, arrays })
    }
}

impl Entry<'_> {
    fn key(&self) -> Text {
        let text = match Marker::from_u8(self.key[0]) {
            Marker::FixStr(_) => &self.key[1..],
            _ => &self.key[2..],
        };
        Text::from(String::from_utf8_lossy(text).into_owned())
    }
}

/// A buffer for each thread to encode into, so that encoding a message allocates once.
mod scratch {
    use std::cell::Cell;

    /// A larger buffer is not kept: it held an image or a file.
    const MAX_KEPT_BYTES: usize = 64 * 1024;

    thread_local! {
        static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    }

    pub(super) fn take() -> Vec<u8> {
        BUFFER.try_with(Cell::take).unwrap_or_default()
    }

    pub(super) fn give_back(mut buffer: Vec<u8>) {
        if buffer.capacity() <= MAX_KEPT_BYTES {
            buffer.clear();
            // An error means that the thread ends.
            let _ = BUFFER.try_with(|kept| kept.set(buffer));
        }
    }
}

/// Writes MessagePack; integers in their shortest form, floats as 64 bits.
#[derive(Default)]
pub(crate) struct BytesSink {
    body: Vec<u8>,
    arrays: Vec<Placed>,
    inline: bool,
}

impl BytesSink {
    /// What is written so far.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.body
    }

    /// Bare MessagePack with arrays as plain bytes, as viewers send it.
    pub(crate) fn inline(message: &impl Wire) -> Vec<u8> {
        let mut sink = BytesSink {
            inline: true,
            ..Self::default()
        };
        message.encode(&mut sink);
        sink.body
    }
}

// Writing to a Vec cannot fail: the `let _` below drop errors that do not exist.
impl Sink for BytesSink {
    fn nil(&mut self) {
        let _ = mp::write_nil(&mut self.body);
    }

    fn bool(&mut self, value: bool) {
        let _ = mp::write_bool(&mut self.body, value);
    }

    fn int(&mut self, value: i64) {
        let _ = mp::write_sint(&mut self.body, value);
    }

    fn uint(&mut self, value: u64) {
        let _ = mp::write_uint(&mut self.body, value);
    }

    fn float(&mut self, value: f64) {
        let _ = mp::write_f64(&mut self.body, value);
    }

    fn str(&mut self, value: &str) {
        let _ = mp::write_str(&mut self.body, value);
    }

    fn bin(&mut self, value: &Bytes) {
        let _ = mp::write_bin(&mut self.body, value);
    }

    fn array(&mut self, value: &RawArray) {
        if self.inline {
            return self.bin(value.bytes());
        }
        let start = self.body.len() as u32;
        self.body.extend_from_slice(PLACEHOLDER);
        self.body.extend_from_slice(&[0; 4]);
        self.str("dtype");
        self.str(value.dtype().name());
        self.arrays.push(Placed {
            array: value.clone(),
            start,
            end: self.body.len() as u32,
        });
    }

    fn list(&mut self, len: usize) {
        let _ = mp::write_array_len(&mut self.body, len as u32);
    }

    fn map(&mut self, len: usize) {
        let _ = mp::write_map_len(&mut self.body, len as u32);
    }
}

/// Builds a tree; `open` holds the lists and maps that still wait for items.
#[derive(Default)]
pub(crate) struct TreeSink {
    open: Vec<(Value, usize)>,
    done: Option<Value>,
}

impl TreeSink {
    pub(crate) fn tree(message: &impl Wire) -> Value {
        let mut sink = TreeSink::default();
        message.encode(&mut sink);
        sink.done.unwrap_or(Value::Nil)
    }

    /// Hands a finished value to the innermost open list or map, closing what is full.
    fn put(&mut self, value: Value) {
        let mut value = value;
        while let Some((container, left)) = self.open.last_mut() {
            match container {
                Value::Map(entries) => match value {
                    // In a map, keys and values alternate: an odd count left is a value.
                    Value::Str(key) if *left % 2 == 0 => entries.push((key, Value::Nil)),
                    other => {
                        if let Some(entry) = entries.last_mut() {
                            entry.1 = other;
                        }
                    }
                },
                Value::List(items) => items.push(value),
                _ => {}
            }
            *left -= 1;
            if *left > 0 {
                return;
            }
            match self.open.pop() {
                Some((full, _)) => value = full,
                None => return,
            }
        }
        self.done = Some(value);
    }

    fn open(&mut self, container: Value, parts: usize) {
        if parts == 0 {
            self.put(container);
        } else {
            self.open.push((container, parts));
        }
    }
}

impl Sink for TreeSink {
    fn nil(&mut self) {
        self.put(Value::Nil);
    }

    fn bool(&mut self, value: bool) {
        self.put(Value::Bool(value));
    }

    fn int(&mut self, value: i64) {
        self.put(Value::Int(value));
    }

    fn uint(&mut self, value: u64) {
        self.put(i64::try_from(value).map_or(Value::Uint(value), Value::Int));
    }

    fn float(&mut self, value: f64) {
        self.put(Value::Float(value));
    }

    fn str(&mut self, value: &str) {
        self.put(Value::Str(Text::from(value.to_owned())));
    }

    fn static_str(&mut self, value: &'static str) {
        self.put(Value::Str(Text::from(value)));
    }

    fn bin(&mut self, value: &Bytes) {
        self.put(Value::Bin(value.clone()));
    }

    fn array(&mut self, value: &RawArray) {
        self.put(Value::Array(value.clone()));
    }

    fn list(&mut self, len: usize) {
        self.open(Value::List(Vec::with_capacity(len)), len);
    }

    fn map(&mut self, len: usize) {
        self.open(Value::Map(Vec::with_capacity(len)), len * 2);
    }
}
