use super::{Chat, Client, builder, chat, next, wait_until};
use scenecast::infra::MessageHandler;
use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

#[test]
fn every_connection_is_announced_and_its_end_too() {
    let server = builder().build();
    let events = Arc::new(Mutex::new(Vec::new()));
    let note = |what: &'static str| {
        let events = Arc::clone(&events);
        move |id| events.lock().unwrap().push((what, id))
    };
    let _stays = server.on_client_connect(|_| panic!("as callbacks do"));
    let _stays = server.on_client_disconnect_async(|_| async { panic!("as callbacks do") });
    let connected = note("on");
    let _stays = server.on_client_connect(move |client| connected(client.client_id()));
    let connected = Arc::new(note("on async"));
    let _stays = server.on_client_connect_async(move |client| {
        let connected = Arc::clone(&connected);
        async move { connected(client.client_id()) }
    });
    let gone = note("off");
    let _stays = server.on_client_disconnect(move |client| {
        assert!(!client.is_connected());
        // Harmless, as handles outlive their clients.
        client.queue_message(&chat("too late"));
        client.flush();
        gone(client.client_id());
    });
    let gone = Arc::new(note("off async"));
    let _stays = server.on_client_disconnect_async(move |client| {
        let gone = Arc::clone(&gone);
        async move { gone(client.client_id()) }
    });
    server.start().unwrap();
    let count = || events.lock().unwrap().len();
    for id in 0..3 {
        let client = Client::join(server.get_port());
        wait_until(|| count() == 4 * id + 2);
        client.leave();
        wait_until(|| count() == 4 * id + 4);
    }
    let expected: Vec<_> = (0..3)
        .flat_map(|id| ["on", "on async", "off", "off async"].map(|what| (what, id)))
        .collect();
    assert_eq!(*events.lock().unwrap(), expected);
    assert!(server.get_clients().is_empty());
}

#[test]
fn a_late_callback_meets_those_that_are_there_and_a_removed_one_nobody() {
    let server = builder().start().unwrap();
    let _client = Client::join(server.get_port());
    wait_until(|| server.get_clients().len() == 1);
    let (say, met) = mpsc::channel();
    let id = server.on_client_connect(move |client| say.send(client.client_id()).unwrap());
    assert_eq!(next(&met), 0);
    let _second = Client::join(server.get_port());
    assert_eq!(next(&met), 1);
    assert!(server.remove_client_callback(id));
    assert!(!server.remove_client_callback(id));
    let _third = Client::join(server.get_port());
    wait_until(|| server.get_clients().len() == 3);
    assert!(met.try_recv().is_err());
}

#[test]
fn a_client_that_connects_is_greeted_before_it_speaks() {
    let server = builder().build();
    let _stays = server.on_client_connect(|client| {
        thread::sleep(Duration::from_millis(20));
        client.queue_message(&chat(&format!("hello {}", client.client_id())));
    });
    let _stays = server
        .register_handler({
            let server = server.clone();
            move |_, chat: &Chat| server.queue_message(chat)
        })
        .unwrap();
    server.start().unwrap();
    let mut client = Client::join(server.get_port());
    client.send(&chat("echo"));
    let mut heard = [client.next::<Chat>().text, client.next::<Chat>().text];
    // The two streams are released together, in either order.
    heard.sort();
    assert_eq!(heard, ["echo", "hello 0"]);
    server.stop();
}

#[test]
fn disconnecting_all_leaves_the_server_open() {
    let server = builder().build();
    let (say, gone) = mpsc::channel();
    let _stays = server.on_client_disconnect(move |client| say.send(client.client_id()).unwrap());
    server.disconnect_all_clients();
    server.start().unwrap();
    server.queue_message(&chat("kept"));
    let mut clients = [(); 3].map(|()| Client::join(server.get_port()));
    for client in &mut clients {
        assert_eq!(client.next::<Chat>(), chat("kept"));
    }
    server.disconnect_all_clients();
    for client in clients {
        assert_eq!(client.close().0, 1000);
    }
    let mut gone: Vec<_> = (0..3).map(|_| next(&gone)).collect();
    gone.sort_unstable();
    assert_eq!(gone, [0, 1, 2]);
    let mut again = Client::join(server.get_port());
    assert_eq!(again.next::<Chat>(), chat("kept"));
    assert_eq!(server.get_clients()[0].client_id(), 3);
}

#[test]
fn disconnecting_reaches_one_that_does_not_read() {
    let server = builder().start().unwrap();
    let deaf = Client::join(server.get_port());
    wait_until(|| server.get_clients().len() == 1);
    // More than sockets hold.
    for _ in 0..64 {
        server.queue_message(&chat(&"x".repeat(1 << 20)));
    }
    server.flush();
    thread::sleep(Duration::from_millis(50));
    server.disconnect_all_clients();
    wait_until(|| server.get_clients().is_empty());
    drop(deaf);
}

#[test]
fn stopping_runs_the_last_callbacks_though_they_panic() {
    let server = builder().build();
    let gone = Arc::new(Mutex::new(Vec::new()));
    let _stays = server.on_client_disconnect({
        let gone = Arc::clone(&gone);
        move |client| {
            thread::sleep(Duration::from_millis(20));
            gone.lock().unwrap().push(client.client_id());
            panic!("as callbacks do");
        }
    });
    server.start().unwrap();
    let clients = [(); 3].map(|()| Client::join(server.get_port()));
    wait_until(|| server.get_clients().len() == 3);
    let readers = clients.map(|client| thread::spawn(|| client.close()));
    let start = Instant::now();
    server.stop();
    assert!(start.elapsed() < Duration::from_secs(2));
    let mut gone = std::mem::take(&mut *gone.lock().unwrap_or_else(|e| e.into_inner()));
    gone.sort_unstable();
    assert_eq!(gone, [0, 1, 2]);
    for reader in readers {
        assert_eq!(reader.join().unwrap().0, 1001);
    }
}

#[test]
fn a_callback_that_never_ends_delays_the_end_by_a_bound() {
    let server = builder().build();
    let (release, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let _stays = server.on_client_connect(move |_| {
        let _ = wait.lock().unwrap().recv();
    });
    server.start().unwrap();
    let _client = Client::join(server.get_port());
    wait_until(|| server.get_clients().len() == 1);
    let start = Instant::now();
    server.stop();
    assert!(start.elapsed() < Duration::from_secs(6));
    drop(release);
}
