use super::{Chat, Clear, Done, Pen, Stroke, Tip, chat, messages};
use proptest::prelude::*;
use scenecast::{
    Error,
    infra::{Array, DeserializeError, Message, MessageSet, Value, Wire},
};
use scenecast_protocol::Direction;

#[derive(Clone, Message)]
struct Named {
    name: String,
    value: i32,
}

#[derive(Clone, Message)]
#[message(name = "named-by-uuid")]
struct NamedByUuid {
    uuid: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Message)]
#[message(redundancy_key_with = Self::key)]
struct Everything {
    flag: bool,
    small: i8,
    count: u64,
    ratio: f64,
    pair: (i32, String),
    grid: [[u8; 2]; 2],
    names: Vec<String>,
    maybe: Option<f32>,
    #[message(name = "type_")]
    kind: Tip,
    pens: Vec<Pen>,
    bytes: bytes::Bytes,
    #[message(default)]
    later: u16,
    #[message(default = 7)]
    latest: u8,
    indices: Array<u32>,
}

impl Everything {
    fn key(&self) -> String {
        format!("every {}", self.count)
    }

    fn new() -> Self {
        Self {
            flag: true,
            small: -3,
            count: u64::MAX,
            ratio: 2.0,
            pair: (-1, "one".to_owned()),
            grid: [[1, 2], [3, 4]],
            names: vec!["a".to_owned(), String::new()],
            maybe: None,
            kind: Tip::Square,
            pens: vec![Stroke::new(0).pen],
            bytes: vec![1, 2, 3].into(),
            later: 5,
            latest: 6,
            indices: vec![1, 2, 3].into(),
        }
    }
}

#[test]
fn keys_say_what_replaces_what() {
    let key = |message: &dyn Fn() -> scenecast::infra::Key| message().to_string();
    assert_eq!(key(&|| Clear {}.redundancy_key()), "Clear");
    assert_eq!(key(&|| Stroke::new(7).redundancy_key()), "stroke-7");
    assert_eq!(
        key(&|| Everything::new().redundancy_key()),
        format!("every {}", u64::MAX)
    );
    assert_eq!(chat("a").redundancy_key(), scenecast::infra::Key::Unique);
    let named = Named {
        name: "a".to_owned(),
        value: 1,
    };
    assert_eq!(key(&|| named.redundancy_key()), "Named_a");
    assert_eq!(named.value, 1);
    let by_uuid = |uuid: Option<&str>| NamedByUuid {
        uuid: uuid.map(str::to_owned),
    };
    assert_eq!(
        key(&|| by_uuid(Some("x")).redundancy_key()),
        "named-by-uuid_x"
    );
    assert_eq!(key(&|| by_uuid(None).redundancy_key()), "named-by-uuid");
}

#[test]
fn what_is_written_is_read_again() {
    let everything = Everything::new();
    let back = Everything::deserialize(&everything.serialize()).unwrap();
    assert_eq!(back, everything);
    let mut stroke = Stroke::new(3);
    stroke.author = Some(5);
    assert_eq!(stroke.excluded_self_client(), Some(5));
    // Who wrote it does not travel.
    assert_eq!(
        Stroke::deserialize(&stroke.serialize()).unwrap(),
        Stroke::new(3)
    );
}

#[test]
fn the_bytes_are_plain_messagepack_with_the_class_at_the_end() {
    assert_eq!(Clear {}.serialize(), b"\x81\xa4type\xa5Clear");
    let mut expected = b"\x84\xa2id\x07\xa6points\xc4\x10".to_vec();
    expected.extend([0.0f32, 1.0, 2.0, 3.0].iter().flat_map(|x| x.to_le_bytes()));
    expected.extend(b"\xa3pen\x82\xa5width\xcb\x3f\xf8\0\0\0\0\0\0\xa3tip\xa5round");
    expected.extend(b"\xa4type\xa6Stroke");
    assert_eq!(Stroke::new(7).serialize(), expected);
}

#[test]
fn trees_share_the_arrays() {
    let stroke = Stroke::new(1);
    let tree = stroke.as_serializable();
    assert_eq!(tree.get("type").and_then(Value::as_str), Some("Stroke"));
    let Some(Value::Array(points)) = tree.get("points") else {
        panic!("{tree:?}");
    };
    assert_eq!(points.dtype().name(), "<f4");
    assert_eq!(points.bytes().as_ptr(), stroke.points.as_bytes().as_ptr());
}

