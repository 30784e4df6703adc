//! Reads data from a value.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::ConvertError;
use crate::{NdArray, Value};

pub(super) struct Reader<'a>(pub(super) &'a Value);

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = ConvertError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConvertError> {
        match self.0 {
            Value::None => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Int(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::Str(text) | Value::Symbol(text) => visitor.visit_str(text),
            Value::Kind(kind) => visitor.visit_str(kind.name()),
            Value::Bytes(bytes) | Value::ByteArray(bytes) => visitor.visit_bytes(bytes),
            Value::Tuple(values)
            | Value::List(values)
            | Value::Set(values)
            | Value::FrozenSet(values) => visit_list(values.iter().map(Reader), visitor),
            Value::Dict(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| (Reader(key), Reader(value)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
            Value::Scalar(scalar) => match scalar.to_i64() {
                Some(value) => visitor.visit_i64(value),
                None => visitor.visit_f64(scalar.to_f64()),
            },
            Value::Array(array) => visit_array(array, visitor),
            other @ (Value::BigInt(_)
            | Value::Complex(..)
            | Value::Range(_)
            | Value::Slice(_)
            | Value::Material(_)) => Err(ConvertError(format!(
                "a {} has no counterpart",
                other.type_name()
            ))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConvertError> {
        match self.0 {
            Value::None => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ConvertError> {
        visitor.visit_newtype_struct(self)
    }

    /// A variant's name, or a dictionary of the name and what it holds.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ConvertError> {
        match self.0 {
            Value::Dict(entries) if entries.len() == 1 => {
                let (key, value) = (Reader(&entries[0].0), Reader(&entries[0].1));
                let map = MapDeserializer::new([(key, value)].into_iter());
                let access = serde::de::value::MapAccessDeserializer::new(map);
                access.deserialize_enum(name, variants, visitor)
            }
            other => match other.as_str() {
                Some(text) => {
                    let text: serde::de::value::StrDeserializer<ConvertError> =
                        text.into_deserializer();
                    text.deserialize_enum(name, variants, visitor)
                }
                None => Err(ConvertError(format!(
                    "a {} is no variant of {name}",
                    other.type_name()
                ))),
            },
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, ConvertError> for Reader<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Part of an array: all that is below one index along each of its first axes.
struct Axis<'a> {
    numbers: Numbers<'a>,
    shape: &'a [usize],
}

#[derive(Clone, Copy)]
enum Numbers<'a> {
    Integers(&'a [i64]),
    Floats(&'a [f64]),
}

/// Lets a visitor see an array as lists of numbers inside each other.
fn visit_array<'de, V: Visitor<'de>>(
    array: &NdArray,
    visitor: V,
) -> Result<V::Value, ConvertError> {
    let (integers, floats);
    let numbers = match array.to_i64() {
        Some(values) => {
            integers = values;
            Numbers::Integers(&integers)
        }
        None => {
            floats = array.to_f64();
            Numbers::Floats(&floats)
        }
    };
    let shape = array.shape();
    Axis { numbers, shape }.deserialize_any(visitor)
}

/// Lets a visitor see all of a list: what it leaves is an error.
fn visit_list<'de, I, V>(items: I, visitor: V) -> Result<V::Value, ConvertError>
where
    I: Iterator<Item: IntoDeserializer<'de, ConvertError>>,
    V: Visitor<'de>,
{
    let mut items = SeqDeserializer::new(items);
    let value = visitor.visit_seq(&mut items)?;
    items.end()?;
    Ok(value)
}

impl<'a> Numbers<'a> {
    fn slice(self, range: std::ops::Range<usize>) -> Self {
        match self {
            Numbers::Integers(numbers) => Numbers::Integers(&numbers[range]),
            Numbers::Floats(numbers) => Numbers::Floats(&numbers[range]),
        }
    }

    fn len(self) -> usize {
        match self {
            Numbers::Integers(numbers) => numbers.len(),
            Numbers::Floats(numbers) => numbers.len(),
        }
    }
}

impl<'de> Deserializer<'de> for Axis<'_> {
    type Error = ConvertError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConvertError> {
        let Some((count, shape)) = self.shape.split_first() else {
            return match self.numbers {
                Numbers::Integers(numbers) => visitor.visit_i64(numbers[0]),
                Numbers::Floats(numbers) => visitor.visit_f64(numbers[0]),
            };
        };
        let each = self.numbers.len().checked_div(*count).unwrap_or(0);
        let parts = (0..*count).map(|at| Axis {
            numbers: self.numbers.slice(at * each..(at + 1) * each),
            shape,
        });
        visit_list(parts, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ConvertError> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, ConvertError> for Axis<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
