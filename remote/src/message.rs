//! The envelope of a message: its kind, the node it is about, and arguments.

mod kind;

pub use kind::Kind;

use std::sync::Arc;

use bytes::Bytes;

use crate::Value;
use crate::pickle::{self, DecodeError, EncodeError, Limits};

/// What one WebSocket message says.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// What to do. [`Value::Kind`] for what aitviewer knows, a string for [what only we
    /// know](Kind::is_ours); anything else is a custom message.
    pub kind: Value,
    /// The publisher's number for a node; `None` where no node is meant.
    pub uid: Value,
    /// Arguments by position.
    pub args: Vec<Value>,
    /// Arguments by name.
    pub kwargs: Vec<(Arc<str>, Value)>,
}

/// Why bytes are no message.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MessageError {
    /// The pickle is broken or holds what a message may not contain.
    #[error(transparent)]
    Pickle(#[from] DecodeError),
    /// The value is no envelope.
    #[error("a message is a dict with `type`, `uid`, `args` and `kwargs`, but {0}")]
    Envelope(String),
}

impl Message {
    /// A message without arguments by position.
    pub fn new<const N: usize>(kind: Kind, uid: Option<i64>, kwargs: [(&str, Value); N]) -> Self {
        Self {
            kind: match kind.is_ours() {
                true => kind.name().into(),
                false => Value::Kind(kind),
            },
            uid: uid.map_or(Value::None, Value::Int),
            args: Vec::new(),
            kwargs: kwargs.map(|(name, value)| (name.into(), value)).into(),
        }
    }

    /// What it asks for; `None` for a custom message.
    pub fn known_kind(&self) -> Option<Kind> {
        match &self.kind {
            Value::Kind(kind) => Some(*kind),
            Value::Str(name) => Kind::from_our_name(name),
            _ => None,
        }
    }

    /// The message that `payload` holds.
    ///
    /// # Errors
    /// If the pickle is broken, exceeds `limits`, holds anything but data, or is no envelope.
    pub fn decode(payload: &Bytes, limits: &Limits) -> Result<Self, MessageError> {
        Self::from_value(pickle::decode(payload, limits)?)
    }

    /// The message that `value` is. Keys beside the four are ignored.
    ///
    /// # Errors
    /// If it is not a dictionary with the four keys, or an entry has the wrong type.
    pub fn from_value(value: Value) -> Result<Self, MessageError> {
        let envelope = |reason: String| MessageError::Envelope(reason);
        let Value::Dict(entries) = value else {
            return Err(envelope(format!("this is a {}", value.type_name())));
        };
        let (mut kind, mut uid, mut args, mut kwargs) = (None, None, None, None);
        for (key, value) in entries {
            match key.as_str() {
                Some("type") => kind = Some(value),
                Some("uid") => uid = Some(value),
                Some("args") => args = Some(value),
                Some("kwargs") => kwargs = Some(value),
                _ => {}
            }
        }
        let required = |value: Option<Value>, name: &str| {
            value.ok_or_else(|| envelope(format!("`{name}` is missing")))
        };
        let kind = required(kind, "type")?;
        let uid = required(uid, "uid")?;
        let args = match required(args, "args")? {
            Value::Tuple(args) | Value::List(args) => args,
            other => return Err(envelope(format!("`args` is a {}", other.type_name()))),
        };
        let kwargs = match required(kwargs, "kwargs")? {
            Value::Dict(entries) => entries
                .into_iter()
                .map(|(key, value)| match key {
                    Value::Str(name) => Ok((name, value)),
                    other => Err(envelope(format!(
                        "a name in `kwargs` is a {}",
                        other.type_name()
                    ))),
                })
                .collect::<Result<_, _>>()?,
            other => return Err(envelope(format!("`kwargs` is a {}", other.type_name()))),
        };
        Ok(Self {
            kind,
            uid,
            args,
            kwargs,
        })
    }

    /// The message as a dictionary, with its keys in aitviewer's order.
    pub fn into_value(self) -> Value {
        let kwargs = self
            .kwargs
            .into_iter()
            .map(|(name, value)| (Value::Str(name), value));
        Value::from([
            ("type", self.kind),
            ("uid", self.uid),
            ("args", Value::Tuple(self.args)),
            ("kwargs", Value::Dict(kwargs.collect())),
        ])
    }

    /// The bytes that a viewer, ours or aitviewer, reads.
    ///
    /// # Errors
    /// If a value cannot be written, see [`pickle::encode`].
    pub fn encode(self) -> Result<Bytes, EncodeError> {
        pickle::encode(&self.into_value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(value: Value) -> String {
        Message::from_value(value).unwrap_err().to_string()
    }

    #[test]
    fn an_envelope_has_four_keys() {
        let message = Message::new(Kind::SetFrame, None, [("a", 1.into())]);
        assert_eq!(
            Message::from_value(message.clone().into_value()),
            Ok(message)
        );
        assert!(reason(Value::None).contains("this is a None"));
        assert!(reason(Value::Dict(Vec::new())).contains("`type` is missing"));
        let with = |args: Value, kwargs: Value| {
            let kind = Value::Kind(Kind::Delete);
            Value::from([
                ("type", kind),
                ("uid", 1.into()),
                ("args", args),
                ("kwargs", kwargs),
            ])
        };
        assert!(reason(with(3.into(), Value::Dict(vec![]))).contains("`args` is a int"));
        assert!(reason(with(Value::Tuple(vec![]), 3.into())).contains("`kwargs` is a int"));
        let numbered = Value::Dict(vec![(1.into(), 1.into())]);
        assert!(reason(with(Value::Tuple(vec![]), numbered)).contains("a name in `kwargs`"));
    }
}
