//! Numeric arrays with a shape, as NumPy has them.

use std::fmt;
use std::sync::Arc;

use bytemuck::Pod;
use bytes::Bytes;
use half::f16;

/// The element type of an array. Bytes are least significant first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dtype {
    /// `|b1`
    Bool,
    /// `|i1`
    I8,
    /// `<i2`
    I16,
    /// `<i4`
    I32,
    /// `<i8`
    I64,
    /// `|u1`
    U8,
    /// `<u2`
    U16,
    /// `<u4`
    U32,
    /// `<u8`
    U64,
    /// `<f2`
    F16,
    /// `<f4`
    F32,
    /// `<f8`
    F64,
}

/// Runs `$body` with `$T` as the Rust type of `$dtype`; booleans are bytes.
macro_rules! with_type {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            Dtype::Bool => with_type!(@ Truth, $T, $body),
            Dtype::I8 => with_type!(@ i8, $T, $body),
            Dtype::I16 => with_type!(@ i16, $T, $body),
            Dtype::I32 => with_type!(@ i32, $T, $body),
            Dtype::I64 => with_type!(@ i64, $T, $body),
            Dtype::U8 => with_type!(@ u8, $T, $body),
            Dtype::U16 => with_type!(@ u16, $T, $body),
            Dtype::U32 => with_type!(@ u32, $T, $body),
            Dtype::U64 => with_type!(@ u64, $T, $body),
            Dtype::F16 => with_type!(@ f16, $T, $body),
            Dtype::F32 => with_type!(@ f32, $T, $body),
            Dtype::F64 => with_type!(@ f64, $T, $body),
        }
    };
    (@ $type:ty, $T:ident, $body:expr) => {{
        type $T = $type;
        $body
    }};
}

impl Dtype {
    const ALL: [(&'static str, Dtype); 12] = [
        ("b1", Dtype::Bool),
        ("i1", Dtype::I8),
        ("i2", Dtype::I16),
        ("i4", Dtype::I32),
        ("i8", Dtype::I64),
        ("u1", Dtype::U8),
        ("u2", Dtype::U16),
        ("u4", Dtype::U32),
        ("u8", Dtype::U64),
        ("f2", Dtype::F16),
        ("f4", Dtype::F32),
        ("f8", Dtype::F64),
    ];

    /// The type that NumPy's kind and size mean, such as `f4`.
    pub fn from_code(code: &str) -> Option<Self> {
        let entry = Self::ALL.iter().find(|(name, _)| *name == code)?;
        Some(entry.1)
    }

    /// NumPy's kind and size, such as `f4`.
    pub fn code(self) -> &'static str {
        // Every type is in the table.
        let entry = Self::ALL.iter().find(|(_, dtype)| *dtype == self);
        entry.map_or("", |(code, _)| code)
    }

    /// NumPy's mark of the byte order: `<`, or `|` where there is none.
    pub fn order(self) -> &'static str {
        if self.size() == 1 { "|" } else { "<" }
    }

    /// Bytes of one element.
    pub fn size(self) -> usize {
        with_type!(self, T => size_of::<T>())
    }

    /// Whether elements are integers or booleans.
    pub fn is_integer(self) -> bool {
        !matches!(self, Dtype::F16 | Dtype::F32 | Dtype::F64)
    }

    pub(crate) fn read_f64(self, bytes: &[u8]) -> f64 {
        with_type!(self, T => bytemuck::pod_read_unaligned::<T>(bytes).f64())
    }

    pub(crate) fn read_i64(self, bytes: &[u8]) -> Option<i64> {
        let read = || with_type!(self, T => bytemuck::pod_read_unaligned::<T>(bytes).i64());
        self.is_integer().then(read)
    }
}

/// An element as the types that readers want.
trait Number: Pod {
    fn f64(self) -> f64;
    fn f32(self) -> f32;
    fn i64(self) -> i64;
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Number for $type {
            fn f64(self) -> f64 { self as f64 }
            fn f32(self) -> f32 { self as f32 }
            fn i64(self) -> i64 { self as i64 }
        }
    )*};
}

numbers!(i8, i16, i32, i64, u8, u16, u32, u64, f32, f64);

impl Number for f16 {
    fn f64(self) -> f64 {
        self.to_f64()
    }
    fn f32(self) -> f32 {
        self.to_f32()
    }
    fn i64(self) -> i64 {
        self.to_f32() as i64
    }
}

