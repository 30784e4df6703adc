//! Field access for declared types. It stands here, outside of the declaration macros, so that a
//! hundred declarations share it: they are most of what a browser has to download.

use crate::value::{Text, Value};
use crate::wire::{DecodeError, Wire};

/// The entries of a map, to be taken by name.
pub struct Fields<'a> {
    entries: &'a [(Text, Value)],
    /// Where the next field is if the peer sends them in the order of the declaration.
    next: usize,
}

impl<'a> Fields<'a> {
    /// # Errors
    /// The value is no map.
    pub fn of(value: &'a Value) -> Result<Self, DecodeError> {
        match value {
            Value::Map(entries) => Ok(Self { entries, next: 0 }),
            other => Err(DecodeError::kind("a map", other)),
        }
    }

    /// Reads a field; `None` if it is not there.
    ///
    /// # Errors
    /// The value is of another type.
    #[inline(never)]
    pub fn take<T: Wire>(&mut self, name: &'static str) -> Result<Option<T>, DecodeError> {
        self.find(name).map(|value| decode(value, name)).transpose()
    }

    #[inline(never)]
    fn find(&mut self, name: &str) -> Option<&'a Value> {
        let is_named = |entry: &&(Text, Value)| entry.0 == *name;
        let expected = self.entries.get(self.next).filter(is_named);
        self.next += 1;
        let found = expected.or_else(|| self.entries.iter().find(is_named));
        found.map(|(_, value)| value)
    }
}

/// Calls for each entry of a map, with its name.
///
/// # Errors
/// The value is no map, or a call fails.
pub fn each(
    value: &Value,
    set: &mut dyn FnMut(&str, &Value) -> Result<bool, DecodeError>,
) -> Result<(), DecodeError> {
    let entries = Fields::of(value)?.entries;
    entries
        .iter()
        .try_for_each(|(name, value)| set(name, value).map(drop))
}

/// Puts a value into a field; always `true`, for [`Props::set`](crate::wire::Props::set).
///
/// # Errors
/// It is of another type; the field is unchanged then.
#[inline(never)]
pub fn assign<T: Wire>(
    slot: &mut T,
    value: &Value,
    field: &'static str,
) -> Result<bool, DecodeError> {
    *slot = decode(value, field)?;
    Ok(true)
}

/// Reads the value of a field.
///
/// # Errors
/// It is of another type.
#[inline(never)]
pub fn decode<T: Wire>(value: &Value, field: &'static str) -> Result<T, DecodeError> {
    T::decode(value).map_err(|error| error.within(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&'static str, i64)]) -> Value {
        let entries = entries.iter();
        Value::Map(
            entries
                .map(|&(name, v)| (name.into(), Value::Int(v)))
                .collect(),
        )
    }

    #[test]
    fn fields_are_found_in_any_order() {
        for entries in [
            &[("a", 1), ("b", 2), ("c", 3)][..],
            &[("c", 3), ("x", 9), ("a", 1), ("b", 2)],
            &[("x", 9), ("a", 1), ("y", 9), ("b", 2), ("c", 3)],
        ] {
            let value = map(entries);
            let mut fields = Fields::of(&value).unwrap();
            let mut take = |name| fields.take::<i64>(name).unwrap();
            assert_eq!([take("a"), take("b")], [Some(1), Some(2)]);
            assert_eq!([take("missing"), take("c")], [None, Some(3)]);
        }
    }

    #[test]
    fn errors_name_the_field() {
        let value = map(&[("a", 1)]);
        let error = Fields::of(&value).unwrap().take::<String>("a").unwrap_err();
        assert_eq!(error.to_string(), "a: expected text, found 1");
        assert!(Fields::of(&Value::Nil).is_err());
    }
}
