//! Frames, as viewers are shown them that do not play sequences themselves, and as those ask for
//! them that do.

use crate::{
    client_socket::ClientSocket,
    setting::{PATIENCE, hub, publisher, viewer, wait_until},
};
use scenecast::{
    Server,
    remote::{self, Kind, NdArray, Options, RemoteMeshes, RemoteSpheres, RemoteViewer, Value},
    scene::Node,
};
use scenecast_protocol::{
    Message,
    recording::Recording,
    sequence::{
        FramesRequest, PlaysSequences, SequenceFrames, TimelineCommand, TimelineState, Track,
        TrackChange,
    },
};

const COMMAND: TimelineCommand = TimelineCommand {
    frame: None,
    step: None,
    is_playing: None,
    loops: None,
    fps: None,
};

/// A sphere that is at x = frame.
fn sphere(publisher: &RemoteViewer, frames: std::ops::Range<usize>) -> RemoteSpheres {
    let at = |frame: usize| vec![[frame as f32, 0.0, 0.0]];
    RemoteSpheres::new(publisher, frames.map(at).collect::<Vec<_>>()).unwrap()
}

fn x_of(viewer: &ClientSocket, name: &str) -> f32 {
    match viewer.node(name) {
        Node::BatchedMeshes(spheres) => spheres.batched_positions.to_vec()[0][0],
        other => panic!("{other:?}"),
    }
}

fn track(message: Message) -> Option<Track> {
    match message {
        Message::Track(track) => Some(track),
        _ => None,
    }
}

fn frames(message: Message) -> Option<SequenceFrames> {
    match message {
        Message::SequenceFrames(frames) => Some(frames),
        _ => None,
    }
}

fn timeline(message: Message) -> Option<TimelineState> {
    match message {
        Message::TimelineState(state) => Some(state),
        _ => None,
    }
}

/// A viewer that plays sequences itself, as ours does, and has been told of the track.
fn player(server: &Server) -> (ClientSocket, Track) {
    let mut player = ClientSocket::join(server.port());
    player.replay();
    player.send(&PlaysSequences {});
    let track = player.next(track);
    (player, track)
}

fn ask(player: &mut ClientSocket, track: &Track, first: i64, count: i64) -> SequenceFrames {
    player.send(&FramesRequest {
        name: track.name.clone(),
        first,
        count,
        is_for_now: false,
    });
    player.next(frames)
}

#[test]
fn who_comes_late_sees_the_frame_that_is_shown() {
    let server = hub();
    let publisher = publisher(&server);
    sphere(&publisher, 0..100);
    publisher.set_frame(37).unwrap();
    let mut first = viewer(&server);
    let name = first.wait_for("Spheres-1");
    first.read_until(|viewer| x_of(viewer, &name) == 37.0);
    let mut second = viewer(&server);
    second.read_until(|viewer| viewer.has(&name) && x_of(viewer, &name) == 37.0);
    // The hub tells of its timeline after the scene: a state from before may come first.
    second.next(|message| timeline(message).filter(|state| state.length == 100));
}

#[test]
fn viewers_steer_the_timeline_that_all_share() {
    let server = hub();
    let publisher = publisher(&server);
    sphere(&publisher, 0..100);
    let (mut one, mut other) = (viewer(&server), viewer(&server));
    let name = other.wait_for("Spheres-1");
    one.send(&TimelineCommand {
        frame: Some(-1),
        step: Some(-2),
        fps: Some(30.0),
        ..COMMAND
    });
    other.read_until(|viewer| x_of(viewer, &name) == 98.0);
    one.send(&TimelineCommand {
        is_playing: Some(true),
        ..COMMAND
    });
    other.next(|message| timeline(message).filter(|state| state.is_playing && state.fps == 30.0));
    // Around the end.
    other.read_until(|viewer| x_of(viewer, &name) == 3.0);
    // Publishers do not jump while it plays, as in aitviewer.
    let (seen, has_seen) = std::sync::mpsc::channel();
    let _ = server.hub().on_message(move |kind, _, _, _, _| {
        if *kind == Value::Kind(Kind::UserMessage) {
            seen.send(()).unwrap();
        }
    });
    publisher.set_frame(80).unwrap();
    let mark = remote::Message::new(Kind::UserMessage, None, []);
    publisher.send_message(mark).unwrap();
    has_seen.recv_timeout(PATIENCE).unwrap();
    one.send(&TimelineCommand {
        is_playing: Some(false),
        ..COMMAND
    });
    let state = other.next(|message| timeline(message).filter(|state| !state.is_playing));
    assert!(state.frame < 80, "{state:?}");
    other.read_until(|viewer| x_of(viewer, &name) == state.frame as f32);
}