/// A boolean's byte: any but 0 is true.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
struct Truth(u8);

impl Number for Truth {
    fn f64(self) -> f64 {
        self.i64() as f64
    }
    fn f32(self) -> f32 {
        self.i64() as f32
    }
    fn i64(self) -> i64 {
        (self.0 != 0).into()
    }
}

/// An immutable array in C order. Copies share the bytes.
#[derive(Clone, PartialEq)]
pub struct NdArray {
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Bytes,
}

/// Bytes that are not an array of the said shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{bytes} bytes are not an array of shape {shape:?} and type {code}")]
pub struct ShapeError {
    shape: Vec<usize>,
    code: &'static str,
    bytes: usize,
}

impl NdArray {
    /// The array whose elements, least significant byte first and in C order, are `bytes`.
    pub fn new(dtype: Dtype, shape: Vec<usize>, bytes: Bytes) -> Result<Self, ShapeError> {
        if byte_length(dtype, &shape) == Some(bytes.len()) {
            Ok(Self {
                dtype,
                shape,
                bytes,
            })
        } else {
            Err(ShapeError {
                shape,
                code: dtype.code(),
                bytes: bytes.len(),
            })
        }
    }

    /// Floats as an array of `shape`.
    pub fn from_f32(shape: Vec<usize>, values: Vec<f32>) -> Result<Self, ShapeError> {
        let bytes = Bytes::from_owner(Plain(values));
        Self::new(Dtype::F32, shape, bytes)
    }

    /// Unsigned integers as an array of `shape`.
    pub fn from_u32(shape: Vec<usize>, values: Vec<u32>) -> Result<Self, ShapeError> {
        let bytes = Bytes::from_owner(Plain(values));
        Self::new(Dtype::U32, shape, bytes)
    }

    /// The element type.
    pub fn dtype(&self) -> Dtype {
        self.dtype
    }

    /// Elements along each axis; empty for a single number.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The elements in C order, least significant byte first.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / self.dtype.size()
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The same elements with the axes in the opposite order.
    pub fn transposed(&self) -> Self {
        let shape: Vec<usize> = self.shape.iter().rev().copied().collect();
        if self.is_empty() {
            return Self {
                shape,
                ..self.clone()
            };
        }
        let strides: Vec<usize> = c_strides(&self.shape).into_iter().rev().collect();
        let bytes = gather(&self.bytes, self.dtype.size(), 0, &shape, &strides);
        Self {
            dtype: self.dtype,
            shape,
            bytes: bytes.into(),
        }
    }

    /// All elements, rounded to the nearest.
    pub fn to_f32(&self) -> Vec<f32> {
        if self.dtype == Dtype::F32 {
            return bytemuck::pod_collect_to_vec(&self.bytes);
        }
        with_type!(self.dtype, T => elements::<T>(&self.bytes).map(Number::f32).collect())
    }

    /// Elements `range` of all, rounded to the nearest; none if there are not so many.
    pub fn slice_f32(&self, range: std::ops::Range<usize>) -> Arc<[f32]> {
        let size = self.dtype.size();
        let bytes = range.start.saturating_mul(size)..range.end.saturating_mul(size);
        let bytes = self.bytes.get(bytes).unwrap_or_default();
        with_type!(self.dtype, T => elements::<T>(bytes).map(Number::f32).collect())
    }

    /// All elements, exact for all but 64-bit integers.
    pub fn to_f64(&self) -> Vec<f64> {
        with_type!(self.dtype, T => elements::<T>(&self.bytes).map(Number::f64).collect())
    }

    /// All elements of an array of integers or booleans; `None` for floats. Unsigned integers
    /// over 2⁶³ wrap to negative ones, which no index is.
    pub fn to_i64(&self) -> Option<Vec<i64>> {
        let read =
            || with_type!(self.dtype, T => elements::<T>(&self.bytes).map(Number::i64).collect());
        self.dtype.is_integer().then(read)
    }
}

