//! Writes data into a value.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::ConvertError;
use crate::Value;

pub(super) struct Writer;

/// What is being collected, and the variant that it is of.
pub(super) struct Items {
    variant: Option<&'static str>,
    items: Vec<Value>,
    is_tuple: bool,
}

pub(super) struct Entries {
    variant: Option<&'static str>,
    entries: Vec<(Value, Value)>,
    key: Value,
}

fn of_variant(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        Some(name) => Value::from([(name, value)]),
        None => value,
    }
}

impl Items {
    fn new(variant: Option<&'static str>, is_tuple: bool) -> Self {
        Self {
            variant,
            items: Vec::new(),
            is_tuple,
        }
    }

    fn add(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), ConvertError> {
        self.items.push(value.serialize(Writer)?);
        Ok(())
    }

    fn finish(self) -> Value {
        let items = match self.is_tuple {
            true => Value::Tuple(self.items),
            false => Value::List(self.items),
        };
        of_variant(self.variant, items)
    }
}

impl Entries {
    fn new(variant: Option<&'static str>) -> Self {
        Self {
            variant,
            entries: Vec::new(),
            key: Value::None,
        }
    }

    fn field(
        &mut self,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), ConvertError> {
        self.entries.push((name.into(), value.serialize(Writer)?));
        Ok(())
    }

    fn finish(self) -> Value {
        of_variant(self.variant, Value::Dict(self.entries))
    }
}

macro_rules! numbers {
    ($($method:ident $type:ty => $variant:ident;)*) => {$(
        fn $method(self, value: $type) -> Result<Value, ConvertError> {
            Ok(Value::$variant(value.into()))
        }
    )*};
}

impl Serializer for Writer {
    type Ok = Value;
    type Error = ConvertError;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    numbers! {
        serialize_bool bool => Bool;
        serialize_i8 i8 => Int;
        serialize_i16 i16 => Int;
        serialize_i32 i32 => Int;
        serialize_i64 i64 => Int;
        serialize_u8 u8 => Int;
        serialize_u16 u16 => Int;
        serialize_u32 u32 => Int;
        serialize_f32 f32 => Float;
        serialize_f64 f64 => Float;
        serialize_str &str => Str;
    }

    fn serialize_u64(self, value: u64) -> Result<Value, ConvertError> {
        match i64::try_from(value) {
            Ok(value) => Ok(Value::Int(value)),
            Err(_) => Err(ConvertError(format!("{value} has more than 63 bits"))),
        }
    }

    fn serialize_char(self, value: char) -> Result<Value, ConvertError> {
        Ok(value.to_string().into())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Value, ConvertError> {
        Ok(Value::Bytes(bytes.to_vec().into()))
    }

    fn serialize_none(self) -> Result<Value, ConvertError> {
        Ok(Value::None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, ConvertError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, ConvertError> {
        Ok(Value::None)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Value, ConvertError> {
        Ok(Value::None)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Value, ConvertError> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<Value, ConvertError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, ConvertError> {
        Ok(of_variant(Some(variant), value.serialize(self)?))
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Items, ConvertError> {
        Ok(Items::new(None, false))
    }

    fn serialize_tuple(self, _len: usize) -> Result<Items, ConvertError> {
        Ok(Items::new(None, true))
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _len: usize,
    ) -> Result<Items, ConvertError> {
        Ok(Items::new(None, true))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Items, ConvertError> {
        Ok(Items::new(Some(variant), true))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Entries, ConvertError> {
        Ok(Entries::new(None))
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Entries, ConvertError> {
        Ok(Entries::new(None))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Entries, ConvertError> {
        Ok(Entries::new(Some(variant)))
    }
}

macro_rules! collect_items {
    ($($trait:ident $method:ident;)*) => {$(
        impl $trait for Items {
            type Ok = Value;
            type Error = ConvertError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ConvertError> {
                self.add(value)
            }

            fn end(self) -> Result<Value, ConvertError> {
                Ok(self.finish())
            }
        }
    )*};
}

collect_items! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

macro_rules! collect_fields {
    ($($trait:ident)*) => {$(
        impl $trait for Entries {
            type Ok = Value;
            type Error = ConvertError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), ConvertError> {
                self.field(name, value)
            }

            fn end(self) -> Result<Value, ConvertError> {
                Ok(self.finish())
            }
        }
    )*};
}

collect_fields! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Entries {
    type Ok = Value;
    type Error = ConvertError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ConvertError> {
        self.key = key.serialize(Writer)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ConvertError> {
        let key = std::mem::replace(&mut self.key, Value::None);
        self.entries.push((key, value.serialize(Writer)?));
        Ok(())
    }

    fn end(self) -> Result<Value, ConvertError> {
        Ok(self.finish())
    }
}
