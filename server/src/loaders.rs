//! 3D files: PLY, OBJ, STL, glTF, GLB and .splat become plain arrays of points, triangles and
//! splats.
//!
//! ```no_run
//! # fn main() -> Result<(), scenecast::loaders::LoadError> {
//! let loaded = scenecast::loaders::load("bunny.ply", |progress| eprintln!("{progress}"))?;
//! for item in &loaded.items {
//!     println!("{}: {:?}", item.name, item.bounds());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Files are read once, from front to back. What a header promises is checked against the file's
//! length before anything is allocated for it; memory stays below [`MAX_EXPANSION`] times the bytes
//! read. Hostile files give a [`LoadError`].

pub mod colmap;
mod color;
mod error;
mod geometry;
mod gltf;
mod input;
mod obj;
mod ply;
#[cfg(feature = "record3d")]
pub mod record3d;
mod splats;
mod stl;

pub use error::{LoadError, Place};
pub use geometry::{Bounds, Geometry, Item, Mesh, Points};
pub use gltf::MAX_INSTANCED_BYTES;
pub use input::Progress;
pub use splats::{Harmonics, Splats};

use input::Input;
use std::path::Path;

/// The most memory that loading takes, per byte read, on top of a megabyte of buffers. The worst are
/// polygons whose corners are one byte each, which become triangles of twelve bytes in lists that
/// double as they grow, and empty glTF nodes, three bytes of text each.
pub const MAX_EXPANSION: u64 = 96;

/// A file's content.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// What kind of file it was.
    pub format: Format,
    /// Its parts, at least one.
    pub items: Vec<Item>,
}

/// The kinds of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Polygon file format, text or binary: points or a mesh, with colours, or Gaussian splats.
    Ply,
    /// Wavefront OBJ with its materials' diffuse colours.
    Obj,
    /// Stereolithography, text or binary.
    Stl,
    /// glTF 2.0, as JSON with buffers beside it or as one binary file (GLB).
    Gltf,
    /// Gaussian splats in rows of 32 bytes.
    Splat,
}

impl Format {
    /// The format that a file name's extension stands for.
    pub fn from_path(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "ply" => Some(Format::Ply),
            "obj" => Some(Format::Obj),
            "stl" => Some(Format::Stl),
            "gltf" | "glb" => Some(Format::Gltf),
            "splat" => Some(Format::Splat),
            _ => None,
        }
    }

    /// Whether files of this kind have y up, by definition (glTF) or custom (OBJ). The others
    /// mostly have z up.
    pub fn is_y_up(self) -> bool {
        match self {
            Format::Gltf | Format::Obj => true,
            Format::Ply | Format::Stl | Format::Splat => false,
        }
    }
}

/// Reads a file. `progress` is called now and then while its bytes come in.
///
/// # Errors
/// [`LoadError`] says which file, where in it, and what was expected there.
pub fn load(
    path: impl AsRef<Path>,
    mut progress: impl FnMut(Progress),
) -> Result<Loaded, LoadError> {
    let path = path.as_ref();
    let mut input = Input::open(path, &mut progress)?;
    let format = Format::from_path(path).ok_or_else(|| unknown(path))?;
    read(format, &mut input)
}

/// Why a file of this name is not read.
fn unknown(path: &Path) -> LoadError {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let path = path.to_owned();
    if extension.is_some_and(|extension| extension.eq_ignore_ascii_case("dae")) {
        return LoadError::Unsupported {
            path,
            feature: "COLLADA".to_owned(),
            remedy: "convert the file to .glb, as Blender and assimp do",
        };
    }
    LoadError::UnknownFormat { path }
}

/// Reads a file that is already in memory. `name` is what errors call it; files that it refers to
/// are not found.
///
/// # Errors
/// See [`load`].
pub fn load_bytes(format: Format, name: &str, bytes: &[u8]) -> Result<Loaded, LoadError> {
    read(format, &mut Input::from_bytes(name, bytes, &mut |_| {}))
}

fn read(format: Format, input: &mut Input) -> Result<Loaded, LoadError> {
    let items = match format {
        Format::Ply => vec![ply::read(input)?],
        Format::Obj => obj::read(input)?,
        Format::Stl => vec![stl::read(input)?],
        Format::Gltf => gltf::read(input)?,
        Format::Splat => vec![splats::splat::read(input)?],
    };
    if items.iter().all(|item| item.geometry.is_empty()) {
        return Err(LoadError::Empty {
            path: input.path().to_owned(),
        });
    }
    Ok(Loaded { format, items })
}
