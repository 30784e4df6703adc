use super::{ClientSocket, PATIENCE, server};
use scenecast::{Error, Server, scene::Frame};
use scenecast_protocol::{message::to_server, transfer::ReplayDone};
use std::{
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio_tungstenite::tungstenite::Message;

#[test]
fn stop_tells_viewers_and_frees_the_port() {
    let server = server();
    let port = server.port();
    let mut viewer = ClientSocket::join(port);
    viewer.replay();
    let waiting = thread::spawn({
        let server = server.clone();
        move || server.wait()
    });
    let reader = thread::spawn(move || viewer.close());
    server.stop();
    waiting.join().unwrap();
    assert_eq!(
        reader.join().unwrap(),
        (1001, "the server stops".to_owned())
    );
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    server.stop();
    // Handles outlive the server and do no harm.
    let frame = server.scene().add("/a", Frame::default()).unwrap();
    frame.set_position([1.0; 3]).unwrap();
    server.flush();
    let again = Server::builder().port(port).start().unwrap();
    assert_eq!(again.port(), port);
}

#[test]
fn stop_waits_for_the_last_callbacks() {
    let server = server();
    let gone = Arc::new(AtomicUsize::new(0));
    let _stays = server.on_client_disconnect({
        let gone = Arc::clone(&gone);
        move |_| {
            thread::sleep(Duration::from_millis(50));
            gone.fetch_add(1, Ordering::Relaxed);
            panic!("as callbacks do");
        }
    });
    let mut viewers: Vec<_> = (0..3).map(|_| ClientSocket::join(server.port())).collect();
    viewers.iter_mut().for_each(ClientSocket::replay);
    while server.clients().len() < 3 {
        thread::yield_now();
    }
    server.stop();
    assert_eq!(gone.load(Ordering::Relaxed), 3);
}

#[test]
fn a_viewer_that_does_not_answer_does_not_hold_up_the_end() {
    let server = server();
    let mut deaf = ClientSocket::join(server.port());
    deaf.replay();
    // Neither reads nor answers.
    let start = std::time::Instant::now();
    server.stop();
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn the_last_handle_stops_the_server() {
    let server = server();
    let (port, scene) = (server.port(), server.scene());
    let clone = server.clone();
    drop(server);
    let mut viewer = ClientSocket::join(port);
    viewer.replay();
    drop(clone);
    assert_eq!(viewer.close().0, 1001);
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    scene.add("/a", Frame::default()).unwrap();
}

#[test]
fn starts_and_ends_within_an_async_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let port = runtime.block_on(async {
        let server = server();
        let port = server.port();
        let frame = server.scene().add("/a", Frame::default()).unwrap();
        server.atomic(|| frame.set_position([1.0; 3])).unwrap();
        let joined = tokio::task::spawn_blocking(move || {
            let mut viewer = ClientSocket::join(port);
            viewer.replay();
            viewer.x_of("/a")
        });
        assert_eq!(joined.await.unwrap(), 1.0);
        server.stop();
        drop(server);
        port
    });
    while TcpStream::connect(("127.0.0.1", port)).is_ok() {
        thread::yield_now();
    }
}

#[test]
fn a_port_in_use_leads_to_the_next_one() {
    let first = server();
    let second = Server::builder().port(first.port()).start().unwrap();
    assert!(second.port() > first.port());
    assert_eq!(second.url(), format!("http://127.0.0.1:{}", second.port()));
}

#[test]
fn wrong_settings_are_errors() {
    let error = Server::builder().host("not a host").start().unwrap_err();
    assert!(matches!(error, Error::Bind(_)), "{error}");
    let error = Server::builder()
        .allow_origin("example")
        .start()
        .unwrap_err();
    assert!(matches!(error, Error::Access(_)), "{error}");
}

#[test]
fn hostile_viewers_are_closed_and_disturb_nobody() {
    let server = server();
    let mut quiet = ClientSocket::join(server.port());
    quiet.replay();
    for (frame, code) in [
        (Message::text("hello"), 1003),
        (Message::binary(vec![0xc1; 100]), 1007),
        (Message::binary(vec![0x91; 1 << 20]), 1007),
        // What only servers send.
        (Message::binary(to_server(&ReplayDone {})), 1008),
    ] {
        let mut hostile = ClientSocket::join(server.port());
        hostile.socket.send(frame).unwrap();
        assert_eq!(hostile.close().0, code);
    }
    // Half a frame, and then nothing.
    let mut rude = ClientSocket::join(server.port());
    std::io::Write::write_all(rude.socket.get_mut(), &[0x82, 0xff, 0, 0, 0, 0, 0, 1]).unwrap();
    drop(rude);
    server.scene().add("/a", Frame::default()).unwrap();
    quiet.read_until(|client| client.has("/a"));
    let deadline = Instant::now() + PATIENCE;
    while server.clients().len() > 1 {
        assert!(Instant::now() < deadline, "who has left is still there");
        thread::yield_now();
    }
    assert_eq!(server.clients()[0].id(), 0);
}
