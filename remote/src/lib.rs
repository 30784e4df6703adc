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
//! | [`smpl`] | body models: shape and pose → vertices and joints |
//!
//! Nothing here opens a socket, starts a thread or reads a clock.

pub mod message;
pub mod ndarray;
pub mod pickle;
pub mod smpl;
pub mod value;

pub use message::{Kind, Message};
pub use ndarray::{Dtype, NdArray};
pub use value::Value;
