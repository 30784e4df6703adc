//! A recording read piece by piece: its decompressed content may be larger than memory should be.

use std::io::Read;

use bytes::Bytes;
use rmp::Marker;

use super::RecordingError;
use crate::limits::Limits;
use crate::value::{self, ParseError, ParseReason, Value};
use crate::window::{WindowError, align8};
use crate::wire::{DecodeError, Wire};
use crate::zstd_block::{self, ZstdError};

/// The most bytes that a recording may have after decompression: 8 GiB. Bounds time; memory is
/// bounded by what is kept of it.
pub(crate) const MAX_INNER_BYTES: u64 = 8 << 30;

/// As much as is decompressed at once.
const STEP_BYTES: usize = 64 * 1024;

/// Reads a recording from front to back: messages, then buffers.
pub(crate) struct RecordingReader<R = zstd_block::Reader> {
    input: Input<R>,
    limits: Limits,
    /// Where the map ends.
    map_end: u64,
    /// Entries of the map that are still to come.
    entries: u64,
    /// Items of the current `messages` that are still to come.
    messages: u64,
    has_messages: bool,
    pub(crate) version: String,
    pub(crate) duration_secs: f64,
    /// Lengths of the buffers, and the next one's index.
    buffers: (Vec<u64>, usize),
}

impl RecordingReader {
    /// A reader of a `.viser` file. Of `limits`, `decompressed_bytes` bounds a single message or
    /// buffer, and `values` those of a single message.
    pub(crate) fn new(file: Bytes, limits: &Limits) -> Result<Self, RecordingError> {
        let Some(header) = file.first_chunk() else {
            return Err(truncated("the header", 8, file.len() as u64));
        };
        let declared = u64::from_le_bytes(*header);
        if declared > MAX_INNER_BYTES {
            let limit = MAX_INNER_BYTES as usize;
            return Err(WindowError::from(ZstdError::TooLarge { declared, limit }).into());
        }
        let source = zstd_block::reader(file.slice(8..)).map_err(WindowError::from)?;
        Self::of_content(declared, source, limits)
    }
}

impl<R: Read> RecordingReader<R> {
    /// A reader of the decompressed content of a file, which says that it has `declared` bytes.
    pub(crate) fn of_content(
        declared: u64,
        source: R,
        limits: &Limits,
    ) -> Result<Self, RecordingError> {
        let mut input = Input {
            source,
            buffer: Vec::new(),
            at: 0,
            passed: 0,
            declared,
            limit: limits.decompressed_bytes,
        };
        let map_bytes = u64::from_le_bytes(input.array("the inner header")?);
        let map_end = map_bytes.saturating_add(8);
        if map_end > declared {
            return Err(truncated("the map", map_end, declared));
        }
        let entries = match input.list_or_map()? {
            (entries, true) => entries,
            (_, false) => return Err(input.wrong("a map")),
        };
        Ok(Self {
            input,
            limits: limits.clone(),
            map_end,
            entries,
            messages: 0,
            has_messages: false,
            version: "unknown".to_owned(),
            duration_secs: 0.0,
            buffers: (Vec::new(), 0),
        })
    }

    /// The next message and its time, as a map that is not parsed yet; `None` at the end of all
    /// messages.
    pub(crate) fn next_message(&mut self) -> Result<Option<(f64, &[u8])>, RecordingError> {
        while self.messages == 0 {
            if self.entries == 0 {
                return self.end_of_map().map(|()| None);
            }
            self.entries -= 1;
            self.next_entry()?;
        }
        self.messages -= 1;
        match self.input.list_or_map()? {
            (2, false) => {}
            _ => return Err(self.input.wrong("a pair of time and message")),
        }
        let limits = &self.limits;
        let time = self.input.parsed(limits)?;
        let time = time.as_f64().filter(|time| time.is_finite());
        let time = time.ok_or_else(|| self.input.wrong("a time"))?;
        Ok(Some((time, self.input.value()?)))
    }

    /// The next of the buffers that follow the messages; `None` at the end of the recording.
    pub(crate) fn next_buffer(&mut self) -> Result<Option<Bytes>, RecordingError> {
        let (lengths, next) = &mut self.buffers;
        let Some(&len) = lengths.get(*next) else {
            return self.input.end().map(|()| None);
        };
        *next += 1;
        self.input.skip_to(align8(self.input.offset()))?;
        self.input.bytes(len, "the binary buffers").map(Some)
    }

