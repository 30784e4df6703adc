//! A file being read: buffered, with its place for errors and its progress for people.

use super::{LoadError, Place};
use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

/// How much is read at a time.
const CHUNK_BYTES: usize = 256 * 1024;

/// The longest line, or row of a binary table, that is taken in one piece.
const MAX_PIECE_BYTES: usize = 16 * 1024 * 1024;

/// How far a file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read so far.
    pub bytes_read: u64,
    /// Bytes in all.
    pub bytes_total: u64,
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} bytes", self.bytes_read, self.bytes_total)
    }
}

/// Where files are that another one names.
struct Folders {
    /// Where they are looked for.
    own: PathBuf,
    /// What they must be below.
    root: PathBuf,
    /// Whether links may lead out of it.
    follows_links: bool,
}

/// A file's bytes from front to back.
pub(super) struct Input<'a> {
    path: PathBuf,
    /// Where files are that this one names; `None` for one in memory.
    folders: Option<Folders>,
    source: Box<dyn Read + 'a>,
    size: u64,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes of the file before `buffer[start]`.
    offset: u64,
    lines: u64,
    progress: &'a mut dyn FnMut(Progress),
}

impl<'a> Input<'a> {
    pub(super) fn open(
        path: &Path,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Result<Input<'a>, LoadError> {
        let (file, size) = open_file(path)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Input {
            folders: Some(Folders {
                own: folder.clone(),
                root: folder,
                // Whoever keeps files in one place and links to them chose these names.
                follows_links: true,
            }),
            ..Input::new(path.to_owned(), Box::new(file), size, progress)
        })
    }

    pub(super) fn from_bytes(
        name: &str,
        bytes: &'a [u8],
        progress: &'a mut dyn FnMut(Progress),
    ) -> Input<'a> {
        Input::new(name.into(), Box::new(bytes), bytes.len() as u64, progress)
    }

    fn new(
        path: PathBuf,
        source: Box<dyn Read + 'a>,
        size: u64,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Input<'a> {
        Input {
            path,
            folders: None,
            // A file that grows meanwhile is read up to the size that was promised.
            source: Box::new(source.take(size)),
            size,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            offset: 0,
            lines: 0,
            progress,
        }
    }

    /// Files that this one names may be anywhere below `root`, a path without links, and not only
    /// below its own folder.
    #[cfg(feature = "urdf")]
    pub(super) fn below(mut self, root: &Path) -> Self {
        if let Some(folders) = &mut self.folders {
            root.clone_into(&mut folders.root);
            folders.follows_links = false;
        }
        self
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes of the file that have not been taken yet.
    pub(super) fn remaining(&self) -> u64 {
        self.size.saturating_sub(self.offset)
    }

    /// The file's size in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The next bytes, up to `count` or the file's end, without taking them.
    pub(super) fn peek(&mut self, count: usize) -> Result<&[u8], LoadError> {
        while self.end - self.start < count && self.fill()? {}
        let end = self.end.min(self.start + count);
        Ok(&self.buffer[self.start..end])
    }

    /// Takes exactly `count` bytes; `what` says what they are if the file ends before.
    pub(super) fn take(&mut self, count: usize, what: &str) -> Result<&[u8], LoadError> {
        if count > MAX_PIECE_BYTES {
            return Err(self.bad_byte(format!("{what} of {count} bytes is too long")));
        }
        while self.end - self.start < count {
            if !self.fill()? {
                let left = self.end - self.start;
                let problem = format!("the file ends in {what}: {left} of {count} bytes are there");
                return Err(self.bad_byte(problem));
            }
        }
        let start = self.start;
        self.advance(count);
        Ok(&self.buffer[start..start + count])
    }

    /// Takes a line without its end (`\n` or `\r\n`); `None` at the end of the file.
    pub(super) fn line(&mut self) -> Result<Option<&[u8]>, LoadError> {
        let mut searched = 0;
        let length = loop {
            let unread = &self.buffer[self.start..self.end];
            if let Some(found) = memchr::memchr(b'\n', &unread[searched..]) {
                break searched + found + 1;
            }
            searched = unread.len();
            if searched > MAX_PIECE_BYTES {
                let problem = format!("a line longer than {MAX_PIECE_BYTES} bytes");
                return Err(self.bad_byte(problem));
            }
            if !self.fill()? {
                if searched == 0 {
                    return Ok(None);
                }
                break searched;
            }
        };
        let start = self.start;
        self.advance(length);
        self.lines += 1;
        let line = &self.buffer[start..start + length];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Ok(Some(line.strip_suffix(b"\r").unwrap_or(line)))
    }

    /// Takes all that is left.
    pub(super) fn rest(&mut self) -> Result<Vec<u8>, LoadError> {
        let mut rest = Vec::with_capacity(self.remaining() as usize);
        loop {
            rest.extend_from_slice(&self.buffer[self.start..self.end]);
            self.advance(self.end - self.start);
            if !self.fill()? {
                return Ok(rest);
            }
        }
    }

    /// Where a file is that this one names. `None` where the name leads out of this one's folder,
    /// and for one in memory: a file from elsewhere has no business reading others.
    pub(super) fn beside(&self, name: &str) -> Option<PathBuf> {
        let Folders {
            own,
            root,
            follows_links,
        } = self.folders.as_ref()?;
        let mut path = own.clone();
        for component in Path::new(name).components() {
            match component {
                Component::Normal(name) => path.push(name),
                Component::CurDir => {}
                Component::ParentDir if path.pop() => {}
                _ => return None,
            }
        }
        let ends_inside = || path.canonicalize().is_ok_and(|path| path.starts_with(root));
        let is_inside = path.starts_with(root) && (*follows_links || ends_inside());
        is_inside.then_some(path)
    }

    /// Opens a file that this one names, and that may name others from the same folders; `None` as
    /// for [`beside`](Self::beside).
    pub(super) fn sibling<'b>(
        &self,
        name: &str,
        progress: &'b mut dyn FnMut(Progress),
    ) -> Option<Result<Input<'b>, LoadError>> {
        let path = self.beside(name)?;
        let opened = Input::open(&path, progress).map(|mut input| {
            if let (Some(its), Some(own)) = (&mut input.folders, &self.folders) {
                its.root.clone_from(&own.root);
                its.follows_links = own.follows_links;
            }
            input
        });
        Some(opened)
    }

    /// An error at the line that was taken last.
    pub(super) fn bad_line(&self, problem: impl Into<String>) -> LoadError {
        self.malformed(Some(Place::Line(self.lines)), problem.into())
    }

    /// An error at the byte that comes next.
    pub(super) fn bad_byte(&self, problem: impl Into<String>) -> LoadError {
        self.malformed(Some(Place::Byte(self.offset)), problem.into())
    }

    /// An error whose text says where it is.
    pub(super) fn bad_content(&self, problem: impl Into<String>) -> LoadError {
        self.malformed(None, problem.into())
    }

    fn malformed(&self, place: Option<Place>, problem: String) -> LoadError {
        LoadError::Malformed {
            path: self.path.clone(),
            place,
            problem,
        }
    }

    fn advance(&mut self, count: usize) {
        self.start += count;
        self.offset += count as u64;
    }

    /// Reads more behind what has not been taken; false at the end of the file.
    fn fill(&mut self) -> Result<bool, LoadError> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        let free = self.buffer.len() - self.end;
        if free < CHUNK_BYTES / 2 {
            let left = self.size.saturating_sub(self.offset + self.end as u64);
            let wanted = left.clamp(64, CHUNK_BYTES as u64) as usize;
            self.buffer.resize(self.end + wanted.max(free), 0);
        }
        let read = loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(read) => break read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => {
                    return Err(LoadError::Io {
                        path: self.path.clone(),
                        source,
                    });
                }
            }
        };
        self.end += read;
        (self.progress)(Progress {
            bytes_read: self.offset + self.end as u64,
            bytes_total: self.size,
        });
        Ok(read > 0)
    }
}

