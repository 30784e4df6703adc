use super::{ClientSocket, next, server};
use scenecast::gui::{Slider, Text};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

#[test]
fn viewers_count_from_their_first_camera() {
    let server = server();
    let (said, events) = mpsc::channel();
    let (early, late, gone) = (said.clone(), said.clone(), said);
    let _ = server
        .on_client_connect(move |client| early.send(format!("early {}", client.id())).unwrap());
    let mut silent = ClientSocket::open(server.port());
    silent.replay();
    assert!(server.clients().is_empty());
    let mut viewer = ClientSocket::join(server.port());
    assert_eq!(next(&events), "early 1");
    let clients = server.clients();
    assert_eq!(clients.len(), 1);
    assert_eq!(clients[0].camera().position(), [3.0; 3]);
    // Who is there already is met too, once.
    let _ =
        server.on_client_connect(move |client| late.send(format!("late {}", client.id())).unwrap());
    assert_eq!(next(&events), "late 1");

    let (moved, cameras) = mpsc::channel();
    let _ = clients[0]
        .camera()
        .on_update(move |camera| moved.send(camera.position()[0]).unwrap());
    for x in [1.0, 2.0] {
        viewer.show_camera([x, 0.0, 0.0]);
        assert_eq!(next(&cameras), x);
    }
    let _ = server
        .on_client_disconnect(move |client| gone.send(format!("gone {}", client.id())).unwrap());
    drop((silent, viewer));
    assert_eq!(next(&events), "gone 1");
    assert!(server.clients().is_empty());
}

#[test]
fn a_rejected_viewer_uses_up_a_number() {
    let server = server();
    let (code, reason) = ClientSocket::open_as(server.port(), "viser-v0.9.0").close();
    assert_eq!(
        (code, &*reason),
        (1002, "Version mismatch. Client: 0.9.0, Server: 1.1.1")
    );
    let (said, events) = mpsc::channel();
    let _ = server.on_client_connect(move |client| said.send(client.id()).unwrap());
    let _viewer = ClientSocket::join(server.port());
    assert_eq!(next(&events), 1);
}

#[test]
fn events_of_a_component_come_in_order_sync_and_async_and_survive_a_panic() {
    const COUNT: usize = 3_000;
    let server = server();
    let slider = server.gui().add(Slider::new("s", 0.0..=1e6)).unwrap();
    let (said, events) = mpsc::channel();
    let said_later = said.clone();
    let _ = slider.on_update(move |event| {
        said.send(("sync", event.value)).unwrap();
        assert!(event.value != 10.0, "this panic belongs to the test");
    });
    let _ = slider.on_update_async(move |event| {
        let said = said_later.clone();
        async move {
            tokio::task::yield_now().await;
            said.send(("async", event.value)).unwrap();
            assert!(event.value != 20.0, "this panic belongs to the test");
        }
    });
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let uuid = viewer.components[0].clone();
    for value in 1..=COUNT {
        viewer.set_value(&uuid, value as f64);
    }
    for value in 1..=COUNT {
        assert_eq!(next(&events), ("sync", value as f64));
        assert_eq!(next(&events), ("async", value as f64));
    }
    assert_eq!(slider.value().unwrap(), COUNT as f64);
}

#[test]
fn a_slow_callback_holds_up_its_own_component_only() {
    let server = server();
    let [slow, quick] =
        ["slow", "quick"].map(|l| server.gui().add(Slider::new(l, 0.0..=9.0)).unwrap());
    let (said, events) = mpsc::channel();
    let go_on = Arc::new(AtomicBool::new(false));
    let (waits, tells) = (Arc::clone(&go_on), said.clone());
    let _ = slow.on_update(move |_| {
        while !waits.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(1));
        }
        tells.send("slow").unwrap();
    });
    let _ = quick.on_update(move |_| said.send("quick").unwrap());
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let uuids = viewer.components.clone();
    viewer.set_value(&uuids[0], 1.0);
    viewer.set_value(&uuids[1], 1.0);
    assert_eq!(next(&events), "quick");
    go_on.store(true, Ordering::Relaxed);
    assert_eq!(next(&events), "slow");
}

#[test]
fn callbacks_may_use_the_whole_api_and_be_removed() {
    let server = server();
    let text = server.gui().add(Text::new("t")).unwrap();
    let echo = server.gui().add(Text::new("echo")).unwrap();
    let (said, events) = mpsc::channel();
    let id = text.on_update({
        let server = server.clone();
        move |event| {
            server
                .atomic(|| echo.set_value(event.value.to_uppercase()))
                .unwrap();
            server.flush();
            said.send(event.client.as_ref().unwrap().id()).unwrap();
        }
    });
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let uuids = viewer.components.clone();
    viewer.set_value(&uuids[0], "hello".to_owned());
    assert_eq!(next(&events), 0);
    viewer.read_until(|client| client.values.contains_key(&uuids[1]));
    assert_eq!(viewer.values[&uuids[1]].as_str(), Some("HELLO"));
    assert!(text.remove_update_callback(id) && !text.remove_update_callback(id));
    // The callback held the last clone of the server but ours: it is gone with it.
    drop(server);
}

#[test]
fn values_of_another_kind_and_unknown_components_are_skipped() {
    let server = server();
    let slider = server.gui().add(Slider::new("s", 0.0..=9.0)).unwrap();
    let (said, events) = mpsc::channel();
    let _ = slider.on_update(move |event| said.send(event.value).unwrap());
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let uuid = viewer.components[0].clone();
    viewer.set_value(&uuid, "text".to_owned());
    viewer.set_value("nobody", 1.0);
    viewer.set_value(&uuid, 5_i64);
    assert_eq!(next(&events), 5.0);
}