    /// Lengths of the buffers, once all messages have been read.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn buffer_lengths(&self) -> &[u64] {
        &self.buffers.0
    }

    /// Passes over all buffers, to the end of the recording.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn skip_buffers(&mut self) -> Result<(), RecordingError> {
        for len in &self.buffers.0[self.buffers.1..] {
            let padding = align8(self.input.offset()) - self.input.offset();
            self.input.discard(padding.saturating_add(*len))?;
        }
        self.buffers.1 = self.buffers.0.len();
        self.input.end()
    }

    /// How much of the file has been read, 0 to 1.
    pub(crate) fn progress(&self) -> f64 {
        self.input.offset() as f64 / self.input.declared.max(1) as f64
    }

    /// Bytes of all buffers together.
    pub(crate) fn buffer_bytes(&self) -> u64 {
        self.buffers
            .0
            .iter()
            .fold(0, |sum, len| sum.saturating_add(*len))
    }

    fn next_entry(&mut self) -> Result<(), RecordingError> {
        let key = self.input.parsed(&self.limits)?;
        match key.as_str() {
            Some("messages") => {
                let (count, is_map) = self.input.list_or_map()?;
                if is_map {
                    return Err(self.input.wrong("a list of messages"));
                }
                self.messages = count;
                self.has_messages = true;
            }
            Some("viserVersion") => {
                let version = self.input.parsed(&self.limits)?;
                self.version = version.as_str().unwrap_or("unknown").to_owned();
            }
            Some("durationSeconds") => {
                let duration = self.input.parsed(&self.limits)?.as_f64();
                self.duration_secs = duration.filter(|d| d.is_finite()).unwrap_or(0.0);
            }
            Some("binaryBufferLengths") => {
                let lengths = Vec::<u64>::decode(&self.input.parsed(&self.limits)?);
                let lengths = lengths.map_err(|error| error.within("binaryBufferLengths"))?;
                let (count, limit) = (lengths.len(), self.limits.buffers);
                if count > limit {
                    return Err(WindowError::TooManyBuffers { count, limit }.into());
                }
                self.buffers.0 = lengths;
            }
            _ => {
                self.input.value()?;
            }
        }
        Ok(())
    }

    fn end_of_map(&self) -> Result<(), RecordingError> {
        if !self.has_messages {
            return Err(DecodeError::missing("messages").into());
        }
        match self.map_end.checked_sub(self.input.offset()) {
            Some(0) => Ok(()),
            Some(left) => Err(self.input.error(ParseReason::Trailing(left as usize))),
            None => Err(self.input.error(ParseReason::Truncated)),
        }
    }
}

/// The decompressed content, of which only what is not read yet is in memory.
struct Input<R> {
    source: R,
    buffer: Vec<u8>,
    /// What of `buffer` has been read.
    at: usize,
    /// Bytes of the content before `buffer`.
    passed: u64,
    declared: u64,
    /// The most bytes that one value or buffer may have.
    limit: usize,
}

impl<R: Read> Input<R> {
    fn offset(&self) -> u64 {
        self.passed + self.at as u64
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    /// Decompresses until this many bytes can be read, or the content ends. Returns whether they
    /// can.
    fn fill(&mut self, bytes: usize) -> Result<bool, RecordingError> {
        if self.rest().len() >= bytes {
            return Ok(true);
        }
        self.buffer.drain(..self.at);
        self.passed += self.at as u64;
        self.at = 0;
        while self.buffer.len() < bytes {
            let start = self.buffer.len();
            // Never much more than what has come out so far, whatever a length says.
            let step = (bytes - start).clamp(STEP_BYTES, start.max(STEP_BYTES));
            self.buffer.resize(start + step, 0);
            let read = self.source.read(&mut self.buffer[start..]);
            self.buffer.truncate(start + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => return Ok(false),
                Ok(_) => {}
                Err(error) => {
                    let error = ZstdError::Broken(error.to_string());
                    return Err(WindowError::from(error).into());
                }
            }
            let end = self.passed + self.buffer.len() as u64;
            if end > self.declared {
                return Err(self.wrong_size(end));
            }
        }
        Ok(true)
    }

    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], RecordingError> {
        self.fill(N)?;
        let Some(array) = self.rest().first_chunk().copied() else {
            return Err(truncated(what, N as u64, self.rest().len() as u64));
        };
        self.at += N;
        Ok(array)
    }

