//! Numeric arrays: immutable, reference-counted bytes with an element type.
//!
//! The shape does not travel: `[N, 3]` and `[3 N]` are the same on the wire, and the declared
//! row type tells them apart.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use bytemuck::Pod;
use bytes::Bytes;
use half::f16;

use crate::encode::Sink;
use crate::schema::Type;
use crate::value::Value;
use crate::wire::{DecodeError, Wire};

/// The element type of an array, named as NumPy names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dtype {
    /// `<f2`
    F16,
    /// `<f4`
    F32,
    /// `<f8`
    F64,
    /// `|u1`
    U8,
    /// `<u2`
    U16,
    /// `<u4`
    U32,
    /// `|i1`
    I8,
    /// `<i2`
    I16,
    /// `<i4`
    I32,
    /// `<i8`
    I64,
    /// Any other NumPy name; its bytes are kept as they are.
    Other(String),
}

impl Dtype {
    /// NumPy's name, such as `<f4`.
    pub fn name(&self) -> &str {
        match self {
            Dtype::F16 => "<f2",
            Dtype::F32 => "<f4",
            Dtype::F64 => "<f8",
            Dtype::U8 => "|u1",
            Dtype::U16 => "<u2",
            Dtype::U32 => "<u4",
            Dtype::I8 => "|i1",
            Dtype::I16 => "<i2",
            Dtype::I32 => "<i4",
            Dtype::I64 => "<i8",
            Dtype::Other(name) => name,
        }
    }
}

impl From<&str> for Dtype {
    fn from(name: &str) -> Self {
        match name {
            "<f2" => Dtype::F16,
            "<f4" => Dtype::F32,
            "<f8" => Dtype::F64,
            "|u1" => Dtype::U8,
            "<u2" => Dtype::U16,
            "<u4" => Dtype::U32,
            "|i1" => Dtype::I8,
            "<i2" => Dtype::I16,
            "<i4" => Dtype::I32,
            "<i8" => Dtype::I64,
            other => Dtype::Other(other.to_owned()),
        }
    }
}

/// An array as it travels: bytes in C order and their element type.
#[derive(Clone)]
pub struct RawArray {
    dtype: Dtype,
    bytes: Bytes,
}

impl RawArray {
    /// Little-endian elements of `dtype`.
    pub fn new(dtype: Dtype, bytes: Bytes) -> Self {
        Self { dtype, bytes }
    }

    /// The element type.
    pub fn dtype(&self) -> &Dtype {
        &self.dtype
    }

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The elements converted to `E` as C would, or `None` for a dtype without numbers.
    fn cast<E: Element>(&self) -> Option<Vec<E>> {
        fn convert<S: Element, E: Element>(bytes: &[u8]) -> Vec<E> {
            bytes
                .chunks_exact(size_of::<S>())
                .map(|chunk| E::from_f64(bytemuck::pod_read_unaligned::<S>(chunk).to_f64()))
                .collect()
        }
        Some(match self.dtype {
            Dtype::F16 => convert::<f16, E>(&self.bytes),
            Dtype::F32 => convert::<f32, E>(&self.bytes),
            Dtype::F64 => convert::<f64, E>(&self.bytes),
            Dtype::U8 => convert::<u8, E>(&self.bytes),
            Dtype::U16 => convert::<u16, E>(&self.bytes),
            Dtype::U32 => convert::<u32, E>(&self.bytes),
            Dtype::I8 => convert::<i8, E>(&self.bytes),
            Dtype::I16 => convert::<i16, E>(&self.bytes),
            Dtype::I32 => convert::<i32, E>(&self.bytes),
            Dtype::I64 => convert::<i64, E>(&self.bytes),
            Dtype::Other(_) => return None,
        })
    }
}

impl PartialEq for RawArray {
    fn eq(&self, other: &Self) -> bool {
        self.dtype == other.dtype && are_equal(&self.bytes, &other.bytes)
    }
}

/// Whether two arrays have the same content. The same memory is the common case when nothing
/// changed.
fn are_equal(a: &Bytes, b: &Bytes) -> bool {
    (a.as_ptr() == b.as_ptr() && a.len() == b.len()) || a == b
}

impl fmt::Debug for RawArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "RawArray({}, {} bytes)",
            self.dtype.name(),
            self.bytes.len()
        )
    }
}

/// A number that arrays may hold.
pub trait Element: Pod {
    /// NumPy's name of the type.
    const DTYPE: Dtype;
    /// The same as text, for schemas.
    const NAME: &'static str;
    /// Widened, exactly for all but 64-bit integers.
    fn to_f64(self) -> f64;
    /// Narrowed, saturating.
    fn from_f64(value: f64) -> Self;
}

