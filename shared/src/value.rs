//! The MessagePack value tree, and bytes to tree.
//!
//! Strings and binaries are slices of the decoded block, so a tree costs no copy of them.

mod extent;

use std::ops::Deref;

use bytes::{Buf, Bytes};
use rmp::Marker;

use crate::array::RawArray;
use crate::encode::Sink;
use crate::limits::Limits;
use crate::schema::Type;
use crate::wire::{DecodeError, Wire};

pub(crate) use extent::extent;

/// One MessagePack value. A placeholder for a binary buffer is resolved to [`Value::Array`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Nil,
    /// True or false.
    Bool(bool),
    /// An integer that fits 64 signed bits.
    Int(i64),
    /// An integer above `i64::MAX`.
    Uint(u64),
    /// A float; 32-bit floats are widened.
    Float(f64),
    /// UTF-8 text.
    Str(Text),
    /// Bytes that travel inline (images, GLB files, file parts).
    Bin(Bytes),
    /// A numeric array that travels beside the tree.
    Array(RawArray),
    /// A list.
    List(Vec<Value>),
    /// A map with text keys, in wire order.
    Map(Vec<(Text, Value)>),
}

impl Value {
    /// The entry of a map with this key; `None` too when this is no map.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(k, _)| *k == *key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text, if this is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The number as a float, from an integer too (peers send either).
    pub fn as_f64(&self) -> Option<f64> {
        match *self {
            Value::Int(v) => Some(v as f64),
            Value::Uint(v) => Some(v as f64),
            Value::Float(v) => Some(v),
            _ => None,
        }
    }

    /// The integer; a float counts if it is one (`3.0`).
    pub fn as_i64(&self) -> Option<i64> {
        match *self {
            Value::Int(v) => Some(v),
            Value::Float(v) if v.fract() == 0.0 && v.abs() < 9.0e15 => Some(v as i64),
            _ => None,
        }
    }

    /// What this is, for error messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Nil => "nil",
            Value::Bool(_) => "a bool",
            Value::Int(_) | Value::Uint(_) => "an integer",
            Value::Float(_) => "a float",
            Value::Str(_) => "text",
            Value::Bin(_) => "bytes",
            Value::Array(_) => "an array",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

impl Wire for Value {
    const TYPE: &'static Type = &Type::Any;

    fn encode(&self, sink: &mut impl Sink) {
        match self {
            Value::Nil => sink.nil(),
            Value::Bool(v) => sink.bool(*v),
            Value::Int(v) => sink.int(*v),
            Value::Uint(v) => sink.uint(*v),
            Value::Float(v) => sink.float(*v),
            Value::Str(v) => sink.str(v),
            Value::Bin(v) => sink.bin(v),
            Value::Array(v) => sink.array(v),
            Value::List(items) => {
                sink.list(items.len());
                items.iter().for_each(|item| item.encode(sink));
            }
            Value::Map(entries) => {
                sink.map(entries.len());
                for (key, value) in entries {
                    sink.str(key);
                    value.encode(sink);
                }
            }
        }
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        Ok(value.clone())
    }
}

/// Immutable UTF-8 text that may share the bytes of a larger block.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Text(Bytes);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        // Checked when the text was made; the empty string stands in for what cannot happen.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Compares bytes: cheaper than as text, which is checked each time.
impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other.as_bytes()
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self(Bytes::from_static(text.as_bytes()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Bytes::from(text))
    }
}

/// Why bytes are no MessagePack value that this crate reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {reason}")]
pub struct ParseError {
    /// Offset in the (decompressed) block.
    pub offset: usize,
    /// What is wrong there.
    pub reason: ParseReason,
}

/// The ways in which a MessagePack block can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseReason {
    /// The block ends inside a value.
    #[error("the data ends inside a value")]
    Truncated,
    /// Text is not UTF-8.
    #[error("text is not UTF-8")]
    NotUtf8,
    /// A map key is not text.
    #[error("a map key is {0}, only text is allowed")]
    KeyKind(&'static str),
    /// An extension type or a reserved marker.
    #[error("marker 0x{0:02x} is not supported")]
    Marker(u8),
    /// [`Limits::depth`] is exceeded.
    #[error("values are nested deeper than {0}")]
    TooDeep(usize),
    /// [`Limits::values`] is exceeded.
    #[error("more than {0} values")]
    TooMany(usize),
    /// A placeholder names a buffer that is not there.
    #[error("buffer index {index} is out of range, {count} buffers are attached")]
    BufferIndex {
        /// The index that the placeholder names.
        index: u64,
        /// How many buffers there are.
        count: usize,
    },
    /// Something follows the value.
    #[error("{0} bytes follow the value")]
    Trailing(usize),
}

