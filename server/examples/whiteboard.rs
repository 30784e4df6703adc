//! A whiteboard that everyone who opens the page shares: messages and a page of its own, and no
//! scene. `cargo run --example whiteboard [PORT]`

use scenecast::{
    http::Assets,
    infra::{
        Array, ClientApiVersion, ClientConnection, ClientId, Message, MessageHandler, MessageSet,
        Value, WebsocketServer,
    },
};
use std::sync::{Arc, Mutex};

/// Longer strokes are cut off.
const MAX_POINTS: usize = 10_000;

/// The oldest strokes make room for new ones.
const MAX_STROKES: usize = 5_000;

/// A line that somebody draws. While it grows it is said again and again; the last one counts.
#[derive(Clone, Message)]
#[message(redundancy_key = "stroke-{id}", tags(Drawing))]
struct Stroke {
    /// Names it among all strokes.
    id: String,
    /// As in CSS.
    #[message(typescript = "`#${string}`")]
    color: String,
    /// Where it goes, pixels from the top left: `[N, 2]`.
    points: Array<[f32; 2]>,
    /// Whoever draws it has it already.
    #[message(excluded_self_client)]
    author: Option<ClientId>,
}

/// Wipes the board.
#[derive(Clone, Message)]
#[message(tags(Drawing))]
struct Clear {}

/// How many people are at the board.
#[derive(Clone, Message)]
#[message(direction = ToViewer)]
struct People {
    count: u32,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(0), |port| port.parse())?;
    let messages = MessageSet::new()
        .with::<Stroke>()?
        .with::<Clear>()?
        .with::<People>()?;
    let page = [("index.html", &include_bytes!("whiteboard/index.html")[..])];
    let server = WebsocketServer::builder(messages)
        .port(port)
        .client_api_version(ClientApiVersion::V0)
        .http_server_root(Assets::files(page))
        .build();

    let _stays = server.register_handler({
        let server = server.clone();
        move |client, stroke: &Stroke| {
            let points = stroke.points.as_slice();
            let mut stroke = stroke.clone();
            if points.len() > MAX_POINTS {
                stroke.points = points[..MAX_POINTS].into();
            }
            stroke.author = Some(client);
            server.queue_message(&stroke);
            forget_old_strokes(&server);
        }
    })?;
    let _stays = server.register_handler({
        let server = server.clone();
        move |_, clear: &Clear| {
            let buffer = server.get_message_buffer();
            buffer.remove_from_buffer(is_stroke);
            server.queue_message(clear);
        }
    })?;
    let count_people = {
        let server = server.clone();
        // Callbacks for different clients run beside each other: the last one to say a number
        // must be the last one to count.
        let counting = Arc::new(Mutex::new(()));
        move |_: &ClientConnection| {
            let _counting = counting.lock();
            let count = server.get_clients().len() as u32;
            server.queue_message(&People { count });
        }
    };
    let _stays = server.on_client_connect(count_people.clone());
    let _stays = server.on_client_disconnect(count_people);
    server.start()?;
    println!("{}", server.url());
    server.wait();
    Ok(())
}

fn is_stroke(message: &Value) -> bool {
    message.get("points").is_some()
}

/// Keeps the board, and with it what a new page has to load, within a bound.
fn forget_old_strokes(server: &WebsocketServer) {
    let buffer = server.get_message_buffer();
    let mut surplus = buffer.len().saturating_sub(MAX_STROKES);
    if surplus > 0 {
        // The oldest come first.
        buffer.remove_from_buffer(|message| {
            let is_surplus = surplus > 0 && is_stroke(message);
            surplus -= usize::from(is_surplus);
            is_surplus
        });
    }
}