#[test]
fn a_set_reads_by_name() {
    let set = messages();
    let message = set.deserialize(&Stroke::new(4).serialize()).unwrap();
    assert_eq!(message.type_name(), "Stroke");
    assert_eq!(message.downcast_ref(), Some(&Stroke::new(4)));
    assert_eq!(message.downcast_ref::<Clear>(), None);
    assert!(set.contains::<Chat>() && !set.contains::<Named>());
    let classes: Vec<_> = set.classes().map(|class| class.name).collect();
    assert_eq!(classes, ["Stroke", "Clear", "Chat", "Done"]);
    let done = set.classes().last().unwrap();
    assert_eq!(done.direction, Direction::ToViewer);
    assert!(!done.is_from_clients());
}

#[test]
fn names_are_unique() {
    /// Another type with a name that is taken.
    #[derive(Clone, Message)]
    #[message(name = "Clear")]
    struct Wipe {}

    let error = messages().with::<Wipe>().unwrap_err();
    assert!(
        matches!(error, Error::DuplicateMessage { name: "Clear" }),
        "{error}"
    );
    assert!(error.to_string().contains("`Clear`"), "{error}");
    assert!(messages().with::<Done>().is_err());
    let viser = MessageSet::new()
        .with::<scenecast_protocol::Message>()
        .unwrap();
    assert!(viser.with::<scenecast_protocol::Message>().is_err());
}

#[test]
fn errors_name_type_field_and_value() {
    let error = |entries: Vec<(&'static str, Value)>| {
        let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
        let bytes = scenecast_protocol::message::to_server(&Value::Map(entries.collect()));
        messages().deserialize(&bytes).unwrap_err()
    };
    let class = |name: &'static str| ("type", Value::Str(name.into()));
    let cases = [
        (
            vec![("text", Value::Int(3)), class("Chat")],
            "Chat: text: expected text, found 3",
        ),
        (
            vec![("text", Value::Bool(true)), class("Chat")],
            "Chat: text: expected text, found true",
        ),
        (
            vec![class("Chat")],
            "Chat: text: expected a value, found no such field",
        ),
        (
            vec![
                ("id", Value::Int(1)),
                ("points", Value::Bin(vec![0; 7].into())),
                class("Stroke"),
            ],
            "Stroke: points: expected an array of <f4 in rows of [2], found 7 bytes",
        ),
        (
            vec![("id", Value::Int(-1)), class("Stroke")],
            "Stroke: id: expected an integer from 0 to 4294967295, found -1",
        ),
        (
            vec![
                ("id", Value::Int(1)),
                ("points", Value::Bin(bytes::Bytes::new())),
                (
                    "pen",
                    Value::Map(vec![
                        ("width".into(), Value::Float(1.0)),
                        ("tip".into(), Value::Str("soft".into())),
                    ]),
                ),
                class("Stroke"),
            ],
            "Stroke: pen.tip: expected one of round square, found \"soft\"",
        ),
        (
            vec![class("Strike")],
            "`Strike` is not among the message types Stroke, Clear, Chat, Done; add it to the \
             message set",
        ),
        (
            vec![("id", Value::Nil)],
            "a message is a map with its class name under `type`, found a map without it",
        ),
        (
            vec![("type", Value::Int(1))],
            "a message is a map with its class name under `type`, found an integer there",
        ),
    ];
    for (entries, expected) in cases {
        assert_eq!(error(entries).to_string(), expected);
    }
    let wrong = Clear::deserialize(&chat("a").serialize()).unwrap_err();
    assert!(
        matches!(wrong, DeserializeError::UnknownType { .. }),
        "{wrong}"
    );
    assert!(Clear::deserialize(b"\xc1").is_err());
    assert!(
        Clear::deserialize(b"\x90")
            .unwrap_err()
            .to_string()
            .contains("found a list")
    );
    assert!(Clear::deserialize(b"").is_err());
}

#[test]
fn fields_with_a_default_may_be_left_out() {
    let mut tree = Everything::new().to_value();
    if let Value::Map(entries) = &mut tree {
        entries.retain(|(key, _)| !matches!(&**key, "later" | "latest" | "maybe"));
        entries.push(("unknown".into(), Value::Nil));
    }
    let bytes = scenecast_protocol::message::to_server(&tree);
    let back = Everything::deserialize(&bytes).unwrap();
    assert_eq!((back.later, back.latest, back.maybe), (0, 7, None));
}

proptest! {
    #[test]
    fn any_bytes_are_a_message_or_an_error(bytes in any::<Vec<u8>>()) {
        let _ = messages().deserialize(&bytes);
    }

    /// One byte of a message is another: that is a message or an error too, and what is read can
    /// be written.
    #[test]
    fn damaged_messages_are_messages_or_errors(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = Everything::new().serialize();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(message) = Everything::deserialize(&bytes) {
            let back = Everything::deserialize(&message.serialize()).unwrap();
            // NaN is not equal to itself.
            prop_assert_eq!(back.serialize(), message.serialize());
        }
    }
}
