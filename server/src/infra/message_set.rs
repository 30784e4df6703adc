//! The messages that a server and its clients know.

use super::{
    deserialize_error::DeserializeError,
    message::{Message, MessageClass, parse, type_of},
};
use crate::error::{Error, Result};
use bytes::Bytes;
use rustc_hash::FxHashMap;
use scenecast_protocol::{DecodeError, Value, encode::Encoded};
use std::{
    any::{Any, TypeId},
    fmt,
    sync::Arc,
};

type Decode = fn(&Value) -> Result<AnyMessage, DecodeError>;

#[derive(Clone)]
struct Entry {
    class: MessageClass,
    type_id: TypeId,
    decode: Decode,
}

/// The types of messages that a server and its clients exchange, each with a name of its own.
///
/// ```
/// use scenecast::infra::{Message, MessageSet};
///
/// #[derive(Clone, Message)]
/// struct Clear {}
///
/// let messages = MessageSet::new().with::<Clear>()?;
/// assert!(messages.clone().with::<Clear>().is_err());
/// # Ok::<(), scenecast::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct MessageSet {
    entries: Vec<Entry>,
    by_name: FxHashMap<&'static str, usize>,
}

impl MessageSet {
    /// No messages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a type of messages. [`scenecast_protocol::Message`] adds all of viser's.
    ///
    /// # Errors
    /// [`DuplicateMessage`](Error::DuplicateMessage) where a name is taken: clients could not
    /// tell the two apart.
    pub fn with<M: Message>(mut self) -> Result<Self> {
        for class in M::classes() {
            if self
                .by_name
                .insert(class.name, self.entries.len())
                .is_some()
            {
                return Err(Error::DuplicateMessage { name: class.name });
            }
            self.entries.push(Entry {
                class,
                type_id: TypeId::of::<M>(),
                decode: |value| {
                    let message = M::decode(value)?;
                    Ok(AnyMessage::new(message))
                },
            });
        }
        Ok(self)
    }

    /// The classes of messages, in the order in which they were added.
    #[doc(alias = "get_subclasses")]
    pub fn classes(&self) -> impl ExactSizeIterator<Item = &MessageClass> {
        self.entries.iter().map(|entry| &entry.class)
    }

    /// Whether a type of messages is in the set.
    pub fn contains<M: Message>(&self) -> bool {
        let wanted = TypeId::of::<M>();
        self.entries.iter().any(|entry| entry.type_id == wanted)
    }

    /// Reads a message of any of these types: plain MessagePack with arrays as inline bytes.
    ///
    /// # Errors
    /// Names the type, the field and the value that is wrong.
    pub fn deserialize(&self, bytes: &[u8]) -> Result<AnyMessage, DeserializeError> {
        self.read(&Bytes::copy_from_slice(bytes))
            .map(|(message, _)| message)
    }

    /// The same, sharing memory with `bytes`.
    pub(crate) fn read(
        &self,
        bytes: &Bytes,
    ) -> Result<(AnyMessage, &MessageClass), DeserializeError> {
        self.read_value(&parse(bytes)?)
    }

    /// The message that was encoded, if its type is in the set.
    pub(crate) fn read_encoded(&self, encoded: &Encoded) -> Option<AnyMessage> {
        let read = self.read_value(&encoded.to_value());
        read.ok().map(|(message, _)| message)
    }

    fn read_value(&self, value: &Value) -> Result<(AnyMessage, &MessageClass), DeserializeError> {
        let name = type_of(value)?;
        let Some(index) = self.by_name.get(name) else {
            let known = self.classes().map(|class| class.name);
            return Err(DeserializeError::unknown(name, known));
        };
        let entry = &self.entries[*index];
        let message = (entry.decode)(value).map_err(|e| DeserializeError::field(name, e))?;
        Ok((message, &entry.class))
    }
}

impl fmt::Debug for MessageSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.classes().map(|class| class.name);
        f.debug_set().entries(names).finish()
    }
}

/// A message of one of the types of a [`MessageSet`]. Cloning is cheap.
#[derive(Clone)]
pub struct AnyMessage {
    message: Arc<dyn Any + Send + Sync>,
    type_name: Arc<str>,
}

impl AnyMessage {
    fn new<M: Message>(message: M) -> Self {
        Self {
            type_name: message.type_name().into(),
            message: Arc::new(message),
        }
    }

    /// The name on the wire.
    pub fn type_name(&self) -> &str {
        &self.type_name
    }

    /// The message, if it is of this type.
    pub fn downcast_ref<M: Message>(&self) -> Option<&M> {
        self.message.downcast_ref()
    }

    /// The type that the message was decoded to.
    pub(crate) fn message_type(&self) -> TypeId {
        (*self.message).type_id()
    }
}

impl fmt::Debug for AnyMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnyMessage({})", self.type_name)
    }
}
