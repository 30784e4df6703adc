use super::{Chat, Clear, Client, Done, Stroke, builder, chat, join_in_order, wait_until};
use scenecast::infra::{ClientApiVersion, Message, MessageHandler, Value, WebsocketServer};
use scenecast_protocol::recording::Recording;
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

fn id_of(message: &Value) -> Option<i64> {
    message.get("id").and_then(Value::as_i64)
}

#[test]
fn version_0_sends_each_message_alone_with_arrays_inline() {
    let server = builder().start().unwrap();
    let early = Client::join(server.get_port());
    let large = Stroke {
        points: vec![[0.5; 2]; 100_000].into(),
        ..Stroke::new(2)
    };
    server.queue_message(&Stroke::new(1));
    server.queue_message(&large);
    for mut client in [early, Client::join(server.get_port())] {
        assert_eq!(client.bytes(), Stroke::new(1).serialize());
        assert_eq!(client.bytes(), large.serialize());
    }
}

#[test]
fn version_1_sends_windows_with_arrays_behind_them() {
    let server = builder()
        .client_api_version(ClientApiVersion::V1)
        .start()
        .unwrap();
    let early = Client::join(server.get_port());
    server.atomic(|| {
        server.queue_message(&Stroke::new(1));
        server.queue_message(&chat("a"));
    });
    for mut client in [early, Client::join(server.get_port())] {
        let window = client.bytes();
        // The array is the end of the frame, at a multiple of 8 bytes.
        let points = Stroke::new(1).points;
        assert!(window.ends_with(points.as_bytes()));
        assert_eq!((window.len() - points.as_bytes().len()) % 8, 0);
        let limits = scenecast_protocol::Limits::default();
        let window = scenecast_protocol::window::decode(&window.into(), &limits).unwrap();
        let trees: Vec<Value> = window
            .messages
            .iter()
            .map(Message::as_serializable)
            .collect();
        let expected = [
            Stroke::new(1).as_serializable(),
            chat("a").as_serializable(),
        ];
        assert_eq!(trees, expected);
    }
}

#[test]
fn who_comes_late_gets_the_last_of_each_key() {
    let server = builder().backlog_done_message(&Done {}).start().unwrap();
    let mut early = Client::join(server.get_port());
    assert_eq!(early.next::<Done>(), Done {});
    for round in 0..3 {
        for id in 0..3 {
            let mut stroke = Stroke::new(id);
            stroke.pen.width = round as f32;
            server.queue_message(&stroke);
        }
    }
    server.queue_message(&chat("a"));
    server.queue_message(&chat("a"));
    let buffer = server.get_message_buffer();
    assert_eq!(buffer.len(), 5);
    let mut late = Client::join(server.get_port());
    for id in 0..3 {
        let stroke = late.next::<Stroke>();
        assert_eq!((stroke.id, stroke.pen.width), (id, 2.0));
    }
    assert_eq!(late.next::<Chat>(), chat("a"));
    assert_eq!(late.next::<Chat>(), chat("a"));
    assert_eq!(late.next::<Done>(), Done {});
    // What one client has missed has been coalesced too; the end is the same.
    let mut strokes = BTreeMap::new();
    while strokes.len() < 3 || strokes.values().any(|width| *width != 2.0) {
        let stroke = early.next::<Stroke>();
        strokes.insert(stroke.id, stroke.pen.width);
    }
}

#[test]
fn the_buffer_shows_and_forgets() {
    let server = builder().start().unwrap();
    let buffer = server.get_message_buffer();
    assert!(buffer.is_empty());
    for id in 0..10 {
        server.queue_message(&Stroke::new(id));
    }
    assert_eq!(buffer.len(), 10);
    assert!(buffer.byte_len() > 160);
    assert_eq!(buffer.messages()[3], Stroke::new(3).as_serializable());
    let odd = |message: &Value| id_of(message).is_some_and(|id| id % 2 == 1);
    assert_eq!(buffer.remove_from_buffer(odd), 5);
    assert_eq!(buffer.remove_from_buffer(odd), 0);
    buffer.flush();
    let mut late = Client::join(server.get_port());
    let ids: Vec<u32> = (0..5).map(|_| late.next::<Stroke>().id).collect();
    assert_eq!(ids, [0, 2, 4, 6, 8]);
    // Its key is free again.
    server.queue_message(&Stroke::new(1));
    assert_eq!(late.next::<Stroke>().id, 1);
}

