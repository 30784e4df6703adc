//! Pickles that want to run code, use up memory, or are broken.

use std::sync::Mutex;

use bytes::Bytes;
use scenecast_remote::pickle::{Limits, Reason, decode};
use scenecast_remote::{Message, message::MessageError};

use crate::{MEMORY, bytes, fixture};

/// Extra memory that no message may make a hub take, in MiB.
const MOST_MEMORY: f32 = 64.0;

/// Decodes, drops and prints the result; fails if that took more than [`MOST_MEMORY`].
fn decode_bounded(name: &str, pickle: &Bytes) -> Result<Message, MessageError> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock();
    let before = MEMORY.current_usage_as_mb();
    MEMORY.reset_peak_usage();
    let result = Message::decode(pickle, &Limits::default());
    let printed = format!("{result:?}");
    let taken = MEMORY.peak_usage_as_mb() - before;
    assert!(taken < MOST_MEMORY, "{name} took {taken} MiB");
    assert!(printed.len() < 64 << 20, "{name}");
    result
}

#[test]
fn hostile_messages_are_refused_within_bounded_memory() {
    for case in fixture("hostile.jsonl") {
        let name = case["name"].as_str().unwrap();
        let result = decode_bounded(name, &bytes(&case["pickle"]));
        match case["expect"].as_str().unwrap() {
            "reject" => assert!(result.is_err(), "{name}: {result:?}"),
            "ignore" | "accept" => assert!(result.is_ok(), "{name}: {result:?}"),
            "bounded" | "either" => {}
            other => panic!("{other}"),
        }
    }
}

#[test]
fn refusals_name_what_was_refused_and_where() {
    let refused = |pickle: &'static [u8]| {
        let error = decode(&Bytes::from_static(pickle), &Limits::default()).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        refused(b"\x80\x02cposix\nsystem\nX\x02\0\0\0id\x85R."),
        "`posix.system` is not on the list of what a message may contain (at byte 2)"
    );
    assert_eq!(
        refused(b"\x80\x02\x82\x01."),
        "the pickle instruction EXT1 is not accepted (at byte 2)"
    );
    assert_eq!(
        refused(b"\x80\x04N\xff."),
        "the pickle instruction 0xff is not accepted (at byte 3)"
    );
    assert_eq!(refused(b"\x80\x04N"), "the message is cut off (at byte 3)");
}

#[test]
fn depth_costs_no_stack() {
    let lists = [b"]".repeat(300_000), b"a".repeat(299_999), b".".to_vec()].concat();
    let tuples = [b")".to_vec(), b"\x85".repeat(150_000), b".".to_vec()].concat();
    let marks = [b"(".repeat(30_000), b"t".repeat(30_000), b".".to_vec()].concat();
    for pickle in [lists, tuples, marks] {
        assert!(decode_bounded("deep", &pickle.into()).is_err());
    }
}

#[test]
fn memory_stays_bounded_however_a_message_spends_it() {
    // A list in the memo, then members of ever more sets copied from it.
    let mut sets = b"\x80\x04(".to_vec();
    sets.extend(b"K\x01".repeat(100_000));
    sets.extend(b"t\x940");
    sets.extend(b"\x8c\x08builtins\x8c\x03set\x93\x940");
    sets.extend(b"h\x01h\0\x85R".repeat(50_000));
    sets.push(b'.');
    // A byte row as arrays whose bytes must be swapped, again and again.
    let mut swapped = b"\x80\x04B\0\0\x80\0".to_vec();
    swapped.extend(vec![0; 8 << 20]);
    swapped.extend(b"\x940\x8c\x05numpy\x8c\x07ndarray\x93\x940\x8c\x03>i8\x940");
    swapped.extend(b"J\0\0\x10\0\x85\x940");
    swapped.extend(b"h\x01h\x03h\x02h\0\x87R".repeat(10_000));
    swapped.push(b'.');
    // More values than the limit.
    let many = [b"(".to_vec(), b"N".repeat(4 << 20), b"t.".to_vec()].concat();
    let objects = [b"(".to_vec(), b"}\x94".repeat(2 << 20), b"t.".to_vec()].concat();
    for (name, pickle) in [
        ("sets", sets),
        ("swapped", swapped),
        ("many", many),
        ("objects", objects),
    ] {
        let error = decode_bounded(name, &pickle.into()).unwrap_err();
        let MessageError::Pickle(error) = error else {
            panic!("{name}: {error}");
        };
        assert!(
            matches!(error.reason, Reason::Limit { .. }),
            "{name}: {error}"
        );
    }
}

#[test]
fn a_message_longer_than_the_limit_is_not_looked_at() {
    let limits = Limits {
        bytes: 10,
        ..Limits::default()
    };
    let error = decode(&Bytes::from_static(&[b'N'; 11]), &limits).unwrap_err();
    assert_eq!(
        error.to_string(),
        "more than the limit of 10 bytes (at byte 10)"
    );
}
