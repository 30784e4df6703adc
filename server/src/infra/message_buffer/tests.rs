//! What survives in the buffer, and where windows end.

use super::*;
use scenecast_protocol::{
    Message, Wxyz,
    gui::{AddComponent, Component, GuiRemove, GuiUpdate},
    scene::{
        AddNode, Frame, RemoveSceneNode, SceneNodeUpdate, SetOrientation, SetPosition,
        SetSceneNodeClickBindings, SetSceneNodeVisibility,
    },
    transfer::RunJavascript,
    value::Value,
    wire::Updates,
};
use std::sync::atomic::{AtomicU64, Ordering};

const ALL: WindowLimits = WindowLimits {
    messages: usize::MAX,
    bytes: usize::MAX,
};

fn windows_of(messages: usize) -> WindowLimits {
    WindowLimits { messages, ..ALL }
}

/// One viewer.
fn only(id: ClientId) -> Reader {
    Reader {
        id: Some(id),
        plays: false,
    }
}

/// A message, said after all others so far.
fn said(message: impl Into<Message>) -> Change {
    static SEQUENCE: AtomicU64 = AtomicU64::new(0);
    said_at(message, SEQUENCE.fetch_add(1, Ordering::Relaxed))
}

fn said_at(message: impl Into<Message>, sequence: u64) -> Change {
    Outgoing::new(&message.into(), sequence).into()
}

fn create(name: &str) -> AddNode {
    AddNode {
        name: name.into(),
        owner: String::new(),
        is_virtual: false,
        node: Frame::default().into(),
    }
}

fn position(name: &str, x: f64) -> SetPosition {
    SetPosition {
        name: name.into(),
        position: [x, 0.0, 0.0],
        owner: String::new(),
    }
}

fn remove(name: &str) -> RemoveSceneNode {
    RemoveSceneNode {
        name: name.into(),
        owner: String::new(),
    }
}

fn clicks(name: &str) -> SetSceneNodeClickBindings {
    SetSceneNodeClickBindings {
        name: name.into(),
        bindings: Vec::new(),
        owner: String::new(),
    }
}

