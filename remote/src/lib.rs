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
//!
//! Nothing here opens a socket, starts a thread or reads a clock.

mod arguments;
pub mod message;
pub mod ndarray;
pub mod pickle;
mod refused;
pub mod renderable;
pub mod scene;
mod selection;
mod sequence;
pub mod smpl;
pub mod timeline;
pub mod value;

pub use message::{Kind, Message};
pub use ndarray::{Dtype, NdArray};
pub use refused::Refused;
pub use renderable::Renderable;
pub use scene::Scene;
pub use sequence::{Frame, MAX_FRAMES, Sequence};
pub use timeline::Timeline;
pub use value::Value;