macro_rules! elements {
    ($($t:ty, $dtype:ident, $name:literal;)*) => { $(
        impl Element for $t {
            const DTYPE: Dtype = Dtype::$dtype;
            const NAME: &'static str = $name;

            fn to_f64(self) -> f64 {
                self as f64
            }

            fn from_f64(value: f64) -> Self {
                value as Self
            }
        }
    )* };
}

elements! {
    f32, F32, "<f4";
    f64, F64, "<f8";
    u8, U8, "|u1";
    u16, U16, "<u2";
    u32, U32, "<u4";
    i8, I8, "|i1";
    i16, I16, "<i2";
    i32, I32, "<i4";
    i64, I64, "<i8";
}

impl Element for f16 {
    const DTYPE: Dtype = Dtype::F16;
    const NAME: &'static str = "<f2";

    fn to_f64(self) -> f64 {
        self.into()
    }

    fn from_f64(value: f64) -> Self {
        f16::from_f64(value)
    }
}

/// One row of an array: a number, or a small fixed block of numbers.
pub trait Row: Pod {
    /// The number type.
    type Element: Element;
    /// The dimensions of a row, `[]` for a single number.
    const SHAPE: &'static [usize];
}

macro_rules! scalar_rows {
    ($($t:ty)*) => { $(
        impl Row for $t {
            type Element = $t;
            const SHAPE: &'static [usize] = &[];
        }
    )* };
}

scalar_rows!(f16 f32 f64 u8 u16 u32 i8 i16 i32 i64);

macro_rules! block_rows {
    ($($n:literal)*) => { $(
        impl<E: Element> Row for [E; $n] {
            type Element = E;
            const SHAPE: &'static [usize] = &[$n];
        }
    )* };
}

block_rows!(2 3 4 8 14);

impl<E: Element> Row for [[E; 3]; 2] {
    type Element = E;
    const SHAPE: &'static [usize] = &[2, 3];
}

/// An immutable array of rows, shared by reference count: cloning copies nothing.
///
/// Built without a copy from a `Vec<T>`, with one from a slice.
pub struct Array<T> {
    bytes: Bytes,
    row: PhantomData<fn() -> T>,
}

impl<T: Row> Array<T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / size_of::<T>()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The bytes, little-endian in C order.
    pub fn as_bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The rows: borrowed where the bytes are aligned for `T`, else copied.
    pub fn as_slice(&self) -> Cow<'_, [T]> {
        match bytemuck::try_cast_slice(&self.bytes) {
            Ok(rows) => Cow::Borrowed(rows),
            Err(_) => Cow::Owned(self.iter().collect()),
        }
    }

    /// The rows one by one.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        self.bytes
            .chunks_exact(size_of::<T>())
            .map(bytemuck::pod_read_unaligned)
    }

    /// The rows in a vector of their own.
    pub fn to_vec(&self) -> Vec<T> {
        self.iter().collect()
    }
}

impl<T: Row + Send> Array<T> {
    /// The same rows, where [`as_slice`](Self::as_slice) borrows them.
    pub fn aligned(self) -> Self {
        match self.as_slice() {
            Cow::Borrowed(_) => self,
            Cow::Owned(rows) => rows.into(),
        }
    }
}

/// Lets [`Bytes`] own a vector of rows without copying it.
struct Rows<T>(Vec<T>);

impl<T: Pod> AsRef<[u8]> for Rows<T> {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}

/// Lets [`Bytes`] own elements that others hold too.
struct Shared<E>(std::sync::Arc<[E]>);

impl<E: Pod> AsRef<[u8]> for Shared<E> {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}

impl<T: Row> Array<T>
where
    T::Element: Send + Sync,
{
    /// Rows that lie in shared memory, which is not copied. A rest that is no whole row is left
    /// out.
    pub fn from_shared(elements: std::sync::Arc<[T::Element]>) -> Self {
        let whole = size_of_val(&*elements) / size_of::<T>() * size_of::<T>();
        Self {
            bytes: Bytes::from_owner(Shared(elements)).slice(..whole),
            row: PhantomData,
        }
    }
}

impl<T: Row + Send> From<Vec<T>> for Array<T> {
    fn from(rows: Vec<T>) -> Self {
        Self {
            bytes: Bytes::from_owner(Rows(rows)),
            row: PhantomData,
        }
    }
}

impl<T: Row> From<&[T]> for Array<T> {
    fn from(rows: &[T]) -> Self {
        Self {
            bytes: Bytes::copy_from_slice(bytemuck::cast_slice(rows)),
            row: PhantomData,
        }
    }
}

impl<T: Row, const N: usize> From<[T; N]> for Array<T> {
    fn from(rows: [T; N]) -> Self {
        rows.as_slice().into()
    }
}

impl<T: Row, const N: usize> From<&[T; N]> for Array<T> {
    fn from(rows: &[T; N]) -> Self {
        rows.as_slice().into()
    }
}

