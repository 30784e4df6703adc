//! What a message is made of: Python's plain values and NumPy's numbers.

#[cfg(feature = "serde")]
mod serde;

#[cfg(feature = "serde")]
pub use self::serde::ConvertError;

use std::sync::Arc;

use bytes::Bytes;

use crate::message::Kind;
use crate::ndarray::{Dtype, NdArray};

/// A value of a message: plain data, never code.
///
/// A value that [`crate::pickle::decode`] made is a tree of bounded size and depth: what Python
/// shared between two places is there twice, while strings, bytes and arrays share their memory.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer of at most 64 bits.
    Int(i64),
    /// A wider integer: two's complement, least significant byte first.
    BigInt(Bytes),
    /// A float
    Float(f64),
    /// A complex number: real and imaginary part.
    Complex(f64, f64),
    /// A string
    Str(Arc<str>),
    /// Immutable bytes
    Bytes(Bytes),
    /// A `bytearray`
    ByteArray(Bytes),
    /// A tuple; also a `torch.Size`.
    Tuple(Vec<Value>),
    /// A list
    List(Vec<Value>),
    /// A dictionary in its order. A key that is given twice counts by its last value.
    Dict(Vec<(Value, Value)>),
    /// A set, in the order in which it was written.
    Set(Vec<Value>),
    /// A frozen set, in the order in which it was written.
    FrozenSet(Vec<Value>),
    /// `range(start, stop, step)`; the step is never 0.
    Range(Range),
    /// `slice(start, stop, step)`
    Slice(Box<[Value; 3]>),
    /// A member of aitviewer's enum `Message`.
    Kind(Kind),
    /// A NumPy array or a torch tensor.
    Array(Arc<NdArray>),
    /// A NumPy scalar.
    Scalar(Scalar),
    /// aitviewer's `Material`.
    Material(Box<Material>),
    /// A constant of torch by its name, such as `torch.float32` or the device `cuda:0`. Nothing
    /// of ours looks inside.
    Symbol(Arc<str>),
}

/// `range(start, stop, step)`, however long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first number.
    pub start: i64,
    /// The first number that is out.
    pub stop: i64,
    /// From one number to the next; not 0.
    pub step: i64,
}

impl Range {
    /// How many numbers it has.
    pub fn len(self) -> u64 {
        let (start, stop): (i128, i128) = (self.start.into(), self.stop.into());
        let step = i128::from(self.step);
        let count = match self.step {
            1.. => (stop - start + step - 1) / step,
            0 => 0,
            _ => (start - stop - step - 1) / -step,
        };
        u64::try_from(count.max(0)).unwrap_or(u64::MAX)
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// One number of NumPy's, with its type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scalar {
    dtype: Dtype,
    bytes: [u8; 8],
}

impl Scalar {
    /// The number in the first bytes of `bytes`, least significant byte first; `None` if there
    /// are not exactly as many as `dtype` takes.
    pub fn new(dtype: Dtype, bytes: &[u8]) -> Option<Self> {
        let mut padded = [0; 8];
        (bytes.len() == dtype.size()).then(|| {
            padded[..bytes.len()].copy_from_slice(bytes);
            Self {
                dtype,
                bytes: padded,
            }
        })
    }

    /// The element type.
    pub fn dtype(&self) -> Dtype {
        self.dtype
    }

    /// The number's bytes, least significant first.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.dtype.size()]
    }

    /// The number, exact for all but 64-bit integers.
    pub fn to_f64(&self) -> f64 {
        self.dtype.read_f64(self.bytes())
    }

    /// The number if its type is an integer or a boolean.
    pub fn to_i64(&self) -> Option<i64> {
        self.dtype.read_i64(self.bytes())
    }
}

/// aitviewer's `Material`: how a surface looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Material {
    /// Strength of diffuse light. Default 0.5.
    pub diffuse: f64,
    /// Strength of ambient light. Default 0.5.
    pub ambient: f64,
    /// Not used by aitviewer. Default 0.5.
    pub specular: f64,
    /// RGBA, each 0 to 1. Default opaque mid-grey.
    pub color: [f64; 4],
}

