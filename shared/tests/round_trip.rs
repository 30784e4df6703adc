//! Whatever is sent arrives; whatever arrives is a message or an error.
#![allow(clippy::unwrap_used, clippy::panic)]

use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use scenecast_protocol::encode::Encoded;
use scenecast_protocol::gui::{AddComponent, Component, Slider};
use scenecast_protocol::recording::{self, Recording};
use scenecast_protocol::scene::*;
use scenecast_protocol::sequence::SequenceFrames;
use scenecast_protocol::wire::{Props, Updates};
use scenecast_protocol::{Array, Limits, Message, Rgb, Scale, Value, Wire, Wxyz, window};

fn number() -> impl Strategy<Value = f64> {
    -1.0e6..1.0e6f64
}

fn rows() -> impl Strategy<Value = Vec<[f32; 3]>> {
    vec(proptest::array::uniform3(-1.0e6..1.0e6f32), 0..40)
}

fn scale() -> impl Strategy<Value = Scale> {
    prop_oneof![
        number().prop_map(Scale::Uniform),
        proptest::array::uniform3(number()).prop_map(Scale::PerAxis)
    ]
}

fn node() -> impl Strategy<Value = Node> {
    prop_oneof![
        (any::<bool>(), number(), any::<[u8; 3]>(), scale()).prop_map(
            |(show, length, color, scale)| {
                Frame::default()
                    .show_axes(show)
                    .axes_length(length)
                    .origin_color(Rgb(color))
                    .scale(scale)
                    .into()
            }
        ),
        (rows(), vec(any::<[u8; 3]>(), 0..40), any::<bool>()).prop_map(|(points, colors, wide)| {
            let precision = if wide {
                Precision::Float32
            } else {
                Precision::Float16
            };
            PointCloud::new(Points::from(points).cast(precision))
                .precision(precision)
                .colors(colors)
                .into()
        }),
        (
            rows(),
            vec(any::<[u32; 3]>(), 0..40),
            proptest::option::of(0.0..1.0)
        )
            .prop_map(|(vertices, faces, opacity)| Mesh::new(vertices, faces)
                .opacity(opacity)
                .into()),
        ".*".prop_map(|text| Label::new(text).into()),
        vec(any::<u8>(), 0..99).prop_map(|bytes| Glb::new(bytes).into()),
    ]
}

fn any_message() -> impl Strategy<Value = Message> {
    prop_oneof![
        (".*", ".*", any::<bool>(), node()).prop_map(|(name, owner, is_virtual, node)| {
            AddNode {
                name: name.into(),
                owner,
                is_virtual,
                node,
            }
            .into()
        }),
        (".*", proptest::array::uniform3(number())).prop_map(|(name, position)| {
            SetPosition {
                name: name.into(),
                position,
                owner: String::new(),
            }
            .into()
        }),
        (".*", proptest::array::uniform4(number())).prop_map(|(name, wxyz)| {
            SetOrientation {
                name: name.into(),
                wxyz: Wxyz(wxyz),
                owner: String::new(),
            }
            .into()
        }),
        (".*", node(), node()).prop_map(|(name, old, new)| {
            let changes = old.diff(&new).unwrap_or_default();
            let updates = changes
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect();
            SceneNodeUpdate {
                name: name.into(),
                updates: Updates(updates),
                owner: String::new(),
            }
            .into()
        }),
        (".*", number(), ".*").prop_map(|(uuid, value, label)| {
            AddComponent {
                uuid: uuid.into(),
                container_uuid: "root".into(),
                component: Component::Slider(Slider::default().label(label), value).into(),
            }
            .into()
        }),
    ]
}

#[test]
fn frames_of_sequences_carry_messages() {
    let moved = SetPosition {
        name: "/a".into(),
        position: [1.0, 2.0, 3.0],
        owner: String::new(),
    };
    let points = SceneNodeUpdate {
        name: "/a".into(),
        updates: Updates(vec![(
            "vertices".into(),
            Array::from(vec![[1.0_f32, 2.0, 3.0]; 100]).to_value(),
        )]),
        owner: String::new(),
    };
    let message = Message::from(SequenceFrames {
        name: "/a".into(),
        revision: 3,
        first: 7,
        frames: vec![vec![moved.into(), points.into()], vec![]],
    });
    let encoded = [message.encoded()];
    let payload = window::encode(encoded.iter(), 0.0).unwrap();
    let decoded = window::decode(&payload, &Limits::default()).unwrap();
    assert_eq!(decoded.messages, [message]);
}

