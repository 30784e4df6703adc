//! What a server has said so far, beside the recording that it is to become.
//!
//! ```text
//! "scenecast journal 1\n" | entries of: u64 length | f64 seconds | 16 bytes of BLAKE3 | payload
//! ```
//!
//! Little-endian. The seconds are those since the start at which a payload, a window as it came,
//! arrived. The hash is over what stands before it and the payload. Entries are appended whole, so
//! that whenever the program ends, all but the last one can be read.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, BufReader, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

const MAGIC: &[u8] = b"scenecast journal 1\n";

/// A longer payload is not one that [`Journal::append`] has written.
pub(crate) const MAX_PAYLOAD_BYTES: usize = 512 << 20;

/// Bytes of an entry before its payload.
const HEAD_BYTES: usize = 32;

/// A journal that is being written.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
}

/// A payload and when it came.
#[derive(Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) arrived_secs: f64,
    pub(crate) payload: Vec<u8>,
}

/// The journal that belongs to a recording.
pub(crate) fn path_for(recording: &Path) -> PathBuf {
    let mut name = OsString::from(recording);
    name.push(".journal");
    name.into()
}

impl Journal {
    /// Starts a journal.
    ///
    /// # Errors
    /// The file exists, or cannot be written.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let mut file = File::create_new(path)?;
        file.write_all(MAGIC)?;
        Ok(Self { file })
    }

    /// Appends a payload; an empty one only tells the time.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn append(&mut self, arrived_secs: f64, payload: &[u8]) -> io::Result<()> {
        let mut head = head(arrived_secs, payload.len());
        let hash = hash(&head, payload);
        head.extend_from_slice(&hash);
        // One after the other, and nothing kept back: what is written survives this program.
        self.file.write_all(&head)?;
        self.file.write_all(payload)
    }
}

fn head(arrived_secs: f64, len: usize) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    head.extend_from_slice(&(len as u64).to_le_bytes());
    head.extend_from_slice(&arrived_secs.to_le_bytes());
    head
}

fn hash(head: &[u8], payload: &[u8]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(head).update(payload);
    let mut hash = [0; 16];
    hasher.finalize_xof().fill(&mut hash);
    hash
}

/// The entries of a journal, up to the first that is not whole.
pub(crate) struct Entries {
    file: BufReader<File>,
    /// Where in the file the next entry starts.
    pub(crate) offset: u64,
    pub(crate) file_len: u64,
}

impl Entries {
    /// Opens a journal.
    ///
    /// # Errors
    /// The file cannot be read, or is no journal.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let file_len = file.metadata()?.len();
        let mut file = BufReader::with_capacity(1 << 20, file);
        let mut magic = [0; MAGIC.len()];
        match file.read_exact(&mut magic) {
            Err(error) if error.kind() != ErrorKind::UnexpectedEof => return Err(error),
            Ok(()) if magic == MAGIC => {}
            Ok(()) | Err(_) => {
                let what =
                    "byte 0: no journal of `scenecast record`; expected \"scenecast journal 1\"";
                return Err(io::Error::new(ErrorKind::InvalidData, what));
            }
        }
        Ok(Self {
            file,
            offset: MAGIC.len() as u64,
            file_len,
        })
    }

    /// The next entry; `None` at the end, and where what follows is damaged.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        let mut head = [0; HEAD_BYTES];
        if !self.fill(&mut head)? {
            return Ok(None);
        }
        let word = |at: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&head[at..at + 8]);
            word
        };
        let len = u64::from_le_bytes(word(0));
        let left = self
            .file_len
            .saturating_sub(self.offset + HEAD_BYTES as u64);
        if len > left || len > MAX_PAYLOAD_BYTES as u64 {
            return Ok(None);
        }
        let mut payload = vec![0; len as usize];
        if !self.fill(&mut payload)? || hash(&head[..16], &payload) != head[16..] {
            return Ok(None);
        }
        self.offset += HEAD_BYTES as u64 + len;
        Ok(Some(Entry {
            arrived_secs: f64::from_le_bytes(word(8)),
            payload,
        }))
    }

    fn fill(&mut self, out: &mut [u8]) -> io::Result<bool> {
        match self.file.read_exact(out) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn whatever_is_cut_off_or_damaged_the_entries_before_it_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journal");
        let mut journal = Journal::create(&path).unwrap();
        assert!(Journal::create(&path).is_err());
        let payloads: [&[u8]; 4] = [b"one", b"", b"three", &[3; 1000]];
        let mut ends = vec![fs::metadata(&path).unwrap().len() as usize];
        for (i, payload) in payloads.iter().enumerate() {
            journal.append(i as f64, payload).unwrap();
            ends.push(fs::metadata(&path).unwrap().len() as usize);
        }
        let whole = fs::read(&path).unwrap();
        let read = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            let mut entries = Entries::open(&path)?;
            let mut read = Vec::new();
            while let Some(entry) = entries.next()? {
                read.push(entry.payload);
            }
            assert_eq!(entries.offset as usize, ends[read.len()]);
            io::Result::Ok(read)
        };
        for end in 0..=whole.len() {
            let complete = ends.iter().filter(|e| **e <= end).count();
            match read(&whole[..end]) {
                Ok(found) => assert_eq!(found, payloads[..complete - 1]),
                Err(_) => assert_eq!(complete, 0),
            }
        }
        for at in (0..whole.len()).step_by(7) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            let before = ends.iter().filter(|e| **e <= at).count();
            match read(&damaged) {
                Ok(found) => assert_eq!(found, payloads[..before - 1]),
                Err(_) => assert_eq!(before, 0),
            }
        }
    }
}
