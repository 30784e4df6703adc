//! A viewer that folds what it gets into state.

use scenecast_protocol::{
    Limits, Message, Wxyz,
    camera::ViewerCamera,
    gui::GuiUpdate,
    message::to_server,
    state::ViewerState,
    value::Value,
    window::decode,
    wire::{Updates, Wire},
};
use std::{
    collections::{BTreeMap, VecDeque},
    net::TcpStream,
    time::{Duration, Instant},
};
use tokio_tungstenite::tungstenite::{
    self, WebSocket, client::IntoClientRequest, protocol::WebSocketConfig,
};

/// Only so that a failure is a failed test, not one that never ends.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct ClientSocket {
    pub(super) socket: WebSocket<TcpStream>,
    pub(super) state: ViewerState,
    /// Values of GUI components by uuid.
    pub(super) values: BTreeMap<String, Value>,
    /// The components, in the order in which they were added.
    pub(super) components: Vec<String>,
    /// How often the end of the replay was said.
    pub(super) replays: usize,
    /// Bytes of all windows.
    pub(super) bytes: usize,
    /// Messages for this viewer that [`next`](Self::next) has not looked at yet.
    unread: VecDeque<Message>,
}

impl ClientSocket {
    /// Connects, and shows no camera yet.
    pub(super) fn open(port: u16) -> ClientSocket {
        Self::open_as(port, "viser-v1.1.1")
    }

    pub(super) fn open_as(port: u16, protocol: &str) -> ClientSocket {
        Self::open_at(port, "", protocol)
    }

    /// Connects with a query, such as `?token=…`.
    pub(super) fn open_at(port: u16, query: &str, protocol: &str) -> ClientSocket {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let url = format!("ws://127.0.0.1:{port}/{query}");
        let mut request = url.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("sec-websocket-protocol", protocol.parse().unwrap());
        let config = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let (socket, _) =
            tungstenite::client::client_with_config(request, stream, Some(config)).unwrap();
        ClientSocket {
            socket,
            state: ViewerState::new(),
            values: BTreeMap::new(),
            components: Vec::new(),
            replays: 0,
            bytes: 0,
            unread: VecDeque::new(),
        }
    }

    /// Connects as a browser does: with a camera.
    pub(super) fn join(port: u16) -> ClientSocket {
        let mut client = Self::open(port);
        client.show_camera([3.0, 3.0, 3.0]);
        client
    }

    pub(super) fn send(&mut self, message: &impl Wire) {
        let frame = tungstenite::Message::binary(to_server(message));
        self.socket.send(frame).unwrap();
    }

    pub(super) fn show_camera(&mut self, position: [f64; 3]) {
        self.send(&ViewerCamera {
            wxyz: Wxyz::IDENTITY,
            position,
            fov: 1.3,
            near: 0.01,
            far: 1000.0,
            image_height: 600,
            image_width: 800,
            look_at: [0.0; 3],
            up_direction: [0.0, 0.0, 1.0],
        });
    }

    pub(super) fn set_value(&mut self, uuid: &str, value: impl Wire) {
        self.send(&GuiUpdate {
            uuid: uuid.into(),
            updates: Updates(vec![("value".into(), value.to_value())]),
        });
    }

    /// Reads one window and applies it.
    pub(super) fn read(&mut self) {
        // Pings that come while nothing else does must not lengthen the wait.
        let deadline = Instant::now() + PATIENCE;
        let bytes = loop {
            match self.socket.read().unwrap() {
                tungstenite::Message::Binary(bytes) => break bytes,
                tungstenite::Message::Ping(_) if Instant::now() < deadline => {}
                other => panic!("not a window: {other:?}"),
            }
        };
        self.bytes += bytes.len();
        let window = decode(&bytes, &Limits::default()).unwrap();
        assert!(window.rejected.is_empty(), "{:?}", window.rejected);
        for message in window.messages {
            self.state.apply(&message).unwrap();
            self.unread.push_back(message.clone());
            match message {
                Message::ReplayDone(_) => self.replays += 1,
                Message::AddComponent(m) => self.components.push(m.uuid.to_string()),
                Message::GuiUpdate(m) => {
                    for (name, value) in m.updates.0 {
                        if &*name == "value" {
                            self.values.insert(m.uuid.to_string(), value);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The next message that `pick` takes; those before it are forgotten.
    pub(super) fn next<T>(&mut self, mut pick: impl FnMut(Message) -> Option<T>) -> T {
        loop {
            while let Some(message) = self.unread.pop_front() {
                if let Some(picked) = pick(message) {
                    return picked;
                }
            }
            self.read();
        }
    }

    pub(super) fn read_until(&mut self, mut is_enough: impl FnMut(&Self) -> bool) {
        while !is_enough(self) {
            self.read();
        }
    }

    /// Reads up to the end of the replay.
    pub(super) fn replay(&mut self) {
        self.read_until(|client| client.replays > 0);
    }

    pub(super) fn has(&self, node: &str) -> bool {
        let scene = &self.state.scene;
        scene.find(node).is_some_and(|id| scene.node(id).is_some())
    }

    pub(super) fn x_of(&self, node: &str) -> f64 {
        let scene = &self.state.scene;
        scene
            .find(node)
            .map_or(f64::NAN, |id| scene.pose(id).position[0])
    }

    /// Reads until the server closes, and returns code and reason.
    pub(super) fn close(mut self) -> (u16, String) {
        loop {
            match self.socket.read() {
                Ok(tungstenite::Message::Close(Some(frame))) => {
                    return (frame.code.into(), frame.reason.to_string());
                }
                Ok(_) => {}
                Err(error) => panic!("closed without a reason: {error}"),
            }
        }
    }
}