#[test]
fn who_plays_itself_gets_the_frames_that_it_asks_for_and_no_others() {
    let server = hub();
    let publisher = publisher(&server);
    let spheres = sphere(&publisher, 0..50);
    let (mut player, track) = player(&server);
    assert_eq!((track.frames, track.revision), (50, 1));
    let got = ask(&mut player, &track, 10, 5);
    assert_eq!((got.first, got.revision, got.frames.len()), (10, 1, 5));
    for message in &got.frames[2] {
        player.state.apply(message).unwrap();
    }
    assert_eq!(x_of(&player, &track.name), 12.0);

    // Another frame is shown, to others.
    publisher.set_frame(20).unwrap();
    player.next(|message| timeline(message).filter(|state| state.frame == 20));
    server
        .scene()
        .add("/mark", scenecast::scene::Frame::default())
        .unwrap();
    player.read_until(|player| player.has("/mark"));
    assert_eq!(x_of(&player, &track.name), 12.0);

    // Frames that are written over, appended, removed.
    spheres
        .update_frames(vec![[-1.0_f32, 0.0, 0.0]], -1)
        .unwrap();
    let change = player.next(|message| match message {
        Message::TrackChange(change) => Some(change),
        _ => None,
    });
    let expected = TrackChange {
        name: track.name.clone(),
        revision: 1,
        first: 49,
        count: 1,
    };
    assert_eq!(change, expected);
    spheres.add_frames(vec![[50.0_f32, 0.0, 0.0]]).unwrap();
    let longer = player.next(self::track);
    assert_eq!((longer.frames, longer.revision), (51, 1));
    spheres.remove_frames(0).unwrap();
    let shifted = player.next(self::track);
    assert_eq!((shifted.frames, shifted.revision), (50, 2));
    // No more than there are.
    let got = ask(&mut player, &track, 48, 1000);
    assert_eq!((got.first, got.revision, got.frames.len()), (48, 2, 2));
}

#[test]
fn a_recording_has_the_frames_that_were_played_while_nobody_watched() {
    let server = hub();
    let publisher = publisher(&server);
    sphere(&publisher, 0..200);
    let (_player, track) = player(&server);
    let recording = server.get_scene_serializer();
    server.hub().timeline().play();
    wait_until(|| server.hub().timeline().frame() >= 50);
    let recording = recording.serialize().unwrap();
    let recording = Recording::decode(&recording, &Default::default()).unwrap();
    let moves = recording
        .messages
        .iter()
        .filter(|(_, message)| match message {
            Message::SceneNodeUpdate(update) => update.name == track.name,
            _ => false,
        });
    assert!(moves.count() >= 20);
}

#[test]
fn requests_for_what_is_not_there_are_ignored() {
    let server = hub();
    let publisher = publisher(&server);
    sphere(&publisher, 0..3);
    let (mut player, track) = player(&server);
    for (first, count) in [(3, 1), (-1, 1), (0, -1), (i64::MAX, i64::MAX), (0, 0)] {
        player.send(&FramesRequest {
            name: track.name.clone(),
            first,
            count,
            is_for_now: false,
        });
    }
    player.send(&FramesRequest {
        name: "/nothing".into(),
        first: 0,
        count: 1,
        is_for_now: true,
    });
    assert_eq!(ask(&mut player, &track, 1, i64::MAX).frames.len(), 2);
}

/// A strip of triangles that waves, `[F, V, 3]`, and its faces.
fn strip(frames: usize) -> (Vec<Vec<[f32; 3]>>, Vec<[u32; 3]>) {
    let vertex = |frame: usize, i: usize| {
        let x = (i / 2) as f32 / 100.0;
        [x, (i % 2) as f32, (x + frame as f32).sin()]
    };
    let frames = (0..frames).map(|frame| (0..400).map(|i| vertex(frame, i)).collect());
    let faces = (0..398).map(|i| [i, i + 1, i + 2]);
    (frames.collect(), faces.collect())
}