    /// How many items the list, or entries the map, has that starts here; `true` for a map.
    fn list_or_map(&mut self) -> Result<(u64, bool), RecordingError> {
        let [byte] = self.array("a marker")?;
        Ok(match Marker::from_u8(byte) {
            Marker::FixArray(len) => (len.into(), false),
            Marker::Array16 => (u16::from_be_bytes(self.array("a length")?).into(), false),
            Marker::Array32 => (u32::from_be_bytes(self.array("a length")?).into(), false),
            Marker::FixMap(len) => (len.into(), true),
            Marker::Map16 => (u16::from_be_bytes(self.array("a length")?).into(), true),
            Marker::Map32 => (u32::from_be_bytes(self.array("a length")?).into(), true),
            _ => return Err(self.wrong("a list or map")),
        })
    }

    /// The next value, whole and not parsed.
    fn value(&mut self) -> Result<&[u8], RecordingError> {
        let len = loop {
            if let Some(len) = value::extent(self.rest()) {
                break len;
            }
            let have = self.rest().len();
            if have > self.limit {
                let (declared, limit) = (have as u64, self.limit);
                return Err(WindowError::from(ZstdError::TooLarge { declared, limit }).into());
            }
            if !self.fill(have + have.max(STEP_BYTES))? && self.rest().len() == have {
                return Err(self.error(ParseReason::Truncated));
            }
        };
        let start = self.at;
        self.at += len;
        Ok(&self.buffer[start..self.at])
    }

    /// The next value, parsed.
    fn parsed(&mut self, limits: &Limits) -> Result<Value, RecordingError> {
        let start = self.offset() as usize;
        let value = Bytes::copy_from_slice(self.value()?);
        value::parse(&value, &[], limits).map_err(|mut error| {
            error.offset += start;
            WindowError::from(error).into()
        })
    }

    fn bytes(&mut self, len: u64, what: &'static str) -> Result<Bytes, RecordingError> {
        let left = self.declared.saturating_sub(self.offset());
        let size = usize::try_from(len).ok().filter(|size| *size <= self.limit);
        match size {
            _ if len > left => Err(truncated(what, len, left)),
            None => {
                let (declared, limit) = (len, self.limit);
                Err(WindowError::from(ZstdError::TooLarge { declared, limit }).into())
            }
            Some(size) => {
                if !self.fill(size)? {
                    return Err(truncated(what, len, self.rest().len() as u64));
                }
                let bytes = Bytes::copy_from_slice(&self.rest()[..size]);
                self.at += size;
                // Memory for the largest is not kept for all the others.
                if self.rest().is_empty() && self.buffer.capacity() > 16 * STEP_BYTES {
                    self.passed += self.at as u64;
                    (self.buffer, self.at) = (Vec::new(), 0);
                }
                Ok(bytes)
            }
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn discard(&mut self, bytes: u64) -> Result<(), RecordingError> {
        let mut left = bytes;
        while left > 0 {
            if !self.fill(1)? {
                return Err(truncated("the binary buffers", bytes, bytes - left));
            }
            let step = left.min(self.rest().len() as u64);
            self.at += step as usize;
            left -= step;
        }
        Ok(())
    }

    fn skip_to(&mut self, offset: u64) -> Result<(), RecordingError> {
        let padding = offset.saturating_sub(self.offset()) as usize;
        if !self.fill(padding)? {
            return Err(self.wrong_size(self.passed + self.buffer.len() as u64));
        }
        self.at += padding;
        Ok(())
    }

    /// Checks that the content ends here, and is as long as announced.
    fn end(&mut self) -> Result<(), RecordingError> {
        let is_more = self.fill(1)?;
        match self.offset() {
            offset if !is_more && offset == self.declared => Ok(()),
            offset => Err(self.wrong_size(offset + u64::from(is_more))),
        }
    }

    fn wrong_size(&self, actual: u64) -> RecordingError {
        let (declared, actual) = (self.declared, actual as usize);
        WindowError::from(ZstdError::Size { declared, actual }).into()
    }

    fn wrong(&self, expected: &'static str) -> RecordingError {
        let found = format!("something else before byte {}", self.offset());
        DecodeError::new(expected, found).into()
    }

    fn error(&self, reason: ParseReason) -> RecordingError {
        let offset = self.offset() as usize;
        WindowError::from(ParseError { offset, reason }).into()
    }
}

fn truncated(what: &'static str, needed: u64, actual: u64) -> RecordingError {
    WindowError::Truncated {
        what,
        needed,
        actual: actual as usize,
    }
    .into()
}
