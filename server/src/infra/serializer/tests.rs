//! A recording plays to the state of the server, whatever threads do meanwhile.

use super::*;
use crate::{
    infra::{
        fan_out::{Audience, Next, WINDOW},
        outgoing::Outgoing,
    },
    scene::{Frame, Scene},
    scope::Scope,
};
use scenecast_protocol::{
    Limits, Message,
    recording::Recording,
    scene::{AddNode, PointCloud, SetPosition},
    state::ViewerState,
    window::decode,
};
use std::{collections::BTreeSet, thread};

fn outbox() -> Arc<Outbox> {
    Arc::new(Outbox::new(WINDOW, usize::MAX))
}

fn scene(outbox: &Arc<Outbox>) -> Scene {
    Scene::new(Scope {
        outbox: Arc::clone(outbox),
        audience: Audience::Everyone,
    })
}

fn start(outbox: &Arc<Outbox>) -> StateSerializer {
    StateSerializer::start(Arc::clone(outbox), Audience::Everyone, Filter::Scene)
}

fn decoded(bytes: &[u8]) -> Recording {
    let recording = Recording::decode(bytes, &Limits::default()).unwrap();
    assert_eq!(recording.rejected, []);
    recording
}

fn state_of<'a>(messages: impl IntoIterator<Item = &'a Message>) -> ViewerState {
    let mut state = ViewerState::new();
    for message in messages {
        state.apply(message).unwrap();
    }
    state
}

fn end_state(recording: &Recording) -> ViewerState {
    state_of(recording.messages.iter().map(|(_, message)| message))
}

/// What a viewer sees that comes when all is quiet.
fn state_of_server(outbox: &Outbox) -> ViewerState {
    drop(outbox.join(0));
    let mut state = ViewerState::new();
    loop {
        match outbox.next(0) {
            Next::Window(window) => {
                let runtime = tokio::runtime::Builder::new_current_thread().build();
                let payloads = window.payloads(outbox.client_api());
                let payloads = runtime.unwrap().block_on(payloads).unwrap();
                let window = decode(&payloads[0].pieces().concat().into(), &Limits::default());
                for message in &window.unwrap().messages {
                    state.apply(message).unwrap();
                }
            }
            Next::ReplayDone => {
                outbox.leave(0);
                return state;
            }
            other => panic!("{other:?}"),
        }
    }
}

fn position(name: &str, x: f64) -> Message {
    Message::from(SetPosition {
        name: name.into(),
        position: [x, 0.0, 0.0],
        owner: String::new(),
    })
}

fn times(recording: &Recording) -> Vec<(f64, &str)> {
    let messages = recording.messages.iter();
    messages.map(|(time, m)| (*time, m.tag())).collect()
}

#[test]
fn starts_with_what_there_is_and_goes_on_with_what_is_said() {
    let outbox = outbox();
    let scene = scene(&outbox);
    let frame = scene.add("/a", Frame::default()).unwrap();
    frame.set_position([1.0, 0.0, 0.0]).unwrap();
    frame.set_position([2.0, 0.0, 0.0]).unwrap();
    let serializer = start(&outbox);
    frame.set_position([3.0, 0.0, 0.0]).unwrap();
    serializer.insert_sleep(0.5).unwrap();
    serializer.insert_sleep(0.0).unwrap();
    frame.set_position([4.0, 0.0, 0.0]).unwrap();
    serializer.insert_sleep(0.25).unwrap();
    frame.set_visible(false).unwrap();
    frame.set_position([5.0, 0.0, 0.0]).unwrap();
    frame.remove().unwrap();
    serializer.insert_sleep(1.0).unwrap();

    let recording = decoded(&serializer.serialize().unwrap());
    assert_eq!(recording.duration_secs, 1.75);
    assert_eq!(
        times(&recording),
        [
            (0.0, "FrameMessage"),
            (0.0, "SetSceneNodeVisibilityMessage"),
            (0.0, "SetPositionMessage"),
            (0.0, "SetPositionMessage"),
            (0.5, "SetPositionMessage"),
            (0.75, "SetSceneNodeVisibilityMessage"),
            (0.75, "SetPositionMessage"),
            (0.75, "RemoveSceneNodeMessage"),
        ]
    );
}

