//! What is said between a Scenecast server and its viewers: the messages, their bytes on the
//! wire and in recordings, and the state that they add up to. No I/O, no clock, no threads.
//!
//! The wire is viser 1.1.1's. A message is declared once, as a plain struct with documented
//! fields ([`scene`], [`gui`], [`camera`], [`event`], [`transfer`]); encoding, decoding, field
//! metadata, difference and update derive from that declaration ([`macros`]), and one table
//! ([`mod@message`]) states each message's direction, lifecycle and whether recordings keep it.
//!
//! What a viewer knows is [`state`]; what it knew at any time of a recording, [`timeline`].
//!
//! Only [`value`], [`encode`], [`window`] and [`recording`] know bytes.

#[macro_use]
pub mod macros;

pub mod array;
pub mod camera;
pub mod encode;
pub mod event;
#[doc(hidden)]
pub mod fields;
pub mod gui;
pub mod lifecycle;
pub mod limits;
pub mod message;
pub mod recording;
pub mod scene;
pub mod schema;
pub mod sequence;
pub mod sort;
pub mod state;
pub mod timeline;
pub mod transfer;
pub mod types;
pub mod value;
pub mod version;
pub mod window;
pub mod wire;
mod zstd_block;

pub use array::{Array, Dtype, RawArray, Row};
pub use lifecycle::{Entity, EntityId, Key, Phase, Slot};
pub use limits::Limits;
pub use message::{Direction, Message};
pub use types::{Rgb, Scale, Wxyz};
pub use value::Value;
pub use wire::{DecodeError, Updates, Wire};
