use super::{ClientSocket, PATIENCE, client, join_in_order, next, server, with_viewer};
use scenecast::{
    Server,
    events::{DragPhase, Modifier, PointerButton},
    gui::Text,
    scene::{Box, Frame, Handle, Place, TransformControls},
};
use scenecast_protocol::{
    Message, Wxyz,
    event::{
        SceneNodeClick, SceneNodeDrag, ScenePointer, ScenePointerEvent, TransformControlsDragEnd,
        TransformControlsDragStart, TransformControlsUpdate,
    },
};
use std::{
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

fn click(name: &str, owner: &str, modifier: Option<Modifier>) -> SceneNodeClick {
    SceneNodeClick {
        name: name.into(),
        instance_index: Some(7),
        ray_origin: [1.0, 2.0, 3.0],
        ray_direction: [0.0, 0.0, -1.0],
        screen_pos: [0.25, 0.75],
        modifier,
        owner: owner.to_owned(),
    }
}

fn drag(name: &str, phase: DragPhase, x: f64) -> SceneNodeDrag {
    SceneNodeDrag {
        phase,
        name: name.into(),
        instance_index: None,
        start_position: [0.0; 3],
        start_screen_pos: [0.5; 2],
        end_position: [x, 0.0, 0.0],
        end_screen_pos: [0.5; 2],
        button: PointerButton::Left,
        modifier: None,
        owner: String::new(),
    }
}

#[test]
fn who_may_only_look_is_not_heard() {
    let builder = Server::builder().port(0);
    let server = builder
        .read_only_token("look".parse().unwrap())
        .start()
        .unwrap();
    let cube = server.scene().add("/cube", Box::default()).unwrap();
    let (said, events) = mpsc::channel();
    let _ = cube
        .on_click(move |event| said.send(event.client.id()).unwrap())
        .unwrap();
    let mut looking = ClientSocket::open_at(server.port(), "?token=look", "viser-v1.1.1");
    looking.replay();
    looking.show_camera([0.0; 3]);
    let mut other = ClientSocket::join(server.port());
    other.replay();
    for viewer in [&mut looking, &mut other] {
        viewer.send(&click("/cube", "", None));
    }
    assert_eq!(next(&events), 1);
    assert!(!client(&server, 1).is_read_only() && client(&server, 0).is_read_only());
    assert!(looking.state.scene.find("/cube").is_some());
    assert!(events.recv_timeout(Duration::from_millis(100)).is_err());
}

#[test]
fn clicks_reach_the_callbacks_that_wait_for_their_modifiers() {
    let (server, mut viewer, _) = with_viewer();
    let cube = server.scene().add("/cube", Box::default()).unwrap();
    let (said, events) = mpsc::channel();
    let (plain, shifted) = (said.clone(), said);
    let _ = cube
        .on_click(move |event| {
            let name = event.target.name().to_owned();
            let at = (event.instance_index, event.ray_origin, event.screen_pos);
            plain.send((event.client.id(), name, at)).unwrap();
        })
        .unwrap();
    let shift = cube
        .on_click_with_async(Modifier::Shift, move |event| {
            let shifted = shifted.clone();
            async move {
                let at = (event.instance_index, event.ray_direction, [0.0; 2]);
                shifted
                    .send((event.client.id(), "shift".to_owned(), at))
                    .unwrap();
            }
        })
        .unwrap();
    viewer.send(&click("/cube", "", None));
    let at = (Some(7), [1.0, 2.0, 3.0], [0.25, 0.75]);
    assert_eq!(next(&events), (0, "/cube".to_owned(), at));
    viewer.send(&click("/cube", "", Some(Modifier::Shift)));
    assert_eq!(next(&events).1, "shift");
    // Nobody waits for these: another combination, another owner, no such node.
    viewer.send(&click("/cube", "", Some(Modifier::Alt)));
    viewer.send(&click("/cube", "0", None));
    viewer.send(&click("/cube", "1", None));
    viewer.send(&click("/nothing", "", None));
    assert!(cube.remove_click_callback(shift).unwrap());
    assert!(!cube.remove_click_callback(shift).unwrap());
    viewer.send(&click("/cube", "", Some(Modifier::Shift)));
    viewer.send(&click("/cube", "", None));
    assert_eq!(next(&events).1, "/cube");
    cube.remove().unwrap();
    viewer.send(&click("/cube", "", None));
    let other = server.scene().add("/cube", Box::default()).unwrap();
    assert!(cube.on_click(|_| {}).is_err() && cube.remove_click_callbacks().is_err());
    viewer.send(&click("/cube", "", None));
    assert!(other.remove_click_callbacks().is_ok());
    assert!(events.recv_timeout(Duration::from_millis(50)).is_err());
}

#[test]
fn a_viewer_s_own_nodes_are_clicked_apart_from_everybody_s() {
    let server = server();
    let [mut a, mut b] = join_in_order(&server);
    let own = client(&server, 0).scene();
    let (said, events) = mpsc::channel();
    for (scene, name) in [(server.scene(), "shared"), (own, "own")] {
        let said = said.clone();
        let cube = scene.add("/cube", Box::default()).unwrap();
        let _ = cube
            .on_click(move |event| said.send((name, event.client.id())).unwrap())
            .unwrap();
    }
    a.send(&click("/cube", "0", None));
    assert_eq!(next(&events), ("own", 0));
    b.send(&click("/cube", "", None));
    assert_eq!(next(&events), ("shared", 1));
    // What another viewer alone sees is none of its business.
    b.send(&click("/cube", "0", None));
    a.send(&click("/cube", "", None));
    assert_eq!(next(&events), ("shared", 0));
}

#[test]
fn drags_come_in_order_and_end_when_the_viewer_leaves() {
    let (server, mut viewer, _) = with_viewer();
    let cube = server.scene().add("/cube", Box::default()).unwrap();
    let (said, events) = mpsc::channel();
    let _ = cube
        .on_drag(PointerButton::Left, None, move |event| {
            said.send((event.phase, event.end_position[0])).unwrap();
        })
        .unwrap();
    viewer.send(&drag("/cube", DragPhase::Start, 0.0));
    for x in 1..50 {
        viewer.send(&drag("/cube", DragPhase::Update, f64::from(x)));
    }
    // Another button is another gesture.
    viewer.send(&SceneNodeDrag {
        button: PointerButton::Right,
        ..drag("/cube", DragPhase::Update, 99.0)
    });
    assert_eq!(next(&events), (DragPhase::Start, 0.0));
    for x in 1..50 {
        assert_eq!(next(&events), (DragPhase::Update, f64::from(x)));
    }
    // The node is gone, but who dragged it hears of the end.
    cube.remove().unwrap();
    viewer.send(&drag("/cube", DragPhase::Update, 50.0));
    assert_eq!(next(&events), (DragPhase::Update, 50.0));
    drop(viewer);
    assert_eq!(next(&events), (DragPhase::End, 50.0));
    assert!(
        events.recv_timeout(PATIENCE).is_err(),
        "the callback is kept for ever"
    );
}

#[test]
fn bindings_are_told_to_all_and_taken_back() {
    let (server, mut viewer, _) = with_viewer();
    let cube = server.scene().add("/cube", Box::default()).unwrap();
    let clicks = |message| match message {
        Message::SetSceneNodeClickBindings(m) => Some(m.bindings.len()),
        _ => None,
    };
    let drags = |message| match message {
        Message::SetSceneNodeDragBindings(m) => Some(m.bindings),
        _ => None,
    };
    let first = cube.on_click(|_| {}).unwrap();
    assert_eq!(viewer.next(clicks), 1);
    let _ = cube.on_click(|_| {}).unwrap();
    assert_eq!(viewer.next(clicks), 2);
    assert!(cube.remove_click_callback(first).unwrap());
    assert_eq!(viewer.next(clicks), 1);
    for modifier in [None, Some(Modifier::CmdCtrl), None] {
        let _ = cube
            .on_drag(PointerButton::Middle, modifier, |_| {})
            .unwrap();
    }
    let bindings = loop {
        let bindings = viewer.next(drags);
        if bindings.len() == 2 {
            break bindings;
        }
    };
    assert_eq!(bindings[0].button, PointerButton::Middle);
    assert_eq!(bindings[1].modifier, Some(Modifier::CmdCtrl));
    // A new node of that name is not clickable.
    let _new = server.scene().add("/cube", Frame::default()).unwrap();
    assert_eq!(viewer.next(clicks), 0);
    assert_eq!(viewer.next(drags), []);
}

fn height_of(viewer: &ClientSocket, node: &str) -> f64 {
    let scene = &viewer.state.scene;
    let id = scene.find(node);
    id.map_or(f64::NAN, |id| scene.pose(id).position[2])
}

fn gizmo_moves(name: &str, z: f64) -> TransformControlsUpdate {
    TransformControlsUpdate {
        name: name.into(),
        wxyz: Wxyz([0.0, 1.0, 0.0, 0.0]),
        position: [0.0, 0.0, z],
        owner: String::new(),
    }
}

#[test]
fn a_gizmo_moves_for_all_but_the_one_who_moves_it() {
    let (server, mut mover, _) = with_viewer();
    let mut other = ClientSocket::join(server.port());
    other.replay();
    let scene = server.scene();
    let gizmo = scene.add("/gizmo", TransformControls::default()).unwrap();
    let mark = scene.add("/mark", Frame::default()).unwrap();
    assert_eq!(gizmo.update_timestamp(), None);
    let (said, events) = mpsc::channel();
    let _ = gizmo
        .on_update(move |event| {
            let z = event.target.position().unwrap()[2];
            said.send((event.client.id(), event.phase, z)).unwrap();
        })
        .unwrap();
    mover.send(&TransformControlsDragStart {
        name: "/gizmo".into(),
        owner: String::new(),
    });
    mover.send(&gizmo_moves("/gizmo", 1.5));
    mover.send(&gizmo_moves("/mark", 2.0));
    mover.send(&gizmo_moves("/gizmo", f64::NAN));
    mover.send(&TransformControlsDragEnd {
        name: "/gizmo".into(),
        owner: String::new(),
    });
    let (client, phase, _) = next(&events);
    assert_eq!((client, phase), (0, DragPhase::Start));
    assert_eq!(next(&events), (0, DragPhase::Update, 1.5));
    assert_eq!(next(&events), (0, DragPhase::End, 1.5));
    assert_eq!(gizmo.wxyz().unwrap(), Wxyz([0.0, 1.0, 0.0, 0.0]));
    assert!(gizmo.update_timestamp().is_some());
    assert_eq!(mark.position().unwrap(), [0.0; 3]);
    other.read_until(|viewer| height_of(viewer, "/gizmo") == 1.5);
    mark.set_position([5.0, 0.0, 0.0]).unwrap();
    mover.read_until(|viewer| viewer.x_of("/mark") == 5.0);
    assert_eq!(height_of(&mover, "/gizmo"), 0.0);
}

#[test]
fn a_gizmo_that_two_move_at_once_ends_where_the_last_has_left_it() {
    let server = server();
    let scene = server.scene();
    let gizmo = scene.add("/gizmo", TransformControls::default()).unwrap();
    let [mut a, mut b] = join_in_order(&server);
    let (said, events) = mpsc::channel();
    let _ = gizmo
        .on_update(move |event| said.send(event.client.id()).unwrap())
        .unwrap();
    // Neither has heard of the other.
    for (id, viewer) in [&mut a, &mut b].into_iter().enumerate() {
        viewer.send(&gizmo_moves("/gizmo", 1.0 + id as f64));
        assert_eq!(next(&events), id as u64);
    }
    // What b hears of a's move may have been replaced by its own, which it is told of at last.
    for viewer in [&mut a, &mut b] {
        viewer.read_until(|viewer| height_of(viewer, "/gizmo") == 2.0);
    }
}

#[test]
fn the_scene_is_clicked_and_selected_in_both_scopes() {
    let (server, mut viewer, client) = with_viewer();
    let (said, events) = mpsc::channel();
    for (scene, name) in [(server.scene(), "all"), (client.scene(), "one")] {
        let (clicked, selected) = (said.clone(), said.clone());
        let _ = scene.on_click(move |event| clicked.send((name, event.screen_pos)).unwrap());
        let _ = scene.on_rect_select_with(Modifier::Shift, move |event| {
            selected.send((name, event.screen_max)).unwrap();
        });
    }
    let point = |event_type, screen_pos: &[[f64; 2]], modifier| ScenePointer {
        event_type,
        ray_origin: Some([0.0; 3]),
        ray_direction: Some([1.0, 0.0, 0.0]),
        screen_pos: screen_pos.to_vec(),
        modifier,
    };
    let both = || {
        let mut both = [next(&events), next(&events)];
        both.sort_by_key(|(name, _)| *name);
        both
    };
    viewer.send(&point(ScenePointerEvent::Click, &[[0.5, 0.25]], None));
    assert_eq!(both(), [("all", [0.5, 0.25]), ("one", [0.5, 0.25])]);
    let corners = [[0.1, 0.2], [0.3, 0.4]];
    let shift = Some(Modifier::Shift);
    // Without modifiers, and without its second corner, a rectangle is nothing.
    viewer.send(&point(ScenePointerEvent::RectSelect, &corners, None));
    viewer.send(&point(ScenePointerEvent::RectSelect, &corners[..1], shift));
    viewer.send(&point(ScenePointerEvent::RectSelect, &corners, shift));
    assert_eq!(both(), [("all", [0.3, 0.4]), ("one", [0.3, 0.4])]);

    let enabled = |message| match message {
        Message::ScenePointerEnable(m) if m.owner.is_empty() => Some((m.event_type, m.modifiers)),
        _ => None,
    };
    server.scene().remove_rect_select_callbacks();
    server.scene().remove_rect_select_callbacks();
    let mut last = None;
    while last.as_ref() != Some(&(ScenePointerEvent::RectSelect, Vec::new())) {
        last = Some(viewer.next(enabled));
    }
}

#[test]
fn callbacks_that_hold_their_own_node_are_let_go_with_it() {
    fn held_by(server: &Server) -> Arc<()> {
        let token = Arc::new(());
        let cube = server
            .scene()
            .add("/cube", Box::default().at([1.0; 3]))
            .unwrap();
        let (own, held) = (cube.clone(), Arc::clone(&token));
        let _ = cube
            .on_click(move |_| drop((own.clone(), Arc::clone(&held))))
            .unwrap();
        token
    }
    let (server, viewer, client) = with_viewer();
    let removed = held_by(&server);
    server.scene().remove_by_name("/cube");
    assert_eq!(Arc::strong_count(&removed), 1);
    let replaced = held_by(&server);
    let _kept = held_by(&server);
    assert_eq!(Arc::strong_count(&replaced), 1);
    // What belongs to a viewer goes with it, though the callbacks know the viewer.
    let token = Arc::new(());
    let own = client.scene().add("/own", Box::default()).unwrap();
    let (held, viewer_itself) = (Arc::clone(&token), client.clone());
    let _ = own
        .on_click(move |_| drop((viewer_itself.clone(), Arc::clone(&held))))
        .unwrap();
    let text = client.gui().add(Text::new("own")).unwrap();
    let (held, itself) = (Arc::clone(&token), text.clone());
    let _ = text.on_update(move |_| drop((itself.clone(), Arc::clone(&held))));
    drop((own, text, client, viewer));
    let wait_until_free = |token: &Arc<()>| {
        let deadline = Instant::now() + PATIENCE;
        while Arc::strong_count(token) > 1 {
            assert!(Instant::now() < deadline, "callbacks are kept");
            std::thread::yield_now();
        }
    };
    wait_until_free(&token);
    let last = held_by(&server);
    drop(server);
    wait_until_free(&last);
}

#[test]
fn what_callbacks_hold_may_use_the_scene_when_it_goes() {
    /// Uses a node when it goes, as a guard of a program might.
    struct Guard(Handle<Box>);

    impl Drop for Guard {
        fn drop(&mut self) {
            // The node may be gone already.
            let _ = self.0.set_visible(false);
            let _ = self.0.remove_click_callbacks();
        }
    }

    fn guarded(server: &Server) -> Handle<Box> {
        let cube = server.scene().add("/cube", Box::default()).unwrap();
        let [clicked, dragged] = [(); 2].map(|()| Guard(cube.clone()));
        let _ = cube
            .on_click(move |_| assert!(!clicked.0.is_removed()))
            .unwrap();
        let _ = cube
            .on_drag(PointerButton::Left, None, move |_| {
                assert!(!dragged.0.is_removed());
            })
            .unwrap();
        cube
    }

    let server = server();
    let cube = guarded(&server);
    cube.remove_click_callbacks().unwrap();
    cube.remove_drag_callbacks().unwrap();
    assert!(!cube.visible().unwrap());
    let replaced = guarded(&server);
    let removed = guarded(&server);
    removed.remove().unwrap();
    assert!(replaced.is_removed());
}
