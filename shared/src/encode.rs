//! From declared types to bytes, or to a [`Value`] tree: one walk, two sinks.

use bytes::Bytes;
use rmp::encode as mp;

use crate::array::RawArray;
use crate::value::{Text, Value};
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
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    pub(crate) body: Vec<u8>,
    pub(crate) arrays: Vec<RawArray>,
    /// Where in `body` the big-endian u32 index of each array stands.
    pub(crate) index_offsets: Vec<u32>,
}

impl Encoded {
    /// Encodes anything that is a map on the wire.
    pub fn new(message: &impl Wire) -> Self {
        let mut sink = BytesSink::default();
        sink.out.body.reserve(96);
        message.encode(&mut sink);
        sink.out
    }

    /// Bytes of the body and all arrays: what this message adds to a window before compression.
    pub fn byte_len(&self) -> usize {
        self.body.len() + self.arrays.iter().map(|a| a.bytes().len()).sum::<usize>()
    }

    /// Bytes that the arrays hold.
    pub fn array_bytes(&self) -> usize {
        self.arrays.iter().map(|a| a.bytes().len()).sum()
    }

    /// Appends the body to `out`, with the index of each array as `index_of` assigns it.
    pub(crate) fn append_to(&self, out: &mut Vec<u8>, mut index_of: impl FnMut(&RawArray) -> u32) {
        let start = out.len();
        out.extend_from_slice(&self.body);
        for (array, &offset) in self.arrays.iter().zip(&self.index_offsets) {
            let at = start + offset as usize;
            out[at..at + 4].copy_from_slice(&index_of(array).to_be_bytes());
        }
    }
}

/// Writes MessagePack; integers in their shortest form, floats as 64 bits.
#[derive(Default)]
pub(crate) struct BytesSink {
    out: Encoded,
    inline: bool,
}

impl BytesSink {
    /// What is written so far.
    pub(crate) fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.out.body
    }

    /// Bare MessagePack with arrays as plain bytes, as viewers send it.
    pub(crate) fn inline(message: &impl Wire) -> Vec<u8> {
        let mut sink = BytesSink {
            inline: true,
            ..Self::default()
        };
        message.encode(&mut sink);
        sink.out.body
    }
}

// Writing to a Vec cannot fail: the `let _` below drop errors that do not exist.
impl Sink for BytesSink {
    fn nil(&mut self) {
        let _ = mp::write_nil(&mut self.out.body);
    }

    fn bool(&mut self, value: bool) {
        let _ = mp::write_bool(&mut self.out.body, value);
    }

    fn int(&mut self, value: i64) {
        let _ = mp::write_sint(&mut self.out.body, value);
    }

    fn uint(&mut self, value: u64) {
        let _ = mp::write_uint(&mut self.out.body, value);
    }

    fn float(&mut self, value: f64) {
        let _ = mp::write_f64(&mut self.out.body, value);
    }

    fn str(&mut self, value: &str) {
        let _ = mp::write_str(&mut self.out.body, value);
    }

    fn bin(&mut self, value: &Bytes) {
        let _ = mp::write_bin(&mut self.out.body, value);
    }

    fn array(&mut self, value: &RawArray) {
        if self.inline {
            return self.bin(value.bytes());
        }
        self.map(2);
        self.str("__binary_index");
        self.out.body.push(0xce);
        self.out.index_offsets.push(self.out.body.len() as u32);
        self.out.body.extend_from_slice(&[0; 4]);
        self.str("dtype");
        self.str(value.dtype().name());
        self.out.arrays.push(value.clone());
    }

    fn list(&mut self, len: usize) {
        let _ = mp::write_array_len(&mut self.out.body, len as u32);
    }

    fn map(&mut self, len: usize) {
        let _ = mp::write_map_len(&mut self.out.body, len as u32);
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
