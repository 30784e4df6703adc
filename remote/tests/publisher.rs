//! The publisher against a WebSocket server of the test's own: what arrives, and how it ends.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "publisher/real_viewer.rs"]
mod real_viewer;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use scenecast_remote::pickle::{Limits, encode};
use scenecast_remote::publisher::{
    BodyFrames, ConnectOptions, Options, RemoteArrows, RemoteError, RemoteLines, RemoteMeshes,
    RemoteNode, RemoteRigidBodies, RemoteSkeletons, RemoteSmplSequence, RemoteSpheres,
    RemoteViewer,
};
use scenecast_remote::scene::SceneLimits;
use scenecast_remote::smpl::ModelFolder;
use scenecast_remote::{Kind, Message, NdArray, Scene, Value};
use tokio::net::TcpListener;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Message as Frame, protocol::frame::coding::CloseCode};

/// What a server sees of a publisher.
#[derive(Debug)]
enum Seen {
    Credentials(Option<String>),
    Message(Message),
    Pong,
    Closed(Option<CloseFrame>),
    /// The connection was cut.
    Lost,
}

/// Serves one publisher: pings it, sends it `greeting`, then tells what comes.
fn serve(greeting: Option<Value>) -> (SocketAddr, Receiver<Seen>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (address, serve_on(listener, greeting))
}

fn serve_on(listener: std::net::TcpListener, greeting: Option<Value>) -> Receiver<Seen> {
    let (seen, receiver) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    std::thread::spawn(move || {
        runtime.block_on(async move {
            listener.set_nonblocking(true).unwrap();
            let listener = TcpListener::from_std(listener).unwrap();
            let (stream, _) = listener.accept().await.unwrap();
            let credentials = seen.clone();
            // The error type is tungstenite's.
            #[allow(clippy::result_large_err)]
            let inspect = move |request: &Request, response: Response| {
                let header = request.headers().get("authorization");
                let header = header.map(|value| value.to_str().unwrap().to_owned());
                credentials.send(Seen::Credentials(header)).unwrap();
                Ok::<_, ErrorResponse>(response)
            };
            let mut socket = accept_hdr_async(stream, inspect).await.unwrap();
            socket
                .send(Frame::Ping("are you there".into()))
                .await
                .unwrap();
            if let Some(value) = greeting {
                socket.send(Frame::Text("no message".into())).await.unwrap();
                socket
                    .send(Frame::Binary(encode(&value).unwrap()))
                    .await
                    .unwrap();
            }
            loop {
                let next = match socket.next().await {
                    Some(Ok(Frame::Binary(payload))) => {
                        Seen::Message(Message::decode(&payload, &Limits::default()).unwrap())
                    }
                    Some(Ok(Frame::Pong(_))) => Seen::Pong,
                    Some(Ok(Frame::Close(frame))) => {
                        // Echoes it.
                        while socket.next().await.is_some() {}
                        seen.send(Seen::Closed(frame)).unwrap();
                        return;
                    }
                    Some(Ok(other)) => panic!("{other:?}"),
                    Some(Err(_)) | None => {
                        let _ = seen.send(Seen::Lost);
                        return;
                    }
                };
                seen.send(next).unwrap();
            }
        });
    });
    receiver
}

fn messages(receiver: Receiver<Seen>) -> Vec<Message> {
    receiver
        .into_iter()
        .filter_map(|seen| match seen {
            Seen::Message(message) => Some(message),
            _ => None,
        })
        .collect()
}

/// Names of the arguments that aitviewer's own client sends, by kind.
fn argument_names(message: &Message) -> (Kind, Vec<String>) {
    let Value::Kind(kind) = message.kind else {
        panic!("{message:?}");
    };
    (
        kind,
        message
            .kwargs
            .iter()
            .map(|(name, _)| name.to_string())
            .collect(),
    )
}

