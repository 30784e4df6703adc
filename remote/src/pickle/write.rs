//! Values → bytes that any Python from 3.7 on unpickles, with NumPy 1 or 2.
//!
//! Protocol 3, and the names that both versions of NumPy accept without a warning.

use bytes::Bytes;

use super::opcode::*;
use crate::value::{Material, Scalar};
use crate::{Dtype, NdArray, Value};

/// Values inside each other, beyond which a value is not written.
const MAX_DEPTH: usize = 64;

/// A value that cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// Containers are too deep inside each other.
    #[error("more than {MAX_DEPTH} lists, tuples or dicts are inside each other")]
    Depth,
    /// Nothing on the other side would understand it.
    #[error("a {0} cannot be sent")]
    Unsupported(&'static str),
}

/// The pickle of `value`.
///
/// # Errors
/// If containers are more than 64 deep, or it holds a constant of torch.
pub fn encode(value: &Value) -> Result<Bytes, EncodeError> {
    let mut out = Vec::with_capacity(256 + large_bytes(value, MAX_DEPTH));
    out.extend_from_slice(&[PROTO, 3]);
    Writer { out: &mut out }.value(value, MAX_DEPTH)?;
    out.push(STOP);
    Ok(out.into())
}

/// Bytes of the arrays and bytes objects inside, so that they are copied once.
fn large_bytes(value: &Value, depth: usize) -> usize {
    let Some(depth) = depth.checked_sub(1) else {
        return 0;
    };
    match value {
        Value::Bytes(bytes) | Value::ByteArray(bytes) => bytes.len(),
        Value::Array(array) => array.bytes().len() + 256,
        Value::List(values) | Value::Tuple(values) => {
            values.iter().map(|value| large_bytes(value, depth)).sum()
        }
        Value::Dict(entries) => entries
            .iter()
            .map(|(_, value)| 16 + large_bytes(value, depth))
            .sum(),
        _ => 16,
    }
}

