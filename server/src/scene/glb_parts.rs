//! Binary glTF files.

use bytes::Bytes;
use scenecast_protocol::types::ImageFormat;
use serde_json::{Value, json};

/// Types of chunks.
const JSON: &[u8; 4] = b"JSON";
const BINARY: &[u8; 4] = b"BIN\0";

/// The parts of a GLB file.
#[derive(Default)]
pub(crate) struct GlbParts {
    pub(crate) binary: Vec<u8>,
    /// Buffer views.
    pub(crate) views: Vec<Value>,
    accessors: Vec<Value>,
    materials: Vec<Value>,
    images: Vec<Value>,
    /// The images' files, as far as they can be shared.
    files: Vec<Bytes>,
}

impl GlbParts {
    /// Appends bytes; returns where they start.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> usize {
        let start = self.binary.len();
        self.binary.extend_from_slice(bytes);
        pad(&mut self.binary, 0);
        start
    }

    /// Appends bytes; returns the index of their buffer view.
    pub(crate) fn view(&mut self, bytes: &[u8]) -> usize {
        let start = self.append(bytes);
        self.views.push(json!({
            "buffer": 0, "byteOffset": start, "byteLength": bytes.len(),
        }));
        self.views.len() - 1
    }

    /// Adds an accessor; returns its index.
    pub(super) fn accessor(&mut self, accessor: Value) -> Value {
        self.accessors.push(accessor);
        (self.accessors.len() - 1).into()
    }

    /// Adds a material; returns its index.
    pub(super) fn material(&mut self, material: Value) -> usize {
        self.materials.push(material);
        self.materials.len() - 1
    }

    /// Adds an image file, unless it is there already: the same bytes, not equal ones. Returns the
    /// index of its texture.
    pub(super) fn texture(&mut self, format: ImageFormat, data: &Bytes) -> usize {
        let is_it = |file: &Bytes| (file.as_ptr(), file.len()) == (data.as_ptr(), data.len());
        if let Some(index) = self.files.iter().position(is_it) {
            return index;
        }
        let image = self.image(format, data);
        self.images.push(image);
        self.files.push(data.clone());
        self.images.len() - 1
    }

    /// Appends an image file; returns an image of glTF that refers to it.
    pub(crate) fn image(&mut self, format: ImageFormat, data: &[u8]) -> Value {
        let mime = format!("image/{}", format.as_str());
        json!({"bufferView": self.view(data), "mimeType": mime})
    }

    /// The file. What was not added here is as `document` has it.
    pub(crate) fn finish(self, mut document: Value) -> Vec<u8> {
        let textures = (0..self.images.len()).map(|index| json!({"source": index}));
        for (name, added) in [
            ("textures", textures.collect()),
            ("images", self.images),
            ("materials", self.materials),
            ("accessors", self.accessors),
            ("bufferViews", self.views),
        ] {
            if !added.is_empty() {
                document[name] = Value::Array(added);
            }
        }
        document["buffers"] = json!([{"byteLength": self.binary.len()}]);
        let mut text = document.to_string().into_bytes();
        pad(&mut text, b' ');
        let len = 12 + 8 + text.len() + 8 + self.binary.len();
        let mut file = Vec::with_capacity(len);
        file.extend_from_slice(b"glTF");
        let word = |file: &mut Vec<u8>, word: usize| {
            // A mesh of four gigabytes does not fit into memory several times.
            file.extend_from_slice(&(word as u32).to_le_bytes());
        };
        word(&mut file, 2);
        word(&mut file, len);
        for (kind, chunk) in [(JSON, text), (BINARY, self.binary)] {
            word(&mut file, chunk.len());
            file.extend_from_slice(kind);
            file.extend_from_slice(&chunk);
        }
        file
    }
}

/// Fills up to a multiple of four bytes.
fn pad(bytes: &mut Vec<u8>, with: u8) {
    bytes.resize(bytes.len().next_multiple_of(4), with);
}
