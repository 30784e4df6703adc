//! Every message, in one table.
//!
//! A row states which way a message goes, what it does to which entity (and with it which
//! messages it replaces), and whether recordings keep it. The compiler refuses a row without a
//! declaration; matching on [`Message`] without a wildcard lists the places that a new row
//! touches.

use std::borrow::Cow;

use bytes::Bytes;

use crate::camera::*;
use crate::encode::{BytesSink, Encoded, Sink};
use crate::event::*;
use crate::gui::command::*;
use crate::gui::notification::*;
use crate::gui::panel::*;
use crate::gui::*;
use crate::lifecycle::{Entity, EntityId, Key, Phase, Slot, key_part};
use crate::limits::Limits;
use crate::scene::*;
use crate::schema::{Struct, Type};
use crate::sequence::*;
use crate::transfer::*;
use crate::value::{self, ParseError, Value};
use crate::wire::{DecodeError, Updates, Wire};

/// Who sends a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Servers.
    ToViewer,
    /// Viewers.
    ToServer,
    /// Both.
    Both,
    /// Nobody.
    Unused,
}

/// A row of the table, for schema tests and TypeScript.
#[derive(Debug)]
pub struct Class {
    /// Class name on the wire.
    pub tag: &'static str,
    /// Its fields.
    pub fields: &'static Struct,
    /// Who sends it.
    pub direction: Direction,
    /// What it does to which kind of entity, and the field that names the entity.
    pub lifecycle: Option<(Entity, Phase, &'static str)>,
    /// Its key, with field names in braces.
    pub key: &'static str,
    /// Whether recordings keep it.
    pub recorded: bool,
}

impl Class {
    /// Whether viser knows it. What only we know has our name in front.
    pub fn is_viser_s(&self) -> bool {
        !self.tag.starts_with("Scenecast")
    }
}

macro_rules! messages {
    ($(
        $Name:ident $direction:ident $lifecycle:ident($($args:tt)*) $recording:ident;
    )*) => {
        /// A message between a server and a viewer.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Message {
            /// Adds a scene node of any kind.
            AddNode(AddNode),
            /// Adds a GUI component of any kind.
            AddComponent(AddComponent),
            $(
                #[doc = concat!("See [`", stringify!($Name), "`].")]
                $Name($Name),
            )*
            /// A message of a class that this version does not know, as it came.
            Unknown(Value),
        }

        impl Message {
            /// The rows of the table, without the classes of [`AddNode`] and [`AddComponent`].
            pub const CLASSES: &'static [Class] = &[$( Class {
                tag: $Name::TAG,
                fields: &$Name::SCHEMA,
                direction: Direction::$direction,
                lifecycle: lifecycle!(@schema $lifecycle $($args)*),
                key: lifecycle!(@template $Name $lifecycle $($args)*),
                recorded: recording!($recording),
            } ),*];

            /// The class name on the wire; empty for an unknown message without one.
            pub fn tag(&self) -> &str {
                match self {
                    Message::AddNode(m) => m.node.tag(),
                    Message::AddComponent(m) => m.component.tag(),
                    $( Message::$Name(_) => $Name::TAG, )*
                    Message::Unknown(value) => {
                        value.get("type").and_then(Value::as_str).unwrap_or_default()
                    }
                }
            }

            /// Who sends messages of this class; both, for all we know, where it is unknown.
            pub fn direction(&self) -> Direction {
                match self {
                    Message::AddNode(_) | Message::AddComponent(_) => Direction::ToViewer,
                    $( Message::$Name(_) => Direction::$direction, )*
                    Message::Unknown(_) => Direction::Both,
                }
            }

            /// Which messages this one replaces.
            pub fn key(&self) -> Key {
                match self {
                    Message::AddNode(m) => Key::Entity(
                        EntityId { entity: Entity::Scene, id: m.name.clone() },
                        Slot::CreateOrRemove,
                    ),
                    Message::AddComponent(m) => Key::Entity(
                        EntityId { entity: Entity::Gui, id: m.uuid.clone() },
                        Slot::CreateOrRemove,
                    ),
                    $( Message::$Name(_m) => lifecycle!(@key $Name _m $lifecycle $($args)*), )*
                    Message::Unknown(_) => Key::Unique,
                }
            }

            /// The entity that this message creates, updates, removes, or otherwise belongs to
            /// (`None` as phase: its event bindings, for example).
            pub fn entity(&self) -> Option<(EntityId, Option<Phase>)> {
                match self {
                    Message::AddNode(m) => {
                        Some((EntityId { entity: Entity::Scene, id: m.name.clone() }, Some(Phase::Create)))
                    }
                    Message::AddComponent(m) => {
                        Some((EntityId { entity: Entity::Gui, id: m.uuid.clone() }, Some(Phase::Create)))
                    }
                    $( Message::$Name(_m) => lifecycle!(@entity _m $lifecycle $($args)*), )*
                    Message::Unknown(_) => None,
                }
            }

            /// Whether recordings of the scene keep this message.
            pub fn is_recorded(&self) -> bool {
                match self {
                    Message::AddNode(_) => true,
                    Message::AddComponent(_) | Message::Unknown(_) => false,
                    $( Message::$Name(_) => recording!($recording), )*
                }
            }
        }

        impl Wire for Message {
            const TYPE: &'static Type = &Type::Any;

            fn encode(&self, sink: &mut impl Sink) {
                match self {
                    Message::AddNode(m) => m.encode(sink),
                    Message::AddComponent(m) => m.encode(sink),
                    $( Message::$Name(m) => m.encode(sink), )*
                    Message::Unknown(value) => value.encode(sink),
                }
            }

            fn decode(value: &Value) -> Result<Self, DecodeError> {
                let tag = value
                    .get("type")
                    .ok_or_else(|| DecodeError::missing("type"))?
                    .as_str()
                    .ok_or_else(|| DecodeError::kind("a class name", value).within("type"))?;
                match tag {
                    $( $Name::TAG => $Name::decode(value).map(Message::$Name), )*
                    _ => {
                        if let Some(node) = AddNode::decode(tag, value) {
                            return node.map(Message::AddNode);
                        }
                        if let Some(component) = AddComponent::decode(tag, value) {
                            return component.map(Message::AddComponent);
                        }
                        Ok(Message::Unknown(value.clone()))
                    }
                }
            }
        }

        $(
            impl From<$Name> for Message {
                fn from(message: $Name) -> Self {
                    Message::$Name(message)
                }
            }
        )*
    };
}

