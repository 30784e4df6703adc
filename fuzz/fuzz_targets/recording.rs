//! Any bytes are a recording or an error, read whole or in pieces.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scenecast_protocol::Limits;
use scenecast_protocol::recording::{Recording, summarize};

fuzz_target!(|data: &[u8]| {
    let limits = Limits { decompressed_bytes: 1 << 20, ..Limits::default() };
    let _ = Recording::decode(data, &limits);
    let _ = summarize(data, &limits);
});
