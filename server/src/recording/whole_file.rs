//! Files that are there whole or not at all.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// A file that takes its name when it is [finished](Self::finish); until then nothing is changed.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    out: Out,
}

#[derive(Debug)]
enum Out {
    Temporary(NamedTempFile),
    /// A pipe or device, which cannot be replaced.
    Special(File),
}

impl WholeFile {
    /// Starts a file, beside the one of that name if there is one.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub fn create(path: &Path) -> io::Result<Self> {
        let out = match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => Out::Special(File::create(path)?),
            Ok(_) | Err(_) => Out::Temporary(beside(path)?),
        };
        let path = path.to_owned();
        Ok(Self { path, out })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// What could not be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        match self.out {
            Out::Temporary(file) => file.persist(&self.path).map(drop).map_err(|e| e.error),
            Out::Special(_) => Ok(()),
        }
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Out::Temporary(file) => file.write(bytes),
            Out::Special(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Temporary(file) => file.flush(),
            Out::Special(file) => file.flush(),
        }
    }
}

fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".scenecast-");
    // As permissive as any other new file, not only for this user.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    match path.parent() {
        Some(folder) if folder != Path::new("") => builder.tempfile_in(folder),
        Some(_) | None => builder.tempfile_in("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_a_file_only_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        drop(file);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(WholeFile::create(folder.path()).is_err());
        assert!(WholeFile::create(&folder.path().join("no/such/folder")).is_err());
    }
}