/// What the words of the table's lifecycle column mean.
///
/// * `create(Entity id)`, `remove(Entity id)`: replace each other.
/// * `update(Entity id)`: one slot for each class. `update_props(Entity id)`: one slot for each
///   set of property names.
/// * `part(Entity id, "text" field …)`: updates part of an entity under a key of its own.
/// * `about(Entity id, "text" field …)`: belongs to an entity, but outlives its updates.
/// * `keyed("text" field …)`: by class and fields. `latest()`: by class. `every()`: unique.
macro_rules! lifecycle {
    (@schema create $entity:ident $id:ident) => { Some((Entity::$entity, Phase::Create, stringify!($id))) };
    (@schema remove $entity:ident $id:ident) => { Some((Entity::$entity, Phase::Remove, stringify!($id))) };
    (@schema update $entity:ident $id:ident) => { Some((Entity::$entity, Phase::Update, stringify!($id))) };
    (@schema update_props $entity:ident $id:ident) => { Some((Entity::$entity, Phase::Update, stringify!($id))) };
    (@schema part $entity:ident $id:ident, $($key:tt)*) => { Some((Entity::$entity, Phase::Update, stringify!($id))) };
    (@schema $other:ident $($args:tt)*) => { None };

    (@template $Name:ident create $entity:ident $id:ident) => { "{entity}:{id}:create-or-remove" };
    (@template $Name:ident remove $entity:ident $id:ident) => { "{entity}:{id}:create-or-remove" };
    (@template $Name:ident update $entity:ident $id:ident) => { "{entity}:{id}:update:{class}" };
    (@template $Name:ident update_props $entity:ident $id:ident) => { "{entity}:{id}:update:{properties}" };
    (@template $Name:ident part $entity:ident $id:ident, $($text:literal $field:ident)+) => {
        concat!($( $text, "{", stringify!($field), "}" ),+)
    };
    (@template $Name:ident about $entity:ident $id:ident, $($text:literal $field:ident)+) => {
        concat!($( $text, "{", stringify!($field), "}" ),+)
    };
    (@template $Name:ident keyed $($text:literal $field:ident)+) => {
        concat!($( $text, "{", stringify!($field), "}" ),+)
    };
    (@template $Name:ident latest) => { $Name::TAG };
    (@template $Name:ident every) => { "" };

    (@key $Name:ident $m:ident create $entity:ident $id:ident) => {
        Key::Entity(entity_id(Entity::$entity, &$m.$id), Slot::CreateOrRemove)
    };
    (@key $Name:ident $m:ident remove $entity:ident $id:ident) => {
        Key::Entity(entity_id(Entity::$entity, &$m.$id), Slot::CreateOrRemove)
    };
    (@key $Name:ident $m:ident update $entity:ident $id:ident) => {
        Key::Entity(entity_id(Entity::$entity, &$m.$id), Slot::Update(Cow::Borrowed($Name::TAG)))
    };
    (@key $Name:ident $m:ident update_props $entity:ident $id:ident) => {
        Key::Entity(entity_id(Entity::$entity, &$m.$id), Slot::Update(property_names(&$m.updates).into()))
    };
    (@key $Name:ident $m:ident part $entity:ident $id:ident, $($text:literal $field:ident)+) => {
        lifecycle!(@key $Name $m keyed $($text $field)+)
    };
    (@key $Name:ident $m:ident about $entity:ident $id:ident, $($text:literal $field:ident)+) => {
        lifecycle!(@key $Name $m keyed $($text $field)+)
    };
    (@key $Name:ident $m:ident keyed $($text:literal $field:ident)+) => {
        Key::Named([$( $text.into(), key_part(&$m.$field) ),+].concat().into())
    };
    (@key $Name:ident $m:ident latest) => { Key::Named(Cow::Borrowed($Name::TAG)) };
    (@key $Name:ident $m:ident every) => { Key::Unique };

    (@entity $m:ident create $entity:ident $id:ident) => {
        Some((entity_id(Entity::$entity, &$m.$id), Some(Phase::Create)))
    };
    (@entity $m:ident remove $entity:ident $id:ident) => {
        Some((entity_id(Entity::$entity, &$m.$id), Some(Phase::Remove)))
    };
    (@entity $m:ident update $entity:ident $id:ident) => {
        Some((entity_id(Entity::$entity, &$m.$id), Some(Phase::Update)))
    };
    (@entity $m:ident update_props $entity:ident $id:ident) => {
        Some((entity_id(Entity::$entity, &$m.$id), Some(Phase::Update)))
    };
    (@entity $m:ident part $entity:ident $id:ident, $($key:tt)*) => {
        Some((entity_id(Entity::$entity, &$m.$id), Some(Phase::Update)))
    };
    (@entity $m:ident about $entity:ident $id:ident, $($key:tt)*) => {
        Some((entity_id(Entity::$entity, &$m.$id), None))
    };
    (@entity $m:ident $other:ident $($args:tt)*) => { None };
}

