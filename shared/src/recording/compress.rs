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

/// A way to compress: parameters of Zstandard, where zero stands for what the level says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    level: i32,
    min_match: u32,
    search_log: u32,
    /// Thousandths by which a sample may be larger than the level makes it. The whole is smaller
    /// all the same: a level alone does not look across the border of pieces.
    tolerance: usize,
}

impl Way {
    const fn plain(level: i32, tolerance: usize) -> Self {
        Self {
            level,
            min_match: 0,
            search_log: 0,
            tolerance,
        }
    }

    fn parameters(self) -> [CParameter; 3] {
        [
            CParameter::CompressionLevel(self.level),
            CParameter::MinMatch(self.min_match),
            CParameter::SearchLog(self.search_log),
        ]
    }

    /// From the fastest to the level itself.
    fn up_to(level: i32) -> Vec<Self> {
        let faster = FASTER.into_iter().filter(|way| way.level < level);
        faster.chain([Self::plain(level, 0)]).collect()
    }
}

/// Ways that take a tenth to a third of the time of level 12. By what they are for, and what they
/// made there of whole recordings that level 12 makes 1 of: noise, 1.00; what cameras see as floats,
/// 0.98, and as half floats, 0.97; moving nodes, 1.03, and 0.95 with what a level alone does not see.
const FASTER: [Way; 3] = [
    Way::plain(1, 1),
    Way {
        min_match: 4,
        ..Way::plain(3, 20)
    },
    Way {
        min_match: 4,
        search_log: 2,
        ..Way::plain(8, 0)
    },
];

/// Compresses what is written to it.
pub(super) struct Compressor<W: Write> {
    encoder: Encoder<'static, W>,
    piece: Vec<u8>,
    written: u64,
    /// The one in use.
    way: usize,
    /// What the fastest way made of the sample that was last tried out, and pieces like it since.
    tried: (usize, u32),
    ways: Vec<(Way, zstd::bulk::Compressor<'static>)>,
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
        let with_compressor = |way: Way| {
            let mut compressor = zstd::bulk::Compressor::new(level)?;
            for parameter in way.parameters() {
                compressor.set_parameter(parameter)?;
            }
            Ok::<_, io::Error>((way, compressor))
        };
        let ways = Way::up_to(level).into_iter().map(with_compressor);
        let ways = ways.collect::<io::Result<Vec<_>>>()?;
        Ok(Self {
            encoder,
            piece: Vec::with_capacity(PIECE_BYTES),
            written: 0,
            way: ways.len() - 1,
            tried: (0, MAX_ALIKE),
            ways,
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
            for parameter in self.ways[way].0.parameters() {
                self.encoder.set_parameter(parameter)?;
            }
            self.way = way;
        }
        self.encoder.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }

    /// The first way that makes samples about as small as the level does.
    fn choose(&mut self) -> io::Result<usize> {
        let last = self.ways.len() - 1;
        let quarter = self.piece.len() / 4;
        if quarter < SAMPLE_BYTES {
            return Ok(last);
        }
        let places = [quarter, 3 * quarter].map(|at| &self.piece[at..at + SAMPLE_BYTES]);
        let size = |compressor: &mut zstd::bulk::Compressor<'static>| {
            places.iter().try_fold(0, |total, sample| {
                Ok::<_, io::Error>(total + compressor.compress(sample)?.len())
            })
        };
        let fast = size(&mut self.ways[0].1)?;
        let (before, alike) = self.tried;
        // What is hard takes thirty times as long to try out.
        if alike < MAX_ALIKE && fast.abs_diff(before) < before / 20 {
            self.tried.1 += 1;
            return Ok(self.way);
        }
        self.tried = (fast, 0);
        let level = size(&mut self.ways[last].1)?;
        for (index, (way, compressor)) in self.ways.iter_mut().enumerate().take(last) {
            let made = if index == 0 { fast } else { size(compressor)? };
            if made <= level + level * way.tolerance / 1000 {
                return Ok(index);
            }
        }
        Ok(last)
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
