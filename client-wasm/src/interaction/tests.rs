//! Gestures against what the stock client was seen to do: a unit box at the origin, seen from
//! (0, -4, 0) in a view of 800 by 600 pixels, was clicked and dragged, and its messages recorded.

mod hand;

use bytes::Bytes;
use glam::DVec3;
use scenecast_protocol::event::{
    DragPhase, SceneNodeDrag, ScenePointer, ScenePointerEnable, ScenePointerEvent,
};
use scenecast_protocol::scene::{
    AddNode, Frame, RemoveSceneNode, SetPosition, SetSceneNodeVisibility,
};
use scenecast_protocol::{Limits, Message};

use super::*;
use hand::{CENTRE, Hand, add, bound, click_bindings, drag_bindings, filter};

fn recorded(name: &str) -> Message {
    let path = format!(
        "{}/../shared/tests/fixtures/viser-1.1.1/client_to_server/real_{name}.msgpack",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = Bytes::from(std::fs::read(&path).unwrap());
    Message::from_viewer(&bytes, &Limits::client_message()).unwrap()
}

/// Fails where numbers differ by more than `1e-5`, or anything else at all.
fn assert_same(actual: &Message, expected: &Message) {
    fn numbers(message: &Message) -> Vec<f64> {
        match message {
            Message::SceneNodeClick(m) => [m.ray_origin, m.ray_direction]
                .concat()
                .into_iter()
                .chain(m.screen_pos)
                .collect(),
            Message::ScenePointer(m) => [m.ray_origin, m.ray_direction]
                .into_iter()
                .flatten()
                .flatten()
                .chain(m.screen_pos.iter().flatten().copied())
                .collect(),
            Message::SceneNodeDrag(m) => [m.start_position, m.end_position]
                .concat()
                .into_iter()
                .chain(m.start_screen_pos)
                .chain(m.end_screen_pos)
                .collect(),
            other => panic!("{other:?}"),
        }
    }
    let (a, b) = (numbers(actual), numbers(expected));
    let near = a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-5);
    assert!(near, "{actual:?}\nis not\n{expected:?}");
    let words = |message: &Message| match message {
        Message::SceneNodeClick(m) => format!(
            "{} {:?} {:?} {}",
            m.name, m.instance_index, m.modifier, m.owner
        ),
        Message::ScenePointer(m) => format!("{:?} {:?}", m.event_type, m.modifier),
        Message::SceneNodeDrag(m) => format!(
            "{:?} {} {:?} {:?} {:?} {}",
            m.phase, m.name, m.instance_index, m.button, m.modifier, m.owner
        ),
        other => panic!("{other:?}"),
    };
    assert_eq!(words(actual), words(expected));
}

#[test]
fn a_click_tells_of_the_node_and_then_of_the_scene() {
    let mut hand = Hand::over_box();
    hand.click(CENTRE);
    assert_eq!(hand.sent.len(), 2);
    assert_same(&hand.sent[0], &recorded("002_SceneNodeClickMessage"));
    assert_same(&hand.sent[1], &recorded("003_ScenePointerMessage"));
}

#[test]
fn a_drag_tells_what_the_stock_client_tells() {
    let mut hand = Hand::over_box();
    hand.hold(Some(Modifier::Shift));
    hand.press(CENTRE);
    assert!(hand.interaction.locks_camera());
    for step in 0..6 {
        hand.go(CENTRE + DVec2::new(10.0, 5.0) * f64::from(step));
    }
    hand.release(CENTRE + DVec2::new(50.0, 25.0));
    assert!(!hand.interaction.locks_camera());
    let expected = [
        (0, "004_SceneNodeDragMessage"),
        (1, "005_SceneNodeDragMessage"),
        (2, "006_SceneNodeDragMessage"),
    ];
    for (index, name) in expected {
        assert_same(&hand.sent[index], &recorded(name));
    }
    assert_same(
        hand.sent.last().unwrap(),
        &recorded("007_SceneNodeDragMessage"),
    );
    assert_eq!(hand.sent.len(), 6, "a start, four updates and an end");
}

#[test]
fn a_rectangle_tells_its_corners_and_keeps_the_camera() {
    let mut hand = Hand::over_box();
    hand.modifier = Some(Modifier::CmdCtrl);
    hand.press(DVec2::new(100.0, 250.0));
    assert!(hand.interaction.locks_camera());
    hand.go(DVec2::new(200.0, 320.0));
    assert_eq!(hand.interaction.cursor(&[]), Cursor::Crosshair);
    hand.go(DVec2::new(250.0, 400.0));
    hand.release(DVec2::new(250.0, 400.0));
    assert_same(&hand.sent[0], &recorded("008_ScenePointerMessage"));
    assert_eq!(hand.sent.len(), 1);
}