macro_rules! recording {
    (recorded) => {
        true
    };
    (live) => {
        false
    };
}

fn entity_id(entity: Entity, id: &std::sync::Arc<str>) -> EntityId {
    EntityId {
        entity,
        id: id.clone(),
    }
}

/// The names of updated properties, sorted and joined by commas.
fn property_names(updates: &Updates) -> String {
    // One at a time is what viewers and most programs change.
    if let [(name, _)] = &*updates.0 {
        return name.to_string();
    }
    let mut names: Vec<&str> = updates.0.iter().map(|(name, _)| &**name).collect();
    crate::sort::by(&mut names, |a, b| a.cmp(b));
    names.join(",")
}

messages! {
    RemoveSceneNode            ToViewer remove(Scene name)       recorded;
    GuiRemove                  ToViewer remove(Gui uuid)         live;
    RunJavascript              ToViewer every()                  recorded;
    NotificationShow           ToViewer create(Notification uuid) live;
    NotificationUpdate         ToViewer update(Notification uuid) live;
    RemoveNotification         ToViewer remove(Notification uuid) live;
    ViewerCamera               ToServer latest()                 live;
    ScenePointer               ToServer latest()                 live;
    ScenePointerEnable         ToViewer keyed("ScenePointerEnableMessage-" event_type) live;
    Fog                        ToViewer latest()                 recorded;
    EnvironmentMap             ToViewer latest()                 recorded;
    EnableLights               ToViewer latest()                 recorded;
    SetBoneOrientation         ToViewer part(Scene name, "SetBoneOrientationMessage-" name "-" bone_index) recorded;
    SetBonePosition            ToViewer part(Scene name, "SetBonePositionMessage-" name "-" bone_index) recorded;
    SetCameraPosition          ToViewer latest()                 recorded;
    SetCameraUpDirection       ToViewer latest()                 recorded;
    SetCameraLookAt            ToViewer latest()                 recorded;
    SetCameraNear              ToViewer latest()                 recorded;
    SetCameraFar               ToViewer latest()                 recorded;
    SetCameraFov               ToViewer latest()                 recorded;
    SetCameraMinOrbitDistance  ToViewer latest()                 recorded;
    SetCameraMaxOrbitDistance  ToViewer latest()                 recorded;
    SetOrientation             ToViewer update(Scene name)       recorded;
    SetPosition                ToViewer update(Scene name)       recorded;
    TransformControlsUpdate    ToServer about(Scene name, "TransformControlsUpdateMessage_" name) live;
    TransformControlsDragStart ToServer about(Scene name, "TransformControlsDragStartMessage_" name) live;
    TransformControlsDragEnd   ToServer about(Scene name, "TransformControlsDragEndMessage_" name) live;
    BackgroundImage            ToViewer latest()                 recorded;
    SetSceneNodeVisibility     ToViewer update(Scene name)       recorded;
    SetSceneNodeDragBindings   ToViewer about(Scene name, "SetSceneNodeDragBindingsMessage_" name) live;
    SetSceneNodeClickBindings  ToViewer about(Scene name, "SetSceneNodeClickBindingsMessage_" name) live;
    SceneNodeClick             ToServer about(Scene name, "SceneNodeClickMessage_" name) live;
    SceneNodeDrag              ToServer about(Scene name, "SceneNodeDragMessage_" name) live;
    ResetGui                   Unused   latest()                 live;
    GuiFormSubmit              Both     keyed("GuiFormSubmitMessage_" uuid) live;
    GuiFormDirty               Both     keyed("GuiFormDirtyMessage_" uuid) live;
    GuiSetPanelPosition        ToViewer update(Gui uuid)         live;
    GuiSetPanelWidth           ToViewer update(Gui uuid)         live;
    GuiSetPanelHeight          ToViewer update(Gui uuid)         live;
    GuiSetPanelCollapsed       ToViewer update(Gui uuid)         live;
    GuiPanel                   ToViewer create(Gui uuid)         live;
    GuiPanelRemove             ToViewer remove(Gui uuid)         live;
    GuiModal                   ToViewer create(Modal uuid)       live;
    GuiCloseModal              ToViewer remove(Modal uuid)       live;
    GuiButtonHold              ToServer keyed("GuiButtonHoldMessage_" uuid) live;
    GuiUpdate                  Both     update_props(Gui uuid)   live;
    SceneNodeUpdate            ToViewer update_props(Scene name) recorded;
    ThemeConfiguration         ToViewer latest()                 recorded;
    GetRenderRequest           ToViewer keyed("GetRenderRequestMessage-" render_uuid) live;
    GetRenderResponse          ToServer latest()                 live;
    FileTransferStartUpload    ToServer keyed("FileTransferStartUpload-" transfer_uuid) live;
    FileTransferStartDownload  ToViewer keyed("FileTransferStartDownload-" transfer_uuid) live;
    FileTransferPart           Both     keyed("FileTransferPart-" transfer_uuid "-" part_index) live;
    FileTransferPartAck        ToViewer keyed("FileTransferPartAck-" transfer_uuid "-" transferred_bytes) live;
    ShareUrlRequest            ToServer latest()                 live;
    ReplayDone                 ToViewer latest()                 live;
    ShareUrlUpdated            ToViewer latest()                 live;
    ShareUrlDisconnect         ToServer latest()                 live;
    SetGuiPanelLabel           ToViewer latest()                 live;
    RegisterCommand            ToViewer create(Command uuid)     live;
    CommandUpdate              ToViewer update_props(Command uuid) live;
    RemoveCommand              ToViewer remove(Command uuid)     live;
    CommandTrigger             ToServer keyed("CommandTriggerMessage_" uuid) live;
    LocalStorageSetItem        ToViewer keyed("LocalStorageItem-" key) live;
    LocalStorageRemoveItem     ToViewer keyed("LocalStorageItem-" key) live;
    LocalStorageClear          ToViewer latest()                 live;
    LocalStorageGetItemRequest ToViewer keyed("LocalStorageGetItemRequestMessage-" request_uuid) live;
    LocalStorageGetItemResponse ToServer latest()                live;
    // Ours, which viser does not know.
    TimelineState              ToViewer latest()                 live;
    Track                      ToViewer about(Scene name, "ScenecastTrackMessage_" name) live;
    TrackChange                ToViewer every()                  live;
    SequenceFrames             ToViewer every()                  live;
    BoxedPoints                ToViewer every()                  live;
    PlaysSequences             ToServer latest()                 live;
    FramesRequest              ToServer every()                  live;
    TimelineCommand            ToServer every()                  live;
}

