//! How much a peer's bytes may cost before they are refused.

/// Upper bounds that every decoder of this crate keeps, whatever the bytes say.
///
/// Nothing is allocated ahead of what the input itself holds: a length that the input claims
/// is checked against the bytes that are left before memory is reserved for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nested lists and maps. Default 64.
    pub depth: usize,
    /// Values (numbers, strings, lists, …) in one decoded block, counted at every level. Each
    /// costs at most 48 bytes of memory. Default 8 million.
    pub values: usize,
    /// Bytes of a compressed block after decompression. Default 512 MiB.
    pub decompressed_bytes: usize,
    /// Binary buffers attached to one window or recording. Default 1 million.
    pub buffers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 64,
            values: 8_000_000,
            decompressed_bytes: 512 << 20,
            buffers: 1_000_000,
        }
    }
}

impl Limits {
    /// What a server allows one message of a viewer: the whole message is at most 50 MiB, and
    /// no message that a viewer sends is deep or has many parts.
    pub fn client_message() -> Self {
        Self {
            depth: 16,
            values: 100_000,
            decompressed_bytes: 0,
            buffers: 0,
        }
    }
}
