//! A client that knows bytes and nothing else.

use super::PATIENCE;
use scenecast::infra::{Message, Value};
use scenecast_protocol::{Limits, message, value, window};
use std::{collections::VecDeque, net::TcpStream, time::Instant};
use tokio_tungstenite::tungstenite::{
    self, WebSocket, client::IntoClientRequest, handshake::client::Response,
};

pub(super) struct Client {
    pub(super) socket: WebSocket<TcpStream>,
    /// Messages of a window that have not been asked for.
    window: VecDeque<message::Message>,
}

impl Client {
    pub(super) fn join(port: u16) -> Client {
        Self::offer(port, &[]).0
    }

    /// Connects with these subprotocols.
    pub(super) fn offer(port: u16, protocols: &[&str]) -> (Client, Response) {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let url = format!("ws://127.0.0.1:{port}/");
        let mut request = url.into_client_request().unwrap();
        for protocol in protocols {
            let headers = request.headers_mut();
            headers.append("sec-websocket-protocol", protocol.parse().unwrap());
        }
        let (socket, response) = tungstenite::client(request, stream).unwrap();
        let window = VecDeque::new();
        (Client { socket, window }, response)
    }

    pub(super) fn send(&mut self, message: &impl Message) {
        self.send_bytes(message.serialize());
    }

    pub(super) fn send_bytes(&mut self, bytes: Vec<u8>) {
        self.socket
            .send(tungstenite::Message::binary(bytes))
            .unwrap();
    }

    /// The bytes of the next binary frame.
    pub(super) fn bytes(&mut self) -> Vec<u8> {
        // Pings that come while nothing else does must not lengthen the wait.
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.socket.read().unwrap() {
                tungstenite::Message::Binary(bytes) => return bytes.into(),
                tungstenite::Message::Ping(_) if Instant::now() < deadline => {}
                other => panic!("not a message: {other:?}"),
            }
        }
    }

    /// The next message of a server of version 0.
    pub(super) fn plain(&mut self) -> Value {
        value::parse(&self.bytes().into(), &[], &Limits::default()).unwrap()
    }

    /// The next message of a server of version 0, of this type.
    pub(super) fn next<M: Message>(&mut self) -> M {
        M::deserialize(&self.bytes()).unwrap()
    }

    /// The next message of a server of version 1.
    pub(super) fn windowed(&mut self) -> Value {
        while self.window.is_empty() {
            let bytes = self.bytes().into();
            let window = window::decode(&bytes, &Limits::default()).unwrap();
            assert!(window.rejected.is_empty(), "{:?}", window.rejected);
            self.window = window.messages.into();
        }
        self.window.pop_front().unwrap().as_serializable()
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

    /// Leaves, and waits until the server knows.
    pub(super) fn leave(mut self) {
        self.socket.close(None).unwrap();
        while self.socket.read().is_ok() {}
    }
}
