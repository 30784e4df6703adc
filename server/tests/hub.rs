//! A hub with publishers and viewers, over real sockets.

#![cfg(feature = "hub")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

#[path = "live/client_socket.rs"]
mod client_socket;
#[cfg(feature = "tls")]
#[path = "hub/encrypted.rs"]
mod encrypted;
#[path = "hub/endpoint.rs"]
mod endpoint;
#[path = "hub/python.rs"]
mod python;
#[path = "hub/renderables.rs"]
mod renderables;
#[path = "hub/semantics.rs"]
mod semantics;
#[path = "hub/setting.rs"]
mod setting;
#[path = "hub/timeline.rs"]
mod timeline;
