//! One viewer over a pipe: no port, no clock that matters.

use super::*;
use crate::infra::{
    client_api::Dialect,
    event_queue::Permit,
    fan_out::{Audience, WINDOW},
    listener::Refusal,
};
use scenecast_protocol::{
    Limits, Message as Said,
    gui::GuiFormDirty,
    message::to_server,
    scene::{PointCloud, Points, SetPosition},
    transfer::FileTransferPart,
    window::decode,
};
use std::sync::Mutex;
use tokio::{io::DuplexStream, task::JoinHandle};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

/// Keeps what viewers say, and their permits until it is told to let go.
#[derive(Default)]
struct Ear {
    heard: Mutex<Vec<(ClientId, Said, Permit)>>,
}

impl Listener for Ear {
    fn on_open(&self, _viewer: Newcomer) {}

    fn on_message(&self, viewer: Newcomer, message: &Bytes, permit: Permit) -> Result<(), Refusal> {
        let limits = Limits::client_message();
        let message = Said::from_viewer(message, &limits).map_err(Refusal::invalid)?;
        if matches!(message, Said::SetPosition(_)) {
            return Err(Refusal::policy("viewers do not move nodes"));
        }
        self.heard
            .lock()
            .unwrap()
            .push((viewer.id, message, permit));
        Ok(())
    }

    fn on_close(&self, _id: ClientId) {}
}

fn newcomer(id: ClientId) -> Newcomer {
    Newcomer {
        id,
        is_read_only: false,
    }
}

struct Viewer {
    socket: WebSocketStream<DuplexStream>,
    served: JoinHandle<()>,
}

impl Viewer {
    /// A viewer whose connection holds `pipe` bytes in each direction.
    async fn join(outbox: &Arc<Outbox>, ear: &Arc<Ear>, id: ClientId, pipe: usize) -> Viewer {
        let (near, far) = tokio::io::duplex(pipe);
        let config = WebSocketConfig::default().max_message_size(Some(1 << 20));
        let server = WebSocketStream::from_raw_socket(far, Role::Server, Some(config)).await;
        let (outbox, ear) = (Arc::clone(outbox), Arc::clone(ear));
        let served = tokio::spawn(async move { run(server, newcomer(id), &outbox, &*ear).await });
        let config = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        Viewer {
            socket: WebSocketStream::from_raw_socket(near, Role::Client, Some(config)).await,
            served,
        }
    }

    async fn window(&mut self) -> Vec<Said> {
        match self.socket.next().await {
            Some(Ok(Message::Binary(bytes))) => {
                decode(&bytes, &Limits::default()).unwrap().messages
            }
            other => panic!("not a window: {other:?}"),
        }
    }

    /// Reads up to the end of the replay.
    async fn replay(&mut self) -> Vec<Said> {
        let mut messages = Vec::new();
        loop {
            for message in self.window().await {
                if matches!(message, Said::ReplayDone(_)) {
                    return messages;
                }
                messages.push(message);
            }
        }
    }

    /// Reads until the connection is closed, and returns code and reason.
    async fn close(mut self) -> (u16, String) {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Close(Some(frame)))) => {
                    while self.socket.next().await.is_some() {}
                    self.served.await.unwrap();
                    return (frame.code.into(), frame.reason.to_string());
                }
                Some(Ok(_)) => {}
                other => panic!("not closed: {other:?}"),
            }
        }
    }
}

fn position(name: &str, x: f64) -> Said {
    SetPosition {
        name: name.into(),
        position: [x, 0.0, 0.0],
        owner: String::new(),
    }
    .into()
}

fn outbox(limit: usize) -> Arc<Outbox> {
    Arc::new(Outbox::new(WINDOW, limit).with_dialect(Dialect::viser()))
}

#[tokio::test]
async fn a_viewer_gets_the_replay_and_then_what_is_released() {
    let (outbox, ear) = (outbox(0), Arc::default());
    outbox.send(Audience::Everyone, &position("/a", 1.0));
    outbox.release();
    let mut viewer = Viewer::join(&outbox, &ear, 0, 1 << 20).await;
    assert_eq!(viewer.replay().await, [position("/a", 1.0)]);
    outbox.send(Audience::Everyone, &position("/a", 2.0));
    outbox.send(Audience::Only(0), &position("/b", 1.0));
    outbox.send(Audience::Only(1), &position("/c", 1.0));
    outbox.release();
    let mut seen = viewer.window().await;
    seen.extend(viewer.window().await);
    seen.sort_by_key(|message| format!("{message:?}"));
    assert_eq!(seen, [position("/a", 2.0), position("/b", 1.0)]);
}

#[tokio::test]
async fn an_empty_replay_ends_at_once() {
    let (outbox, ear) = (outbox(0), Arc::default());
    let mut viewer = Viewer::join(&outbox, &ear, 0, 1 << 20).await;
    assert_eq!(viewer.replay().await, []);
}

#[tokio::test]
async fn a_large_window_arrives_whole() {
    let (outbox, ear) = (outbox(0), Arc::default());
    let points: Vec<[f32; 3]> = (0..100_000).map(|i| [i as f32, 0.5, -1.0]).collect();
    let cloud: Said = scenecast_protocol::scene::AddNode {
        name: "/cloud".into(),
        owner: String::new(),
        is_virtual: false,
        node: PointCloud::new(Points::f32(points)).into(),
    }
    .into();
    outbox.send(Audience::Everyone, &position("/a", 1.0));
    outbox.send(Audience::Everyone, &cloud);
    outbox.release();
    let mut viewer = Viewer::join(&outbox, &ear, 0, 4096).await;
    assert_eq!(viewer.replay().await, [position("/a", 1.0), cloud]);
}

