//! Any bytes are a message of a viewer or an error; what decodes comes back.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use scenecast_protocol::{Limits, Message, message};

fuzz_target!(|data: &[u8]| {
    let Ok(first) = Message::from_viewer(&Bytes::copy_from_slice(data), &Limits::client_message()) else {
        return;
    };
    let again = Message::from_viewer(&message::to_server(&first).into(), &Limits::default()).unwrap();
    assert_eq!(format!("{first:?}"), format!("{again:?}"));
});
