//! Any bytes are a window or an error; what decodes can be encoded and decodes to the same.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use scenecast_protocol::encode::Encoded;
use scenecast_protocol::{Limits, Message, window};

fuzz_target!(|data: &[u8]| {
    let limits = Limits { decompressed_bytes: 1 << 20, ..Limits::default() };
    let Ok(first) = window::decode(&Bytes::copy_from_slice(data), &limits) else { return };
    let encoded: Vec<Encoded> = first.messages.iter().map(Message::encoded).collect();
    let again = window::encode(encoded.iter(), first.timestamp_secs).unwrap();
    let second = window::decode(&again, &Limits::default()).unwrap();
    // Compared as text, since a float that is no number does not equal itself.
    assert_eq!(format!("{:?}", first.messages), format!("{:?}", second.messages));
});
