//! The binary data: in the GLB itself, in a `data:` URI, or in a file beside.

use super::document::Document;
use crate::loaders::{
    LoadError,
    input::{Input, Progress},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

pub(super) struct Buffers<'a>(Vec<Cow<'a, [u8]>>);

impl<'a> Buffers<'a> {
    /// Finds all buffers of a document.
    pub(super) fn load(
        input: &Input,
        document: &Document,
        binary: Option<&'a [u8]>,
    ) -> Result<Buffers<'a>, LoadError> {
        let mut buffers = Vec::with_capacity(document.buffers.len());
        for (index, buffer) in document.buffers.iter().enumerate() {
            let bad = |problem| input.bad_content(format!("buffer {index} {problem}"));
            let bytes = match &buffer.uri {
                None if index == 0 => Cow::Borrowed(binary.unwrap_or_default()),
                None => return Err(bad("has no data".to_owned())),
                Some(uri) => match uri.strip_prefix("data:") {
                    Some(data) => Cow::Owned(decode_data(data).map_err(bad)?),
                    None => Cow::Owned(read_file(input, uri, bad)?),
                },
            };
            if (bytes.len() as u64) < buffer.byte_length {
                let (want, have) = (buffer.byte_length, bytes.len());
                return Err(bad(format!("should have {want} bytes, it has {have}")));
            }
            buffers.push(bytes);
        }
        Ok(Buffers(buffers))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(AsRef::as_ref)
    }

    pub(super) fn get(&self, index: u32) -> Option<&[u8]> {
        self.0.get(index as usize).map(AsRef::as_ref)
    }

    /// Bytes that were read besides the document's own.
    pub(super) fn bytes_read(&self) -> u64 {
        let owned = self.0.iter().filter(|bytes| matches!(bytes, Cow::Owned(_)));
        owned.map(|bytes| bytes.len() as u64).sum()
    }
}

pub(super) fn decode_data(data: &str) -> Result<Vec<u8>, String> {
    let (_, text) = data
        .split_once(";base64,")
        .ok_or("has a data URI that is not base64")?;
    let decoded = STANDARD.decode(text);
    decoded.map_err(|error| format!("has a data URI that is not base64: {error}"))
}

fn read_file(
    input: &Input,
    uri: &str,
    bad: impl Fn(String) -> LoadError,
) -> Result<Vec<u8>, LoadError> {
    let name = percent_decode_str(uri).decode_utf8_lossy();
    let mut ignore = |_: Progress| {};
    let file = input.sibling(&name, &mut ignore);
    file.ok_or_else(|| bad(format!("is in `{name}`, which is not beside this file")))??
        .rest()
}