impl<T: Row> From<&Vec<T>> for Array<T> {
    fn from(rows: &Vec<T>) -> Self {
        rows.as_slice().into()
    }
}

impl From<Vec<glam::Vec3>> for Array<[f32; 3]> {
    fn from(rows: Vec<glam::Vec3>) -> Self {
        bytemuck::allocation::cast_vec::<_, [f32; 3]>(rows).into()
    }
}

impl<T> Clone for Array<T> {
    fn clone(&self) -> Self {
        Self {
            bytes: self.bytes.clone(),
            row: PhantomData,
        }
    }
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self {
            bytes: Bytes::new(),
            row: PhantomData,
        }
    }
}

impl<T> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        are_equal(&self.bytes, &other.bytes)
    }
}

impl<T: Row> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Array({} rows of {:?} {})",
            self.len(),
            T::SHAPE,
            T::Element::NAME
        )
    }
}

impl<T: Row> Wire for Array<T> {
    const TYPE: &'static Type = &Type::Array {
        dtype: T::Element::NAME,
        row: T::SHAPE,
    };

    fn encode(&self, sink: &mut impl Sink) {
        sink.array(&RawArray::new(T::Element::DTYPE, self.bytes.clone()));
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        let wrong = || no_array(T::Element::NAME, T::SHAPE, value);
        let bytes = match value {
            Value::Array(raw) if raw.dtype == T::Element::DTYPE => raw.bytes.clone(),
            // Other number types convert: Python code may assign float64 where float32 is meant.
            Value::Array(raw) => {
                let elements = raw.cast::<T::Element>().ok_or_else(wrong)?;
                Bytes::copy_from_slice(bytemuck::cast_slice(&elements))
            }
            // Without a window around it, a message carries its arrays as plain bytes.
            Value::Bin(bytes) => bytes.clone(),
            _ => return Err(wrong()),
        };
        if bytes.len() % size_of::<T>() != 0 {
            return Err(wrong());
        }
        Ok(Self {
            bytes,
            row: PhantomData,
        })
    }
}

#[cold]
fn no_array(dtype: &str, row: &[usize], found: &Value) -> DecodeError {
    DecodeError::kind(format!("an array of {dtype} in rows of {row:?}"), found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_is_not_copied() {
        let rows = vec![[1.0f32, 2.0, 3.0]; 4];
        let at = rows.as_ptr().cast::<u8>();
        let array = Array::from(rows);
        assert_eq!(array.as_bytes().as_ptr(), at);
        assert_eq!(array.clone().as_bytes().as_ptr(), at);
        assert_eq!(array.len(), 4);
    }

    #[test]
    fn shared_elements_are_not_copied() {
        let elements: std::sync::Arc<[f32]> = [1.0, 2.0, 3.0, 4.0].into();
        let array = Array::<[f32; 3]>::from_shared(elements.clone());
        assert_eq!(array.as_bytes().as_ptr(), elements.as_ptr().cast());
        assert_eq!(*array.as_slice(), [[1.0, 2.0, 3.0]]);
    }

    #[test]
    fn unaligned_bytes_are_read_all_the_same() {
        let bytes =
            Bytes::from([&[0u8][..], &1.5f32.to_le_bytes(), &2.5f32.to_le_bytes()].concat());
        let raw = RawArray::new(Dtype::F32, bytes.slice(1..));
        let array = Array::<f32>::decode(&Value::Array(raw)).unwrap();
        assert_eq!(*array.as_slice(), [1.5, 2.5]);
    }

    #[test]
    fn other_number_types_convert() {
        let raw = |dtype: Dtype, bytes: &[u8]| {
            Value::Array(RawArray::new(dtype, Bytes::copy_from_slice(bytes)))
        };
        let doubles = raw(Dtype::F64, bytemuck::cast_slice(&[1.0f64, 2.0, 3.0]));
        assert_eq!(
            *Array::<[f32; 3]>::decode(&doubles).unwrap().as_slice(),
            [[1.0, 2.0, 3.0]]
        );
        let ints = raw(Dtype::I64, bytemuck::cast_slice(&[7i64, -1, 300]));
        assert_eq!(*Array::<u8>::decode(&ints).unwrap().as_slice(), [7, 0, 255]);
        assert!(Array::<u8>::decode(&raw(Dtype::Other("<U4".into()), b"abcd")).is_err());
    }

    #[test]
    fn broken_rows_are_an_error() {
        let raw = RawArray::new(Dtype::F32, Bytes::from_static(&[0; 16]));
        let error = Array::<[f32; 3]>::decode(&Value::Array(raw)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected an array of <f4 in rows of [3], found RawArray(<f4, 16 bytes)"
        );
    }
}
