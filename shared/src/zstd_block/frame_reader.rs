//! Decompression with ruzstd, piece by piece.

use std::io::{Error, Read};

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// All that is said of broken data: ruzstd's own reader says where it is broken, in words that are
/// several kilobytes of the page.
const BROKEN: &str = "it cannot be decoded";

/// The content of a frame; read with [`std::io::Read`].
pub(crate) struct FrameReader<'a> {
    /// One type for all sources: the decoder is compiled once.
    source: Box<dyn Read + 'a>,
    decoder: FrameDecoder,
}

impl<'a> FrameReader<'a> {
    /// Reads the frame's header.
    ///
    /// # Errors
    /// It is none, or the frame needs more memory than 128 MiB.
    pub(crate) fn new(mut source: Box<dyn Read + 'a>) -> Result<Self, Error> {
        let mut decoder = FrameDecoder::new();
        decoder
            .init(&mut source)
            .map_err(|_| Error::other(BROKEN))?;
        Ok(Self { source, decoder })
    }
}

impl Read for FrameReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            self.decoder
                .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                .map_err(|_| Error::other(BROKEN))?;
        }
        self.decoder.read(buffer)
    }
}