#[test]
fn refuses_times_that_are_none_and_a_second_time() {
    let serializer = start(&outbox());
    for seconds in [-1.0, -f64::MIN_POSITIVE, f64::NAN, f64::INFINITY] {
        let error = serializer.insert_sleep(seconds).unwrap_err();
        assert!(matches!(error, Error::InvalidSleep { .. }), "{error}");
    }
    serializer.insert_sleep(f64::MAX).unwrap();
    let error = serializer.insert_sleep(f64::MAX).unwrap_err();
    assert!(matches!(error, Error::InvalidSleep { .. }), "{error}");
    assert_eq!(
        decoded(&serializer.serialize().unwrap()).duration_secs,
        f64::MAX
    );
    let error = serializer.serialize().unwrap_err();
    assert!(matches!(error, Error::AlreadySerialized), "{error}");
    let error = serializer.insert_sleep(1.0).unwrap_err();
    assert!(matches!(error, Error::AlreadySerialized), "{error}");
}

#[test]
fn nothing_is_recorded_after_the_end_or_for_one_viewer() {
    let outbox = outbox();
    let scene = scene(&outbox);
    let (first, second) = (start(&outbox), start(&outbox));
    scene.add("/a", Frame::default()).unwrap();
    drop(outbox.join(7));
    let own = Scene::new(Scope {
        outbox: Arc::clone(&outbox),
        audience: Audience::Only(7),
    });
    own.add("/own", Frame::default()).unwrap();
    assert_eq!(decoded(&first.serialize().unwrap()).messages.len(), 2);
    scene.add("/b", Frame::default()).unwrap();
    assert_eq!(decoded(&second.serialize().unwrap()).messages.len(), 4);
}

/// The calls of a block have one time, and none of them comes before a sleep that others slept
/// while it was open.
#[test]
fn an_atomic_block_is_recorded_at_its_end() {
    let outbox = outbox();
    let scene = scene(&outbox);
    let serializer = start(&outbox);
    outbox.atomic(|| {
        scene.add("/a", Frame::default()).unwrap();
        serializer.insert_sleep(1.0).unwrap();
        scene.add("/b", Frame::default()).unwrap();
    });
    let recording = decoded(&serializer.serialize().unwrap());
    assert!(recording.messages.len() >= 4);
    assert!(recording.messages.iter().all(|(time, _)| *time == 1.0));
}

/// What the buffer drops since something later of the same key is there already must not be in a
/// recording either, and updates that overtook a creation must follow it.
#[test]
fn messages_out_of_order_are_recorded_as_viewers_get_them() {
    let outbox = outbox();
    let create = Message::from(AddNode {
        name: "/a".into(),
        owner: String::new(),
        is_virtual: false,
        node: Frame::default().into(),
    });
    let serializer = start(&outbox);
    let say = |message: &Message, sequence| {
        outbox.push(Audience::Everyone, Outgoing::new(message, sequence));
    };
    say(&create, 100);
    say(&position("/a", 3.0), 103);
    say(&position("/a", 2.0), 102);
    say(&position("/a", 4.0), 105);
    say(&create, 104);
    let recording = decoded(&serializer.serialize().unwrap());
    let xs = recording.messages.iter().map(|(_, message)| match message {
        Message::SetPosition(m) => m.position[0],
        _ => 0.0,
    });
    assert_eq!(xs.collect::<Vec<_>>(), [0.0, 3.0, 4.0, 0.0, 4.0]);
    let digest = state_of_server(&outbox).digest();
    assert_eq!(end_state(&recording).digest(), digest);
}

#[test]
fn equal_arrays_are_shared_across_time() {
    let outbox = outbox();
    let scene = scene(&outbox);
    let serializer = start(&outbox);
    // Noise, so that compression alone does not hide a second copy.
    let noise = |seed: u32| -> Vec<[f32; 3]> {
        let at = |i: u32| f32::from_bits((i ^ seed).wrapping_mul(0x9E37_79B9) >> 2);
        (0..10_000).map(|i| [at(i), at(i + 1), at(i + 2)]).collect()
    };
    for step in 0..10 {
        let cloud = PointCloud::new(noise(step % 2));
        scene.add("/cloud", cloud).unwrap();
        serializer.insert_sleep(0.1).unwrap();
    }
    let bytes = serializer.serialize().unwrap();
    assert!(bytes.len() < 3 * 120_000, "{} bytes", bytes.len());
    let recording = decoded(&bytes);
    let clouds = times(&recording)
        .iter()
        .filter(|(_, tag)| *tag == "PointCloudMessage")
        .count();
    assert_eq!(clouds, 10);
}

