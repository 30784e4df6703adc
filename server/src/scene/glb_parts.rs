//! Binary glTF files.

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

    /// The file. `document` has its accessors unless they were added here.
    pub(crate) fn finish(self, mut document: Value) -> Vec<u8> {
        document["bufferViews"] = self.views.into();
        if !self.accessors.is_empty() {
            document["accessors"] = self.accessors.into();
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
