//! A publisher's message: any bytes are read or refused, and what was read can be written.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use scenecast_remote::Message;
use scenecast_remote::pickle::Limits;

fuzz_target!(|data: &[u8]| {
    if let Ok(message) = Message::decode(&Bytes::copy_from_slice(data), &Limits::default()) {
        let _ = message.encode();
    }
});
