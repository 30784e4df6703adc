//! A glTF file with an animation.

use bytes::Bytes;

/// A triangle that moves along x by 4 in 2 seconds, and again.
pub(crate) fn triangle() -> Bytes {
    let floats = [
        [-0.4f32, 0.0, 0.0, 0.4, 0.0, 0.0, 0.0, 0.4, 0.0].as_slice(),
        &[0.0, 2.0],
        &[0.0, 0.0, 0.0, 4.0, 0.0, 0.0],
    ];
    let binary: Vec<u8> = floats
        .concat()
        .iter()
        .flat_map(|f| f.to_le_bytes())
        .collect();
    let mut json = r#"{
        "asset": {"version": "2.0"},
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "animations": [{
            "samplers": [{"input": 1, "output": 2}],
            "channels": [{"sampler": 0, "target": {"node": 0, "path": "translation"}}]
        }],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"},
            {"bufferView": 1, "componentType": 5126, "count": 2, "type": "SCALAR"},
            {"bufferView": 2, "componentType": 5126, "count": 2, "type": "VEC3"}
        ],
        "bufferViews": [
            {"buffer": 0, "byteLength": 36},
            {"buffer": 0, "byteOffset": 36, "byteLength": 8},
            {"buffer": 0, "byteOffset": 44, "byteLength": 24}
        ],
        "buffers": [{"byteLength": 68}]
    }"#
    .as_bytes()
    .to_vec();
    json.resize(json.len().next_multiple_of(4), b' ');
    let word = |number: usize| (number as u32).to_le_bytes();
    let length = 28 + json.len() + binary.len();
    let header = [&b"glTF"[..], &word(2), &word(length)].concat();
    let chunks = [
        &word(json.len())[..],
        b"JSON",
        &json,
        &word(binary.len()),
        b"BIN\0",
        &binary,
    ];
    [header, chunks.concat()].concat().into()
}
