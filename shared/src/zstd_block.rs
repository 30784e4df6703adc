//! One Zstandard block with a known size: libzstd natively, ruzstd in the browser.

#[cfg(any(target_arch = "wasm32", test))]
mod frame_reader;

/// Why a block cannot be decompressed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZstdError {
    /// It is larger than allowed.
    #[error("{declared} bytes after decompression, at most {limit} are allowed")]
    TooLarge {
        /// What the block says.
        declared: u64,
        /// What the limits say.
        limit: usize,
    },
    /// It is broken.
    #[error("broken Zstandard data: {0}")]
    Broken(String),
    /// It holds more or less than it says.
    #[error("{declared} bytes were declared, {actual} decompressed")]
    Size {
        /// What the block says.
        declared: u64,
        /// What it holds; at most one more than declared is counted.
        actual: usize,
    },
}

/// Decompresses a block that declares `declared` bytes of content, at most `limit`.
pub(crate) fn decompress(block: &[u8], declared: u64, limit: usize) -> Result<Vec<u8>, ZstdError> {
    let size = usize::try_from(declared).ok().filter(|size| *size <= limit);
    let Some(size) = size else {
        return Err(ZstdError::TooLarge { declared, limit });
    };
    let out = decompress_at_most(block, size.saturating_add(1))?;
    if out.len() != size {
        return Err(ZstdError::Size {
            declared,
            actual: out.len(),
        });
    }
    Ok(out)
}

/// Up to `most` bytes of content. Memory grows with what really comes out, not with `most`.
#[cfg(not(target_arch = "wasm32"))]
fn decompress_at_most(block: &[u8], most: usize) -> Result<Vec<u8>, ZstdError> {
    let broken = |e: std::io::Error| ZstdError::Broken(e.to_string());
    read_at_most(
        zstd::stream::read::Decoder::with_buffer(block)
            .map_err(broken)?
            .single_frame(),
        most,
    )
}

#[cfg(target_arch = "wasm32")]
fn decompress_at_most(block: &[u8], most: usize) -> Result<Vec<u8>, ZstdError> {
    let decoder = frame_reader::FrameReader::new(Box::new(block))
        .map_err(|e| ZstdError::Broken(e.to_string()))?;
    read_at_most(decoder, most)
}

/// Decompresses piece by piece; read with [`std::io::Read`].
#[cfg(not(target_arch = "wasm32"))]
pub(crate) type Reader = zstd::stream::read::Decoder<'static, bytes::buf::Reader<bytes::Bytes>>;

/// Decompresses piece by piece; read with [`std::io::Read`].
#[cfg(target_arch = "wasm32")]
pub(crate) type Reader = frame_reader::FrameReader<'static>;

/// A reader of a block's content. It uses up to 128 MiB, if the block wants that much.
pub(crate) fn reader(block: bytes::Bytes) -> Result<Reader, ZstdError> {
    let block = bytes::Buf::reader(block);
    #[cfg(not(target_arch = "wasm32"))]
    let reader = Reader::with_buffer(block).map(Reader::single_frame);
    #[cfg(target_arch = "wasm32")]
    let reader = Reader::new(Box::new(block));
    reader.map_err(|e| ZstdError::Broken(e.to_string()))
}

fn read_at_most(reader: impl std::io::Read, most: usize) -> Result<Vec<u8>, ZstdError> {
    let mut out = Vec::with_capacity(most.min(1 << 20));
    std::io::Read::read_to_end(&mut std::io::Read::take(reader, most as u64), &mut out)
        .map_err(|e| ZstdError::Broken(e.to_string()))?;
    Ok(out)
}

/// Compresses with the content size in the frame header.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn compress(content: &[u8], level: i32) -> std::io::Result<Vec<u8>> {
    zstd::bulk::compress(content, level)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The browser's decoder reads what the server's encoder writes.
    #[test]
    fn both_implementations_agree() {
        let content: Vec<u8> = (0..100_000u32)
            .flat_map(|i| (i.wrapping_mul(i) / 7).to_le_bytes())
            .collect();
        for level in [1, 3, 12] {
            let block = compress(&content, level).unwrap();
            let decoder = frame_reader::FrameReader::new(Box::new(&block[..])).unwrap();
            assert_eq!(read_at_most(decoder, usize::MAX).unwrap(), content);
            let half = Box::new(&block[..block.len() / 2]);
            let cut_off = frame_reader::FrameReader::new(half).unwrap();
            assert!(read_at_most(cut_off, usize::MAX).is_err());
            assert_eq!(
                decompress(&block, content.len() as u64, usize::MAX - 1).unwrap(),
                content
            );
        }
    }

    #[test]
    fn broken_data_is_an_error() {
        assert!(matches!(
            decompress(b"no zstd", 10, 100),
            Err(ZstdError::Broken(_))
        ));
        assert!(frame_reader::FrameReader::new(Box::new(&b"no zstd"[..])).is_err());
    }
}