/// Reads the one value that `block` holds.
///
/// `buffers` are the binary buffers that placeholders (`{"__binary_index", "dtype"}`) refer to;
/// without any, placeholders stay plain maps, as in messages from a viewer.
///
/// # Errors
/// Anything but exactly one value within `limits`.
pub fn parse(block: &Bytes, buffers: &[Bytes], limits: &Limits) -> Result<Value, ParseError> {
    let mut parser = Parser::new(block, buffers, limits);
    let value = parser.value(limits.depth)?;
    match parser.rest.len() {
        0 => Ok(value),
        n => Err(parser.error(ParseReason::Trailing(n))),
    }
}

/// The entry of the map that `block` holds, without parsing the others into a tree.
pub(crate) fn find_entry(
    block: &Bytes,
    key: &str,
    limits: &Limits,
) -> Result<Option<Value>, ParseError> {
    let mut parser = Parser::new(block, &[], limits);
    let Some(entries) = parser.map_header()? else {
        return Ok(None);
    };
    for _ in 0..entries {
        let found = parser.value(1)?.as_str() == Some(key);
        if found {
            return parser.value(limits.depth).map(Some);
        }
        parser.skip()?;
    }
    Ok(None)
}

struct Parser<'a> {
    block: &'a Bytes,
    rest: Bytes,
    buffers: &'a [Bytes],
    limits: &'a Limits,
    values_left: usize,
}

impl<'a> Parser<'a> {
    fn new(block: &'a Bytes, buffers: &'a [Bytes], limits: &'a Limits) -> Self {
        Self {
            block,
            rest: block.clone(),
            buffers,
            limits,
            values_left: limits.values,
        }
    }

    /// How many entries the map that starts here has; `None` if no map starts here.
    fn map_header(&mut self) -> Result<Option<u64>, ParseError> {
        Ok(match Marker::from_u8(self.uint(1)? as u8) {
            Marker::FixMap(len) => Some(len.into()),
            Marker::Map16 => Some(self.uint(2)?),
            Marker::Map32 => Some(self.uint(4)?),
            _ => None,
        })
    }

    /// Passes over one value, however deep.
    fn skip(&mut self) -> Result<(), ParseError> {
        match extent(&self.rest) {
            Some(len) => self.rest.advance(len),
            None => return Err(self.error(ParseReason::Truncated)),
        }
        Ok(())
    }

    fn error(&self, reason: ParseReason) -> ParseError {
        ParseError {
            offset: self.block.len() - self.rest.len(),
            reason,
        }
    }

    fn need(&self, bytes: usize) -> Result<(), ParseError> {
        if self.rest.len() < bytes {
            return Err(self.error(ParseReason::Truncated));
        }
        Ok(())
    }

    fn uint(&mut self, bytes: usize) -> Result<u64, ParseError> {
        self.need(bytes)?;
        Ok(self.rest.get_uint(bytes))
    }

    fn int(&mut self, bytes: usize) -> Result<i64, ParseError> {
        self.need(bytes)?;
        Ok(self.rest.get_int(bytes))
    }

    fn slice(&mut self, bytes: usize) -> Result<Bytes, ParseError> {
        self.need(bytes)?;
        Ok(self.rest.split_to(bytes))
    }

    fn text(&mut self, bytes: usize) -> Result<Value, ParseError> {
        let slice = self.slice(bytes)?;
        match std::str::from_utf8(&slice) {
            Ok(_) => Ok(Value::Str(Text(slice))),
            Err(_) => Err(self.error(ParseReason::NotUtf8)),
        }
    }

    fn bin(&mut self, bytes: usize) -> Result<Value, ParseError> {
        let slice = self.slice(bytes)?;
        Ok(Value::Bin(detach_small(slice, self.block.len())))
    }

