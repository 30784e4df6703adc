//! What a recording holds until it is written: in memory at first, beyond limits in temporary
//! files, which nobody else can open and which go with the program.
//!
//! An array is stored once, whenever and in however many messages it is said. While arrays are in
//! memory they share it with the scene.

use super::Recorded;
use bytes::Bytes;
use rustc_hash::FxHashMap;
use scenecast_protocol::{
    RawArray,
    recording::{Compression, Layout, append_message, write},
};
use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    thread,
};
use tempfile::SpooledTempFile;

/// Bytes of arrays that are kept in memory.
const MAX_ARRAY_BYTES: usize = 64 << 20;

/// Bytes of messages that are kept in memory, their arrays aside.
const MAX_MESSAGE_BYTES: usize = 32 << 20;

/// Reads and writes of temporary files.
const CHUNK_BYTES: usize = 256 << 10;

/// As viser compresses: recordings are written once and read often.
const LEVEL: i32 = 12;

/// Where the bytes of an array are.
#[derive(Debug)]
enum Place {
    Memory(Bytes),
    /// At this offset of the file.
    File(u64),
}

/// The messages of a recording, encoded, and its arrays.
#[derive(Debug)]
pub(crate) struct Spool {
    messages: BufWriter<SpooledTempFile>,
    messages_len: u64,
    message_count: u32,
    /// One message at a time is encoded here.
    scratch: Vec<u8>,
    arrays: Vec<Place>,
    array_lens: Vec<u64>,
    by_content: FxHashMap<blake3::Hash, u32>,
    max_array_bytes: usize,
    bytes_in_memory: usize,
    file: Option<BufWriter<File>>,
    file_len: u64,
    /// What went wrong first. Nothing is kept from then on.
    failure: Option<io::Error>,
}

impl Default for Spool {
    fn default() -> Self {
        Self::with_limits(MAX_ARRAY_BYTES, MAX_MESSAGE_BYTES)
    }
}

impl Spool {
    /// A spool that keeps so many bytes of arrays and of messages in memory.
    pub(crate) fn with_limits(max_array_bytes: usize, max_message_bytes: usize) -> Self {
        let messages = SpooledTempFile::new(max_message_bytes);
        Self {
            messages: BufWriter::with_capacity(CHUNK_BYTES, messages),
            messages_len: 0,
            message_count: 0,
            scratch: Vec::new(),
            arrays: Vec::new(),
            array_lens: Vec::new(),
            by_content: FxHashMap::default(),
            max_array_bytes,
            bytes_in_memory: 0,
            file: None,
            file_len: 0,
            failure: None,
        }
    }

    /// Adds a message. What goes wrong is told by [`write`](Self::write).
    pub(crate) fn add(&mut self, recorded: &Recorded) {
        if self.failure.is_none()
            && let Err(error) = self.try_add(recorded)
        {
            tracing::warn!("the recording ends here: {error}");
            self.failure = Some(error);
        }
    }

    fn try_add(&mut self, recorded: &Recorded) -> io::Result<()> {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        append_message(
            &mut scratch,
            recorded.time_secs,
            &recorded.message,
            |array| self.store(array),
        );
        self.messages.write_all(&scratch)?;
        self.messages_len += scratch.len() as u64;
        self.message_count = self
            .message_count
            .checked_add(1)
            .ok_or_else(|| io::Error::other("a recording holds at most 4294967295 messages"))?;
        self.scratch = scratch;
        if self.bytes_in_memory > self.max_array_bytes {
            self.spill()?;
        }
        Ok(())
    }

    /// The index of an array, which is stored if it is new.
    fn store(&mut self, array: &RawArray) -> u32 {
        let bytes = array.bytes();
        let next = self.arrays.len() as u32;
        let index = *self.by_content.entry(blake3::hash(bytes)).or_insert(next);
        if index == next {
            self.bytes_in_memory += bytes.len();
            self.arrays.push(Place::Memory(bytes.clone()));
            self.array_lens.push(bytes.len() as u64);
        }
        index
    }

