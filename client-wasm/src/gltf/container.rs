//! The GLB container: a header, JSON, and binary data.

use super::GltfError;

/// The JSON, and the binary data that may follow it.
pub(super) fn split(file: &[u8]) -> Result<(&[u8], &[u8]), GltfError> {
    let wrong = |problem: &str| GltfError::Container(problem.to_owned());
    if !file.starts_with(b"glTF") {
        return Err(wrong("it does not begin with `glTF`"));
    }
    match word(file, 4) {
        Some(2) => {}
        Some(version) => return Err(wrong(&format!("version {version}, expected 2"))),
        None => return Err(wrong("it ends in its header")),
    }
    let (kind, json, rest) = chunk(file.get(12..).unwrap_or_default())
        .ok_or_else(|| wrong("it ends in its JSON chunk"))?;
    if kind != b"JSON" {
        return Err(wrong("its first chunk is no JSON"));
    }
    match chunk(rest) {
        Some((b"BIN\0", binary, _)) => Ok((json, binary)),
        // Other chunks are to be ignored; a cut off one shows where something refers to it.
        _ => Ok((json, &[])),
    }
}

/// Kind, content, and what follows.
fn chunk(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let length = word(bytes, 0)? as usize;
    let kind = bytes.get(4..8)?;
    let (content, rest) = bytes.get(8..)?.split_at_checked(length)?;
    Some((kind, content, rest))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
