//! Transport without a scene: messages in, the same few bytes out to every viewer.
//!
//! From the caller inwards:
//! an [`Outgoing`](outgoing::Outgoing) is a message encoded on the calling thread → the
//! [`Outbox`](outbox::Outbox) stages it (atomic blocks) or pushes it into the
//! [`FanOut`](fan_out::FanOut), which holds one coalescing
//! [`MessageBuffer`](message_buffer::MessageBuffer) for all viewers and one for each → the
//! [`pacer`] releases what is new, at most sixty times a second → each viewer's task
//! ([`connection`]) takes the next [`Window`](window::Window), which all viewers at the same
//! place share: it is built, encoded and compressed once.
//!
//! A [`Transport`](transport::Transport) is all that runs: the port, the threads, the viewers'
//! connections. What viewers say goes to its [`Listener`](listener::Listener).
//!
//! Buffers, windows and cursors are plain structs without sockets or clocks. Their one lock is
//! never held while encoding, compressing, awaiting or running user code.

pub(crate) mod callbacks;
pub(crate) mod client_api;
pub(crate) mod connection;
pub(crate) mod event_queue;
pub(crate) mod fan_out;
pub(crate) mod listener;
pub(crate) mod message_buffer;
pub(crate) mod outbox;
pub(crate) mod outgoing;
pub(crate) mod pacer;
pub(crate) mod recorder;
pub(crate) mod runtime;
pub(crate) mod serializer;
pub(crate) mod settings;
pub(crate) mod staging;
pub(crate) mod transport;
pub(crate) mod window;
pub(crate) mod window_cache;

/// Names a viewer: 0, 1, 2, … in the order of connections to one server.
pub type ClientId = u64;
