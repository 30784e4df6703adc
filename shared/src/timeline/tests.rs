//! Jumps lead where playing leads. Blocks and distances between keyframes are small here, so that
//! short histories have many.

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::Limits;
use crate::recording::{self, Recording};
use crate::scene::{
    AddNode, Frame, Node, RemoveSceneNode, SceneNodeUpdate, SetBonePosition, SetOrientation,
    SetPosition, SetSceneNodeVisibility, SkinnedMesh,
};
use crate::types::Wxyz;
use crate::wire::{Updates, Wire};

fn file(messages: &[(f64, Message)], duration_secs: f64) -> Bytes {
    let encoded: Vec<_> = messages
        .iter()
        .map(|(time, message)| (*time, message.encoded()))
        .collect();
    let messages = encoded.iter().map(|(time, message)| (*time, message));
    recording::encode(messages, duration_secs, 1)
        .unwrap()
        .into()
}

fn load(file: Bytes) -> Result<Timeline, TimelineError> {
    let mut loading = Loading::new(file)?;
    Ok(loading.run(|| true)?.expect("it ran to the end"))
}

/// The state of a time by playing from the start.
fn played(messages: &[(f64, Message)], time_secs: f64) -> u64 {
    let mut state = ViewerState::new();
    for (_, message) in messages.iter().take_while(|(time, _)| *time <= time_secs) {
        let _ = state.apply(message);
    }
    state.digest()
}

const NAMES: [&str; 6] = ["/a", "/a/b", "/a/b/c", "/ab", "/d", ""];

fn any_message() -> impl Strategy<Value = Message> {
    let values = (0..12, 0..NAMES.len(), 0..2usize, any::<bool>(), any::<i8>());
    values.prop_map(|(kind, name, owner, flag, value)| {
        let name = NAMES[name].into();
        let owner = ["", "1"][owner].to_owned();
        let x = f64::from(value);
        match kind {
            0 => {
                let skinned = SkinnedMesh::default().bone_positions(vec![[x as f32; 3]; 2]);
                let node: Node = if flag {
                    Frame::default().into()
                } else {
                    skinned.into()
                };
                Message::AddNode(AddNode {
                    name,
                    owner,
                    is_virtual: value < -60,
                    node,
                })
            }
            1 if flag => RemoveSceneNode { name, owner }.into(),
            1..=5 => {
                // Some that 32 bits cannot hold.
                let position = [if flag { x } else { x / 3.0 }, 0.0, 1.0];
                SetPosition {
                    name,
                    owner,
                    position,
                }
                .into()
            }
            6 | 7 => {
                let wxyz = Wxyz([1.0, x, 0.0, 0.0]);
                SetOrientation { name, owner, wxyz }.into()
            }
            8 => SetSceneNodeVisibility {
                name,
                owner,
                visible: flag,
            }
            .into(),
            9 => SetBonePosition {
                name,
                owner,
                bone_index: value.into(),
                position: [x; 3],
            }
            .into(),
            10 => {
                let updates = Updates(vec![("axes_length".into(), x.to_value())]);
                SceneNodeUpdate {
                    name,
                    owner,
                    updates,
                }
                .into()
            }
            _ => crate::scene::EnableLights {
                enabled: flag,
                cast_shadow: value > 0,
            }
            .into(),
        }
    })
}

