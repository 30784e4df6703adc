//! A glTF file of JSON, with its buffers and images inside, as one binary file.

use super::{
    buffers::{self, Buffers},
    document,
};
use crate::{
    loaders::{ImageFile, LoadError, input::Input, texture::Images},
    scene::{GlbParts, Picture},
};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::{HashMap, hash_map::Entry};

/// Packs a file; one that is binary already stays as it is.
pub(in crate::loaders) fn pack(input: &mut Input) -> Result<Vec<u8>, LoadError> {
    let bytes = input.rest()?;
    if bytes.starts_with(document::GLB_MAGIC) {
        return Ok(bytes);
    }
    let (document, _) = document::parse(input, &bytes)?;
    let buffers = Buffers::load(input, &document, None)?;
    let bad = |problem: String| input.bad_content(problem);
    let mut json: Value =
        serde_json::from_slice(&bytes).map_err(|error| bad(format!("no JSON: {error}")))?;

    let mut parts = GlbParts::default();
    let starts: Vec<u64> = buffers
        .iter()
        .map(|buffer| parts.append(buffer) as u64)
        .collect();
    // Lists in place of objects have been read as well, though no viewer would.
    let object = |json: &mut Value| match json {
        Value::Object(object) => Ok(std::mem::take(object)),
        _ => Err(bad("an array stands in place of an object".to_owned())),
    };
    let mut json = object(&mut json)?;
    if let Some(Value::Array(views)) = json.get_mut("bufferViews") {
        for (view, read) in views.iter_mut().zip(&document.buffer_views) {
            let start = starts.get(read.buffer as usize);
            let start = start.ok_or_else(|| bad(format!("no buffer {}", read.buffer)))?;
            let mut object = object(view)?;
            object.insert("buffer".to_owned(), 0.into());
            let offset = start.saturating_add(read.byte_offset);
            object.insert("byteOffset".to_owned(), offset.into());
            *view = object.into();
        }
        parts.views = std::mem::take(views);
    }
    if let Some(Value::Array(list)) = json.get_mut("images") {
        let mut images = Images::default();
        // By where they are, since many may name one; those that are missing are one as well.
        let mut packed = HashMap::new();
        for image in list {
            let Some(Value::String(uri)) = image.get_mut("uri").map(Value::take) else {
                continue;
            };
            let (path, file) = match uri.strip_prefix("data:") {
                Some(data) => {
                    let file = buffers::decode_data(data).and_then(ImageFile::of);
                    if let Ok(file) = file {
                        *image = parts.image(file.format, &file.data);
                        continue;
                    }
                    (None, None)
                }
                None => {
                    let name = percent_decode_str(&uri).decode_utf8_lossy();
                    let path = images.find(input, &name);
                    path.and_then(|path| {
                        let file = images.get(&path)?;
                        Some((path, file))
                    })
                    .unzip()
                }
            };
            *image = match packed.entry(path) {
                Entry::Occupied(packed) => Value::clone(packed.get()),
                Entry::Vacant(place) => {
                    let (format, data) = match file {
                        Some(file) => (file.format, file.data),
                        // The rest is to be seen all the same.
                        None => white().map_err(|error| bad(error.to_string()))?,
                    };
                    place.insert(parts.image(format, &data)).clone()
                }
            };
        }
    }
    if u32::try_from(parts.binary.len() + bytes.len()).is_err() {
        return Err(bad("with its buffers it has more than 4 GiB".to_owned()));
    }
    Ok(parts.finish(json.into()))
}

/// A white pixel.
fn white() -> crate::Result<(scenecast_protocol::types::ImageFormat, bytes::Bytes)> {
    Picture::rgb(1, 1, [255; 3])?.png().encode()
}
