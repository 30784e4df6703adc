//! A server and viewers over real sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "live/answers.rs"]
mod answers;
#[path = "live/callbacks.rs"]
mod callbacks;
#[path = "live/cameras.rs"]
mod cameras;
#[path = "live/client_socket.rs"]
mod client_socket;
#[path = "live/delivery.rs"]
mod delivery;
#[path = "live/downloads.rs"]
mod downloads;
#[path = "live/gui_containers.rs"]
mod gui_containers;
#[path = "live/gui_presses.rs"]
mod gui_presses;
#[path = "live/gui_uploads.rs"]
mod gui_uploads;
#[path = "live/gui_values.rs"]
mod gui_values;
#[path = "live/interaction.rs"]
mod interaction;
#[path = "live/lifecycle.rs"]
mod lifecycle;
#[path = "live/sharing.rs"]
mod sharing;

use client_socket::ClientSocket;
use scenecast::{Client, Server};
use std::{
    sync::mpsc::Receiver,
    time::{Duration, Instant},
};

/// Only so that a failure is a failed test, not one that never ends.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server on a port of its own, which ends with the test.
fn server() -> Server {
    Server::builder().port(0).start().unwrap()
}

/// The next event.
fn next<T>(events: &Receiver<T>) -> T {
    events.recv_timeout(PATIENCE).unwrap()
}

/// The server's view of the viewer with this number.
fn client(server: &Server, id: u64) -> Client {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let mut clients = server.clients().into_iter();
        if let Some(client) = clients.find(|client| client.id() == id) {
            return client;
        }
        assert!(Instant::now() < deadline, "the viewer does not connect");
        std::thread::yield_now();
    }
}

/// Viewers with the numbers 0, 1, … that have their replay. They come one after the other, since
/// numbers are given when the handshake is over: of two at once either may be the first.
fn join_in_order<const N: usize>(server: &Server) -> [ClientSocket; N] {
    let mut ids = 0..;
    [(); N].map(|()| {
        let mut viewer = ClientSocket::join(server.port());
        viewer.replay();
        let _ = ids.next().map(|id| client(server, id));
        viewer
    })
}

/// A server with one viewer that has its replay.
fn with_viewer() -> (Server, ClientSocket, Client) {
    let server = server();
    let [viewer] = join_in_order(&server);
    let client = client(&server, 0);
    (server, viewer, client)
}