fn update(name: &str, properties: &[&'static str]) -> SceneNodeUpdate {
    let updates = properties.iter().map(|p| ((*p).into(), Value::Int(1)));
    SceneNodeUpdate {
        name: name.into(),
        updates: Updates(updates.collect()),
        owner: String::new(),
    }
}

fn script(source: &str) -> RunJavascript {
    RunJavascript {
        source: source.to_owned(),
    }
}

/// Class names and entity names of a batch, in order.
fn text(batch: &Batch) -> Vec<String> {
    let payload = scenecast_protocol::window::encode(batch.messages.iter().map(Arc::as_ref), 0.0);
    let limits = scenecast_protocol::Limits::default();
    let window = scenecast_protocol::window::decode(&payload.unwrap(), &limits).unwrap();
    let describe = |message: &Message| {
        let class = message.tag().trim_end_matches("Message");
        match message {
            Message::SetPosition(m) => format!("{class} {} {}", m.name, m.position[0]),
            Message::RunJavascript(m) => format!("{class} {}", m.source),
            other => match other.entity() {
                Some((entity, _)) => format!("{class} {}", entity.id),
                None => class.to_owned(),
            },
        }
    };
    window.messages.iter().map(describe).collect()
}

fn contents(buffer: &MessageBuffer) -> Vec<String> {
    text(&buffer.batch(0, buffer.next_id(), ALL, Reader::default()))
}

fn buffer(changes: impl IntoIterator<Item = Change>) -> MessageBuffer {
    let mut buffer = MessageBuffer::default();
    changes.into_iter().for_each(|change| buffer.apply(change));
    buffer
}

#[test]
fn the_last_message_of_a_key_counts_and_moves_to_the_end() {
    let buffer = buffer([
        said(create("/a")),
        said(position("/a", 1.0)),
        said(create("/b")),
        said(position("/a", 2.0)),
    ]);
    assert_eq!(
        contents(&buffer),
        ["Frame /a", "Frame /b", "SetPosition /a 2"]
    );
}

#[test]
fn updates_coalesce_by_the_set_of_their_properties() {
    let buffer = buffer([
        said(update("/a", &["color"])),
        said(update("/a", &["scale"])),
        said(update("/a", &["scale", "color"])),
        said(update("/a", &["color", "scale"])),
        said(update("/a", &["color"])),
        said(update("/b", &["color"])),
    ]);
    assert_eq!(buffer.len(), 4);
}

#[test]
fn what_is_unique_is_never_replaced() {
    let buffer = buffer([said(script("1")), said(script("1"))]);
    assert_eq!(contents(&buffer), ["RunJavascript 1", "RunJavascript 1"]);
    assert!(buffer.uncoalesced_bytes() > 0);
}

#[test]
fn a_removal_takes_updates_with_it_but_not_bindings() {
    let buffer = buffer([
        said(create("/a")),
        said(position("/a", 1.0)),
        said(update("/a", &["color"])),
        said(clicks("/a")),
        said(position("/b", 1.0)),
        said(remove("/a")),
    ]);
    assert_eq!(
        contents(&buffer),
        [
            "SetSceneNodeClickBindings /a",
            "SetPosition /b 1",
            "RemoveSceneNode /a"
        ]
    );
}

#[test]
fn a_new_node_replaces_the_removal_of_its_name() {
    let entity = EntityId {
        entity: scenecast_protocol::Entity::Scene,
        id: "/a".into(),
    };
    let mut buffer = buffer([said(create("/a")), said(remove("/a"))]);
    assert!(buffer.tombstone(&entity).is_some());
    buffer.apply(said(create("/a")));
    assert_eq!(buffer.tombstone(&entity), None);
    assert_eq!(contents(&buffer), ["Frame /a"]);
    assert!(!buffer.collect(u64::MAX));
    assert_eq!(contents(&buffer), ["Frame /a"]);
}

#[test]
fn replacement_forgets_everything_but_the_creation() {
    let mut buffer = buffer([
        said(create("/a")),
        said(position("/a", 1.0)),
        said(clicks("/a")),
        said(create("/a/b")),
        said(position("/a/b", 1.0)),
    ]);
    buffer.apply(Change::Forget(EntityId {
        entity: scenecast_protocol::Entity::Scene,
        id: "/a".into(),
    }));
    assert_eq!(
        contents(&buffer),
        ["Frame /a", "Frame /a/b", "SetPosition /a/b 1"]
    );
}

#[test]
fn entities_of_different_kinds_do_not_meet() {
    let text = Component::Text(scenecast_protocol::gui::Text::default(), String::new());
    let buffer = buffer([
        said(AddComponent {
            uuid: "x".into(),
            container_uuid: "root".to_owned(),
            component: Box::new(text),
        }),
        said(create("x")),
        said(GuiUpdate {
            uuid: "x".into(),
            updates: Updates(vec![("value".into(), Value::Int(1))]),
        }),
        said(position("x", 1.0)),
        said(GuiRemove { uuid: "x".into() }),
    ]);
    assert_eq!(
        contents(&buffer),
        ["Frame x", "SetPosition x 1", "GuiRemove x"]
    );
}

#[test]
fn collection_forgets_what_all_viewers_know_is_gone() {
    let mut buffer = buffer([
        said(create("/a")),
        said(remove("/a")),
        said(create("/b")),
        said(remove("/b")),
        said(create("/c")),
    ]);
    // A viewer still needs the removal of /b, which has id 3.
    assert!(buffer.collect(3));
    assert_eq!(contents(&buffer), ["RemoveSceneNode /b", "Frame /c"]);
    assert!(!buffer.collect(3));
    assert!(buffer.collect(4));
    assert_eq!(contents(&buffer), ["Frame /c"]);
}

#[test]
fn collection_drops_the_state_of_removed_entities_at_once() {
    let mut buffer = buffer([
        said(create("/a")),
        said(remove("/a")),
        said(position("/a", 1.0)),
        said(clicks("/a")),
        said(position("/b", 1.0)),
    ]);
    assert!(buffer.collect(0));
    assert_eq!(
        contents(&buffer),
        ["RemoveSceneNode /a", "SetPosition /b 1"]
    );
}

#[test]
fn many_removals_ask_for_a_collection_before_the_next_connection() {
    let mut buffer = MessageBuffer::default();
    for index in 0..MIN_TOMBSTONES {
        assert!(!buffer.wants_collection());
        buffer.apply(said(remove(&format!("/{index}"))));
    }
    assert!(buffer.wants_collection());
    // A viewer needs all of them: to try again at once would be for nothing.
    buffer.collect(0);
    assert!(!buffer.wants_collection());
    buffer.collect(u64::MAX);
    assert_eq!(buffer.len(), 0);
}

#[test]
fn a_message_that_arrives_after_a_later_one_is_dropped() {
    let mut buffer = buffer([
        said_at(create("/a"), 0),
        said_at(position("/a", 2.0), 2),
        said_at(position("/a", 1.0), 1),
    ]);
    assert_eq!(contents(&buffer), ["Frame /a", "SetPosition /a 2"]);
    buffer.apply(said_at(remove("/a"), 4));
    buffer.apply(said_at(position("/a", 3.0), 3));
    assert_eq!(contents(&buffer), ["RemoveSceneNode /a"]);
}

#[test]
fn an_update_that_arrives_before_its_creation_follows_it() {
    let buffer = buffer([
        said_at(position("/a", 2.0), 2),
        said_at(position("/b", 0.0), 3),
        said_at(create("/a"), 1),
    ]);
    assert_eq!(
        contents(&buffer),
        ["SetPosition /b 0", "Frame /a", "SetPosition /a 2"]
    );
}

/// Reads everything below `next_id` in windows of this size.
fn read(buffer: &MessageBuffer, mut cursor: u64, limits: WindowLimits) -> Vec<Vec<String>> {
    let mut windows = Vec::new();
    while cursor < buffer.next_id() {
        let batch = buffer.batch(cursor, buffer.next_id(), limits, Reader::default());
        assert!(batch.next > cursor, "a window always leads on");
        cursor = batch.next;
        if !batch.messages.is_empty() {
            windows.push(text(&batch));
        }
    }
    windows
}

#[test]
fn windows_end_at_their_limits() {
    let changes = (0..5).map(|i| said(position(&format!("/{i}"), 0.0)));
    let buffer = buffer(changes);
    let sizes = |limits| -> Vec<usize> { read(&buffer, 0, limits).iter().map(Vec::len).collect() };
    assert_eq!(sizes(windows_of(2)), [2, 2, 1]);
    assert_eq!(sizes(ALL), [5]);
    let bytes = WindowLimits { bytes: 1, ..ALL };
    assert_eq!(sizes(bytes), [1, 1, 1, 1, 1]);
}

#[test]
fn a_group_leaves_in_one_window() {
    let mut buffer = buffer([said(position("/x", 0.0))]);
    buffer.apply_atomic(vec![
        said(position("/a", 1.0)),
        said(position("/b", 1.0)),
        said(position("/c", 1.0)),
    ]);
    buffer.apply(said(position("/y", 0.0)));
    let windows = read(&buffer, 0, windows_of(1));
    assert_eq!(
        windows,
        [
            &["SetPosition /x 0"][..],
            &["SetPosition /a 1", "SetPosition /b 1", "SetPosition /c 1"],
            &["SetPosition /y 0"],
        ]
    );
}

#[test]
fn what_replaces_part_of_a_group_leaves_with_it() {
    let mut buffer = MessageBuffer::default();
    buffer.apply_atomic(vec![said(position("/a", 1.0)), said(position("/b", 1.0))]);
    buffer.apply(said(position("/x", 0.0)));
    buffer.apply(said(position("/a", 2.0)));
    buffer.apply(said(position("/y", 0.0)));
    // /b at 1 without /a at 1 or later never was.
    let expected = [
        &["SetPosition /b 1", "SetPosition /x 0", "SetPosition /a 2"][..],
        &["SetPosition /y 0"],
    ];
    assert_eq!(read(&buffer, 0, windows_of(1)), expected);
    // Nor was /a at 3 without /b at 1 or later.
    buffer.apply(said(position("/a", 3.0)));
    buffer.apply(said(position("/b", 3.0)));
    buffer.apply(said(position("/z", 0.0)));
    let expected = [
        &["SetPosition /x 0"][..],
        &["SetPosition /y 0"],
        &["SetPosition /a 3", "SetPosition /b 3"],
        &["SetPosition /z 0"],
    ];
    assert_eq!(read(&buffer, 0, windows_of(1)), expected);
}

#[test]
fn a_removal_takes_the_place_of_what_it_drops() {
    let mut buffer = buffer([said(create("/a"))]);
    buffer.apply_atomic(vec![said(position("/a", 1.0)), said(position("/b", 1.0))]);
    buffer.apply(said(position("/x", 0.0)));
    buffer.apply(said(remove("/a")));
    buffer.apply(said(position("/y", 0.0)));
    let expected = [
        &["SetPosition /b 1", "SetPosition /x 0", "RemoveSceneNode /a"][..],
        &["SetPosition /y 0"],
    ];
    assert_eq!(read(&buffer, 0, windows_of(1)), expected);
    buffer.apply(said(create("/a")));
    assert_eq!(read(&buffer, 0, windows_of(1)).len(), 1);
}

#[test]
fn groups_that_replace_each_other_are_one() {
    let mut buffer = MessageBuffer::default();
    buffer.apply_atomic(vec![said(position("/a", 1.0)), said(position("/b", 1.0))]);
    buffer.apply_atomic(vec![said(position("/b", 2.0)), said(position("/c", 2.0))]);
    buffer.apply_atomic(vec![said(position("/c", 3.0)), said(position("/d", 3.0))]);
    assert_eq!(read(&buffer, 0, windows_of(1)).len(), 1);
    buffer.apply(said(position("/x", 0.0)));
    buffer.apply(said(position("/a", 4.0)));
    assert_eq!(read(&buffer, 0, windows_of(1)).len(), 1);
}

#[test]
fn a_group_that_all_viewers_have_ties_nothing_any_more() {
    let mut buffer = MessageBuffer::default();
    for round in 0..1000 {
        buffer.apply_atomic(vec![
            said(position("/a", f64::from(round))),
            said(position("/b", f64::from(round))),
        ]);
        buffer.set_consumed(buffer.next_id());
        assert_eq!(buffer.groups.len(), 1);
    }
    buffer.apply(said(position("/a", -1.0)));
    buffer.apply(said(position("/b", -1.0)));
    assert_eq!(buffer.groups.len(), 0);
    assert_eq!(read(&buffer, 0, windows_of(1)).len(), 2);
}

#[test]
fn groups_do_not_pile_up_behind_a_slow_viewer() {
    let mut buffer = MessageBuffer::default();
    for round in 0..1000 {
        let name = format!("/{}", round % 7);
        buffer.apply_atomic(vec![said(position(&name, 0.0)), said(position("/b", 0.0))]);
    }
    assert!(buffer.groups.len() <= 8, "{}", buffer.groups.len());
    assert_eq!(read(&buffer, 0, windows_of(1)).len(), 1);
}

#[test]
fn a_group_may_replace_its_own_messages() {
    let mut buffer = MessageBuffer::default();
    buffer.apply_atomic(vec![said(position("/a", 1.0)), said(position("/a", 2.0))]);
    buffer.apply_atomic(vec![said(create("/b")), said(remove("/b"))]);
    buffer.apply_atomic(Vec::new());
    assert_eq!(
        contents(&buffer),
        ["SetPosition /a 2", "RemoveSceneNode /b"]
    );
    buffer.set_consumed(u64::MAX);
    buffer.collect(u64::MAX);
    buffer.apply(said(position("/a", 3.0)));
    assert_eq!(buffer.groups.len(), 0);
}

#[test]
fn what_is_added_together_leaves_together_until_some_is_replaced() {
    let mut buffer = MessageBuffer::default();
    buffer.apply_all(vec![
        said(create("/a")),
        said(SetOrientation {
            name: "/a".into(),
            wxyz: Wxyz::IDENTITY,
            owner: String::new(),
        }),
        said(SetSceneNodeVisibility {
            name: "/a".into(),
            visible: false,
            owner: String::new(),
        }),
    ]);
    buffer.apply(said(create("/b")));
    assert_eq!(read(&buffer, 0, windows_of(1)).len(), 2);
    // A later change of the node does not tie the rest to it.
    buffer.apply(said(SetOrientation {
        name: "/a".into(),
        wxyz: Wxyz([0.0, 1.0, 0.0, 0.0]),
        owner: String::new(),
    }));
    assert_eq!(read(&buffer, 0, windows_of(1)).len(), 3);
}

#[test]
fn a_reader_gets_no_message_that_excludes_it() {
    let mut buffer = buffer([said(position("/a", 0.0))]);
    let mut echo = Outgoing::new(&Message::from(position("/b", 0.0)), u64::MAX);
    echo.excluded = Some(7);
    buffer.apply(echo.into());
    let all = buffer.batch(0, 2, ALL, Reader::default());
    assert_eq!((text(&all).len(), &all.excluded[..]), (2, &[7][..]));
    let without = buffer.batch(0, 2, ALL, only(7));
    assert_eq!(text(&without), ["SetPosition /a 0"]);
    assert_eq!(without.next, 2);
}

#[test]
fn who_plays_sequences_gets_nothing_of_their_frames() {
    let mut buffer = buffer([said(position("/a", 0.0))]);
    let mut frame = Outgoing::new(&Message::from(position("/b", 0.0)), u64::MAX);
    frame.is_of_frame = true;
    buffer.apply(frame.into());
    let all = buffer.batch(0, 2, ALL, Reader::default());
    assert_eq!((text(&all).len(), all.has_frames), (2, true));
    let plays = Reader {
        id: None,
        plays: true,
    };
    let without = buffer.batch(0, 2, ALL, plays);
    assert_eq!(text(&without), ["SetPosition /a 0"]);
    assert_eq!((without.next, without.has_frames), (2, true));
    assert!(!buffer.batch(0, 1, ALL, Reader::default()).has_frames);
}

#[test]
fn taking_leaves_nothing_behind() {
    let mut buffer = buffer((0..10).map(|i| said(position(&format!("/{i}"), 0.0))));
    buffer.apply(said(script("1")));
    let first = buffer.take_batch(0, 11, windows_of(4), 0);
    assert_eq!((first.messages.len(), buffer.len()), (4, 7));
    let rest = buffer.take_batch(first.next, 11, ALL, 0);
    assert_eq!((rest.messages.len(), buffer.len()), (7, 0));
    assert_eq!(buffer.uncoalesced_bytes(), 0);
    assert!(buffer.entities.is_empty() && buffer.named.is_empty());
}

#[test]
fn a_long_run_leaves_no_trace_in_the_log() {
    let mut buffer = MessageBuffer::default();
    for round in 0..10_000 {
        buffer.apply(said(position(&format!("/{}", round % 10), 0.0)));
    }
    assert_eq!(buffer.len(), 10);
    assert!(
        buffer.log.len() <= 2 * 10 + MIN_HOLES,
        "{}",
        buffer.log.len()
    );
}