struct Writer<'a> {
    out: &'a mut Vec<u8>,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value, depth: usize) -> Result<(), EncodeError> {
        let depth = depth.checked_sub(1).ok_or(EncodeError::Depth)?;
        match value {
            Value::None => self.out.push(NONE),
            Value::Bool(true) => self.out.push(NEWTRUE),
            Value::Bool(false) => self.out.push(NEWFALSE),
            Value::Int(value) => self.int(*value),
            Value::BigInt(bytes) => self.long(bytes),
            Value::Float(value) => self.float(*value),
            Value::Complex(real, imaginary) => {
                self.global("builtins", "complex");
                self.float(*real);
                self.float(*imaginary);
                self.out.extend([TUPLE2, REDUCE]);
            }
            Value::Str(text) => self.str(text),
            Value::Bytes(bytes) => self.bytes(bytes),
            Value::ByteArray(bytes) => {
                self.global("builtins", "bytearray");
                self.bytes(bytes);
                self.out.extend([TUPLE1, REDUCE]);
            }
            Value::Tuple(values) => {
                self.out.push(MARK);
                self.values(values, depth)?;
                self.out.push(TUPLE);
            }
            Value::List(values) => self.list(values, depth)?,
            Value::Dict(entries) => {
                self.out.extend([EMPTY_DICT, MARK]);
                for (key, value) in entries {
                    self.value(key, depth)?;
                    self.value(value, depth)?;
                }
                self.out.push(SETITEMS);
            }
            Value::Set(values) => {
                self.global("builtins", "set");
                self.list(values, depth)?;
                self.out.extend([TUPLE1, REDUCE]);
            }
            Value::FrozenSet(values) => {
                self.global("builtins", "frozenset");
                self.list(values, depth)?;
                self.out.extend([TUPLE1, REDUCE]);
            }
            Value::Range(range) => {
                self.global("builtins", "range");
                for number in [range.start, range.stop, range.step] {
                    self.int(number);
                }
                self.out.extend([TUPLE3, REDUCE]);
            }
            Value::Slice(parts) => {
                self.global("builtins", "slice");
                self.values(&parts[..], depth)?;
                self.out.extend([TUPLE3, REDUCE]);
            }
            Value::Kind(kind) => {
                self.global("aitviewer.remote.message", "Message");
                self.int(kind.value());
                self.out.extend([TUPLE1, REDUCE]);
            }
            Value::Array(array) => self.array(array),
            Value::Scalar(scalar) => self.scalar(scalar),
            Value::Material(material) => self.material(material),
            Value::Symbol(_) => return Err(EncodeError::Unsupported("constant of torch")),
        }
        Ok(())
    }

    fn values(&mut self, values: &[Value], depth: usize) -> Result<(), EncodeError> {
        values.iter().try_for_each(|value| self.value(value, depth))
    }

    fn list(&mut self, values: &[Value], depth: usize) -> Result<(), EncodeError> {
        self.out.extend([EMPTY_LIST, MARK]);
        self.values(values, depth)?;
        self.out.push(APPENDS);
        Ok(())
    }

    fn global(&mut self, module: &str, name: &str) {
        self.out.push(GLOBAL);
        for line in [module, name] {
            self.out.extend_from_slice(line.as_bytes());
            self.out.push(b'\n');
        }
    }

    fn int(&mut self, value: i64) {
        if let Ok(small) = u8::try_from(value) {
            self.out.extend([BININT1, small]);
        } else if let Ok(value) = i32::try_from(value) {
            self.out.push(BININT);
            self.out.extend(value.to_le_bytes());
        } else {
            self.long(&value.to_le_bytes());
        }
    }

    fn long(&mut self, bytes: &[u8]) {
        match u8::try_from(bytes.len()) {
            Ok(length) => self.out.extend([LONG1, length]),
            // A sender's own numbers are not longer than 2 GiB.
            Err(_) => {
                self.out.push(LONG4);
                self.out.extend((bytes.len() as u32).to_le_bytes());
            }
        }
        self.out.extend_from_slice(bytes);
    }

    fn float(&mut self, value: f64) {
        self.out.push(BINFLOAT);
        self.out.extend(value.to_be_bytes());
    }

    fn str(&mut self, text: &str) {
        self.length(text.len(), BINUNICODE, BINUNICODE8);
        self.out.extend_from_slice(text.as_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len(), BINBYTES, BINBYTES8);
        self.out.extend_from_slice(bytes);
    }

    /// Lengths over 4 GiB need an instruction of protocol 4, which Python 3.7 knows.
    fn length(&mut self, length: usize, short: u8, long: u8) {
        match u32::try_from(length) {
            Ok(length) => {
                self.out.push(short);
                self.out.extend(length.to_le_bytes());
            }
            Err(_) => {
                self.out.push(long);
                self.out.extend((length as u64).to_le_bytes());
            }
        }
    }

    fn array(&mut self, array: &NdArray) {
        self.global("numpy.core.multiarray", "_reconstruct");
        self.global("numpy", "ndarray");
        self.int(0);
        self.out.push(TUPLE1);
        self.bytes(b"b");
        self.out.extend([TUPLE3, REDUCE, MARK]);
        self.int(1);
        self.out.push(MARK);
        for &size in array.shape() {
            self.int(size as i64);
        }
        self.out.push(TUPLE);
        self.dtype(array.dtype());
        self.out.push(NEWFALSE);
        self.bytes(array.bytes());
        self.out.extend([TUPLE, BUILD]);
    }

    fn scalar(&mut self, scalar: &Scalar) {
        self.global("numpy.core.multiarray", "scalar");
        self.dtype(scalar.dtype());
        self.bytes(scalar.bytes());
        self.out.extend([TUPLE2, REDUCE]);
    }

    fn dtype(&mut self, dtype: Dtype) {
        self.global("numpy", "dtype");
        self.str(dtype.code());
        self.out.extend([NEWFALSE, NEWTRUE, TUPLE3, REDUCE, MARK]);
        self.int(3);
        self.str(dtype.order());
        self.out.extend([NONE, NONE, NONE]);
        for number in [-1, -1, 0] {
            self.int(number);
        }
        self.out.extend([TUPLE, BUILD]);
    }

    fn material(&mut self, material: &Material) {
        self.global("aitviewer.scene.material", "Material");
        self.out.extend([EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK]);
        for (name, number) in [
            ("diffuse", material.diffuse),
            ("ambient", material.ambient),
            ("specular", material.specular),
        ] {
            self.str(name);
            self.float(number);
        }
        self.str("_color");
        self.out.push(MARK);
        for number in material.color {
            self.float(number);
        }
        self.out.extend([TUPLE, SETITEMS, BUILD]);
    }
}
