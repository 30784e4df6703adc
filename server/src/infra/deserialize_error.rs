//! Why bytes are no message.

use scenecast_protocol::{DecodeError, Value, value::ParseError};

/// Why bytes are no message of those that were expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DeserializeError {
    /// They are not MessagePack.
    #[error("not a MessagePack message: {0}")]
    Parse(#[from] ParseError),
    /// They do not say which class they are of.
    #[error("a message is a map with its class name under `type`, found {found}")]
    NoType {
        /// What was there instead.
        found: String,
    },
    /// The class is not one of those that were expected.
    #[error("`{name}` is not among the message types {known}; add it to the message set")]
    UnknownType {
        /// The name that the message gives.
        name: String,
        /// Some of those that were expected.
        known: String,
    },
    /// A field is missing or of another type.
    #[error("{type_name}: {error}")]
    Field {
        /// The name of the class.
        type_name: String,
        /// Names the field, what was expected and what was there.
        error: DecodeError,
    },
}

/// Names that are listed in an error.
const LISTED: usize = 8;

impl DeserializeError {
    pub(super) fn without_type(value: &Value) -> Self {
        let found = match value {
            Value::Map(_) => match value.get("type") {
                Some(other) => format!("{} there", other.kind()),
                None => "a map without it".to_owned(),
            },
            other => other.kind().to_owned(),
        };
        Self::NoType { found }
    }

    pub(super) fn unknown(name: &str, known: impl Iterator<Item = &'static str>) -> Self {
        let mut known: Vec<&str> = known.take(LISTED + 1).collect();
        if known.len() > LISTED {
            known[LISTED] = "…";
        }
        Self::UnknownType {
            name: name.chars().take(64).collect(),
            known: known.join(", "),
        }
    }

    pub(super) fn field(name: &str, error: DecodeError) -> Self {
        Self::Field {
            type_name: name.to_owned(),
            error,
        }
    }
}
