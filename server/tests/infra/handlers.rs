use super::{
    Chat, Clear, Client, Done, Stroke, builder, chat, join_in_order, messages, next, wait_until,
};
use scenecast::{
    Error,
    infra::{Message, MessageHandler},
};
use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

#[test]
fn handlers_hear_their_messages_in_order() {
    let server = builder().build();
    let (say, heard) = mpsc::channel();
    let _stays = server
        .register_handler({
            let say = say.clone();
            move |client, chat: &Chat| say.send(format!("{client}: {}", chat.text)).unwrap()
        })
        .unwrap();
    let _stays = server
        .register_handler_async({
            let say = say.clone();
            move |client, chat: Chat| {
                let say = say.clone();
                async move {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    say.send(format!("later {client}: {}", chat.text)).unwrap();
                }
            }
        })
        .unwrap();
    let _stays = server.on_client_connect({
        move |client| {
            let say = say.clone();
            let own = client.client_id();
            let registered = client.register_handler(move |from, chat: &Chat| {
                assert_eq!(from, own);
                say.send(format!("own {from}: {}", chat.text)).unwrap();
            });
            let _stays = registered.unwrap();
        }
    });
    server.start().unwrap();
    let mut client = Client::join(server.get_port());
    for text in ["a", "b"] {
        client.send(&chat(text));
        // Nobody waits for these.
        client.send(&Clear {});
    }
    let heard: Vec<String> = (0..6).map(|_| next(&heard)).collect();
    let expected = [
        "0: a",
        "later 0: a",
        "own 0: a",
        "0: b",
        "later 0: b",
        "own 0: b",
    ];
    assert_eq!(heard, expected);
}

#[test]
fn a_client_s_handlers_hear_that_client_only() {
    let server = builder().start().unwrap();
    let mut clients = join_in_order(&server);
    let (say, heard) = mpsc::channel();
    let second = &server.get_clients()[1];
    let _stays = second
        .register_handler(move |client, chat: &Chat| say.send((client, chat.clone())).unwrap())
        .unwrap();
    clients[0].send(&chat("first"));
    clients[1].send(&chat("second"));
    assert_eq!(next(&heard), (1, chat("second")));
}

#[test]
fn a_handler_that_panics_harms_nobody() {
    let server = builder().build();
    let (say, heard) = mpsc::channel();
    let _stays = server
        .register_handler(|_, _: &Chat| panic!("as handlers do"))
        .unwrap();
    let _stays = server
        .register_handler_async(|_, _: Chat| async { panic!("as handlers do") })
        .unwrap();
    let _stays = server
        .register_handler(move |_, chat: &Chat| say.send(chat.text.clone()).unwrap())
        .unwrap();
    server.start().unwrap();
    let mut client = Client::join(server.get_port());
    for text in ["a", "b"] {
        client.send(&chat(text));
        assert_eq!(next(&heard), text);
    }
}

#[test]
fn handlers_are_removed_one_by_one_or_all_at_once() {
    let server = builder().build();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let register = |name: &'static str| {
        let heard = Arc::clone(&heard);
        let handler = move |_, _: &Clear| heard.lock().unwrap().push(name);
        server.register_handler(handler).unwrap()
    };
    let (a, b) = (register("a"), register("b"));
    let _c = register("c");
    server.unregister_handler::<Clear>(b).unwrap();
    let done = Arc::new(Mutex::new(0));
    let _stays = server
        .register_handler({
            let done = Arc::clone(&done);
            move |_, _: &Chat| *done.lock().unwrap() += 1
        })
        .unwrap();
    server.start().unwrap();
    let mut client = Client::join(server.get_port());
    let mut hear = |rounds: usize| {
        client.send(&Clear {});
        client.send(&chat("done"));
        wait_until(|| *done.lock().unwrap() == rounds);
        std::mem::take(&mut *heard.lock().unwrap())
    };
    assert_eq!(hear(1), ["a", "c"]);
    server.unregister_handler::<Clear>(None).unwrap();
    assert_eq!(hear(2), [""; 0]);
    for wrong in [
        server.unregister_handler::<Clear>(None),
        server.unregister_handler::<Clear>(a),
        server.unregister_handler::<Chat>(b),
        server.unregister_handler::<Stroke>(None),
    ] {
        let error = wrong.unwrap_err();
        assert!(matches!(error, Error::NotRegistered { .. }), "{error}");
    }
}

#[test]
fn a_handler_for_a_message_outside_the_set_is_an_error() {
    #[derive(Clone, Message)]
    struct Other {}

    assert!(!messages().contains::<Other>());
    let error = builder()
        .build()
        .register_handler(|_, _: &Other| ())
        .unwrap_err();
    assert!(
        matches!(error, Error::UnknownMessage { name: "Other" }),
        "{error}"
    );
}

#[test]
fn a_handler_may_remove_itself_and_add_others() {
    let server = builder().build();
    let (say, heard) = mpsc::channel();
    let _stays = server
        .register_handler({
            let server = server.clone();
            move |_, _: &Clear| {
                server.unregister_handler::<Clear>(None).unwrap();
                let say = say.clone();
                let _stays = server
                    .register_handler(move |_, chat: &Chat| say.send(chat.text.clone()).unwrap())
                    .unwrap();
            }
        })
        .unwrap();
    server.start().unwrap();
    let mut client = Client::join(server.get_port());
    client.send(&chat("too early"));
    client.send(&Clear {});
    client.send(&Clear {});
    client.send(&chat("now"));
    assert_eq!(next(&heard), "now");
    server.stop();
}

#[test]
fn bad_bytes_end_their_connection_with_a_reason_and_no_other() {
    let server = builder().start().unwrap();
    let mut quiet = Client::join(server.get_port());
    let cases: [(Vec<u8>, u16, &str); 5] = [
        (b"\xc1".to_vec(), 1007, "not a MessagePack message"),
        (b"\x80".to_vec(), 1007, "under `type`"),
        (
            b"\x81\xa4type\xa4Chat".to_vec(),
            1007,
            "Chat: text: expected a value",
        ),
        (vec![0x91; 1 << 20], 1007, "nested deeper"),
        (Done {}.serialize(), 1008, "viewers do not send Done"),
    ];
    for (bytes, code, reason) in cases {
        let mut hostile = Client::join(server.get_port());
        hostile.send_bytes(bytes);
        let (found, text) = hostile.close();
        assert_eq!(found, code, "{text}");
        assert!(text.contains(reason), "{text}");
    }
    // A class that the server does not know is passed over: newer clients have more.
    quiet.send_bytes(b"\x81\xa4type\xa6Strike".to_vec());
    thread::sleep(Duration::from_millis(20));
    server.queue_message(&chat("still here"));
    assert_eq!(quiet.next::<Chat>(), chat("still here"));
}
