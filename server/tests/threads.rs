//! A stopped server leaves no thread behind. Alone in its process, since it counts threads.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use scenecast::{
    Server,
    infra::{MessageSet, WebsocketServer},
};
use std::{net::TcpStream, thread};

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

#[test]
fn a_stopped_server_leaves_no_thread_behind() {
    let before = threads();
    let server = Server::builder().port(0).start().unwrap();
    let connections = [(); 3].map(|()| TcpStream::connect(server.address()).unwrap());
    assert!(threads() > before);
    server.stop();
    assert_eq!(threads(), before);
    // A second call is harmless, from any thread.
    thread::spawn({
        let server = server.clone();
        move || server.stop()
    })
    .join()
    .unwrap();
    server.stop();
    drop(connections);
    assert_eq!(threads(), before);

    let server = WebsocketServer::builder(MessageSet::new()).port(0).build();
    assert_eq!(threads(), before);
    server.start().unwrap();
    let connection = TcpStream::connect(("127.0.0.1", server.get_port())).unwrap();
    assert!(threads() > before);
    server.stop();
    assert_eq!(threads(), before);
    server.stop();
    drop(connection);
}
