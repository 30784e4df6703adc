//! What every declared type can do: become MessagePack and come back from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use crate::encode::{Sink, TreeSink};
use crate::schema::Type;
use crate::value::{Text, Value};

/// A type with one form on the wire.
pub trait Wire: Sized {
    /// Its description, for schema tests, TypeScript and the property editor.
    const TYPE: &'static Type;

    /// Writes this value to a sink.
    fn encode(&self, sink: &mut impl Sink);

    /// Reads a value, leniently where peers differ: integers where floats are expected, floats
    /// that are whole where integers are, unknown map entries skipped.
    ///
    /// # Errors
    /// Names the field, what was expected and what was found.
    fn decode(value: &Value) -> Result<Self, DecodeError>;

    /// What a field of this type is when a peer left it out, if that is allowed.
    fn absent() -> Option<Self> {
        None
    }

    /// This value as a tree.
    fn to_value(&self) -> Value {
        TreeSink::tree(self)
    }
}

/// Refuses what is no map.
///
/// # Errors
/// The value is none.
pub fn expect_map(value: &Value) -> Result<(), DecodeError> {
    match value {
        Value::Map(_) => Ok(()),
        other => Err(DecodeError::kind("a map", other)),
    }
}

/// Reads a field of a map.
///
/// # Errors
/// The field is not there, or its value is not of the type.
pub fn field<T: Wire>(map: &Value, name: &'static str) -> Result<T, DecodeError> {
    match map.get(name) {
        Some(value) => T::decode(value).map_err(|error| error.within(name)),
        None => T::absent().ok_or_else(|| DecodeError::missing(name)),
    }
}

/// Properties of a scene node or GUI component, as [`props!`](crate::props) declares them.
pub trait Props: Wire + Clone + Default {
    /// Wire names and values of the fields in which `new` differs.
    fn diff(&self, new: &Self) -> Vec<(&'static str, Value)>;

    /// Sets the field with this wire name; `false` if there is no such field.
    ///
    /// # Errors
    /// The value is not of the field's type; the field is unchanged then.
    fn set(&mut self, name: &str, value: &Value) -> Result<bool, DecodeError>;
}

/// Why a value is not of the declared type.
///
/// Boxed, since results of decoding are moved around much more often than they are errors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct DecodeError(Box<Mismatch>);

/// What was found where something else was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}expected {expected}, found {found}", path.join("."), if path.is_empty() { "" } else { ": " })]
pub struct Mismatch {
    /// Field names from the outermost inwards.
    pub path: Vec<&'static str>,
    /// What the declaration says.
    pub expected: String,
    /// What was there.
    pub found: String,
}

impl DecodeError {
    /// An error at a value that is described by `found`.
    #[cold]
    pub fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self(Box::new(Mismatch {
            path: Vec::new(),
            expected: expected.into(),
            found: found.into(),
        }))
    }

    /// An error at a value of the wrong kind.
    #[cold]
    pub fn kind(expected: impl Into<String>, found: &Value) -> Self {
        let found = match found {
            Value::Str(text) => format!("{:?}", text.chars().take(40).collect::<String>()),
            Value::Bool(v) => v.to_string(),
            Value::Int(v) => v.to_string(),
            Value::Uint(v) => v.to_string(),
            Value::Float(v) => v.to_string(),
            Value::Bin(v) => format!("{} bytes", v.len()),
            Value::Array(v) => format!("{v:?}"),
            Value::List(items) => format!("a list of {}", items.len()),
            other => other.kind().to_owned(),
        };
        Self::new(expected, found)
    }

    /// A required field that is not there.
    #[cold]
    pub fn missing(field: &'static str) -> Self {
        Self::new("a value", "no such field").within(field)
    }

    /// The same error, one level further out.
    #[cold]
    #[must_use]
    pub fn within(mut self, field: &'static str) -> Self {
        self.0.path.insert(0, field);
        self
    }

    /// What was found where something else was expected.
    pub fn mismatch(&self) -> &Mismatch {
        &self.0
    }
}

macro_rules! wire {
    ($t:ty, $type:ident, $expected:expr, |$v:ident, $sink:ident| $encode:expr, |$value:ident| $decode:expr) => {
        impl Wire for $t {
            const TYPE: &'static Type = &Type::$type;

            fn encode(&self, $sink: &mut impl Sink) {
                let $v = self;
                $encode
            }

            fn decode($value: &Value) -> Result<Self, DecodeError> {
                $decode.ok_or_else(|| DecodeError::kind($expected, $value))
            }
        }
    };
}

