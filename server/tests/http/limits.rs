use super::{Reply, TestServer};
use scenecast::http::{Access, Assets, Limits, MAX_MESSAGE_BYTES};
use std::{
    io::{Read, Write},
    time::Duration,
};

fn server(limits: Limits) -> TestServer {
    TestServer::with(Access::default(), Assets::embedded(), limits)
}

#[test]
fn long_headers_are_refused() {
    let server = server(Limits::default());
    let long = format!("X-Long: {}", "a".repeat(20_000));
    assert_eq!(server.get("/", &[&long]).status, 431);
    let many: Vec<String> = (0..200).map(|i| format!("X-{i}: a")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(server.get("/", &many).status, 431);
    assert_eq!(server.get("/", &[&long[..10_000]]).status, 200);
}

#[test]
fn a_peer_that_sends_no_request_is_dropped() {
    let server = server(Limits {
        header_timeout: Duration::from_millis(50),
        ..Limits::default()
    });
    for start in ["", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let mut stream = server.connect();
        stream.write_all(start.as_bytes()).unwrap();
        // Ends when the server closes; a server that waited for ever would fail it.
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
    }
}

#[test]
fn a_connection_that_is_no_viewer_ends() {
    let server = server(Limits {
        http_lifetime: Duration::from_millis(50),
        ..Limits::default()
    });
    let mut stream = server.connect();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(rest.is_empty());
}

#[test]
fn garbage_is_answered_or_dropped_and_disturbs_nothing() {
    let server = server(Limits::default());
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"\r\n\r\n\r\n\r\nhello world\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET http://\xff/ HTTP/1.1\r\nHost: a\r\n\r\n",
    ] {
        let mut stream = server.connect();
        stream.write_all(garbage).unwrap();
        let mut reply = Vec::new();
        // A reset is as good an answer as a status.
        let _ = stream.read_to_end(&mut reply);
        assert!(
            reply.is_empty() || reply.starts_with(b"HTTP/1.1 4"),
            "{garbage:?}"
        );
    }
    assert_eq!(server.get("/", &[]).status, 200);
}

#[test]
fn an_announced_message_over_the_limit_ends_the_connection() {
    let server = server(Limits::default());
    let mut stream = server.connect();
    let request = format!(
        "GET / HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: viser-v1.1.1\r\n\r\n",
        server.address
    );
    stream.write_all(request.as_bytes()).unwrap();
    // A masked binary frame's head: 64-bit length, mask; the payload never comes.
    let mut head = vec![0x82, 0xff];
    head.extend_from_slice(&(MAX_MESSAGE_BYTES as u64 + 1).to_be_bytes());
    head.extend_from_slice(&[0; 4]);
    stream.write_all(&head).unwrap();
    assert_eq!(Reply::read(stream).status, 101);
}
