//! Digests of what a step's result depends on, so that the step can be skipped.

use crate::paths;
use anyhow::{Context, Result};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// Collects what a result depends on: texts, files, folders.
#[derive(Default)]
pub(crate) struct Digest(DefaultHasher);

impl Digest {
    /// Adds a text, such as a version.
    pub(crate) fn text(mut self, text: &str) -> Self {
        text.hash(&mut self.0);
        self
    }

    /// Adds a file's content.
    pub(crate) fn file(mut self, path: &Path) -> Result<Self> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        bytes.hash(&mut self.0);
        Ok(self)
    }

    /// Adds every file in a folder, by name and content; a folder that is absent counts as empty.
    pub(crate) fn folder(mut self, folder: &Path) -> Result<Self> {
        for path in files(folder)? {
            self = self.text(&path.to_string_lossy()).file(&path)?;
        }
        Ok(self)
    }

    fn value(&self) -> String {
        format!("{:016x}", self.0.finish())
    }

    /// Whether the last finished run of the named step had this digest.
    pub(crate) fn is_current(&self, step: &str) -> bool {
        std::fs::read_to_string(stamp(step)).is_ok_and(|found| found == self.value())
    }

    /// Remembers that the named step finished with this digest.
    pub(crate) fn remember(&self, step: &str) -> Result<()> {
        std::fs::create_dir_all(paths::own())?;
        std::fs::write(stamp(step), self.value())
            .with_context(|| format!("cannot write {}", stamp(step).display()))
    }
}

fn stamp(step: &str) -> PathBuf {
    paths::own().join(format!("{step}.stamp"))
}

/// The files in a folder and the folders in it, in a fixed order; none where it is absent.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