#[test]
fn a_click_beside_all_nodes_tells_of_the_scene_alone() {
    let mut hand = Hand::over_box();
    hand.click(DVec2::new(60.0, 550.0));
    assert_same(&hand.sent[0], &recorded("009_ScenePointerMessage"));
    assert_eq!(hand.sent.len(), 1);
}

#[test]
fn moving_a_little_still_clicks_and_moving_more_does_not() {
    for (distance, clicks) in [(3.0, 2), (4.0, 0)] {
        let mut hand = Hand::over_box();
        hand.press(CENTRE);
        hand.go(CENTRE + DVec2::new(distance, 0.0));
        hand.go(CENTRE);
        hand.release(CENTRE);
        assert_eq!(hand.sent.len(), clicks, "{distance}");
    }
}

#[test]
fn a_press_without_motion_is_no_drag() {
    let mut hand = Hand::over_box();
    hand.modifier = Some(Modifier::Shift);
    hand.press(CENTRE);
    hand.release(CENTRE);
    // The stock client says so, too: the node can be clicked, if not with these modifiers.
    assert!(matches!(hand.sent[..], [Message::SceneNodeClick(_)]));
}

#[test]
fn children_speak_for_the_nodes_above_them() {
    let mut hand = Hand::new(vec![
        AddNode {
            name: "/a".into(),
            owner: String::new(),
            is_virtual: false,
            node: Frame::default().show_axes(false).into(),
        }
        .into(),
        add("/a/box"),
        add("/wall"),
        SetPosition {
            name: "/wall".into(),
            position: [0.0, -2.0, 0.0],
            owner: String::new(),
        }
        .into(),
        click_bindings("/a", vec![bound(PointerButton::Left, None)]),
    ]);
    hand.click(CENTRE);
    // What reacts to nothing hides nothing.
    match &hand.sent[..] {
        [Message::SceneNodeClick(click)] => assert_eq!(&*click.name, "/a"),
        other => panic!("{other:?}"),
    }
    hand.apply(vec![
        SetSceneNodeVisibility {
            name: "/a/box".into(),
            visible: false,
            owner: String::new(),
        }
        .into(),
    ]);
    hand.now_ms += 100.0;
    hand.click(CENTRE);
    assert_eq!(hand.sent.len(), 1, "hidden nodes are not hit");
}

#[test]
fn bindings_are_exact() {
    let mut hand = Hand::new(vec![
        add("/box"),
        click_bindings(
            "/box",
            vec![bound(PointerButton::Left, Some(Modifier::Alt))],
        ),
        filter(ScenePointerEvent::Click, vec![Some(Modifier::AltShift)]),
    ]);
    hand.click(CENTRE);
    assert!(hand.sent.is_empty());
    hand.modifier = Some(Modifier::Alt);
    hand.click(CENTRE);
    hand.modifier = Some(Modifier::AltShift);
    hand.click(CENTRE);
    assert!(matches!(
        hand.sent[..],
        [Message::SceneNodeClick(_), Message::ScenePointer(_)]
    ));
}

#[test]
fn modifiers_divide_a_drag() {
    use DragPhase::{End, Start, Update};
    let (shift, alt) = (Some(Modifier::Shift), Some(Modifier::Alt));
    let mut hand = Hand::new(vec![
        add("/box"),
        drag_bindings(
            "/box",
            vec![
                bound(PointerButton::Left, None),
                bound(PointerButton::Left, shift),
            ],
        ),
    ]);
    hand.press(CENTRE);
    hand.go(CENTRE + 10.0);
    hand.go(CENTRE + 20.0);
    hand.hold(shift);
    assert_eq!(hand.phases(), [(Start, None), (Update, None), (End, None)]);
    hand.wait(99.0);
    assert_eq!(hand.sent.len(), 3, "it may be let go soon");
    hand.wait(1.0);
    assert_eq!(hand.phases()[3], (Start, shift));
    // Nothing is bound to this: the drag sleeps.
    hand.hold(alt);
    assert_eq!(hand.phases()[4], (End, shift));
    hand.go(CENTRE + 30.0);
    hand.wait(200.0);
    assert_eq!(hand.sent.len(), 5);
    // Motion confirms a change early.
    hand.hold(shift);
    hand.go(CENTRE + 40.0);
    assert_eq!(hand.phases()[5..], [(Start, shift), (Update, shift)]);
    hand.hold(None);
    assert_eq!(hand.phases()[7], (End, shift));
    hand.release(CENTRE + 40.0);
    hand.wait(200.0);
    assert_eq!(
        hand.sent.len(),
        8,
        "modifier and button were let go together"
    );
}

#[test]
fn the_modifier_counts_when_the_drag_begins() {
    let mut hand = Hand::over_box();
    hand.modifier = Some(Modifier::Shift);
    hand.press(CENTRE);
    hand.modifier = None;
    hand.go(CENTRE + 10.0);
    hand.release(CENTRE + 10.0);
    assert!(hand.sent.is_empty());
}

