//! The wire: what real publishers wrote, what hostile ones write, and what Python reads of ours.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod captured;
mod hostile;
mod mutated;
mod python;
mod tagged;

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The lines of a fixture file.
fn fixture(name: &str) -> Vec<serde_json::Value> {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Bytes that a fixture has in hexadecimal.
fn bytes(hex: &serde_json::Value) -> bytes::Bytes {
    let (pairs, []) = hex.as_str().unwrap().as_bytes().as_chunks::<2>() else {
        panic!("odd number of digits");
    };
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.iter().map(byte).collect()
}