wire!(
    bool,
    Bool,
    "a bool",
    |v, sink| sink.bool(*v),
    |value| match value {
        Value::Bool(v) => Some(*v),
        // Python code passes numpy bools and ints where a bool is meant.
        Value::Int(v) => Some(*v != 0),
        _ => None,
    }
);
wire!(f64, Float, "a number", |v, sink| sink.float(*v), |value| {
    value.as_f64()
});
wire!(i64, Int, "an integer", |v, sink| sink.int(*v), |value| {
    value.as_i64()
});
wire!(
    u64,
    Int,
    "a non-negative integer",
    |v, sink| sink.uint(*v),
    |value| match value {
        Value::Uint(v) => Some(*v),
        other => other.as_i64().and_then(|v| v.try_into().ok()),
    }
);
wire!(
    u32,
    Int,
    "an integer from 0 to 4294967295",
    |v, sink| sink.uint((*v).into()),
    |value| { value.as_i64().and_then(|v| v.try_into().ok()) }
);
wire!(
    f32,
    Float,
    "a number",
    |v, sink| sink.float((*v).into()),
    |value| { value.as_f64().map(|v| v as f32) }
);

macro_rules! small_integers {
    ($($t:ty)*) => { $( wire!(
        $t,
        Int,
        concat!("an integer that fits ", stringify!($t)),
        |v, sink| sink.int((*v).into()),
        |value| value.as_i64().and_then(|v| v.try_into().ok())
    ); )* };
}

small_integers!(i8 i16 i32 u16);

wire!(
    u8,
    Int,
    "an integer from 0 to 255",
    |v, sink| sink.uint((*v).into()),
    |value| { value.as_i64().and_then(|v| v.try_into().ok()) }
);
wire!(String, Str, "text", |v, sink| sink.str(v), |value| value
    .as_str()
    .map(str::to_owned));
wire!(Arc<str>, Str, "text", |v, sink| sink.str(v), |value| value
    .as_str()
    .map(Arc::from));
wire!(
    Bytes,
    Bytes,
    "bytes",
    |v, sink| sink.bin(v),
    |value| match value {
        Value::Bin(v) => Some(v.clone()),
        _ => None,
    }
);

impl<T: Wire> Wire for Option<T> {
    const TYPE: &'static Type = &Type::Optional(T::TYPE);

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn encode(&self, sink: &mut impl Sink) {
        match self {
            Some(v) => v.encode(sink),
            None => sink.nil(),
        }
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        match value {
            Value::Nil => Ok(None),
            other => T::decode(other).map(Some),
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    const TYPE: &'static Type = &Type::List(T::TYPE);

    fn encode(&self, sink: &mut impl Sink) {
        sink.list(self.len());
        self.iter().for_each(|item| item.encode(sink));
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        match value {
            Value::List(items) => items.iter().map(T::decode).collect(),
            other => Err(DecodeError::kind("a list", other)),
        }
    }
}

impl<T: Wire, const N: usize> Wire for [T; N] {
    const TYPE: &'static Type = &Type::Tuple(&[T::TYPE; N]);

    fn encode(&self, sink: &mut impl Sink) {
        sink.list(N);
        self.iter().for_each(|item| item.encode(sink));
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        let wrong = || DecodeError::kind(format!("a list of {N}"), value);
        let Value::List(items) = value else {
            return Err(wrong());
        };
        let items = items.iter().map(T::decode).collect::<Result<Vec<_>, _>>()?;
        items.try_into().map_err(|_| wrong())
    }
}

macro_rules! tuple {
    ($len:literal: $($T:ident $index:tt)*) => {
        impl<$($T: Wire),*> Wire for ($($T,)*) {
            const TYPE: &'static Type = &Type::Tuple(&[$($T::TYPE),*]);

            fn encode(&self, sink: &mut impl Sink) {
                sink.list($len);
                $( self.$index.encode(sink); )*
            }

            fn decode(value: &Value) -> Result<Self, DecodeError> {
                match value {
                    Value::List(items) if items.len() == $len => {
                        Ok(($( $T::decode(&items[$index])?, )*))
                    }
                    other => Err(DecodeError::kind(concat!("a list of ", $len), other)),
                }
            }
        }
    };
}

tuple!(2: A 0 B 1);
tuple!(3: A 0 B 1 C 2);
tuple!(4: A 0 B 1 C 2 D 3);

impl<T: Wire> Wire for BTreeMap<String, T> {
    const TYPE: &'static Type = &Type::Dict(T::TYPE);

    fn encode(&self, sink: &mut impl Sink) {
        sink.map(self.len());
        for (key, value) in self {
            sink.str(key);
            value.encode(sink);
        }
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        match value {
            Value::Map(entries) => entries
                .iter()
                .map(|(k, v)| Ok((k.to_string(), T::decode(v)?)))
                .collect(),
            other => Err(DecodeError::kind("a map", other)),
        }
    }
}

/// Property updates, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Updates(pub Vec<(Text, Value)>);

impl Wire for Updates {
    const TYPE: &'static Type = &Type::Dict(&Type::Any);

    fn encode(&self, sink: &mut impl Sink) {
        sink.map(self.0.len());
        for (key, value) in &self.0 {
            sink.str(key);
            value.encode(sink);
        }
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        match value {
            Value::Map(entries) => Ok(Self(entries.clone())),
            other => Err(DecodeError::kind("a map", other)),
        }
    }
}
