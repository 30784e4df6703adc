//! viser's messages through a server that knows no scene.

use super::{Client, next, wait_until};
use scenecast::{
    http::{Assets, Subprotocol},
    infra::{ClientApiVersion, Message as _, MessageHandler, MessageSet, WebsocketServer},
};
use scenecast_protocol::{
    Message, Wxyz,
    camera::ViewerCamera,
    scene::{AddNode, Frame, PointCloud, Points, SetPosition},
    transfer::ReplayDone,
};
use std::sync::mpsc;

fn server(version: ClientApiVersion) -> WebsocketServer {
    let messages = MessageSet::new().with::<Message>().unwrap();
    WebsocketServer::builder(messages)
        .port(0)
        .client_api_version(version)
        .http_server_root(Assets::embedded())
        .subprotocol(Subprotocol::viser())
        .backlog_done_message(&Message::from(ReplayDone {}))
        .build()
}

fn node(name: &str, node: impl Into<scenecast_protocol::scene::Node>) -> Message {
    AddNode {
        name: name.into(),
        owner: String::new(),
        is_virtual: false,
        node: node.into(),
    }
    .into()
}

fn camera() -> ViewerCamera {
    ViewerCamera {
        wxyz: Wxyz::IDENTITY,
        position: [1.0, 2.0, 3.0],
        fov: 1.0,
        near: 0.01,
        far: 1000.0,
        image_height: 600,
        image_width: 800,
        look_at: [0.0; 3],
        up_direction: [0.0, 0.0, 1.0],
    }
}

#[test]
fn both_versions_carry_the_same_messages() {
    let cloud = PointCloud::new(Points::f32([[1.0, 2.0, 3.0]]));
    let scene = [
        node("/a", Frame::default()),
        node("/a/cloud", cloud),
        SetPosition {
            name: "/a".into(),
            position: [1.0, 0.0, 0.0],
            owner: String::new(),
        }
        .into(),
    ];
    let expected = |at: usize| match scene.get(at) {
        Some(message) => message.clone(),
        None => ReplayDone {}.into(),
    };
    for version in [ClientApiVersion::V0, ClientApiVersion::V1] {
        let server = server(version);
        scene
            .iter()
            .for_each(|message| server.queue_message(message));
        server.start().unwrap();
        let (mut client, _) = Client::offer(server.get_port(), &["viser-v1.1.1"]);
        for at in 0..=scene.len() {
            match version {
                ClientApiVersion::V0 => {
                    let message = Message::deserialize(&client.bytes()).unwrap();
                    assert_eq!(message, expected(at));
                }
                ClientApiVersion::V1 => {
                    assert_eq!(client.windowed(), expected(at).as_serializable());
                }
            }
        }
        let (old, _) = Client::offer(server.get_port(), &["viser-v1.0.0"]);
        assert_eq!(old.close().0, 1002);
    }
}

#[test]
fn all_of_viser_s_messages_arrive_at_one_handler() {
    let server = server(ClientApiVersion::V1);
    let (say, heard) = mpsc::channel();
    let _stays = server
        .register_handler(move |client, message: &Message| {
            say.send((client, message.clone())).unwrap();
        })
        .unwrap();
    server.start().unwrap();
    let (mut client, _) = Client::offer(server.get_port(), &["viser-v1.1.1"]);
    client.send(&Message::from(camera()));
    assert_eq!(next(&heard), (0, camera().into()));
    // Removals replace creations, as in every scene.
    let buffer = server.get_message_buffer();
    server.queue_message(&node("/a", Frame::default()));
    server.queue_message(&Message::from(SetPosition {
        name: "/a".into(),
        position: [1.0; 3],
        owner: String::new(),
    }));
    assert_eq!(buffer.len(), 2);
    let removal = scenecast_protocol::scene::RemoveSceneNode {
        name: "/a".into(),
        owner: String::new(),
    };
    server.queue_message(&Message::from(removal));
    wait_until(|| buffer.len() <= 1);
    // What only servers send is refused.
    client.send(&Message::from(ReplayDone {}));
    assert_eq!(client.close().0, 1008);
}