#[test]
fn messages_are_those_of_aitviewers_client() {
    let (address, receiver) = serve(None);
    let viewer = RemoteViewer::connect(address.to_string()).unwrap();
    let points = vec![[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let options = Options::new()
        .name("tetra")
        .color([1.0, 0.0, 0.0, 1.0])
        .set("flat_shading", true);
    let mesh = RemoteMeshes::with(&viewer, &points, vec![[0_u32, 1, 2]], options).unwrap();
    mesh.add_frames(vec![points.clone(), points.clone()])
        .unwrap();
    mesh.update_frames(&points, 1).unwrap();
    mesh.remove_frames(0..2).unwrap();
    let spheres = RemoteSpheres::new(&viewer, &points).unwrap();
    spheres.update_frames(&points, [0]).unwrap();
    RemoteLines::new(&viewer, &points).unwrap();
    let arrows = RemoteArrows::new(&viewer, &points, &points).unwrap();
    arrows.add_frames(&points, &points).unwrap();
    let axes = vec![[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]; 3];
    let bodies = RemoteRigidBodies::new(&viewer, &points, &axes).unwrap();
    bodies.add_frames(&points, &axes).unwrap();
    RemoteSkeletons::new(&viewer, vec![points.clone()], vec![[0_u32, 1], [1, 2]]).unwrap();
    let poses = NdArray::from_f32(vec![1, 69], vec![0.0; 69]).unwrap();
    let smpl = RemoteSmplSequence::new(&viewer, poses.clone()).unwrap();
    smpl.add_frames(poses.clone(), BodyFrames::default())
        .unwrap();
    smpl.update_frames(poses, 0, BodyFrames::default()).unwrap();
    let node = RemoteNode::new(&viewer, Options::new().position([0.0, 1.0, 0.0])).unwrap();
    node.delete().unwrap();
    spheres.delete().unwrap();
    viewer.set_frame(5).unwrap();
    viewer.next_frame().unwrap();
    viewer.previous_frame().unwrap();
    drop((mesh, arrows, bodies, smpl, viewer));
    let messages = messages(receiver);
    let sent: Vec<_> = messages.iter().map(argument_names).collect();
    let expected: Vec<(Kind, Vec<String>)> = [
        (Kind::Meshes, "vertices faces name color flat_shading"),
        (Kind::AddFrames, "vertices"),
        (Kind::UpdateFrames, "vertices frames"),
        (Kind::RemoveFrames, "frames"),
        (Kind::Spheres, "positions"),
        (Kind::UpdateFrames, "positions frames"),
        (Kind::Lines, "lines"),
        (Kind::Arrows, "origins tips"),
        (Kind::AddFrames, "origins tips"),
        (Kind::RigidBodies, "rb_pos rb_ori"),
        (Kind::AddFrames, "rb_pos rb_ori"),
        (Kind::Skeletons, "joint_positions joint_connections"),
        (Kind::Smpl, "poses_body"),
        (Kind::AddFrames, "poses_body poses_root trans betas"),
        (
            Kind::UpdateFrames,
            "poses_body frames poses_root trans betas",
        ),
        (Kind::Node, "position"),
        (Kind::Delete, ""),
        (Kind::Delete, ""),
        (Kind::SetFrame, ""),
        (Kind::NextFrame, ""),
        (Kind::PreviousFrame, ""),
    ]
    .map(|(kind, names)| (kind, names.split_whitespace().map(str::to_owned).collect()))
    .into();
    assert_eq!(sent, expected);
    assert_eq!(messages[18].args, [Value::Int(5)]);
    assert_eq!(messages[18].uid, Value::None);

    // And a hub does what they say.
    let models = Arc::new(ModelFolder::new("no/models"));
    let mut scene = Scene::new(models, SceneLimits::default());
    for message in messages {
        let is_body = message
            .kwargs
            .iter()
            .any(|(name, _)| &**name == "poses_body");
        assert_eq!(
            scene.apply(1, message.clone()).is_err(),
            is_body,
            "{message:?}"
        );
    }
    let frames: Vec<usize> = scene
        .nodes()
        .map(|(_, _, node)| node.frame_count())
        .collect();
    assert_eq!(frames, [1, 1, 2, 2, 1]);
}

#[test]
fn dropping_the_last_handle_sends_all_and_closes_cleanly() {
    let (address, receiver) = serve(None);
    let viewer = RemoteViewer::connect(address.to_string()).unwrap();
    let clone = viewer.clone();
    drop(viewer);
    for _ in 0..50 {
        let many = vec![[0.0_f32; 3]; 10_000];
        RemoteSpheres::new(&clone, many).unwrap();
    }
    drop(clone);
    let seen: Vec<Seen> = receiver.into_iter().collect();
    assert!(matches!(seen[0], Seen::Credentials(None)));
    assert!(seen.iter().any(|seen| matches!(seen, Seen::Pong)));
    let count = seen
        .iter()
        .filter(|seen| matches!(seen, Seen::Message(_)))
        .count();
    assert_eq!(count, 50);
    let Some(Seen::Closed(Some(frame))) = seen.last() else {
        panic!("{:?}", seen.last());
    };
    assert_eq!(frame.code, CloseCode::Normal);
}

#[test]
fn a_viewers_messages_are_read_in_order() {
    let greeting = Value::from([("event", "click".into()), ("frame", 7.into())]);
    let (address, receiver) = serve(Some(greeting.clone()));
    let viewer = RemoteViewer::connect(format!("token:SECRET@{address}")).unwrap();
    let Seen::Credentials(Some(credentials)) = receiver.recv().unwrap() else {
        panic!("no credentials");
    };
    assert_eq!(credentials, "Basic dG9rZW46U0VDUkVU");
    let read = viewer.wait_message(Duration::from_secs(10)).unwrap();
    assert_eq!(read, Some(Ok(greeting)));
    assert_eq!(viewer.get_message().unwrap(), None);
}

#[test]
fn a_lost_viewer_is_an_error_not_a_hang() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            stream.set_nonblocking(true).unwrap();
            let stream = tokio::net::TcpStream::from_std(stream).unwrap();
            drop(tokio_tungstenite::accept_async(stream).await.unwrap());
        });
    });
    let viewer = RemoteViewer::connect(address.to_string()).unwrap();
    server.join().unwrap();
    let (ended, told) = mpsc::channel::<()>();
    viewer.on_message(move |_| {
        let _ = &ended;
    });
    // The callback's thread ends with the connection.
    assert!(told.recv_timeout(Duration::from_secs(10)).is_err());
    assert!(!viewer.is_connected());
    assert!(matches!(
        viewer.next_frame(),
        Err(RemoteError::Disconnected)
    ));
    assert!(matches!(
        viewer.get_message(),
        Err(RemoteError::Disconnected)
    ));
}