    /// Moves all arrays to the file.
    fn spill(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = BufWriter::with_capacity(CHUNK_BYTES, tempfile::tempfile()?);
                none.insert(file)
            }
        };
        // What is in memory has come since the last time.
        for place in self.arrays.iter_mut().rev() {
            let Place::Memory(bytes) = place else { break };
            file.write_all(bytes)?;
            let at = self.file_len;
            self.file_len += bytes.len() as u64;
            *place = Place::File(at);
        }
        self.bytes_in_memory = 0;
        Ok(())
    }

    /// Writes the recording as a `.viser` file.
    ///
    /// # Errors
    /// What has gone wrong so far, with temporary files for example, or does now.
    pub(crate) fn write(mut self, duration_secs: f64, out: impl Write) -> io::Result<()> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let mut messages = self.messages.into_inner().map_err(io::Error::from)?;
        messages.seek(SeekFrom::Start(0))?;
        let mut file = self.file.take().map(BufWriter::into_inner).transpose()?;
        let layout = Layout {
            duration_secs,
            message_count: self.message_count,
            messages_len: self.messages_len,
            array_lens: &self.array_lens,
        };
        let copy_array = |index: usize, out: &mut dyn Write| match (&self.arrays[index], &mut file)
        {
            (Place::Memory(bytes), _) => out.write_all(bytes),
            (Place::File(at), Some(file)) => {
                file.seek(SeekFrom::Start(*at))?;
                let bytes = file.take(self.array_lens[index]);
                io::copy(&mut BufReader::with_capacity(CHUNK_BYTES, bytes), out).map(drop)
            }
            (Place::File(_), None) => Err(io::Error::other("the temporary file is gone")),
        };
        let threads = thread::available_parallelism().map_or(1, |n| n.get() as u32);
        let compression = Compression {
            level: LEVEL,
            threads,
        };
        let messages = BufReader::with_capacity(CHUNK_BYTES, messages);
        write(out, &layout, messages, copy_array, compression)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenecast_protocol::{
        Limits, Message,
        recording::Recording,
        scene::{AddNode, PointCloud},
    };
    use std::sync::Arc;

    fn cloud(name: &str, x: f32, points: usize) -> Message {
        Message::from(AddNode {
            name: name.into(),
            owner: String::new(),
            is_virtual: false,
            node: PointCloud::new(vec![[x, 1.0, 2.0]; points]).into(),
        })
    }

    fn written(mut spool: Spool, messages: &[Message]) -> Vec<u8> {
        for (step, message) in messages.iter().enumerate() {
            spool.add(&Recorded {
                time_secs: step as f64,
                message: Arc::new(message.encoded()),
            });
        }
        let mut file = Vec::new();
        spool.write(100.0, &mut file).unwrap();
        file
    }

    #[test]
    fn files_are_the_same_wherever_it_waited() {
        let messages: Vec<Message> = (0..40u8)
            .map(|i| cloud("/a", f32::from(i % 7), 10 + usize::from(i % 3)))
            .collect();
        let in_memory = written(Spool::default(), &messages);
        for (arrays, list) in [(0, 0), (300, 1000), (1000, 0)] {
            assert_eq!(
                written(Spool::with_limits(arrays, list), &messages),
                in_memory
            );
        }
        let recording = Recording::decode(&in_memory, &Limits::default()).unwrap();
        let times = recording.messages.iter().map(|(time, _)| *time);
        assert!(times.eq((0..40).map(f64::from)));
        let decoded = recording.messages.iter().map(|(_, message)| message);
        assert!(decoded.eq(&messages));
    }

    #[test]
    fn a_recording_of_nothing_is_one() {
        let file = written(Spool::default(), &[]);
        let recording = Recording::decode(&file, &Limits::default()).unwrap();
        assert_eq!(
            (recording.messages.len(), recording.duration_secs),
            (0, 100.0)
        );
    }

    #[test]
    fn what_went_wrong_is_told_at_the_end() {
        let mut spool = Spool {
            failure: Some(io::Error::other("the disk is full")),
            ..Spool::default()
        };
        spool.add(&Recorded {
            time_secs: 0.0,
            message: Arc::new(cloud("/a", 0.0, 1).encoded()),
        });
        let error = spool.write(1.0, io::sink()).unwrap_err();
        assert_eq!(error.to_string(), "the disk is full");
    }
}