/// The vertices that a frame of a track brings, and what else it sets.
fn moved(frame: &[Message]) -> (Vec<[f32; 3]>, Vec<String>) {
    let (mut vertices, mut others) = (Vec::new(), Vec::new());
    for message in frame {
        match message {
            Message::BoxedPoints(points) if points.property == "vertices" => {
                vertices = points.points().to_vec();
            }
            Message::BoxedPoints(points) => others.push(points.property.clone()),
            Message::SceneNodeUpdate(update) => {
                others.extend(update.updates.0.iter().map(|(name, _)| name.to_string()));
            }
            _ => {}
        }
    }
    (vertices, others)
}

#[test]
fn a_frame_that_is_shown_overtakes_those_that_are_fetched_ahead() {
    let server = hub();
    let publisher = publisher(&server);
    let (frames, faces) = strip(2_000);
    let _mesh = RemoteMeshes::new(&publisher, frames, faces).unwrap();
    let (mut player, track) = player(&server);
    for (first, count, is_for_now) in [(0, 1_900, false), (1_950, 1, true)] {
        player.send(&FramesRequest {
            name: track.name.clone(),
            first,
            count,
            is_for_now,
        });
    }
    let (mut ahead, mut before_it) = (0, None);
    while ahead < 1_900 || before_it.is_none() {
        let frames = player.next(self::frames);
        match frames.first {
            1_950 => before_it = Some(ahead),
            first => {
                assert_eq!(first, ahead, "in order");
                // 400 vertices of six bytes, and a few more.
                assert!(frames.frames.len() * 2_400 <= 128 << 10, "in small pieces");
                ahead += frames.frames.len() as i64;
            }
        }
    }
    assert!(before_it < Some(1_900), "came last");
}

#[test]
fn vertices_of_a_frame_take_six_bytes_each() {
    let server = hub();
    let publisher = publisher(&server);
    let (frames, faces) = strip(5);
    let mesh = RemoteMeshes::new(&publisher, frames.clone(), faces).unwrap();
    let (mut player, track) = player(&server);
    assert!(
        (400 * 6..400 * 6 + 500).contains(&track.bytes_per_frame),
        "{track:?}"
    );
    let answer = ask(&mut player, &track, 0, 5);
    for (sent, was) in answer.frames.iter().zip(&frames) {
        let (vertices, others) = moved(sent);
        let off = vertices.iter().flatten().zip(was.iter().flatten());
        assert!(off.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) < 2e-5);
        assert!(others.is_empty() && vertices.len() == 400, "{others:?}");
    }
    mesh.delete().unwrap();
}

/// So many colours, from black to red.
fn reds(count: usize) -> NdArray {
    let red = |i| [i as f32 / count as f32, 0.0, 0.0, 1.0];
    (0..count).map(red).collect::<Vec<[f32; 4]>>().into()
}

#[test]
fn colours_are_sent_once_for_all_frames() {
    // Triangles with colours have corners of their own, and normals that they share with others
    // are known here only.
    let cases = [
        ("face_colors", 398, 3 * 398, vec!["normals".to_owned()]),
        ("vertex_colors", 400, 400, Vec::new()),
    ];
    for (colors, count, corners, expected) in cases {
        let server = hub();
        let publisher = publisher(&server);
        let (frames, faces) = strip(4);
        let options = Options::new().set(colors, reds(count));
        RemoteMeshes::with(&publisher, frames.clone(), faces, options).unwrap();
        let (mut player, track) = player(&server);
        let answer = ask(&mut player, &track, 2, 1);
        let (vertices, others) = moved(&answer.frames[0]);
        assert_eq!((vertices.len(), others), (corners, expected), "{colors}");
        let (at, of) = (corners / 2, frames[2].len() / 2);
        let is_near = |corner: &[f32; 3]| (corner[2] - frames[2][of][2]).abs() < 0.02;
        assert!(is_near(&vertices[at]), "{colors}");
        // Who joins, and viser's viewers, have the file of the frame.
        let name = player.wait_for("Meshes-1");
        assert!(matches!(player.node(&name), Node::Glb(_)));
    }
}