/// Rows of one frame, or frames of rows, as arrays.
macro_rules! from_rows {
    ($($row:ty, $dtype:ident, [$($size:literal),*];)*) => {$(
        impl From<&[$row]> for NdArray {
            fn from(rows: &[$row]) -> Self {
                Self {
                    dtype: Dtype::$dtype,
                    shape: vec![rows.len(), $($size),*],
                    bytes: Bytes::copy_from_slice(bytemuck::cast_slice(rows)),
                }
            }
        }

        impl From<&Vec<$row>> for NdArray {
            fn from(rows: &Vec<$row>) -> Self {
                Self::from(rows.as_slice())
            }
        }

        impl From<Vec<$row>> for NdArray {
            fn from(rows: Vec<$row>) -> Self {
                Self {
                    dtype: Dtype::$dtype,
                    shape: vec![rows.len(), $($size),*],
                    bytes: Bytes::from_owner(Plain(rows)),
                }
            }
        }

        impl TryFrom<Vec<Vec<$row>>> for NdArray {
            type Error = ShapeError;

            fn try_from(frames: Vec<Vec<$row>>) -> Result<Self, ShapeError> {
                let rows = frames.first().map_or(0, Vec::len);
                let shape = vec![frames.len(), rows, $($size),*];
                // Frames of other lengths would only by chance have as many rows in all.
                if let Some(other) = frames.iter().find(|frame| frame.len() != rows) {
                    let bytes = size_of_val(other.as_slice());
                    return Err(ShapeError { shape, code: Dtype::$dtype.code(), bytes });
                }
                Self::new(Dtype::$dtype, shape, Bytes::from_owner(Plain(frames.concat())))
            }
        }
    )*};
}

from_rows! {
    [f32; 2], F32, [2];
    [f32; 3], F32, [3];
    [f32; 4], F32, [4];
    [[f32; 3]; 3], F32, [3, 3];
    [f64; 3], F64, [3];
    [u32; 2], U32, [2];
    [u32; 3], U32, [3];
    [i32; 3], I32, [3];
}

/// How many bytes an array of `shape` has, if any machine could hold them.
pub(crate) fn byte_length(dtype: Dtype, shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(dtype.size(), |bytes, &size| bytes.checked_mul(size))
}

/// Elements from one index to the next along each axis, in C order.
pub(crate) fn c_strides(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1_usize; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis].saturating_mul(shape[axis]);
    }
    strides
}

/// The elements of a view that is not empty, in C order. Every element of it must lie inside `data`.
pub(crate) fn gather(
    data: &[u8],
    size: usize,
    offset: usize,
    shape: &[usize],
    strides: &[usize],
) -> Vec<u8> {
    let count: usize = shape.iter().product();
    let mut gathered = Vec::with_capacity(count * size);
    let mut index = vec![0; shape.len()];
    let mut element = offset;
    for _ in 0..count {
        gathered.extend_from_slice(&data[element * size..(element + 1) * size]);
        for axis in (0..shape.len()).rev() {
            index[axis] += 1;
            element += strides[axis];
            if index[axis] < shape[axis] {
                break;
            }
            element -= strides[axis] * shape[axis];
            index[axis] = 0;
        }
    }
    gathered
}

fn elements<T: Pod>(bytes: &[u8]) -> impl Iterator<Item = T> {
    bytes
        .chunks_exact(size_of::<T>())
        .map(bytemuck::pod_read_unaligned)
}

/// Numbers as the owner of bytes.
struct Plain<T>(Vec<T>);

impl<T: Pod> AsRef<[u8]> for Plain<T> {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}

impl fmt::Debug for NdArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "array({}, {:?})", self.dtype.code(), self.shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_must_fit_the_bytes() {
        let array = |shape: &[usize]| NdArray::new(Dtype::F32, shape.to_vec(), vec![0; 24].into());
        assert!(array(&[2, 3]).is_ok());
        assert!(array(&[]).is_err());
        assert!(array(&[usize::MAX, usize::MAX]).is_err());
        assert_eq!(
            array(&[7]).unwrap_err().to_string(),
            "24 bytes are not an array of shape [7] and type f4"
        );
    }

    #[test]
    fn elements_convert_as_numpy_does() {
        let array = NdArray::new(Dtype::I16, vec![2], vec![1, 0, 0xff, 0xff].into()).unwrap();
        assert_eq!(array.to_f32(), [1.0, -1.0]);
        assert_eq!(array.to_i64(), Some(vec![1, -1]));
        let truth = NdArray::new(Dtype::Bool, vec![3], vec![0, 1, 7].into()).unwrap();
        assert_eq!(truth.to_i64(), Some(vec![0, 1, 1]));
        let floats = NdArray::from_f32(vec![1], vec![1.5]).unwrap();
        assert_eq!((floats.to_i64(), floats.to_f64()), (None, vec![1.5]));
    }
}
