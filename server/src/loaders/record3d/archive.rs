//! The files of a capture, in a folder or a zip archive.

use super::{LoadError, place};
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use zip::ZipArchive;

/// The most frames; an hour and a half at 60 a second.
const MAX_FRAMES: usize = 324_000;

/// Where files are read from.
#[derive(Debug)]
pub(super) struct Archive {
    path: PathBuf,
    /// `None` for a folder. One thread reads at a time.
    zip: Option<Mutex<ZipArchive<File>>>,
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self, LoadError> {
        let io_error = |source| LoadError::Io {
            path: path.to_owned(),
            source,
        };
        let metadata = std::fs::metadata(path).map_err(io_error)?;
        let mut archive = Self {
            path: path.to_owned(),
            zip: None,
        };
        if !metadata.is_dir() {
            if !metadata.is_file() {
                return Err(io_error(io::Error::other("neither a file nor a folder")));
            }
            let file = File::open(path).map_err(io_error)?;
            let zip = ZipArchive::new(file)
                .map_err(|error| archive.malformed("", format!("no zip archive: {error}")))?;
            archive.zip = Some(Mutex::new(zip));
        }
        Ok(archive)
    }

    /// A file's bytes; an error if there are more than this.
    pub(super) fn read(&self, name: &str, most: u64) -> Result<Vec<u8>, LoadError> {
        let mut bytes = Vec::new();
        let read = match &self.zip {
            None => self
                .file(name)
                .and_then(|file| file.take(most + 1).read_to_end(&mut bytes)),
            Some(zip) => {
                let mut zip = zip.lock().unwrap_or_else(PoisonError::into_inner);
                zip.by_name(name)
                    .map_err(io::Error::from)
                    .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
            }
        };
        read.map_err(|source| LoadError::Io {
            path: place(&self.path, name),
            source,
        })?;
        if bytes.len() as u64 > most {
            return Err(self.malformed(name, format!("more than {most} bytes")));
        }
        Ok(bytes)
    }

    /// Opens a file of a folder. To open a pipe could wait for ever.
    fn file(&self, name: &str) -> io::Result<File> {
        let path = place(&self.path, name);
        if !std::fs::metadata(&path)?.is_file() {
            return Err(io::Error::other("not a regular file"));
        }
        File::open(path)
    }

    /// The numbers of all frames, in order: `rgbd/NUMBER.jpg`.
    pub(super) fn numbers(&self) -> Result<Vec<u64>, LoadError> {
        let number = |name: &str| name.strip_suffix(".jpg")?.parse::<u64>().ok();
        let mut numbers: Vec<u64> = match &self.zip {
            Some(zip) => {
                let zip = zip.lock().unwrap_or_else(PoisonError::into_inner);
                let names = zip
                    .file_names()
                    .filter_map(|name| number(name.ok()?.strip_prefix("rgbd/")?));
                names.take(MAX_FRAMES + 1).collect()
            }
            None => {
                let folder = place(&self.path, "rgbd");
                let entries = std::fs::read_dir(&folder).map_err(|source| LoadError::Io {
                    path: folder,
                    source,
                })?;
                let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
                let numbers = names.filter_map(|name| number(&name));
                numbers.take(MAX_FRAMES + 1).collect()
            }
        };
        if numbers.len() > MAX_FRAMES {
            return Err(self.malformed("rgbd", format!("more than {MAX_FRAMES} frames")));
        }
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    pub(super) fn malformed(&self, name: &str, problem: String) -> LoadError {
        LoadError::Malformed {
            path: place(&self.path, name),
            place: None,
            problem,
        }
    }
}
