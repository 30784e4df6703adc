//! The Zstandard frame of a recording, on several threads, and no slower than it pays.
//!
//! Most of a recording is arrays of numbers whose lowest bits are noise. There, searching hard for
//! repetitions takes ten times as long and finds none. So for each piece of the content a sample is
//! compressed in several ways, and the fastest of those goes that gives nothing away.

use std::io::{self, Write};
use zstd::stream::write::Encoder;
use zstd::zstd_safe::CParameter;

/// What one thread compresses at a time.
const PIECE_BYTES: usize = 4 << 20;

/// Repetitions are found over 4 MiB; what reads the file needs as much memory.
const WINDOW_LOG: u32 = 22;

/// Pieces alike that are compressed in one way before all ways are tried out again.
const MAX_ALIKE: u32 = 12;

/// How much of a piece is tried out, at two places.
const SAMPLE_BYTES: usize = 64 << 10;

/// More threads would take more memory than a recording should: each has 50 MB.
const MAX_THREADS: u32 = 6;

/// How hard to compress, and on how many threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compression {
    /// Zstandard's level, which the result is at least as small as, about.
    pub level: i32,
    /// Threads; at most 6 are used.
    pub threads: u32,
}

/// A way to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Hardly looking for repetitions.
    Fast,
    /// Looking for shorter repetitions than the level does, and not as long.
    Short,
    /// As the level says.
    Level,
}

impl Way {
    fn parameters(self, level: i32) -> [CParameter; 3] {
        use CParameter::{CompressionLevel, MinMatch, SearchLog};
        // Zero stands for what the level says.
        match self {
            Way::Fast => [CompressionLevel(1.min(level)), MinMatch(0), SearchLog(0)],
            Way::Short => [CompressionLevel(level), MinMatch(4), SearchLog(4)],
            Way::Level => [CompressionLevel(level), MinMatch(0), SearchLog(0)],
        }
    }
}

/// Compresses what is written to it.
pub(super) struct Compressor<W: Write> {
    encoder: Encoder<'static, W>,
    piece: Vec<u8>,
    written: u64,
    level: i32,
    way: Way,
    /// What fast compression made of the sample that was last tried out, and pieces like it since.
    tried: (usize, u32),
    samples: [(Way, zstd::bulk::Compressor<'static>); 3],
}

impl<W: Write> Compressor<W> {
    /// Starts a frame for exactly `len` bytes.
    pub(super) fn new(out: W, len: u64, compression: Compression) -> io::Result<Self> {
        let Compression { level, threads } = compression;
        let mut encoder = Encoder::new(out, level)?;
        encoder.set_pledged_src_size(Some(len))?;
        encoder.include_checksum(true)?;
        // With a thread of its own, the encoder takes new parameters between pieces.
        encoder.multithread(threads.clamp(1, MAX_THREADS))?;
        encoder.set_parameter(CParameter::WindowLog(WINDOW_LOG))?;
        encoder.set_parameter(CParameter::JobSize(PIECE_BYTES as u32))?;
        // A whole window is seen across the border of pieces: a tenth less for moving nodes.
        encoder.set_parameter(CParameter::OverlapSizeLog(9))?;
        let sample = |way: Way| {
            let mut compressor = zstd::bulk::Compressor::new(level)?;
            for parameter in way.parameters(level) {
                compressor.set_parameter(parameter)?;
            }
            Ok::<_, io::Error>((way, compressor))
        };
        Ok(Self {
            encoder,
            piece: Vec::with_capacity(PIECE_BYTES),
            written: 0,
            level,
            way: Way::Level,
            tried: (0, MAX_ALIKE),
            samples: [sample(Way::Fast)?, sample(Way::Short)?, sample(Way::Level)?],
        })
    }

    /// Bytes written so far.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Ends the frame.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.compress_piece()?;
        self.encoder.finish()
    }

    fn compress_piece(&mut self) -> io::Result<()> {
        let way = self.choose()?;
        if way != self.way {
            for parameter in way.parameters(self.level) {
                self.encoder.set_parameter(parameter)?;
            }
            self.way = way;
        }
        self.encoder.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }

    /// The first way that makes samples as small as the level does.
    fn choose(&mut self) -> io::Result<Way> {
        let quarter = self.piece.len() / 4;
        if quarter < SAMPLE_BYTES {
            return Ok(Way::Level);
        }
        let places = [quarter, 3 * quarter].map(|at| &self.piece[at..at + SAMPLE_BYTES]);
        let mut size = |way: Way| {
            let found = self.samples.iter_mut().find(|(known, _)| *known == way);
            let mut total = 0;
            if let Some((_, compressor)) = found {
                for sample in places {
                    total += compressor.compress(sample)?.len();
                }
            }
            Ok::<_, io::Error>(total)
        };
        let fast = size(Way::Fast)?;
        let (before, alike) = self.tried;
        // What is hard takes thirty times as long to try out.
        if alike < MAX_ALIKE && fast.abs_diff(before) < before / 200 {
            self.tried.1 += 1;
            return Ok(self.way);
        }
        self.tried = (fast, 0);
        let level = size(Way::Level)?;
        Ok(if fast <= level {
            Way::Fast
        } else if size(Way::Short)? <= level {
            Way::Short
        } else {
            Way::Level
        })
    }
}

impl<W: Write> Write for Compressor<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE_BYTES - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        self.written += taken as u64;
        if self.piece.len() == PIECE_BYTES {
            self.compress_piece()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
