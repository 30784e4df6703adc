//! What a message is, whoever declares it.

use super::{ClientId, deserialize_error::DeserializeError};
use bytes::Bytes;
use scenecast_protocol::{
    Direction, EntityId, Key, Limits, Phase, Value, Wire,
    gui::Component,
    lifecycle::key_part,
    message::to_server,
    scene::Node,
    schema::{Field, Struct, Type},
    value,
};
use std::borrow::Cow;

/// A message between a server and its clients.
///
/// Derive it on a plain struct with named fields; the attributes are those of
/// [the derive](derive@super::Message). Fields may be of any type that is [`Wire`]: numbers, text,
/// lists, tuples, maps, options, [`Array`](crate::Array)s, and whatever derives `Wire`.
///
/// ```
/// use scenecast::{Array, infra::Message};
///
/// /// A line that somebody drew.
/// #[derive(Clone, Message)]
/// #[message(redundancy_key = "stroke-{id}")]
/// struct Stroke {
///     /// Names the stroke.
///     id: u32,
///     /// Where it goes, pixels: `[N, 2]`.
///     points: Array<[f32; 2]>,
/// }
///
/// let stroke = Stroke { id: 7, points: [[0.0, 0.0], [1.0, 2.0]].into() };
/// assert_eq!(stroke.type_name(), "Stroke");
/// assert_eq!(stroke.redundancy_key().to_string(), "stroke-7");
/// let back = Stroke::deserialize(&stroke.serialize())?;
/// assert_eq!(back.points, stroke.points);
/// # Ok::<(), scenecast::infra::DeserializeError>(())
/// ```
pub trait Message: Wire + Clone + Send + Sync + 'static {
    /// The classes of messages that this type stands for: one for a struct, all of viser's for
    /// [`scenecast_protocol::Message`].
    fn classes() -> Vec<MessageClass>;

    /// The name on the wire.
    fn type_name(&self) -> &str;

    /// Messages with equal keys replace each other: clients that come later, and those that are
    /// behind, get the last one only.
    fn redundancy_key(&self) -> Key;

    /// The client that must not get it, usually because it caused it.
    fn excluded_self_client(&self) -> Option<ClientId> {
        None
    }

    /// The entity that it creates, updates or removes; only viser's messages have any.
    fn entity(&self) -> Option<(EntityId, Option<Phase>)> {
        None
    }

    /// Whether recordings keep it, where their filter does not say otherwise.
    fn is_recorded(&self) -> bool {
        true
    }

    /// Its fields as a tree, with the name on the wire under `type`. Arrays share their memory.
    fn as_serializable(&self) -> Value {
        self.to_value()
    }

    /// Plain MessagePack with arrays as inline bytes: what clients send, and what servers of
    /// [`ClientApiVersion::V0`](super::ClientApiVersion::V0) send.
    fn serialize(&self) -> Vec<u8> {
        to_server(self)
    }

    /// Reads what [`serialize`](Self::serialize) writes.
    ///
    /// # Errors
    /// Names the class, the field and the value that is wrong.
    fn deserialize(bytes: &[u8]) -> Result<Self, DeserializeError> {
        let value = parse(&Bytes::copy_from_slice(bytes))?;
        let name = type_of(&value)?;
        let classes = Self::classes();
        if !classes.iter().any(|class| class.name == name) {
            let known = classes.into_iter().map(|class| class.name);
            return Err(DeserializeError::unknown(name, known));
        }
        Self::decode(&value).map_err(|error| DeserializeError::field(name, error))
    }
}

/// Parses a message from a client.
pub(super) fn parse(bytes: &Bytes) -> Result<Value, DeserializeError> {
    Ok(value::parse(bytes, &[], &Limits::client_message())?)
}

/// The name of the class that a message says it is of.
pub(super) fn type_of(value: &Value) -> Result<&str, DeserializeError> {
    let name = value.get("type").and_then(Value::as_str);
    name.ok_or_else(|| DeserializeError::without_type(value))
}

/// A class of messages: what its fields are, and who sends it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MessageClass {
    /// The name on the wire.
    pub name: &'static str,
    /// The lines of its documentation, each with its leading space.
    pub doc: &'static str,
    /// Its fields, in the order in which they are written.
    pub fields: &'static [Field],
    /// The unions that TypeScript has it in.
    pub tags: &'static [&'static str],
    /// Who sends it.
    pub direction: Direction,
}

impl MessageClass {
    /// The class of a struct that derives [`Message`].
    #[doc(hidden)]
    pub fn of<M: Wire>(tags: &'static [&'static str], direction: Direction) -> Self {
        match M::TYPE {
            Type::Struct(schema) => Self::new(schema, tags, direction),
            // Only structs derive it.
            _ => Self::new(
                &Struct {
                    name: "",
                    doc: "",
                    fields: &[],
                },
                tags,
                direction,
            ),
        }
    }

    fn new(schema: &'static Struct, tags: &'static [&'static str], direction: Direction) -> Self {
        Self {
            name: schema.name,
            doc: schema.doc,
            fields: schema.fields,
            tags,
            direction,
        }
    }

    /// Whether clients may send it.
    pub fn is_from_clients(&self) -> bool {
        matches!(self.direction, Direction::ToServer | Direction::Both)
    }
}

impl Message for scenecast_protocol::Message {
    fn classes() -> Vec<MessageClass> {
        let nodes = Node::MESSAGES
            .iter()
            .map(|schema| MessageClass::new(schema, &["SceneNodeMessage"], Direction::ToViewer));
        let components = Component::MESSAGES
            .iter()
            .map(|schema| MessageClass::new(schema, &["GuiComponentMessage"], Direction::ToViewer));
        let others = Self::CLASSES
            .iter()
            .filter(|class| class.is_viser_s())
            .map(|class| MessageClass::new(class.fields, &[], class.direction));
        nodes.chain(components).chain(others).collect()
    }

    fn type_name(&self) -> &str {
        self.tag()
    }

    fn redundancy_key(&self) -> Key {
        self.key()
    }

    fn entity(&self) -> Option<(EntityId, Option<Phase>)> {
        Self::entity(self)
    }

    fn is_recorded(&self) -> bool {
        Self::is_recorded(self)
    }
}

/// The key of a message that does not say otherwise: its class, and what names it.
#[doc(hidden)]
pub fn default_key<const N: usize>(class: &'static str, parts: [Value; N]) -> Key {
    let mut key = Cow::Borrowed(class);
    for part in parts.iter().filter(|part| !matches!(part, Value::Nil)) {
        key.to_mut().push('_');
        key.to_mut().push_str(&key_part(part));
    }
    Key::Named(key)
}