#[test]
fn connecting_waits_for_a_viewer_that_starts_late_but_not_for_ever() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let options = ConnectOptions {
        timeout: Duration::from_millis(300),
    };
    let start = Instant::now();
    let error = RemoteViewer::connect_with(address.to_string(), options)
        .err()
        .unwrap();
    assert!(matches!(&error, RemoteError::Connect { .. }), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
    let late = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        serve_on(std::net::TcpListener::bind(address).unwrap(), None)
    });
    let viewer = RemoteViewer::connect(address.to_string()).unwrap();
    viewer.set_frame(1).unwrap();
    drop(viewer);
    assert_eq!(messages(late.join().unwrap()).len(), 1);
}

#[test]
fn frames_of_different_shapes_and_missing_programs_are_errors() {
    let (address, _receiver) = serve(None);
    let viewer = RemoteViewer::connect(address.to_string()).unwrap();
    let uneven = vec![vec![[0.0_f32; 3]; 2], vec![[0.0; 3]; 3]];
    assert!(matches!(
        RemoteSpheres::new(&viewer, uneven),
        Err(RemoteError::Shape(_))
    ));
    let program = std::process::Command::new("no-such-viewer");
    let started = RemoteViewer::create_new_process_with(program, address.to_string());
    assert!(matches!(started, Err(RemoteError::Process { .. })));
    assert!(matches!(
        RemoteViewer::connect("a b"),
        Err(RemoteError::Address { .. })
    ));
}