/// Threads say things one by one and in atomic blocks, while recordings start and end.
#[test]
fn concurrent_pushes_are_recorded_once_and_in_order() {
    const THREADS: usize = 4;
    const CALLS: usize = 3000;
    let outbox = outbox();
    let scene = scene(&outbox);
    let names: Vec<String> = (0..THREADS).map(|t| format!("/node{t}")).collect();
    for name in &names {
        scene.add(name, Frame::default()).unwrap();
    }
    let mut recordings = Vec::new();
    thread::scope(|threads| {
        let speakers: Vec<_> = (0..THREADS)
            .map(|t| {
                let (outbox, scene, names) = (&outbox, &scene, &names);
                threads.spawn(move || {
                    let own = scene.get_handle_by_name(&names[t]).unwrap();
                    for call in 1..=CALLS {
                        let x = call as f64;
                        match call % 4 {
                            // Every thread moves the shared one.
                            0 => outbox.atomic(|| {
                                own.set_position([x, 0.0, 0.0]).unwrap();
                                scene.add("/shared", Frame::default()).unwrap();
                                own.set_position([x, 1.0, 0.0]).unwrap();
                            }),
                            1 => drop(scene.remove_by_name("/shared")),
                            _ => own.set_position([x, 0.0, 0.0]).unwrap(),
                        }
                    }
                })
            })
            .collect();
        while speakers.iter().any(|speaker| !speaker.is_finished()) {
            let serializer = start(&outbox);
            // Large enough to be moved on to the spool at once.
            let points = vec![[recordings.len() as f32; 3]; 200_000];
            scene.add("/cloud", PointCloud::new(points)).unwrap();
            thread::yield_now();
            serializer.insert_sleep(0.125).unwrap();
            thread::yield_now();
            recordings.push(serializer);
            if recordings.len() > 8 {
                let first = recordings.remove(0);
                check_calls(&decoded(&first.serialize().unwrap()), &names, CALLS);
            }
        }
    });
    let digest = state_of_server(&outbox).digest();
    assert!(!recordings.is_empty());
    for serializer in recordings {
        let recording = decoded(&serializer.serialize().unwrap());
        assert_eq!(end_state(&recording).digest(), digest);
        check_calls(&recording, &names, CALLS);
    }
}

/// Each node's moves are there once, in order and without a gap: a recording starts with the last
/// one before it. The two of an atomic block have one time, with nothing in between but its own.
fn check_calls(recording: &Recording, names: &[String], calls: usize) {
    assert!(recording.messages.is_sorted_by_key(|(time, _)| *time));
    for name in names {
        let moves: Vec<(f64, f64, f64)> = recording
            .messages
            .iter()
            .filter_map(|(time, message)| match message {
                Message::SetPosition(m) if *m.name == **name => {
                    Some((*time, m.position[0], m.position[1]))
                }
                _ => None,
            })
            .collect();
        let mut seen = BTreeSet::new();
        for pair in moves.windows(2) {
            let ((before, x, y), (after, next_x, next_y)) = (pair[0], pair[1]);
            assert!(seen.insert((x as u64, y as u64)), "{name} {x} twice");
            if (next_x as usize).is_multiple_of(4) && next_y == 1.0 {
                assert_eq!((x, y, before), (next_x, 0.0, after), "{name}");
            } else {
                // Call 1 of 4 does not move it.
                let gap = if (next_x as usize) % 4 == 2 { 2.0 } else { 1.0 };
                assert_eq!(next_x - x, gap, "{name} {x} {next_x}");
            }
        }
        assert!(moves.iter().all(|(_, x, _)| *x as usize <= calls));
    }
}