#[test]
fn a_message_passes_by_who_caused_it() {
    let server = builder().build();
    let _stays = server
        .register_handler({
            let server = server.clone();
            move |client, stroke: &Stroke| {
                let mut stroke = stroke.clone();
                stroke.author = Some(client);
                server.queue_message(&stroke);
                server.queue_message_except(&chat("drawn"), client);
                server.queue_message(&Clear {});
            }
        })
        .unwrap();
    server.start().unwrap();
    let mut clients = [(); 2].map(|()| Client::join(server.get_port()));
    wait_until(|| server.get_clients().len() == 2);
    clients[0].send(&Stroke::new(1));
    assert_eq!(clients[1].next::<Stroke>(), Stroke::new(1));
    assert_eq!(clients[1].next::<Chat>(), chat("drawn"));
    assert_eq!(clients[1].next::<Clear>(), Clear {});
    assert_eq!(clients[0].next::<Clear>(), Clear {});
    server.stop();
}

#[test]
fn what_is_for_one_reaches_no_other() {
    let server = builder().start().unwrap();
    let mut clients = join_in_order(&server);
    let first = &server.get_clients()[0];
    first.queue_message(&chat("for you"));
    first.flush();
    server.flush_client(0);
    server.flush_client(17);
    assert_eq!(clients[0].next::<Chat>(), chat("for you"));
    // It has been taken: nothing of it stays.
    wait_until(|| first.get_message_buffer().is_empty());
    assert!(server.get_message_buffer().is_empty());
    server.queue_message(&Clear {});
    assert_eq!(clients[1].next::<Clear>(), Clear {});
}

#[test]
fn a_group_is_seen_whole_by_all() {
    const ROUNDS: u32 = 200;
    let server: WebsocketServer = builder()
        .client_api_version(ClientApiVersion::V1)
        .start()
        .unwrap();
    /// Lets the others end though the test fails.
    struct Stop<'a>(&'a AtomicBool);
    impl Drop for Stop<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _stop = Stop(&stop);
        // Others talk all the time, and are not held up.
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                server.queue_message(&Clear {});
                thread::yield_now();
            }
        });
        let mut client = Client::join(server.get_port());
        scope.spawn(|| {
            for round in 1..=ROUNDS {
                server.atomic(|| {
                    for id in 0..3 {
                        let mut stroke = Stroke::new(id);
                        stroke.pen.width = round as f32;
                        server.queue_message(&stroke);
                    }
                });
            }
        });
        let mut widths = [0.0; 3];
        while widths != [f64::from(ROUNDS); 3] {
            let limits = scenecast_protocol::Limits::default();
            let window = client.bytes().into();
            let window = scenecast_protocol::window::decode(&window, &limits).unwrap();
            for message in window.messages.iter().map(Message::as_serializable) {
                if let (Some(id), Some(pen)) = (id_of(&message), message.get("pen")) {
                    widths[id as usize] = pen.get("width").and_then(Value::as_f64).unwrap();
                }
            }
            assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        }
    });
}

#[test]
fn a_serializer_records_what_passes_its_filter() {
    let server = builder().start().unwrap();
    server.queue_message(&Stroke::new(1));
    server.queue_message(&chat("no"));
    let serializer = server.get_message_serializer(|message| {
        message
            .downcast_ref::<Stroke>()
            .is_some_and(|stroke| stroke.id != 2)
    });
    serializer.insert_sleep(0.5).unwrap();
    server.queue_message(&Stroke::new(2));
    server.queue_message(&Stroke::new(3));
    let bytes = serializer.serialize().unwrap();
    assert!(serializer.serialize().is_err());
    let limits = scenecast_protocol::Limits::default();
    let recording = Recording::decode(&bytes, &limits).unwrap();
    let found: Vec<_> = recording
        .messages
        .iter()
        .map(|(time, message)| (*time, message.as_serializable()))
        .collect();
    let expected = [
        (0.0, Stroke::new(1).as_serializable()),
        (0.5, Stroke::new(3).as_serializable()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_client_s_serializer_records_what_is_said_to_it_alone() {
    let server = builder().start().unwrap();
    let mut client = Client::join(server.get_port());
    wait_until(|| server.get_clients().len() == 1);
    let connection = &server.get_clients()[0];
    let serializer = connection.get_message_serializer(|_| true);
    server.queue_message(&Clear {});
    connection.queue_message(&chat("a"));
    connection.queue_message(&chat("b"));
    // Both streams have been read.
    for _ in 0..3 {
        client.plain();
    }
    let bytes = serializer.serialize().unwrap();
    let limits = scenecast_protocol::Limits::default();
    let recording = Recording::decode(&bytes, &limits).unwrap();
    let texts: Vec<_> = recording
        .messages
        .iter()
        .map(|(_, message)| message.as_serializable().get("text").cloned())
        .collect();
    let text = |text: &'static str| Some(Value::Str(text.into()));
    assert_eq!(texts, [text("a"), text("b")]);
}
