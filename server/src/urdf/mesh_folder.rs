//! Where a robot's meshes are.

use crate::loaders::LoadError;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Finds the files that a URDF file names, below one folder only: a file from elsewhere has no
/// business reading others.
#[derive(Debug)]
pub(super) struct MeshFolder {
    /// The folder of the URDF file.
    folder: PathBuf,
    /// What all files must be below.
    root: PathBuf,
}

impl MeshFolder {
    /// For a URDF file. Unless said otherwise, meshes are below the package that holds it, which
    /// has a `package.xml`, else below the folder above the file's.
    pub(super) fn of_file(path: &Path, root: Option<&Path>) -> io::Result<Self> {
        let folder = path.canonicalize()?;
        let folder = folder.parent().unwrap_or(&folder).to_owned();
        let root = match root {
            Some(root) => root.canonicalize()?,
            None => folder
                .ancestors()
                .find(|ancestor| ancestor.join("package.xml").is_file())
                .or(folder.parent())
                .unwrap_or(&folder)
                .to_owned(),
        };
        Ok(Self { folder, root })
    }

    /// For a text whose meshes are below this folder.
    pub(super) fn of_text(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        Ok(Self {
            folder: root.clone(),
            root,
        })
    }

    /// What all files must be below.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The file that a name means: a path from the URDF file's folder, or
    /// `package://PACKAGE/path`, where the package is a folder around the URDF file or beside one.
    pub(super) fn find(&self, name: &str) -> Result<PathBuf, LoadError> {
        let mut outside = false;
        for candidate in self.candidates(name) {
            // Follows links and `..`, and fails where there is nothing.
            let Ok(path) = candidate.canonicalize() else {
                continue;
            };
            if path.starts_with(&self.root) {
                return Ok(path);
            }
            outside = true;
        }
        let problem = if outside {
            io::Error::other(format!(
                "it is not below {}; set `mesh_folder` if it may be read",
                self.root.display()
            ))
        } else {
            io::ErrorKind::NotFound.into()
        };
        Err(LoadError::Io {
            path: name.into(),
            source: problem,
        })
    }

    fn candidates(&self, name: &str) -> Vec<PathBuf> {
        let package = ["package://", "model://"]
            .iter()
            .find_map(|scheme| name.strip_prefix(scheme));
        let Some(path) = package else {
            let path = name.strip_prefix("file://").unwrap_or(name);
            return vec![self.folder.join(path)];
        };
        let (package, inside) = path.split_once('/').unwrap_or(("", path));
        let around = self.folder.ancestors();
        let around = around.take_while(|ancestor| ancestor.starts_with(&self.root));
        let mut candidates = Vec::new();
        for ancestor in around {
            if ancestor.file_name().is_some_and(|name| name == package) {
                candidates.push(ancestor.join(inside));
            }
            candidates.push(ancestor.join(path));
            candidates.push(ancestor.join(inside));
        }
        candidates
    }
}
