//! Serves the client in `typescript_client/`, which knows plain MessagePack and the generated
//! types, and speaks with it in viser's messages:
//!
//! ```sh
//! npx --package typescript@5.9.3 tsc -p server/examples/typescript_client
//! cp server/examples/typescript_client/index.html server/examples/typescript_client/built
//! cargo run --example typescript_client server/examples/typescript_client/built
//! ```
//!
//! With a port and `windows` as further arguments it speaks version 1 instead, as viser's own
//! browser client does.

use scenecast::{
    http::Assets,
    infra::{
        ClientApiVersion, MessageHandler, MessageSet, WebsocketServer,
        protocol::{
            Message,
            scene::{AddNode, Label, Node, PointCloud, Points, Precision, SetPosition},
            transfer::ReplayDone,
        },
    },
};

/// A node that everyone sees.
fn add(name: String, node: impl Into<Node>) -> Message {
    AddNode {
        name: name.into(),
        owner: String::new(),
        is_virtual: false,
        node: node.into(),
    }
    .into()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("which folder holds the page?")?;
    let port = arguments.next().map_or(Ok(0), |port| port.parse())?;
    let version = match arguments.next().as_deref() {
        Some("windows") => ClientApiVersion::V1,
        _ => ClientApiVersion::V0,
    };

    let server = WebsocketServer::builder(MessageSet::new().with::<Message>()?)
        .port(port)
        .client_api_version(version)
        .allow_origin("*")
        .http_server_root(Assets::folder(folder))
        .backlog_done_message(&Message::from(ReplayDone {}))
        .build();

    let ring: Vec<[f32; 3]> = (0..200_u8)
        .map(|i| (f32::from(i) / 200.0 * std::f32::consts::TAU).sin_cos())
        .map(|(sin, cos)| [cos, sin, 0.0])
        .collect();
    let ring = PointCloud::new(Points::f32(ring))
        .precision(Precision::Float32)
        .colors([[200, 40, 40]])
        .point_size(0.1);
    server.queue_message(&add("/ring".to_owned(), ring));

    // The ring goes where somebody clicks, for all to see.
    let _stays = server.register_handler({
        let server = server.clone();
        move |client, message: &Message| {
            let Message::ViewerCamera(camera) = message else {
                return;
            };
            let [x, y, _] = camera.look_at;
            let text = format!("client {client} looks at {x:.1}, {y:.1}");
            server.atomic(|| {
                let moved = SetPosition {
                    name: "/ring".into(),
                    position: camera.look_at,
                    owner: String::new(),
                };
                server.queue_message(&Message::from(moved));
                server.queue_message(&add(format!("/client/{client}"), Label::new(text)));
            });
        }
    })?;
    server.start()?;
    println!("{}", server.url());
    server.wait();
    Ok(())
}