impl From<AddNode> for Message {
    fn from(message: AddNode) -> Self {
        Message::AddNode(message)
    }
}

impl From<AddComponent> for Message {
    fn from(message: AddComponent) -> Self {
        Message::AddComponent(message)
    }
}

impl Message {
    /// Encodes this message once, for any number of windows and recordings.
    pub fn encoded(&self) -> Encoded {
        Encoded::new(self)
    }

    /// Reads a message from a viewer: bare MessagePack with arrays as plain bytes.
    ///
    /// # Errors
    /// The bytes are no map with a class name, or a field of a known class is missing or of
    /// another type. Unknown classes are [`Message::Unknown`], unknown fields are skipped.
    pub fn from_viewer(bytes: &Bytes, limits: &Limits) -> Result<Self, ViewerMessageError> {
        let value = value::parse(bytes, &[], limits)?;
        Message::decode(&value).map_err(|error| ViewerMessageError::Field {
            class: value
                .get("type")
                .and_then(Value::as_str)
                .unwrap_or("?")
                .to_owned(),
            error,
        })
    }
}

/// Encodes a message of a viewer: bare MessagePack with arrays as plain bytes.
pub fn to_server(message: &impl Wire) -> Vec<u8> {
    BytesSink::inline(message)
}

/// Why bytes from a viewer are no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewerMessageError {
    /// They are not MessagePack.
    #[error("not a MessagePack message: {0}")]
    Parse(#[from] ParseError),
    /// A field is wrong.
    #[error("{class}: {error}")]
    Field {
        /// The class that the message says it is of.
        class: String,
        /// What is wrong.
        error: DecodeError,
    },
}