#[test]
fn a_drag_ends_with_what_is_dragged() {
    let ends: [(&str, Message); 3] = [
        (
            "gone",
            RemoveSceneNode {
                name: "/box".into(),
                owner: String::new(),
            }
            .into(),
        ),
        (
            "hidden",
            SetSceneNodeVisibility {
                name: "/box".into(),
                visible: false,
                owner: String::new(),
            }
            .into(),
        ),
        ("let go by the server", drag_bindings("/box", vec![])),
    ];
    for (what, message) in ends {
        let mut hand = Hand::over_box();
        hand.modifier = Some(Modifier::Shift);
        hand.press(CENTRE);
        hand.go(CENTRE + 10.0);
        hand.apply(vec![message]);
        let last = hand.phases().last().copied();
        assert_eq!(last, Some((DragPhase::End, hand.modifier)), "{what}");
        hand.go(CENTRE + 30.0);
        hand.release(CENTRE + 30.0);
        assert_eq!(hand.sent.len(), 2, "{what}");
        assert!(!hand.interaction.locks_camera(), "{what}");
    }
}

#[test]
fn a_drag_follows_the_node() {
    let mut hand = Hand::over_box();
    hand.modifier = Some(Modifier::Shift);
    hand.press(CENTRE);
    hand.go(CENTRE + 10.0);
    let position = [0.5, 0.0, 0.25];
    hand.apply(vec![
        SetPosition {
            name: "/box".into(),
            position,
            owner: String::new(),
        }
        .into(),
    ]);
    hand.go(CENTRE + 20.0);
    match hand.sent.last() {
        Some(Message::SceneNodeDrag(SceneNodeDrag { start_position, .. })) => {
            let expected = DVec3::new(0.5, -0.5, 0.25);
            assert!(DVec3::from(*start_position).abs_diff_eq(expected, 1e-6));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn updates_are_rare_and_the_last_one_is_not_lost() {
    let mut hand = Hand::over_box();
    hand.modifier = Some(Modifier::Shift);
    hand.press(CENTRE);
    for step in 1..20 {
        hand.now_ms -= 59.0;
        hand.go(CENTRE + 5.0 * f64::from(step));
    }
    assert_eq!(hand.sent.len(), 2, "one start, one update");
    hand.release(CENTRE + 95.0);
    let phases: Vec<DragPhase> = hand.phases().into_iter().map(|(phase, _)| phase).collect();
    assert_eq!(phases[2..], [DragPhase::Update, DragPhase::End]);
}

#[test]
fn losing_the_pointer_ends_everything() {
    let mut hand = Hand::over_box();
    hand.modifier = Some(Modifier::Shift);
    hand.press(CENTRE);
    hand.go(CENTRE + 10.0);
    hand.with(|interaction, around| interaction.cancel(1, around));
    assert_eq!(hand.phases().last(), Some(&(DragPhase::End, hand.modifier)));

    let mut hand = Hand::over_box();
    hand.press(CENTRE);
    hand.with(|interaction, around| interaction.blur(around));
    hand.release(CENTRE);
    assert!(hand.sent.is_empty());
}

#[test]
fn releases_elsewhere_click_nothing() {
    let mut hand = Hand::over_box();
    hand.press(CENTRE);
    let input = hand.input(CENTRE);
    hand.with(|interaction, around| interaction.release(&input, false, around));
    assert!(hand.sent.is_empty());
}

#[test]
fn the_cursor_says_what_a_click_would_do() {
    let mut hand = Hand::over_box();
    hand.interaction.set_mouse(Some(CENTRE));
    hand.wait(0.0);
    assert_eq!(hand.interaction.cursor(&[]), Cursor::Pointer);
    hand.interaction.set_mouse(Some(DVec2::new(60.0, 550.0)));
    hand.wait(0.0);
    assert_eq!(hand.interaction.cursor(&[]), Cursor::Auto);
    let filters = hand.state.pointer_filters().to_vec();
    assert_eq!(
        hand.interaction.cursor(&filters),
        Cursor::Pointer,
        "the scene takes clicks"
    );
    hand.hold(Some(Modifier::Alt));
    assert_eq!(hand.interaction.cursor(&filters), Cursor::Auto);
}

#[test]
fn scene_pointer_filters_are_those_of_all_owners() {
    let mut hand = Hand::over_box();
    hand.apply(vec![
        ScenePointerEnable {
            event_type: ScenePointerEvent::Click,
            modifiers: vec![Some(Modifier::Alt)],
            owner: "3".to_owned(),
        }
        .into(),
        filter(ScenePointerEvent::Click, vec![]),
    ]);
    hand.click(DVec2::new(60.0, 550.0));
    assert!(hand.sent.is_empty());
    hand.modifier = Some(Modifier::Alt);
    hand.click(DVec2::new(60.0, 550.0));
    assert!(matches!(
        &hand.sent[..],
        [Message::ScenePointer(ScenePointer { .. })]
    ));
}
