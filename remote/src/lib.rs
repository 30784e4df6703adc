//! What publishers and hubs say to each other.
//!
//! A publisher is a program that creates renderables with sequences of frames on a viewer that
//! runs elsewhere; a hub is that viewer. They speak aitviewer's remote protocol (1.13 and 1.14):
//! each WebSocket message is one pickled dictionary.
//!
//! | module | what it knows |
//! |---|---|
//! | [`pickle`] | bytes ↔ [`Value`]: builds data and nothing else, within [`pickle::Limits`] |
//! | [`ndarray`] | numeric arrays with a shape, as NumPy has them |
//! | [`message`] | [`Value`] ↔ [`message::Message`]: kind, node, arguments |
//! | [`renderable`] | a node: what publishers may create, and what it shows in a frame |
//! | [`scene`] | all nodes of all publishers; applies messages, or refuses them |
//! | [`timeline`] | which frame is shown |
//! | [`smpl`] | body models: shape and pose → vertices and joints |
//! | [`publisher`] | the program's side: a connection to a hub, and nodes in it |
//!
//! Only `publisher` opens a socket, starts a thread or reads a clock. Without the feature
//! `publisher` it is not there, without the feature `hub` only it and what it needs are.

#[cfg(feature = "hub")]
mod arguments;
pub mod message;
pub mod ndarray;
pub mod pickle;
#[cfg(feature = "publisher")]
pub mod publisher;
#[cfg(feature = "hub")]
mod refused;
#[cfg(feature = "hub")]
pub mod renderable;
#[cfg(feature = "hub")]
pub mod scene;
#[cfg(feature = "hub")]
mod selection;
#[cfg(feature = "hub")]
mod sequence;
#[cfg(feature = "hub")]
pub mod smpl;
#[cfg(feature = "hub")]
pub mod timeline;
pub mod value;

pub use message::{Kind, Message};
pub use ndarray::{Dtype, NdArray};
#[cfg(feature = "hub")]
pub use refused::Refused;
#[cfg(feature = "hub")]
pub use renderable::Renderable;
#[cfg(feature = "hub")]
pub use scene::Scene;
#[cfg(feature = "hub")]
pub use sequence::{Frame, MAX_FRAMES, Sequence};
#[cfg(feature = "hub")]
pub use timeline::Timeline;
pub use value::Value;
