use super::{Chat, Client, builder, chat, messages};
use scenecast::{
    Error,
    http::{Assets, Subprotocol, Token},
    infra::{MessageHandler, WebsocketServer},
};
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
    thread,
};

fn get(port: u16, target: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let request =
        format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

#[test]
fn starts_once_and_stops_as_often_as_one_likes() {
    let server = builder().build();
    assert_eq!((server.get_host(), server.get_port()), ("127.0.0.1", 0));
    assert_eq!(server.url(), "");
    // Nothing to stop, and nothing to wait for.
    server.stop();
    server.wait();
    server.queue_message(&chat("before the start"));
    server.start().unwrap();
    assert!(matches!(server.start(), Err(Error::AlreadyStarted)));
    let port = server.get_port();
    assert_ne!(port, 0);
    assert_eq!(server.url(), format!("http://127.0.0.1:{port}"));
    let mut client = Client::join(port);
    assert_eq!(client.next::<Chat>(), chat("before the start"));
    let waiting = thread::spawn({
        let server = server.clone();
        move || server.wait()
    });
    let stopping = [(); 2].map(|()| {
        let server = server.clone();
        thread::spawn(move || server.stop())
    });
    assert_eq!(client.close(), (1001, "the server stops".to_owned()));
    for thread in stopping {
        thread.join().unwrap();
    }
    waiting.join().unwrap();
    server.stop();
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    // Handles do no harm.
    server.queue_message(&chat("after the end"));
    server.flush();
    server.disconnect_all_clients();
    assert!(server.start().is_err());
    assert_eq!(server.get_port(), port);
}

#[test]
fn stops_within_a_callback_and_within_a_runtime() {
    let server = builder().build();
    let _stays = server
        .register_handler({
            let server = server.clone();
            move |_, _: &Chat| server.stop()
        })
        .unwrap();
    server.start().unwrap();
    let mut client = Client::join(server.get_port());
    client.send(&chat("stop"));
    server.wait();
    assert_eq!(client.close().0, 1001);

    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let port = runtime.block_on(async {
        let server = builder().start().unwrap();
        let port = server.get_port();
        server.stop();
        port
    });
    while TcpStream::connect(("127.0.0.1", port)).is_ok() {
        thread::yield_now();
    }
}

#[test]
fn a_stopped_server_lets_go_of_what_its_callbacks_hold() {
    let server = builder().build();
    let held = Arc::new(server.clone());
    let _stays = server
        .register_handler({
            let held = Arc::clone(&held);
            move |_, chat: &Chat| held.queue_message(chat)
        })
        .unwrap();
    let also = Arc::clone(&held);
    let _stays = server.on_client_connect(move |_| also.flush());
    let also = Arc::clone(&held);
    let _stays = server.on_client_disconnect_async(move |_| {
        let also = Arc::clone(&also);
        async move { also.flush() }
    });
    server.start().unwrap();
    let _client = Client::join(server.get_port());
    server.stop();
    assert_eq!(Arc::strong_count(&held), 1);
}

#[test]
fn the_last_handle_stops_the_server() {
    let server = builder().start().unwrap();
    let port = server.get_port();
    let clone = server.clone();
    drop(server);
    let client = Client::join(port);
    drop(clone);
    assert_eq!(client.close().0, 1001);
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn a_port_in_use_leads_to_the_next_one() {
    let first = builder().start().unwrap();
    let second = builder().port(first.get_port()).start().unwrap();
    assert!(second.get_port() > first.get_port());
    let error = builder().host("not a host").start().unwrap_err();
    assert!(matches!(error, Error::Bind(_)), "{error}");
    let error = builder().allow_origin("example").start().unwrap_err();
    assert!(matches!(error, Error::Access(_)), "{error}");
}

#[test]
fn files_come_from_memory_from_a_folder_or_from_nowhere() {
    let page = [
        ("index.html", &b"<p>a board</p>"[..]),
        ("js/app.js", b"run()"),
    ];
    let server = builder()
        .http_server_root(Assets::files(page))
        .start()
        .unwrap();
    let reply = get(server.get_port(), "/");
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    assert!(reply.ends_with("<p>a board</p>"), "{reply}");
    assert!(reply.contains("text/html; charset=utf-8"), "{reply}");
    assert!(reply.contains("x-content-type-options: nosniff"), "{reply}");
    assert!(get(server.get_port(), "/js/app.js").ends_with("run()"));
    assert!(get(server.get_port(), "/other").starts_with("HTTP/1.1 404"));

    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let server = builder()
        .http_server_root(Assets::folder(examples))
        .start()
        .unwrap();
    assert!(get(server.get_port(), "/hello.rs").starts_with("HTTP/1.1 200"));

    let server = builder().start().unwrap();
    assert!(get(server.get_port(), "/").starts_with("HTTP/1.1 404"));
}

#[test]
fn the_rules_about_who_may_connect_are_those_of_every_server() {
    let secret = Token::Fixed("abc".parse().unwrap());
    let server = builder().token(secret).start().unwrap();
    assert!(server.url().ends_with("/?token=abc"));
    assert!(get(server.get_port(), "/").starts_with("HTTP/1.1 401"));
    let port = server.get_port();
    let connect = |target: &str, origin: &str| {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = format!(
            "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n\
             Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        String::from_utf8(start.to_vec()).unwrap()
    };
    let own = format!("http://127.0.0.1:{port}");
    assert_eq!(connect("/?token=abc", &own), "HTTP/1.1 101");
    assert_eq!(connect("/", &own), "HTTP/1.1 401");
    assert_eq!(
        connect("/?token=abc", "http://evil.example"),
        "HTTP/1.1 403"
    );
}

#[test]
fn a_subprotocol_may_be_asked_for() {
    let open = builder().start().unwrap();
    let (_client, response) = Client::offer(open.get_port(), &["board-v2, other"]);
    assert_eq!(response.headers()["sec-websocket-protocol"], "board-v2");
    let (_client, response) = Client::offer(open.get_port(), &[]);
    assert!(!response.headers().contains_key("sec-websocket-protocol"));

    let strict = WebsocketServer::builder(messages())
        .port(0)
        .subprotocol(Subprotocol::new("board-v", "2"))
        .start()
        .unwrap();
    let (client, _) = Client::offer(strict.get_port(), &["board-v1"]);
    let expected = "Version mismatch. Client: 1, Server: 2";
    assert_eq!(client.close(), (1002, expected.to_owned()));
    let (_client, response) = Client::offer(strict.get_port(), &["board-v2"]);
    assert_eq!(response.headers()["sec-websocket-protocol"], "board-v2");
}