/// Messages at times of which some are equal.
fn any_history() -> impl Strategy<Value = Vec<(f64, Message)>> {
    prop::collection::vec((0..4u8, any_message()), 1..300).prop_map(|steps| {
        let mut time = 0.0;
        let at = steps.into_iter().map(|(step, message)| {
            time += f64::from(step / 2) / 8.0;
            (time, message)
        });
        at.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn jumps_lead_where_playing_leads(
        history in any_history(),
        jumps in prop::collection::vec((-0.1..1.1f64, any::<bool>()), 1..12),
    ) {
        let end = history.last().map_or(0.0, |(time, _)| *time);
        let mut timeline = load(file(&history, end)).unwrap();
        prop_assert_eq!(timeline.messages() as usize, history.len());
        let (mut head, mut state) = (timeline.start(), ViewerState::new());
        for (part, prepare) in jumps {
            if prepare {
                let mut steps = 3;
                timeline.prepare(|| { steps -= 1; steps > 0 });
            }
            timeline.seek(&mut head, &mut state, part * end, &mut |_, _| {});
            prop_assert_eq!(state.digest(), played(&history, part * end));
        }
        // Step by step, there and back.
        let mut times = vec![-1.0];
        while let Some(time) = timeline.next_moment(*times.last().unwrap()) {
            times.push(time);
        }
        for pair in times.windows(2).skip(1) {
            prop_assert_eq!(timeline.previous_moment(pair[1]), Some(pair[0]));
        }
        for time in times.iter().chain(times.iter().rev()) {
            timeline.seek(&mut head, &mut state, *time, &mut |_, _| {});
            prop_assert_eq!(state.digest(), played(&history, *time));
        }
    }

    // The reader that goes piece by piece understands what the one that takes all at once does.
    #[test]
    fn both_readers_agree(history in any_history(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3)) {
        let mut bytes = file(&history, 1.0).to_vec();
        // Compression would hide where the damage is.
        let mut inner = zstd::bulk::decompress(&bytes[8..], 1 << 24).unwrap();
        for (at, value) in &flips {
            let at = at.index(inner.len());
            inner[at] = *value;
        }
        bytes.truncate(8);
        bytes.extend(zstd::bulk::compress(&inner, 1).unwrap());
        let whole = Recording::decode(&bytes, &Limits::default());
        match (whole, load(bytes.into())) {
            (Ok(whole), Ok(timeline)) => {
                prop_assert_eq!(timeline.version(), &whole.version);
                let read = timeline.messages() as usize - timeline.rejected().len();
                prop_assert_eq!(read, whole.messages.len());
            }
            // This one does not look into a message before it needs it, but checks the end.
            (whole, timeline) => prop_assert!(!flips.is_empty(), "{:?} {:?}", whole.err(), timeline.err()),
        }
    }
}

fn node(name: &str) -> Message {
    Message::AddNode(AddNode {
        name: name.into(),
        owner: String::new(),
        is_virtual: false,
        node: Frame::default().into(),
    })
}

fn position(name: &str, x: f64) -> Message {
    SetPosition {
        name: name.into(),
        position: [x, 0.0, 0.0],
        owner: String::new(),
    }
    .into()
}

#[test]
fn a_file_may_be_cut_off_anywhere() {
    let history: Vec<_> = (0..20)
        .map(|i| (f64::from(i), node(&format!("/{i}"))))
        .collect();
    let whole = file(&history, 20.0);
    assert!(load(whole.clone()).is_ok());
    for len in 0..whole.len() {
        let error = load(whole.slice(..len)).unwrap_err();
        assert!(error.to_string().starts_with("not a recording"), "{error}");
    }
}

#[test]
fn memory_is_bounded() {
    let mut history = vec![(0.0, node("/a"))];
    history.extend((0..100_000).map(|i| (f64::from(i), position("/a", f64::from(i) / 3.0))));
    let file = file(&history, 1.0);
    let run = |max_bytes| {
        let mut loading = Loading::with_max_bytes(file.clone(), max_bytes).unwrap();
        loading.run(|| true)
    };
    assert_eq!(
        run(1 << 20).unwrap_err(),
        TimelineError::TooLarge { limit: 1 }
    );
    assert!(run(16 << 20).unwrap().is_some());
}

#[test]
fn a_bomb_is_refused() {
    // 7 GiB of zeros in 700 KB, and a header that says so.
    let zeros = zstd::bulk::compress(&vec![0; 64 << 20], 3).unwrap();
    for declared in [u64::MAX, 9 << 30, 64 << 20] {
        let mut bytes = declared.to_le_bytes().to_vec();
        bytes.extend_from_slice(&zeros);
        let error = load(bytes.into()).unwrap_err();
        assert!(error.to_string().starts_with("not a recording"), "{error}");
    }
}

#[test]
fn keyframes_share_nodes_and_have_a_bound() {
    let mut history: Vec<_> = (0..2000).map(|i| (0.0, node(&format!("/{i}")))).collect();
    let lights = crate::scene::EnableLights {
        enabled: false,
        cast_shadow: false,
    };
    history.extend((0..1500).map(|i| (f64::from(i), Message::from(lights.clone()))));
    let mut timeline = load(file(&history, 1500.0)).unwrap();
    assert!(!timeline.prepare(|| true));
    let bytes = timeline.keyframes.bytes();
    assert!(bytes <= KEYFRAME_BYTES, "{bytes}");
    assert!(
        bytes > KEYFRAME_BYTES / 4,
        "too many were given up: {bytes}"
    );
    let (mut head, mut state) = (timeline.start(), ViewerState::new());
    for time in [1499.0, 0.0, 750.5] {
        timeline.seek(&mut head, &mut state, time, &mut |_, _| {});
        assert_eq!(state.digest(), played(&history, time));
    }
}

#[test]
fn a_jump_tells_of_the_camera_only_what_is_new() {
    let look_at = |x| {
        crate::camera::SetCameraLookAt {
            look_at: [x, 0.0, 0.0],
            initial: false,
        }
        .into()
    };
    let fov = crate::camera::SetCameraFov {
        fov: 1.0,
        initial: false,
    };
    let history: Vec<(f64, Message)> = vec![
        (0.0, fov.into()),
        (0.0, look_at(0.0)),
        (1.0, look_at(1.0)),
        (2.0, look_at(2.0)),
    ];
    let mut timeline = load(file(&history, 3.0)).unwrap();
    let (mut head, mut state) = (timeline.start(), ViewerState::new());
    let mut seek = |time| {
        let mut heard = Vec::new();
        timeline.seek(&mut head, &mut state, time, &mut |message, outcome| {
            outcome.unwrap();
            heard.push(message.clone());
        });
        heard
    };
    assert_eq!(seek(2.5).len(), 2, "field of view and look-at point");
    assert_eq!(seek(1.5), [look_at(1.0)]);
    assert_eq!(seek(2.5), [look_at(2.0)]);
    assert_eq!(seek(2.6), []);
}

#[test]
fn the_recording_is_at_least_as_long_as_its_messages() {
    let timeline = load(file(&[(0.5, node("/a")), (2.0, node("/b"))], 1.0)).unwrap();
    assert_eq!(timeline.duration_secs(), 2.0);
    assert_eq!(timeline.first_secs(), 0.5);
    assert_eq!(timeline.version(), crate::version::VISER_VERSION);
    assert_eq!(load(file(&[], 0.0)).unwrap().duration_secs(), 0.0);
}