#[tokio::test]
async fn a_viewer_that_lets_its_queue_grow_is_closed_with_the_limit() {
    let (outbox, ear) = (outbox(1 << 20), Arc::default());
    let mut slow = Viewer::join(&outbox, &ear, 0, 4096).await;
    let mut quick = Viewer::join(&outbox, &ear, 1, 4096).await;
    slow.replay().await;
    quick.replay().await;
    for part_index in 0..20 {
        let part = FileTransferPart {
            source_component_uuid: None,
            transfer_uuid: "t".to_owned(),
            part_index,
            content: vec![part_index as u8; 100_000].into(),
        };
        outbox.send(Audience::Only(0), &Said::from(part));
        outbox.release();
    }
    let (code, reason) = slow.close().await;
    assert_eq!(code, 1013);
    assert!(
        reason.contains("1048576") && reason.contains("max_queued_bytes"),
        "{reason}"
    );
    // The other one is served as ever.
    outbox.send(Audience::Everyone, &position("/a", 1.0));
    outbox.release();
    assert_eq!(quick.window().await, [position("/a", 1.0)]);
}

#[tokio::test]
async fn coalescing_messages_never_overflow() {
    let (outbox, ear) = (outbox(1), Arc::default());
    let mut slow = Viewer::join(&outbox, &ear, 0, 256).await;
    slow.replay().await;
    for round in 0..10_000 {
        outbox.send(Audience::Everyone, &position("/a", f64::from(round)));
        outbox.send(Audience::Only(0), &position("/b", f64::from(round)));
        outbox.release();
    }
    let mut last = [0.0; 2];
    while last != [9999.0; 2] {
        for message in slow.window().await {
            match message {
                Said::SetPosition(m) if &*m.name == "/a" => last[0] = m.position[0],
                Said::SetPosition(m) if &*m.name == "/b" => last[1] = m.position[0],
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_message_closes_its_sender_with_a_reason() {
    let camera_without_fields = b"\x81\xa4type\xb3ViewerCameraMessage".to_vec();
    let cases: Vec<(Message, u16, &str)> = vec![
        (Message::text("hello"), 1003, "text frames"),
        (Message::binary(Vec::new()), 1007, "ends inside a value"),
        (Message::binary(vec![0xc1; 10]), 1007, "not a MessagePack"),
        (Message::binary(vec![0x91; 100]), 1007, "nested deeper"),
        (
            Message::binary(b"\xdd\xff\xff\xff\xff".to_vec()),
            1007,
            "ends inside",
        ),
        (Message::binary(b"\x80".to_vec()), 1007, "type"),
        (
            Message::binary(camera_without_fields),
            1007,
            "ViewerCameraMessage",
        ),
        (Message::binary(vec![0; 2 << 20]), 1009, "too long"),
        (
            Message::binary(to_server(&position("/a", 1.0))),
            1008,
            "viewers do not move nodes",
        ),
    ];
    let (outbox, ear) = (outbox(0), Arc::<Ear>::default());
    let mut quiet = Viewer::join(&outbox, &ear, 0, 1 << 20).await;
    quiet.replay().await;
    for (index, (message, code, reason)) in cases.into_iter().enumerate() {
        let mut hostile = Viewer::join(&outbox, &ear, 1 + index as u64, 4 << 20).await;
        hostile.socket.send(message.clone()).await.unwrap();
        let (found, text) = hostile.close().await;
        assert_eq!(found, code, "{text}");
        let expected = reason.to_lowercase();
        assert!(text.to_lowercase().contains(&expected), "{code}: {text}");
    }
    assert!(ear.heard.lock().unwrap().is_empty());
    outbox.send(Audience::Everyone, &position("/a", 1.0));
    outbox.release();
    assert_eq!(quiet.window().await, [position("/a", 1.0)]);
}

#[tokio::test]
async fn reading_waits_while_messages_are_unhandled() {
    let (outbox, ear) = (outbox(0), Arc::<Ear>::default());
    let mut viewer = Viewer::join(&outbox, &ear, 0, 1 << 20).await;
    let message = to_server(&GuiFormDirty { uuid: "x".into() });
    for _ in 0..MAX_UNHANDLED + 10 {
        let frame = Message::binary(message.clone());
        viewer.socket.send(frame).await.unwrap();
    }
    let heard = || ear.heard.lock().unwrap().len();
    while heard() < MAX_UNHANDLED {
        tokio::task::yield_now().await;
    }
    // Windows go out meanwhile.
    viewer.replay().await;
    outbox.send(Audience::Everyone, &position("/a", 1.0));
    outbox.release();
    assert_eq!(viewer.window().await, [position("/a", 1.0)]);
    assert_eq!(heard(), MAX_UNHANDLED);
    // As soon as one is handled, the next is read.
    ear.heard.lock().unwrap().truncate(MAX_UNHANDLED - 10);
    while heard() < MAX_UNHANDLED {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn stopping_tells_viewers() {
    let (outbox, ear) = (outbox(0), Arc::default());
    let mut viewer = Viewer::join(&outbox, &ear, 0, 1 << 20).await;
    viewer.replay().await;
    outbox.stop();
    assert_eq!(viewer.close().await, (1001, "the server stops".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_viewer_without_sign_of_life_is_closed() {
    let (outbox, ear) = (outbox(0), Arc::default());
    let (near, far) = tokio::io::duplex(1 << 20);
    let server = WebSocketStream::from_raw_socket(far, Role::Server, None).await;
    let served = async { run(server, newcomer(0), &outbox, &*Arc::<Ear>::clone(&ear)).await };
    // `near` stays open and says nothing. Time is paused, and jumps ahead while all wait.
    let start = Instant::now();
    served.await;
    assert!(start.elapsed() >= 2 * KEEPALIVE);
    drop(near);
}
