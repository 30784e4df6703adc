//! A file that comes in parts, on its way to the disk.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
};
use tempfile::{NamedTempFile, TempPath};

/// Runs of parts that came one after the other; more are not kept track of.
const MAX_RUNS: usize = 256;

/// What one part did.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is written, and others are to come.
    More,
    /// It was the last one.
    All,
    /// It came twice, or there is no such part.
    Ignored,
}

/// Why an upload cannot go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum SpoolError {
    #[error("more than {declared} bytes came, as many as were announced")]
    TooMany { declared: u64 },
    #[error("{actual} bytes came, {declared} were announced")]
    Size { declared: u64, actual: u64 },
    #[error("the parts came in no order")]
    Disorder,
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

/// Parts that follow each other, in the file as well.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: u64,
    /// The part after the last one.
    next: u64,
    start: u64,
    end: u64,
}

/// A file that comes in parts, in any order.
#[derive(Debug)]
pub(super) struct Spool {
    file: NamedTempFile,
    runs: Vec<Run>,
    parts: u64,
    part_count: u64,
    written: u64,
    declared: u64,
}

impl Spool {
    /// A file of so many parts with so many bytes together.
    pub(super) fn new(part_count: u64, declared: u64) -> io::Result<Self> {
        Ok(Self {
            file: NamedTempFile::with_prefix("upload-")?,
            runs: Vec::new(),
            parts: 0,
            part_count,
            written: 0,
            declared,
        })
    }

    /// Bytes that have come.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Writes a part.
    pub(super) fn take(&mut self, index: u64, content: &[u8]) -> Result<Taken, SpoolError> {
        let is_known = |run: &Run| (run.first..run.next).contains(&index);
        if index >= self.part_count || self.runs.iter().any(is_known) {
            return Ok(Taken::Ignored);
        }
        let end = self.written + content.len() as u64;
        if end > self.declared {
            let declared = self.declared;
            return Err(SpoolError::TooMany { declared });
        }
        self.file.write_all(content)?;
        let is_full = self.runs.len() == MAX_RUNS;
        match self.runs.last_mut() {
            Some(run) if run.next == index => {
                (run.next, run.end) = (index + 1, end);
            }
            _ if is_full => return Err(SpoolError::Disorder),
            _ => self.runs.push(Run {
                first: index,
                next: index + 1,
                start: self.written,
                end,
            }),
        }
        self.written = end;
        self.parts += 1;
        if self.parts < self.part_count {
            return Ok(Taken::More);
        }
        Ok(Taken::All)
    }

    /// The whole file.
    pub(super) fn finish(mut self) -> Result<TempPath, SpoolError> {
        let (declared, actual) = (self.declared, self.written);
        if declared != actual {
            return Err(SpoolError::Size { declared, actual });
        }
        if self.runs.is_sorted_by_key(|run| run.first) {
            return Ok(self.file.into_temp_path());
        }
        self.runs.sort_unstable_by_key(|run| run.first);
        let mut ordered = NamedTempFile::with_prefix("upload-")?;
        for run in &self.runs {
            copy(self.file.as_file_mut(), run, &mut ordered)?;
        }
        Ok(ordered.into_temp_path())
    }
}

fn copy(from: &mut File, run: &Run, to: &mut impl Write) -> io::Result<()> {
    from.seek(SeekFrom::Start(run.start))?;
    io::copy(&mut from.take(run.end - run.start), to)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spooled(declared: u64, parts: &[(u64, &[u8])]) -> Result<Vec<u8>, SpoolError> {
        let mut spool = Spool::new(3, declared)?;
        for (index, content) in parts {
            if spool.take(*index, content)? == Taken::All {
                return Ok(std::fs::read(spool.finish()?)?);
            }
        }
        Ok(b"unfinished".to_vec())
    }

    #[test]
    fn parts_come_together_in_any_order() {
        let [a, b, c] = [(0, &b"a"[..]), (1, b"bb"), (2, b"ccc")];
        for parts in [[a, b, c], [b, a, c], [c, b, a], [b, c, a], [c, a, b]] {
            assert_eq!(spooled(6, &parts).unwrap(), b"abbccc", "{parts:?}");
        }
        assert_eq!(spooled(6, &[a, a, (7, b"x"), b, b, c]).unwrap(), b"abbccc");
        assert_eq!(spooled(6, &[a, b, b]).unwrap(), b"unfinished");
    }

    #[test]
    fn parts_that_lie_are_refused() {
        let [a, b, c] = [(0, &b"a"[..]), (1, b"bb"), (2, b"ccc")];
        assert!(matches!(
            spooled(5, &[a, b, c]),
            Err(SpoolError::TooMany { .. })
        ));
        assert!(matches!(
            spooled(7, &[a, b, c]),
            Err(SpoolError::Size { .. })
        ));
        let mut spool = Spool::new(10_000, 10_000).unwrap();
        let disorder = (0..5_000).map(|i| spool.take(2 * i, b"x"));
        let refused = disorder.filter(Result::is_err).count();
        assert_eq!(refused, 5_000 - MAX_RUNS);
    }
}
