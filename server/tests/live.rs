//! A server and viewers over real sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "live/callbacks.rs"]
mod callbacks;
#[path = "live/client_socket.rs"]
mod client_socket;
#[path = "live/delivery.rs"]
mod delivery;
#[path = "live/lifecycle.rs"]
mod lifecycle;

use client_socket::ClientSocket;
use scenecast::Server;

/// A server on a port of its own, which ends with the test.
fn server() -> Server {
    Server::builder().port(0).start().unwrap()
}