impl Default for Material {
    fn default() -> Self {
        Self {
            diffuse: 0.5,
            ambient: 0.5,
            specular: 0.5,
            color: [0.5, 0.5, 0.5, 1.0],
        }
    }
}

impl Value {
    /// What Python calls its type, for messages about it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::None => "None",
            Value::Bool(_) => "bool",
            Value::Int(_) | Value::BigInt(_) => "int",
            Value::Float(_) => "float",
            Value::Complex(..) => "complex",
            Value::Str(_) => "str",
            Value::Bytes(_) => "bytes",
            Value::ByteArray(_) => "bytearray",
            Value::Tuple(_) => "tuple",
            Value::List(_) => "list",
            Value::Dict(_) => "dict",
            Value::Set(_) => "set",
            Value::FrozenSet(_) => "frozenset",
            Value::Range(_) => "range",
            Value::Slice(_) => "slice",
            Value::Kind(_) => "Message",
            Value::Array(_) => "array",
            Value::Scalar(_) => "NumPy scalar",
            Value::Material(_) => "Material",
            Value::Symbol(_) => "torch constant",
        }
    }

    /// Whether it is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// An integer, of Python's or NumPy's; `True` and `False` count as 1 and 0, as in Python.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Int(value) => Some(*value),
            Value::Bool(value) => Some((*value).into()),
            Value::Scalar(value) => value.to_i64(),
            Value::Array(array) if array.shape().is_empty() => array.to_i64()?.first().copied(),
            _ => None,
        }
    }

    /// A number, of Python's or NumPy's.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Float(value) => Some(*value),
            Value::Scalar(value) => Some(value.to_f64()),
            Value::Array(array) if array.shape().is_empty() => array.to_f64().first().copied(),
            other => other.as_i64().map(|value| value as f64),
        }
    }

    /// A boolean, of Python's or NumPy's, or a number that is one when it is not 0.
    pub fn as_bool(&self) -> Option<bool> {
        self.as_f64().map(|value| value != 0.0)
    }

    /// A string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(value) => Some(value),
            _ => None,
        }
    }

    /// The elements of a list or tuple.
    pub fn as_slice(&self) -> Option<&[Value]> {
        match self {
            Value::List(values) | Value::Tuple(values) => Some(values),
            _ => None,
        }
    }

    /// An array.
    pub fn as_array(&self) -> Option<&Arc<NdArray>> {
        match self {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }

    /// What a dictionary has under `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Dict(entries) => entries
                .iter()
                .rev()
                .find(|(name, _)| name.as_str() == Some(key))
                .map(|(_, value)| value),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::Str(value.into())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::Str(value.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Value::Float(value)
    }
}

impl From<NdArray> for Value {
    fn from(value: NdArray) -> Self {
        Value::Array(Arc::new(value))
    }
}

impl From<Vec<Value>> for Value {
    fn from(values: Vec<Value>) -> Self {
        Value::List(values)
    }
}

impl<const N: usize> From<[(&str, Value); N]> for Value {
    fn from(entries: [(&str, Value); N]) -> Self {
        Value::Dict(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_counts_as_python_does() {
        let len = |start, stop, step| Range { start, stop, step }.len();
        assert_eq!(len(0, 10, 3), 4);
        assert_eq!(len(4, -1, -2), 3);
        assert_eq!(len(3, 3, 1), 0);
        assert_eq!(len(3, 0, 1), 0);
        assert_eq!(len(i64::MIN, i64::MAX, 1), u64::MAX);
        assert_eq!(len(i64::MAX, i64::MIN, -1), u64::MAX);
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        let dict = Value::from([("a", 1.into()), ("a", 2.into())]);
        assert_eq!(dict.get("a"), Some(&Value::Int(2)));
    }
}
