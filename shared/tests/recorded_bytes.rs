//! Bytes recorded from the real viser: a Python server, its files, and its browser client.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use scenecast_protocol::encode::Encoded;
use scenecast_protocol::recording::{self, Recording};
use scenecast_protocol::{Limits, Message, Value, Wire, message, value, window};

fn fixtures(folder: &str, extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/viser-1.1.1")
        .join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn read(path: &Path) -> Bytes {
    fs::read(path).unwrap().into()
}

/// The map of a window as it was written, placeholders unresolved.
fn raw_map(payload: &Bytes) -> Value {
    let word = |at: usize| u64::from_le_bytes(payload[at..at + 8].try_into().unwrap()) as usize;
    let map = zstd::bulk::decompress(&payload[16..16 + word(8)], word(0)).unwrap();
    value::parse(&map.into(), &[], &Limits::default()).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    match value {
        Value::Map(entries) => entries.iter().map(|(key, _)| &**key).collect(),
        other => panic!("{other:?} is no map"),
    }
}

#[test]
fn windows_decode_and_come_back() {
    let mut classes = std::collections::BTreeSet::new();
    for path in fixtures("", "bin") {
        let payload = read(&path);
        let first = window::decode(&payload, &Limits::default()).unwrap();
        assert_eq!(first.rejected, [], "{path:?}");
        assert!(first.timestamp_secs > 0.0 && !first.messages.is_empty());
        let encoded: Vec<Encoded> = first.messages.iter().map(Message::encoded).collect();
        let again = window::encode(encoded.iter(), first.timestamp_secs).unwrap();
        assert_eq!(
            window::decode(&again, &Limits::default()).unwrap(),
            first,
            "{path:?}"
        );

        // Field for field in the order of the original.
        let raw = raw_map(&payload);
        let Some(Value::List(raw)) = raw.get("messages") else {
            panic!("{path:?}")
        };
        for (raw, message) in raw.iter().zip(&first.messages) {
            let ours = message.to_value();
            assert_eq!(keys(raw), keys(&ours), "{path:?} {}", message.tag());
            if let (Some(raw), Some(ours)) = (raw.get("props"), ours.get("props")) {
                assert_eq!(keys(raw), keys(ours), "{path:?} {}", message.tag());
            }
            assert!(!matches!(message, Message::Unknown(_)), "{}", message.tag());
            classes.insert(message.tag().to_owned());
        }
    }
    assert!(
        classes.len() >= 60,
        "only {} classes are in the recordings",
        classes.len()
    );
}

#[test]
fn files_decode_and_come_back() {
    for path in fixtures("", "viser") {
        let first = Recording::decode(&read(&path), &Limits::default()).unwrap();
        assert_eq!(first.rejected, []);
        assert_eq!(first.version, "1.1.1");
        let encoded: Vec<(f64, Encoded)> = first
            .messages
            .iter()
            .map(|(time, message)| (*time, message.encoded()))
            .collect();
        let file = recording::encode(
            encoded.iter().map(|(time, message)| (*time, message)),
            first.duration_secs,
            3,
        )
        .unwrap();
        assert_eq!(
            Recording::decode(&file, &Limits::default()).unwrap(),
            first,
            "{path:?}"
        );
    }
}

#[test]
fn equal_arrays_are_stored_once() {
    let path = &fixtures("", "viser")[1];
    assert!(path.ends_with("animated.viser"));
    let recording = Recording::decode(&read(path), &Limits::default()).unwrap();
    let encoded: Vec<(f64, Encoded)> = recording
        .messages
        .iter()
        .map(|(time, message)| (*time, message.encoded()))
        .collect();
    let arrays = encoded
        .iter()
        .filter(|(_, message)| message.array_bytes() > 0)
        .count();
    let file = recording::encode(encoded.iter().map(|(t, m)| (*t, m)), 1.0, 3).unwrap();
    let inner_len = u64::from_le_bytes(file[..8].try_into().unwrap()) as usize;
    let inner = Bytes::from(zstd::bulk::decompress(&file[8..], inner_len).unwrap());
    let map_len = u64::from_le_bytes(inner[..8].try_into().unwrap()) as usize;
    let map = value::parse(&inner.slice(8..8 + map_len), &[], &Limits::default()).unwrap();
    // Updates switch between two clouds; the colours are the third.
    let Some(Value::List(lengths)) = map.get("binaryBufferLengths") else {
        panic!("{map:?}")
    };
    assert_eq!((arrays, lengths.len()), (10, 3));
}

#[test]
fn messages_of_the_browser_client_decode_and_come_back() {
    for path in fixtures("client_to_server", "msgpack") {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = read(&path);
        let decoded = Message::from_viewer(&bytes, &Limits::client_message());
        match name.as_str() {
            // An unknown class and an unknown field survive; a missing field cannot.
            "reject_unknown_type.msgpack" => {
                let unknown = decoded.unwrap();
                assert!(matches!(unknown, Message::Unknown(_)));
                assert_eq!(
                    Message::from_viewer(&message::to_server(&unknown).into(), &Limits::default()),
                    Ok(unknown)
                );
            }
            "reject_unknown_field.msgpack" => assert!(decoded.is_ok()),
            "reject_missing_field.msgpack" => {
                let error = decoded.unwrap_err().to_string();
                assert!(error.contains("no such field"), "{error}");
            }
            _ => {
                let first = decoded.unwrap_or_else(|e| panic!("{name}: {e}"));
                assert!(!matches!(first, Message::Unknown(_)), "{name}");
                let again =
                    Message::from_viewer(&message::to_server(&first).into(), &Limits::default());
                assert_eq!(again, Ok(first), "{name}");
            }
        }
    }
}
