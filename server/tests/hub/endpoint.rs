//! The port for publishers: who is let in, and what ends a connection.

use crate::setting::{PATIENCE, hub, hub_with, publisher, viewer, wait_until};
use scenecast::{
    Error, Server,
    remote::{RemoteError, RemoteLimits, RemoteMeshes, RemoteNode, RemoteSettings, RemoteViewer},
};
use std::{
    io::{Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tokio_tungstenite::tungstenite::{
    self, Message, WebSocket,
    client::IntoClientRequest,
    http::StatusCode,
    protocol::{CloseFrame, frame::coding::CloseCode},
};

/// A publisher that says what it likes.
pub(crate) fn connect(
    server: &Server,
    headers: &[(&'static str, &str)],
) -> Result<WebSocket<TcpStream>, StatusCode> {
    let address = server.hub().address().unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // The path and the query do not matter.
    let url = format!("ws://{address}/any/path?query");
    let mut request = url.into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    match tungstenite::client(request, stream) {
        Ok((socket, answer)) => {
            assert!(!answer.headers().contains_key("sec-websocket-extensions"));
            Ok(socket)
        }
        Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => {
            Err(answer.status())
        }
        Err(other) => panic!("{other}"),
    }
}

/// The code and reason with which the hub closes.
fn close(socket: &mut WebSocket<TcpStream>) -> (u16, String) {
    loop {
        match socket.read() {
            Ok(Message::Close(Some(frame))) => {
                return (frame.code.into(), frame.reason.to_string());
            }
            Ok(_) => {}
            Err(error) => panic!("closed without a reason: {error}"),
        }
    }
}

pub(crate) fn send(socket: &mut WebSocket<TcpStream>, payload: &[u8]) {
    socket.send(Message::binary(payload.to_vec())).unwrap();
}

/// Whether the hub still takes what another publisher sends.
fn takes_more(server: &Server) {
    let before = server.hub().nodes().len();
    let other = publisher(server);
    RemoteNode::new(&other, scenecast::remote::Options::new()).unwrap();
    wait_until(|| server.hub().nodes().len() == before + 1);
}

#[test]
fn pages_are_not_let_in_and_strangers_neither() {
    let server = hub();
    let refused = connect(&server, &[("origin", "http://127.0.0.1:8080")]);
    assert_eq!(refused.err(), Some(StatusCode::FORBIDDEN));
    let offer = [("sec-websocket-extensions", "permessage-deflate")];
    assert!(connect(&server, &offer).is_ok());

    let server = hub_with(RemoteSettings {
        token: "s3cret".parse().unwrap(),
        ..RemoteSettings::from(0)
    });
    // Base64 of `token:s3cret`, `me:s3cret`, `token:secret`, `s3cret`.
    for (credentials, status) in [
        ("Basic dG9rZW46czNjcmV0", None),
        ("Basic bWU6czNjcmV0", None),
        ("Basic dG9rZW46c2VjcmV0", Some(StatusCode::UNAUTHORIZED)),
        ("Basic czNjcmV0", Some(StatusCode::UNAUTHORIZED)),
    ] {
        let answer = connect(&server, &[("authorization", credentials)]);
        assert_eq!(answer.err(), status, "{credentials}");
    }
    assert_eq!(connect(&server, &[]).err(), Some(StatusCode::UNAUTHORIZED));
    let address = server.hub().address().unwrap().to_string();
    let error = RemoteViewer::connect(&address).err().unwrap();
    assert!(matches!(error, RemoteError::Connect { .. }), "{error}");
    RemoteViewer::connect(server.hub().url()).unwrap();
}

#[test]
fn on_a_network_a_token_is_made_up() {
    let server = hub_with(RemoteSettings {
        host: "0.0.0.0".into(),
        ..RemoteSettings::from(0)
    });
    assert!(server.hub().address().unwrap().ip().is_unspecified());
    let url = server.hub().url().to_owned();
    let (token, at) = url.split_once('@').unwrap();
    assert!(token.len() > 20 && at.starts_with("127.0.0.1:"), "{url}");
    assert_eq!(connect(&server, &[]).err(), Some(StatusCode::UNAUTHORIZED));
    RemoteViewer::connect(url).unwrap();
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let first = hub();
    let port = first.hub().address().unwrap().port();
    let error = Server::builder().port(0).remote(port).start().unwrap_err();
    assert!(matches!(error, Error::Bind(_)), "{error}");
    let off = RemoteSettings {
        server_enabled: false,
        ..RemoteSettings::from(port)
    };
    let without = Server::builder().port(0).remote(off).start().unwrap();
    assert_eq!(without.hub().address(), None);
}

#[test]
fn what_is_no_message_closes_its_publisher_and_hurts_no_other() {
    let server = hub();
    let mut text = connect(&server, &[]).unwrap();
    text.send(Message::text("hello")).unwrap();
    assert_eq!(close(&mut text).0, 1003);
    for bytes in [
        &b"hello"[..],
        b"",
        b"\x80\x04",
        b"\x80\x04K\x01.",
        b"\x80\x04}.",
    ] {
        let mut socket = connect(&server, &[]).unwrap();
        send(&mut socket, bytes);
        let (code, reason) = close(&mut socket);
        assert!(
            code == 1007 && !reason.is_empty(),
            "{bytes:?}: {code} {reason}"
        );
    }
    takes_more(&server);
}

#[test]
fn hostile_pickles_are_refused() {
    let fixtures = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../remote/tests/fixtures/hostile.jsonl"
    );
    let server = hub();
    let _ = server.hub().on_message(|kind, _, _, _, _| {
        assert_eq!(
            *kind,
            scenecast::remote::Value::Kind(scenecast::remote::Kind::Node)
        );
    });
    let node = scenecast::remote::Message::new(scenecast::remote::Kind::Node, Some(1), []);
    let node = node.encode().unwrap();
    let (mut closed, mut kept) = (0, 0);
    for line in std::fs::read_to_string(fixtures).unwrap().lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        if case["expect"] != "reject" {
            continue;
        }
        let hex = case["pickle"]
            .as_str()
            .unwrap()
            .as_bytes()
            .as_chunks::<2>()
            .0;
        let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
        let pickle: Vec<u8> = hex.iter().map(byte).collect();
        let mut socket = connect(&server, &[]).unwrap();
        // Either it goes on with the next message, or it says why not.
        send(&mut socket, &pickle);
        let _ = socket.send(Message::Binary(node.clone()));
        std::thread::sleep(Duration::from_millis(5));
        let _ = socket.close(Some(CloseFrame {
            code: CloseCode::Normal,
            reason: "".into(),
        }));
        match close(&mut socket) {
            (1000, _) => kept += 1,
            (1007, reason) if !reason.is_empty() => closed += 1,
            other => panic!("{}: {other:?}", case["name"]),
        }
    }
    wait_until(|| server.hub().publishers().is_empty());
    assert!(closed > 0 && kept > 0, "{closed} {kept}");
    assert!(server.hub().nodes().len() <= kept);
    assert!(!std::path::Path::new("/tmp/AIT_PICKLE_CANARY").exists());
    takes_more(&server);
}

#[test]
fn who_dies_within_a_message_leaves_the_others_alone() {
    let server = hub();
    let mut socket = connect(&server, &[]).unwrap();
    // The head of a frame of 1 MB, and little of it.
    let stream = socket.get_mut();
    stream
        .write_all(&[0x82, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 1, 2, 3, 4])
        .unwrap();
    stream.write_all(&[0; 1000]).unwrap();
    wait_until(|| server.hub().publishers().len() == 1);
    drop(socket);
    wait_until(|| server.hub().publishers().is_empty());
    takes_more(&server);
}

#[test]
fn a_close_is_confirmed_a_moment_before_the_connection_ends() {
    let server = hub();
    let mut socket = connect(&server, &[]).unwrap();
    socket.close(None).unwrap();
    assert!(matches!(socket.read(), Ok(Message::Close(_))));
    let confirmed = Instant::now();
    assert_eq!(socket.get_mut().read(&mut [0; 1]).unwrap(), 0);
    let pause = confirmed.elapsed();
    assert!(
        pause >= Duration::from_millis(40) && pause < Duration::from_secs(2),
        "{pause:?}"
    );
}

#[test]
fn the_end_of_the_hub_is_told() {
    let server = hub();
    let mut socket = connect(&server, &[]).unwrap();
    wait_until(|| server.hub().publishers().len() == 1);
    server.stop();
    assert_eq!(close(&mut socket).0, 1001);
}

#[test]
fn a_long_message_closes_its_publisher_and_too_many_publishers_are_turned_away() {
    let limits = RemoteLimits {
        publishers: 1,
        message: scenecast::remote::MessageLimits {
            bytes: 1000,
            ..Default::default()
        },
        ..RemoteLimits::default()
    };
    let server = hub_with(RemoteSettings {
        limits,
        ..RemoteSettings::from(0)
    });
    let mut socket = connect(&server, &[]).unwrap();
    let second = connect(&server, &[]).err();
    assert_eq!(second, Some(StatusCode::SERVICE_UNAVAILABLE));
    send(&mut socket, &[0; 2000]);
    assert_eq!(close(&mut socket).0, 1009);
}

#[test]
fn messages_beyond_the_rate_wait() {
    let limits = RemoteLimits {
        messages_per_second: 50,
        ..RemoteLimits::default()
    };
    let server = hub_with(RemoteSettings {
        limits,
        ..RemoteSettings::from(0)
    });
    let publisher = publisher(&server);
    let begun = Instant::now();
    for _ in 0..75 {
        RemoteNode::new(&publisher, scenecast::remote::Options::new()).unwrap();
    }
    wait_until(|| server.hub().nodes().len() == 75);
    // The first 50 are free.
    assert!(
        begun.elapsed() >= Duration::from_millis(400),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_callback_that_takes_its_time_does_not_keep_pings_waiting() {
    let server = hub();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let released = std::sync::Mutex::new(released);
    let _ = server.hub().on_message(move |_, _, _, _, _| {
        // An error means that the test has ended.
        let _ = released.lock().unwrap().recv();
    });
    let mut socket = connect(&server, &[]).unwrap();
    let node = scenecast::remote::Message::new(scenecast::remote::Kind::Node, Some(1), []);
    send(&mut socket, &node.encode().unwrap());
    socket.send(Message::Ping(vec![7].into())).unwrap();
    assert_eq!(socket.read().unwrap(), Message::Pong(vec![7].into()));
    release.send(()).unwrap();
    wait_until(|| server.hub().nodes().len() == 1);
}

#[test]
fn publishers_are_told_apart_and_what_they_made_outlives_them() {
    let server = hub();
    let mut viewer = viewer(&server);
    let (one, other) = (publisher(&server), publisher(&server));
    let corners = vec![[0.0_f32, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    RemoteMeshes::new(&one, corners.clone(), vec![[0_u32, 1, 2]]).unwrap();
    let first = viewer.wait_for("/Meshes-1");
    RemoteMeshes::new(&other, corners, vec![[0_u32, 1, 2]]).unwrap();
    let second = viewer.wait_for("/Meshes-2");
    let folder = |name: &str| name.rsplit_once('/').unwrap().0.to_owned();
    assert_ne!(folder(&first), folder(&second));
    drop(one);
    wait_until(|| server.hub().publishers().len() == 1);
    assert!(viewer.has(&first));
    // The program can remove what nobody else can.
    let nodes = server.hub().nodes();
    assert_eq!(nodes[0].handle().unwrap().name(), first);
    nodes[0].remove();
    viewer.read_until(|viewer| !viewer.has(&first));
    assert!(viewer.has(&second));
}

#[test]
fn a_publisher_starts_a_hub_of_its_own() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    // The hub ends with the pipe, however the test does.
    let (input, held) = std::io::pipe().unwrap();
    let mut command = Command::new("sh");
    command
        .args(["-c", r#""$0" "$@" & cat; kill $!; wait"#])
        .arg(env!("CARGO_BIN_EXE_scenecast"))
        .args(["hub", "--no-open", "--port", "0", "--remote-port"])
        .arg(address.port().to_string())
        .stdin(input)
        .stdout(Stdio::null());
    let viewer = RemoteViewer::create_new_process_with(command, address.to_string()).unwrap();
    RemoteNode::new(&viewer, scenecast::remote::Options::new()).unwrap();
    assert!(viewer.is_connected());
    drop(held);
    viewer.wait_process();
    wait_until(|| !viewer.is_connected());
}
