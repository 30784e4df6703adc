use super::{TestServer, WELCOME};
use scenecast::http::{Access, Assets, Limits};
use std::net::TcpStream;
use tokio_tungstenite::tungstenite::{
    self, Message, WebSocket,
    client::IntoClientRequest,
    handshake::client::Response,
    http::{HeaderName, StatusCode},
};

/// Opens a WebSocket; the refusal's status and body where there is one.
pub(super) fn open(
    server: &TestServer,
    target: &str,
    headers: &[(&str, &str)],
) -> Result<(WebSocket<TcpStream>, Response), (StatusCode, String)> {
    let url = format!("ws://{}{target}", server.address);
    let mut request = url.into_client_request().unwrap();
    let offer = ("sec-websocket-protocol", "viser-v1.1.1");
    let offers = headers.iter().any(|(name, _)| *name == offer.0);
    for (name, value) in headers.iter().chain((!offers).then_some(&offer)) {
        if value.is_empty() {
            continue;
        }
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    tungstenite::client(request, server.connect()).map_err(|error| match error {
        tungstenite::HandshakeError::Failure(tungstenite::Error::Http(reply)) => {
            let body = reply.body().clone().unwrap_or_default();
            (reply.status(), String::from_utf8(body).unwrap())
        }
        other => panic!("{other}"),
    })
}

fn assert_welcome(server: &TestServer, target: &str, headers: &[(&str, &str)]) {
    let (mut socket, _) = open(server, target, headers).unwrap();
    assert_eq!(socket.read().unwrap(), Message::text(WELCOME));
}

fn assert_refused(server: &TestServer, headers: &[(&str, &str)], part: &str) {
    let (status, text) = open(server, "/", headers).unwrap_err();
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(text.contains(part), "{text}");
}

#[test]
fn any_path_is_a_socket_and_the_protocol_is_confirmed() {
    let server = TestServer::start(Access::default());
    assert_welcome(&server, "/", &[]);
    assert_welcome(&server, "/any/../path?with=query", &[]);
    let (_, response) = open(&server, "/", &[]).unwrap();
    assert_eq!(response.headers()["sec-websocket-protocol"], "viser-v1.1.1");
}

#[test]
fn another_version_is_told_so_and_closed() {
    let server = TestServer::start(Access::default());
    for (offer, client) in [("viser-v1.0.0", "1.0.0"), ("", "unknown")] {
        let (mut socket, _) = open(&server, "/", &[("sec-websocket-protocol", offer)]).unwrap();
        let Message::Close(Some(frame)) = socket.read().unwrap() else {
            panic!("not a close frame");
        };
        assert_eq!(u16::from(frame.code), 1002);
        let expected = format!("Version mismatch. Client: {client}, Server: 1.1.1");
        assert_eq!(frame.reason.as_str(), expected);
    }
    assert_welcome(&server, "/", &[]);
}

#[test]
fn foreign_pages_are_refused() {
    let server = TestServer::start(Access::default());
    let own = format!("http://{}", server.address);
    assert_welcome(&server, "/", &[("origin", &own)]);
    assert_refused(
        &server,
        &[("origin", "http://evil.example")],
        "--allow-origin http://evil.example",
    );
    assert_refused(&server, &[("origin", "null")], "`null`");
    assert_refused(
        &server,
        &[("origin", "http://localhost")],
        "`http://localhost`",
    );
    assert_refused(
        &server,
        &[("host", "evil.example")],
        "--allow-host evil.example",
    );
    assert_welcome(&server, "/", &[("origin", &own)]);
}

#[test]
fn rebound_names_get_no_page_either() {
    let server = TestServer::start(Access::default());
    let reply = server.get("/", &["Host: evil.example:8080"]);
    assert_eq!(reply.status, 403);
    assert!(reply.text().contains("`evil.example`"), "{}", reply.text());
    assert_eq!(server.get("/", &["Host: localhost:1"]).status, 200);
    assert_eq!(server.get("/", &["Host: a", "Host: b"]).status, 400);
}

#[test]
fn allowed_pages_and_hosts_are_let_in() {
    let server = TestServer::start(Access {
        allow_origins: vec!["https://notes.example".parse().unwrap()],
        allow_hosts: vec!["box.example".parse().unwrap()],
        ..Access::default()
    });
    assert_welcome(&server, "/", &[("origin", "https://notes.example")]);
    let proxied = [("host", "box.example"), ("origin", "https://box.example")];
    assert_welcome(&server, "/", &proxied);
    assert_refused(
        &server,
        &[("origin", "http://notes.example")],
        "`http://notes.example`",
    );
    assert_eq!(server.get("/", &["Host: box.example"]).status, 200);

    let open_to_all = TestServer::start(Access {
        allow_origins: vec!["*".parse().unwrap()],
        ..Access::default()
    });
    assert_welcome(&open_to_all, "/", &[("origin", "http://evil.example")]);
}

#[test]
fn half_a_handshake_is_an_error_not_a_page() {
    let server = TestServer::start(Access::default());
    for headers in [
        &["Upgrade: websocket"][..],
        &["Upgrade: websocket", "Sec-WebSocket-Version: 13"],
        &[
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 12",
            "Sec-WebSocket-Key: AAAA",
        ],
    ] {
        let reply = server.get("/", headers);
        assert!(
            (400..500).contains(&reply.status),
            "{headers:?}: {}",
            reply.status
        );
    }
}

#[test]
fn a_closed_viewer_gives_its_place_back() {
    let limits = Limits {
        connections: 1,
        ..Limits::default()
    };
    let server = TestServer::with(Access::default(), Assets::embedded(), limits);
    let (mut first, _) = open(&server, "/", &[]).unwrap();
    assert_eq!(first.read().unwrap(), Message::text(WELCOME));
    assert_eq!(server.get("/", &[]).status, 503);
    first.close(None).unwrap();
    while first.read().is_ok() {}
    // The server frees the place a moment after the socket is closed.
    while server.get("/", &[]).status == 503 {
        std::thread::yield_now();
    }
}
