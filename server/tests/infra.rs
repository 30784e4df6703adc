//! Servers of messages of one's own, over real sockets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "infra/client.rs"]
mod client;
#[path = "infra/connections.rs"]
mod connections;
#[path = "infra/delivery.rs"]
mod delivery;
#[path = "infra/handlers.rs"]
mod handlers;
#[path = "infra/lifecycle.rs"]
mod lifecycle;
#[path = "infra/messages.rs"]
mod messages;
#[path = "infra/viser.rs"]
mod viser;

use client::Client;
use scenecast::infra::{
    Array, ClientApiVersion, ClientId, Message, MessageSet, WebsocketServer,
    WebsocketServerBuilder, Wire,
};
use std::{sync::mpsc, thread, time::Duration};

/// Only so that a failure is a failed test, not one that never ends.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a pen draws with.
#[derive(Clone, Copy, Debug, PartialEq, Wire)]
enum Tip {
    #[message(name = "round")]
    Round,
    #[message(name = "square")]
    Square,
}

/// How a stroke looks.
#[derive(Clone, Debug, PartialEq, Wire)]
struct Pen {
    /// Pixels.
    width: f32,
    tip: Tip,
}

/// A line that somebody drew.
#[derive(Clone, Debug, PartialEq, Message)]
#[message(redundancy_key = "stroke-{id}", tags(Drawing))]
struct Stroke {
    /// Names it.
    id: u32,
    /// Where it goes, pixels: `[N, 2]`.
    points: Array<[f32; 2]>,
    pen: Pen,
    #[message(excluded_self_client)]
    author: Option<ClientId>,
}

impl Stroke {
    fn new(id: u32) -> Self {
        Self {
            id,
            points: [[0.0, 1.0], [2.0, 3.0]].into(),
            pen: Pen {
                width: 1.5,
                tip: Tip::Round,
            },
            author: None,
        }
    }
}

/// Empties the board.
#[derive(Clone, Debug, PartialEq, Message)]
#[message(tags(Drawing))]
struct Clear {}

/// Something said once.
#[derive(Clone, Debug, PartialEq, Message)]
#[message(redundancy_key = unique)]
struct Chat {
    text: String,
}

/// What only servers say.
#[derive(Clone, Debug, PartialEq, Message)]
#[message(direction = ToViewer)]
struct Done {}

fn messages() -> MessageSet {
    let set = MessageSet::new().with::<Stroke>().unwrap();
    let set = set.with::<Clear>().unwrap().with::<Chat>().unwrap();
    set.with::<Done>().unwrap()
}

/// A server on a port of its own, which ends with the test.
fn builder() -> WebsocketServerBuilder {
    WebsocketServer::builder(messages())
        .port(0)
        .client_api_version(ClientApiVersion::V0)
}

fn chat(text: &str) -> Chat {
    Chat {
        text: text.to_owned(),
    }
}

/// Two clients with the numbers 0 and 1.
fn join_in_order(server: &WebsocketServer) -> [Client; 2] {
    [1, 2].map(|count| {
        let client = Client::join(server.get_port());
        wait_until(|| server.get_clients().len() == count);
        client
    })
}

/// What a callback says next.
fn next<T>(heard: &mpsc::Receiver<T>) -> T {
    heard.recv_timeout(PATIENCE).expect("a callback is called")
}

/// Waits for what must come true.
fn wait_until(mut is_true: impl FnMut() -> bool) {
    for _ in 0..30_000 {
        if is_true() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
    panic!("it does not come true");
}