proptest! {
    #[test]
    fn windows(messages in vec(any_message(), 0..20), time in number()) {
        let encoded: Vec<Encoded> = messages.iter().map(Message::encoded).collect();
        let payload = window::encode(encoded.iter(), time).unwrap();
        let decoded = window::decode(&payload, &Limits::default()).unwrap();
        prop_assert_eq!(decoded.messages, messages);
        prop_assert_eq!(decoded.rejected, vec![]);
        prop_assert_eq!(decoded.timestamp_secs, time);
    }

    #[test]
    fn recordings(messages in vec((number(), any_message()), 0..20), duration in number()) {
        let encoded: Vec<(f64, Encoded)> = messages.iter().map(|(t, m)| (*t, m.encoded())).collect();
        let file = recording::encode(encoded.iter().map(|(t, m)| (*t, m)), duration, 1).unwrap();
        let decoded = Recording::decode(&file, &Limits::default()).unwrap();
        prop_assert_eq!(decoded.messages, messages);
        prop_assert_eq!(decoded.duration_secs, duration);
    }

    #[test]
    fn a_node_is_its_properties(node in node()) {
        let Value::Map(entries) = node.props() else {
            return Err(TestCaseError::fail("no map"));
        };
        prop_assert_eq!(entries.len(), node.fields().len());
        let kind = node.tag();
        let mut copy = Message::decode(&Value::Map(vec![
            ("name".into(), Value::Str("/a".into())),
            ("props".into(), Value::Map(vec![])),
            ("type".into(), Value::Str(kind.into())),
        ]));
        let Ok(Message::AddNode(copy)) = &mut copy else {
            return Err(TestCaseError::fail(format!("{copy:?}")));
        };
        for ((name, value), field) in entries.iter().zip(node.fields()) {
            prop_assert_eq!(&**name, field.name);
            prop_assert_eq!(copy.node.set(name, value), Ok(true));
        }
        prop_assert_eq!(&copy.node, &node);
    }

    #[test]
    fn differences_applied_give_the_new_node(old in node(), new in node()) {
        let mut node = old.clone();
        match old.diff(&new) {
            Some(changes) => {
                for (name, value) in changes {
                    prop_assert!(node.set(name, &value).unwrap());
                }
                prop_assert_eq!(node, new);
            }
            None => prop_assert_ne!(old.tag(), new.tag()),
        }
    }

    #[test]
    fn damaged_windows(messages in vec(any_message(), 1..5), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        let encoded: Vec<Encoded> = messages.iter().map(Message::encoded).collect();
        let mut payload = window::encode(encoded.iter(), 0.0).unwrap().to_vec();
        let at = at.index(payload.len());
        payload[at] ^= flip;
        let _ = window::decode(&Bytes::from(payload.clone()), &Limits::default());
        payload.truncate(at);
        prop_assert!(window::decode(&payload.into(), &Limits::default()).is_err());
    }

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        let bytes = Bytes::from(bytes);
        let _ = window::decode(&bytes, &Limits::default());
        let _ = Recording::decode(&bytes, &Limits::default());
        let _ = Message::from_viewer(&bytes, &Limits::client_message());
    }
}

/// A header that promises more than the limit is refused before anything is unpacked, and one
/// that promises less than comes out is refused as soon as that shows.
#[test]
fn bombs() {
    let bomb = zstd::bulk::compress(&vec![0; 64 << 20], 1).unwrap();
    let payload = |declared: u64| {
        let mut payload = declared.to_le_bytes().to_vec();
        payload.extend((bomb.len() as u64).to_le_bytes());
        payload.extend(&bomb);
        Bytes::from(payload)
    };
    let limits = Limits {
        decompressed_bytes: 1 << 20,
        ..Limits::default()
    };
    let error = |declared| {
        window::decode(&payload(declared), &limits)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error(64 << 20),
        "67108864 bytes after decompression, at most 1048576 are allowed"
    );
    assert_eq!(
        error(u64::MAX),
        format!(
            "{} bytes after decompression, at most 1048576 are allowed",
            u64::MAX
        )
    );
    assert_eq!(error(100), "100 bytes were declared, 101 decompressed");
}

#[test]
fn one_bad_message_does_not_spoil_its_window() {
    let good: Message = SetPosition {
        name: "/a".into(),
        position: [1.0; 3],
        owner: String::new(),
    }
    .into();
    let bad = Message::Unknown(Value::Map(vec![
        ("name".into(), Value::Str("/a".into())),
        ("position".into(), Value::Str("here".into())),
        ("type".into(), Value::Str("SetPositionMessage".into())),
    ]));
    let encoded = [bad.encoded(), good.encoded()];
    let window = window::decode(
        &window::encode(encoded.iter(), 0.0).unwrap(),
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(window.messages, [good]);
    assert_eq!(
        window.rejected[0].to_string(),
        "SetPositionMessage: position: expected a list of 3, found \"here\""
    );
}

#[test]
fn properties_refuse_what_does_not_fit() {
    let mut cloud = PointCloud::new([[1.0, 2.0, 3.0]]);
    let before = cloud.clone();
    let error = cloud
        .set("point_shape", &Value::Str("star".into()))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "point_shape: expected one of square diamond circle rounded sparkle, found \"star\""
    );
    assert_eq!(cloud.set("no_such", &Value::Nil), Ok(false));
    assert_eq!(cloud, before);
}
