//! The HTTP side over real sockets: what a browser, a program or an attacker gets to see.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "http/limits.rs"]
mod limits;
#[path = "http/page_settings.rs"]
mod page_settings;
#[path = "http/sign_in.rs"]
mod sign_in;
#[path = "http/sockets.rs"]
mod sockets;
#[path = "http/static_files.rs"]
mod static_files;

use futures_util::{SinkExt, StreamExt};
use scenecast::http::{
    Access, Assets, ConnectionInfo, Limits, SecurityPolicy, Socket, Subprotocol, VersionMismatch,
    bind, router, serve,
};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};
use tokio::runtime::Runtime;
use tokio_tungstenite::tungstenite::Message;

/// What the test server says to each viewer that it accepts.
const WELCOME: &str = "welcome";

/// A server that ends with the test.
struct TestServer {
    address: SocketAddr,
    security: SecurityPolicy,
    _runtime: Runtime,
}

impl TestServer {
    fn start(access: Access) -> TestServer {
        Self::with(access, Assets::embedded(), Limits::default())
    }

    /// On loopback, with a token as a server on a network has it.
    fn with_token(token: &str) -> TestServer {
        Self::start(Access {
            token: scenecast::http::Token::Fixed(token.parse().unwrap()),
            ..Access::default()
        })
    }

    fn with(access: Access, assets: Assets, limits: Limits) -> TestServer {
        let runtime = Runtime::new().unwrap();
        let listener = bind("127.0.0.1", 0).unwrap();
        let address = listener.local_addr().unwrap();
        let security = SecurityPolicy::new(access, address).unwrap();
        let router = router(
            assets,
            security.clone(),
            Some(Subprotocol::viser()),
            welcome,
        );
        runtime.spawn(serve(listener, router, limits, std::future::pending()));
        TestServer {
            address,
            security,
            _runtime: runtime,
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        // Only so that a failure is a failed test, not one that never ends.
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream
    }

    /// Sends a request with these extra header lines and reads the whole reply.
    fn request(&self, method: &str, target: &str, headers: &[&str]) -> Reply {
        let mut request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|line| line.starts_with("Host:")) {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for line in headers {
            request.push_str(&format!("{line}\r\n"));
        }
        request.push_str("\r\n");
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        Reply::read(stream)
    }

    fn get(&self, target: &str, headers: &[&str]) -> Reply {
        self.request("GET", target, headers)
    }
}

async fn welcome(socket: Result<Socket, VersionMismatch>, _info: ConnectionInfo) {
    let Ok(mut socket) = socket else { return };
    let sent = socket.send(Message::text(WELCOME)).await;
    while let (Ok(()), Some(Ok(_))) = (&sent, socket.next().await) {}
}

/// A reply taken apart.
#[derive(Debug)]
struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    fn read(mut stream: TcpStream) -> Reply {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes
            .windows(4)
            .position(|w| w == b"\r\n\r\n")
            .expect("a whole head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        Reply {
            status: status.parse().unwrap(),
            headers: lines
                .map(|line| line.split_once(": ").unwrap())
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, value)| value)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}
