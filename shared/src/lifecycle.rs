//! What a message does to an entity, and which messages replace which.
//!
//! Servers keep, for viewers to come, only the last message of each [`Key`]. These rules are
//! viser's, since a mixed pair of server and viewer must agree on them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::value::Value;
use crate::wire::Wire;

/// What kinds of things are created, updated and removed by messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entity {
    /// A scene node, by name.
    Scene,
    /// A GUI component or panel, by uuid.
    Gui,
    /// A modal dialog, by uuid.
    Modal,
    /// A notification, by uuid.
    Notification,
    /// A command, by uuid.
    Command,
}

impl Entity {
    /// viser's name of the kind.
    pub const fn as_str(self) -> &'static str {
        match self {
            Entity::Scene => "scene",
            Entity::Gui => "gui",
            Entity::Modal => "modal",
            Entity::Notification => "notification",
            Entity::Command => "command",
        }
    }
}

/// One entity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntityId {
    /// What it is.
    pub entity: Entity,
    /// Its name or uuid.
    pub id: Arc<str>,
}

/// What a message does to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Creates or replaces it.
    Create,
    /// Changes part of it; worthless once it is removed.
    Update,
    /// Removes it.
    Remove,
}

/// Messages with equal keys replace each other: only the last one counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// By entity.
    Entity(EntityId, Slot),
    /// By class, and perhaps some fields.
    Named(Cow<'static, str>),
    /// Replaced by nothing.
    Unique,
}

/// Which of an entity's messages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Creation or removal.
    CreateOrRemove,
    /// An update: the class name of the message, or the names of the updated properties.
    Update(Cow<'static, str>),
}

impl From<String> for Key {
    fn from(name: String) -> Self {
        Key::Named(name.into())
    }
}

impl From<&'static str> for Key {
    fn from(name: &'static str) -> Self {
        Key::Named(name.into())
    }
}

/// The text of a field as part of a key.
pub fn key_part(field: &impl Wire) -> String {
    match field.to_value() {
        Value::Str(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

impl fmt::Display for Key {
    /// The key as viser spells it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Entity(EntityId { entity, id }, slot) => {
                write!(f, "{}:{id}:", entity.as_str())?;
                match slot {
                    Slot::CreateOrRemove => f.write_str("create-or-remove"),
                    Slot::Update(what) => write!(f, "update:{what}"),
                }
            }
            Key::Named(name) => f.write_str(name),
            Key::Unique => f.write_str("<unique>"),
        }
    }
}
