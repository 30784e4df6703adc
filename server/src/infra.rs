//! Messages between a program and its clients, without a scene: what Scenecast runs on, for
//! servers of your own.
//!
//! A [`Message`] is a plain struct that derives it; a [`MessageSet`] lists those of a server. A
//! [`WebsocketServer`] serves WebSockets and files on one port. It and each [`ClientConnection`]
//! are [`MessageHandler`]s: they send messages, to all clients or to one, and call handlers for
//! those that arrive. [`generate_typescript_interfaces`] tells browsers what to expect.
//!
//! What clients can rely on: each gets everything that was said before it came, then what is new;
//! of messages with equal keys, the last one; an [atomic](MessageHandler::atomic) group whole. A
//! client that reads slowly delays nobody. What a program can rely on: broken or hostile bytes end
//! the connection that they came from, with a reason, and nothing else; all that waits is bounded.
//!
//! # How it works
//!
//! From the caller inwards: a message is encoded on the calling thread → the outbox stages it
//! (atomic blocks) or pushes it into the fan-out, which holds one coalescing buffer for all
//! clients and one for each → the pacer releases what is new, at most sixty times a second → each
//! client's task takes the next window, which all clients at the same place share: it is built,
//! encoded and compressed once.
//!
//! The transport is all that runs: the port, the threads, the connections. What clients say goes
//! to its listener: a scene's server, or the hub of a [`WebsocketServer`].
//!
//! Buffers, windows and cursors are plain structs without sockets or clocks. Their one lock is
//! never held while encoding, compressing, awaiting or running user code.

pub(crate) mod buffer_handle;
pub(crate) mod callbacks;
pub(crate) mod client_api;
pub(crate) mod client_connection;
pub(crate) mod connection;
pub(crate) mod deserialize_error;
pub(crate) mod endpoint;
pub(crate) mod event_queue;
pub(crate) mod fan_out;
pub(crate) mod handlers;
pub(crate) mod hub;
pub(crate) mod listener;
pub(crate) mod message;
pub(crate) mod message_buffer;
pub(crate) mod message_handler;
pub(crate) mod message_set;
pub(crate) mod outbox;
pub(crate) mod outgoing;
pub(crate) mod pacer;
pub(crate) mod recorder;
pub(crate) mod runtime;
pub(crate) mod serializer;
pub(crate) mod settings;
pub(crate) mod staging;
pub(crate) mod transport;
pub(crate) mod typescript;
pub(crate) mod websocket_server;
pub(crate) mod window;
pub(crate) mod window_cache;

pub use buffer_handle::MessageBufferHandle;
pub use callbacks::CallbackId;
pub use client_api::ClientApiVersion;
pub use client_connection::ClientConnection;
pub use deserialize_error::DeserializeError;
pub use message::{Message, MessageClass};
pub use message_handler::MessageHandler;
pub use message_set::{AnyMessage, MessageSet};
pub use scenecast_derive::{Message, Wire};
pub use scenecast_protocol::{self as protocol, Array, Key, Value, Wire};
pub use serializer::StateSerializer;
pub use typescript::generate_typescript_interfaces;
pub use websocket_server::{WebsocketServer, WebsocketServerBuilder};

/// Names a client: 0, 1, 2, … in the order of connections to one server.
pub type ClientId = u64;

/// The guide's code compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../../docs/infra.md")]
mod guide {}

/// What derived code refers to.
#[doc(hidden)]
pub mod __derive {
    pub use super::{
        ClientId,
        message::{Message, MessageClass, default_key},
    };
    pub use scenecast_protocol::{
        DecodeError, Direction, Key, Value, Wire,
        encode::Sink,
        schema::{Field, Struct, Type},
        wire::{expect_map, field},
    };
}