    fn list(&mut self, len: usize, depth: usize) -> Result<Value, ParseError> {
        // Each item takes a byte at least, so a lying length cannot reserve more than was sent.
        self.need(len)?;
        let mut items = Vec::with_capacity(len.min(self.values_left));
        for _ in 0..len {
            items.push(self.value(depth - 1)?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, len: usize, depth: usize) -> Result<Value, ParseError> {
        self.need(len.saturating_mul(2))?;
        let mut entries = Vec::with_capacity(len.min(self.values_left));
        for _ in 0..len {
            let key = match self.value(depth - 1)? {
                Value::Str(key) => key,
                other => return Err(self.error(ParseReason::KeyKind(other.kind()))),
            };
            entries.push((key, self.value(depth - 1)?));
        }
        let map = Value::Map(entries);
        if self.buffers.is_empty() {
            return Ok(map);
        }
        self.resolve(map)
    }

    /// A map with both placeholder keys becomes the array that it stands for.
    fn resolve(&self, map: Value) -> Result<Value, ParseError> {
        let (Some(index), Some(dtype)) = (
            map.get("__binary_index").and_then(Value::as_i64),
            map.get("dtype").and_then(Value::as_str),
        ) else {
            return Ok(map);
        };
        let bytes = usize::try_from(index)
            .ok()
            .and_then(|i| self.buffers.get(i));
        match bytes {
            Some(bytes) => Ok(Value::Array(RawArray::new(dtype.into(), bytes.clone()))),
            None => Err(self.error(ParseReason::BufferIndex {
                index: index as u64,
                count: self.buffers.len(),
            })),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, ParseError> {
        if self.values_left == 0 {
            return Err(self.error(ParseReason::TooMany(self.limits.values)));
        }
        self.values_left -= 1;
        let marker = Marker::from_u8(self.uint(1)? as u8);
        let nests = matches!(
            marker,
            Marker::FixArray(_)
                | Marker::Array16
                | Marker::Array32
                | Marker::FixMap(_)
                | Marker::Map16
                | Marker::Map32
        );
        if nests && depth == 0 {
            return Err(self.error(ParseReason::TooDeep(self.limits.depth)));
        }
        match marker {
            Marker::Null => Ok(Value::Nil),
            Marker::True => Ok(Value::Bool(true)),
            Marker::False => Ok(Value::Bool(false)),
            Marker::FixPos(v) => Ok(Value::Int(v.into())),
            Marker::FixNeg(v) => Ok(Value::Int(v.into())),
            Marker::U8 => Ok(Value::Int(self.uint(1)? as i64)),
            Marker::U16 => Ok(Value::Int(self.uint(2)? as i64)),
            Marker::U32 => Ok(Value::Int(self.uint(4)? as i64)),
            Marker::U64 => {
                let v = self.uint(8)?;
                Ok(i64::try_from(v).map_or(Value::Uint(v), Value::Int))
            }
            Marker::I8 => Ok(Value::Int(self.int(1)?)),
            Marker::I16 => Ok(Value::Int(self.int(2)?)),
            Marker::I32 => Ok(Value::Int(self.int(4)?)),
            Marker::I64 => Ok(Value::Int(self.int(8)?)),
            Marker::F32 => Ok(Value::Float(f32::from_bits(self.uint(4)? as u32).into())),
            Marker::F64 => Ok(Value::Float(f64::from_bits(self.uint(8)?))),
            Marker::FixStr(len) => self.text(len.into()),
            Marker::Str8 => self.sized(1, Self::text),
            Marker::Str16 => self.sized(2, Self::text),
            Marker::Str32 => self.sized(4, Self::text),
            Marker::Bin8 => self.sized(1, Self::bin),
            Marker::Bin16 => self.sized(2, Self::bin),
            Marker::Bin32 => self.sized(4, Self::bin),
            Marker::FixArray(len) => self.list(len.into(), depth),
            Marker::Array16 => self.sized(2, |p, len| p.list(len, depth)),
            Marker::Array32 => self.sized(4, |p, len| p.list(len, depth)),
            Marker::FixMap(len) => self.map(len.into(), depth),
            Marker::Map16 => self.sized(2, |p, len| p.map(len, depth)),
            Marker::Map32 => self.sized(4, |p, len| p.map(len, depth)),
            Marker::Reserved
            | Marker::FixExt1
            | Marker::FixExt2
            | Marker::FixExt4
            | Marker::FixExt8
            | Marker::FixExt16
            | Marker::Ext8
            | Marker::Ext16
            | Marker::Ext32 => Err(self.error(ParseReason::Marker(marker.to_u8()))),
        }
    }

    fn sized(
        &mut self,
        width: usize,
        read: impl FnOnce(&mut Self, usize) -> Result<Value, ParseError>,
    ) -> Result<Value, ParseError> {
        let len = self.uint(width)? as usize;
        read(self, len)
    }
}

/// A slice keeps its whole block alive, so what is small beside its block is copied out of it.
pub(crate) fn detach_small(slice: Bytes, block_len: usize) -> Bytes {
    if slice.len() < block_len / 4 {
        Bytes::copy_from_slice(&slice)
    } else {
        slice
    }
}

#[cfg(test)]
mod tests;
