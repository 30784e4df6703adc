use super::{PATIENCE, client_socket::ClientSocket, server};
use scenecast::{
    Error, Server,
    http::Token,
    tunnel::{CommandTunnel, Opened, Running, Tunnel, TunnelError},
};
use scenecast_protocol::{
    Message,
    transfer::{ShareUrlDisconnect, ShareUrlRequest},
};
use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

/// A server that a shell script shares.
fn shared_by(script: &str) -> Server {
    let tunnel = CommandTunnel::new("sh").args(["-c", script, "{port}", "{address}"]);
    let builder = Server::builder().port(0).token(Token::None);
    builder.tunnel(tunnel).start().unwrap()
}

fn viewer(server: &Server) -> ClientSocket {
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    super::client(server, 0);
    viewer
}

fn next_url(viewer: &mut ClientSocket) -> Option<String> {
    viewer.next(|message| match message {
        Message::ShareUrlUpdated(update) => Some(update.share_url),
        _ => None,
    })
}

/// The end of sharing as the viewer who asked sees it: no URL, and a note that says why. They come
/// in any order.
fn next_end(viewer: &mut ClientSocket) -> String {
    let (mut note, mut has_url) = (None, true);
    while note.is_none() || has_url {
        let message = viewer.next(Some);
        match message {
            Message::ShareUrlUpdated(update) => has_url = update.share_url.is_some(),
            Message::NotificationShow(shown) => note = Some(shown.props.body),
            _ => {}
        }
    }
    note.unwrap()
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether a process with this number, which the file tells, is still there.
fn runs(file: &Path) -> bool {
    let pid = std::fs::read_to_string(file).unwrap();
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    // One that nobody has waited for yet has ended all the same.
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn a_viewer_asks_for_a_url_and_all_get_it() {
    let server = shared_by("echo connecting; echo \"at https://a.example/$0/$1\"; sleep 600");
    let mut viewer = viewer(&server);
    let mut other = ClientSocket::join(server.port());
    viewer.send(&ShareUrlRequest {});
    let port = server.port();
    let url = format!("https://a.example/{port}/127.0.0.1:{port}");
    assert_eq!(next_url(&mut viewer).as_ref(), Some(&url));
    assert_eq!(next_url(&mut other).as_ref(), Some(&url));
    let mut late = ClientSocket::join(port);
    assert_eq!(next_url(&mut late).as_ref(), Some(&url));
    assert_eq!(server.request_share_url().unwrap(), url);
    other.send(&ShareUrlDisconnect {});
    assert_eq!(next_url(&mut viewer), None);
}

#[cfg(target_os = "linux")]
#[test]
fn ending_it_ends_the_program_and_what_it_started() {
    let folder = tempfile::tempdir().unwrap();
    for end in ["disconnect", "stop", "drop"] {
        let (own, child) = (folder.path().join("own"), folder.path().join("child"));
        // A child that does not end when it is asked to.
        let server = shared_by(&format!(
            "echo $$ > {}; sh -c 'trap \"\" TERM; sleep 600' & echo $! > {}; \
             echo https://a.example; wait",
            own.display(),
            child.display()
        ));
        assert_eq!(server.request_share_url().unwrap(), "https://a.example");
        assert!(runs(&own) && runs(&child));
        match end {
            "disconnect" => server.disconnect_share_url(),
            "stop" => server.stop(),
            _ => drop(server.clone()),
        }
        if end == "drop" {
            assert!(runs(&own));
            drop(server);
        }
        wait_until(end, || !runs(&own) && !runs(&child));
    }
}

#[test]
fn a_program_that_fails_is_reported_to_who_asked() {
    let server = shared_by("echo oops >&2; exit 3");
    let mut viewer = viewer(&server);
    viewer.send(&ShareUrlRequest {});
    let note = next_end(&mut viewer);
    assert!(note.contains("code 3") && note.contains("oops"), "{note}");
    let error = server.request_share_url().unwrap_err();
    assert!(matches!(error, Error::Share(_)), "{error}");

    let missing = CommandTunnel::new("/no/such/program");
    let server = Server::builder().port(0).tunnel(missing).start().unwrap();
    let error = server.request_share_url().unwrap_err().to_string();
    assert!(error.contains("/no/such/program"), "{error}");
}

#[test]
fn a_program_that_ends_later_ends_the_sharing() {
    let folder = tempfile::tempdir().unwrap();
    let go = folder.path().join("go");
    let server = shared_by(&format!(
        "echo https://a.example; while [ ! -e {} ]; do sleep 0.01; done",
        go.display()
    ));
    let mut viewer = viewer(&server);
    viewer.send(&ShareUrlRequest {});
    assert!(next_url(&mut viewer).is_some());
    std::fs::write(go, "").unwrap();
    assert!(next_end(&mut viewer).contains("code 0"));
}

#[test]
fn without_a_tunnel_viewers_are_told_so() {
    let server = server();
    let mut viewer = viewer(&server);
    viewer.send(&ShareUrlRequest {});
    assert!(next_end(&mut viewer).contains("--share-command"));
    assert!(server.request_share_url().is_err());
}

/// Says it is at an address that is none.
#[derive(Debug)]
struct Nowhere;

impl Tunnel for Nowhere {
    fn run(&self, _local: SocketAddr, opened: Opened) -> Running {
        opened.at("javascript:alert(1)");
        Box::pin(std::future::pending())
    }
}

#[test]
fn only_urls_of_pages_are_handed_out() {
    let server = Server::builder().port(0).tunnel(Nowhere).start().unwrap();
    let Error::Share(error) = server.request_share_url().unwrap_err() else {
        panic!("another error");
    };
    assert!(matches!(*error, TunnelError::Url(_)), "{error}");
}

#[test]
fn async_code_can_ask_too() {
    let tunnel = CommandTunnel::new("sh").args(["-c", "echo https://a.example; sleep 600"]);
    let server = Server::builder().port(0).tunnel(tunnel).start().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let url = runtime.block_on(server.request_share_url_async()).unwrap();
    assert!(url.starts_with("https://a.example/?token="), "{url}");
}

/// The status with which a WebSocket's handshake is answered.
fn status(server: &Server, path: &str, origin: Option<&str>) -> u16 {
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let origin = origin.map_or_else(String::new, |origin| format!("Origin: {origin}\r\n"));
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{origin}\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn while_it_is_shared_nobody_gets_in_without_the_token() {
    let tunnel =
        CommandTunnel::new("sh").args(["-c", "sleep 0.3; echo https://a.example; sleep 9"]);
    let server = Server::builder().port(0).tunnel(tunnel).start().unwrap();
    let mut viewer = viewer(&server);
    assert_eq!(status(&server, "/", None), 101);
    viewer.send(&ShareUrlRequest {});
    // The tunnel may be there before its address is known.
    wait_until("guarded", || status(&server, "/", None) == 401);
    let url = server.request_share_url().unwrap();
    let (_, token) = url.split_once("/?").unwrap();
    for origin in [None, Some("http://localhost"), Some("https://a.example")] {
        assert_eq!(status(&server, "/", origin), 401, "{origin:?}");
        assert_eq!(
            status(&server, &format!("/?{token}"), origin),
            101,
            "{origin:?}"
        );
    }
    // Who was there before stays.
    viewer.send(&ShareUrlDisconnect {});
    assert!(next_url(&mut viewer).is_some());
    assert_eq!(next_url(&mut viewer), None);
    // The tunnel may outlive that by a little.
    assert_eq!(status(&server, "/", None), 401);
    wait_until("open again", || status(&server, "/", None) == 101);
}