/// Opens a file with its size. Only regular files have one, and to open a pipe could wait for ever.
fn open_file(path: &Path) -> Result<(File, u64), LoadError> {
    let open = || {
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::Error::other("not a regular file"));
        }
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok((file, size))
    };
    open().map_err(|source| LoadError::Io {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_lines_and_bytes_across_reads() {
        let long = "x".repeat(CHUNK_BYTES + 7);
        let text = format!("one\r\n\n{long}\nab");
        let mut seen = 0;
        let mut progress = |p: Progress| seen = p.bytes_read;
        let mut input = Input::from_bytes("t", text.as_bytes(), &mut progress);
        assert_eq!(input.line().unwrap(), Some(&b"one"[..]));
        assert_eq!(input.line().unwrap(), Some(&b""[..]));
        assert_eq!(input.line().unwrap(), Some(long.as_bytes()));
        assert_eq!(input.remaining(), 2);
        assert_eq!(input.peek(9).unwrap(), b"ab");
        assert_eq!(input.take(1, "a byte").unwrap(), b"a");
        assert_eq!(input.line().unwrap(), Some(&b"b"[..]));
        assert_eq!(input.line().unwrap(), None);
        drop(input);
        assert_eq!(seen, text.len() as u64);
    }

    #[test]
    fn errors_name_the_place() {
        let mut progress = |_| {};
        let mut input = Input::from_bytes("a.ply", b"one\ntwo", &mut progress);
        input.line().unwrap();
        assert_eq!(input.bad_line("no").to_string(), "a.ply, line 1: no");
        let error = input.take(4, "a number").unwrap_err().to_string();
        assert_eq!(
            error,
            "a.ply, byte 4: the file ends in a number: 3 of 4 bytes are there"
        );
        assert!(input.take(usize::MAX, "a number").is_err());
    }

    #[test]
    fn names_lead_nowhere_but_below_the_root() {
        let mut progress = |_| {};
        let mut input = Input::from_bytes("a.obj", b"", &mut progress);
        assert_eq!(input.beside("b.mtl"), None, "it is in memory");
        for (folders, name, path) in [
            (["", ""], "b.mtl", Some("b.mtl")),
            (["", ""], "../b.mtl", None),
            (["m", "m"], "./x/../b.mtl", Some("m/b.mtl")),
            (["m", "m"], "../b.mtl", None),
            (["m", "m"], "../m2/b.mtl", None),
            (["m", "m"], "/m/b.mtl", None),
            (["..", ".."], "../b.mtl", None),
            (["/r/m", "/r"], "../t/b.png", Some("/r/t/b.png")),
            (["/r/m", "/r"], "../../b.png", None),
            (["/r/m", "/r"], "../../r/b.png", Some("/r/b.png")),
        ] {
            let [own, root] = folders.map(PathBuf::from);
            let follows_links = true;
            input.folders = Some(Folders {
                own,
                root,
                follows_links,
            });
            assert_eq!(input.beside(name), path.map(PathBuf::from), "{name}");
        }
    }

    #[test]
    fn only_regular_files_are_opened() {
        let error = Input::open(Path::new("."), &mut |_| {}).err().unwrap();
        assert!(error.to_string().contains("not a regular file"), "{error}");
    }
}
