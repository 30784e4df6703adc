//! 3D files: PLY, OBJ, STL, glTF, GLB, COLLADA and .splat become plain arrays of points, triangles
//! and splats.
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

mod collada;
pub mod colmap;
pub(crate) mod color;
mod error;
mod geometry;
mod gltf;
mod input;
mod node;
mod obj;
mod ply;
#[cfg(feature = "record3d")]
pub mod record3d;
mod splats;
mod stl;
mod texture;

pub use error::{LoadError, Place};
pub use geometry::{Bounds, Geometry, Item, Mesh, Points};
pub use input::Progress;
pub use splats::{Harmonics, Splats};
pub use texture::{ImageFile, Texture};

use input::Input;
use std::path::Path;

/// The most memory that loading takes, per byte read, on top of a megabyte of buffers. The worst are
/// polygons whose corners are one byte each, which become triangles of twelve bytes in lists that
/// double as they grow, and empty glTF nodes, three bytes of text each.
pub const MAX_EXPANSION: u64 = 96;

/// The most bytes that meshes used by several nodes may take once each node has its own copy, or
/// sixteen times the bytes read if that is more.
pub const MAX_INSTANCED_BYTES: u64 = 1 << 30;

/// See [`MAX_INSTANCED_BYTES`].
fn instanced_budget(bytes_read: u64) -> u64 {
    MAX_INSTANCED_BYTES.max(16 * bytes_read)
}

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
    /// Wavefront OBJ with its materials' diffuse colours and images.
    Obj,
    /// Stereolithography, text or binary.
    Stl,
    /// glTF 2.0, as JSON with buffers beside it or as one binary file (GLB).
    Gltf,
    /// COLLADA 1.4 or 1.5 with its materials' diffuse colours and images, in metres with z up,
    /// whatever unit and axis the file has.
    Collada,
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
            "dae" => Some(Format::Collada),
            "splat" => Some(Format::Splat),
            _ => None,
        }
    }

    /// Whether what is read from files of this kind has y up, by definition (glTF) or custom (OBJ).
    /// Of the others, COLLADA always has z up, and the rest mostly.
    pub fn is_y_up(self) -> bool {
        match self {
            Format::Gltf | Format::Obj => true,
            Format::Ply | Format::Stl | Format::Collada | Format::Splat => false,
        }
    }
}

/// Which coordinates are wanted of a file that says its unit and its axis up.
#[derive(Debug, Clone, Copy)]
enum Coordinates {
    /// Metres with z up.
    Upright,
    /// Those of its numbers.
    #[cfg(feature = "urdf")]
    AsWritten,
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
    read(format_of(path)?, Coordinates::Upright, &mut input)
}

/// Reads a file whose user has an own opinion of its unit and its axis up. Files that it names may
/// be anywhere below `root`, which it is in.
#[cfg(feature = "urdf")]
pub(crate) fn load_as_written(path: &Path, root: &Path) -> Result<Loaded, LoadError> {
    let mut ignore = |_: Progress| {};
    let mut input = Input::open(path, &mut ignore)?.below(root);
    read(format_of(path)?, Coordinates::AsWritten, &mut input)
}

fn format_of(path: &Path) -> Result<Format, LoadError> {
    Format::from_path(path).ok_or_else(|| LoadError::UnknownFormat {
        path: path.to_owned(),
    })
}

/// Reads a glTF file as one binary file, as [`Glb`](crate::scene::Glb) takes it, with textures,
/// skins and animations: a GLB file as it is, and another one with its buffers and images inside.
/// Images that are missing are white.
///
/// # Errors
/// See [`load`]. Of a GLB file nothing is checked.
pub fn load_glb(path: impl AsRef<Path>) -> Result<Vec<u8>, LoadError> {
    gltf::pack(&mut Input::open(path.as_ref(), &mut |_| {})?)
}

/// The same of a robot's file; see [`load_as_written`].
#[cfg(feature = "urdf")]
pub(crate) fn load_glb_below(path: &Path, root: &Path) -> Result<Vec<u8>, LoadError> {
    gltf::pack(&mut Input::open(path, &mut |_| {})?.below(root))
}

/// Reads a file that is already in memory. `name` is what errors call it; files that it refers to
/// are not found.
///
/// # Errors
/// See [`load`].
pub fn load_bytes(format: Format, name: &str, bytes: &[u8]) -> Result<Loaded, LoadError> {
    let mut ignore = |_: Progress| {};
    let mut input = Input::from_bytes(name, bytes, &mut ignore);
    read(format, Coordinates::Upright, &mut input)
}

fn read(format: Format, coordinates: Coordinates, input: &mut Input) -> Result<Loaded, LoadError> {
    let items = match format {
        Format::Ply => vec![ply::read(input)?],
        Format::Obj => obj::read(input)?,
        Format::Stl => vec![stl::read(input)?],
        Format::Gltf => gltf::read(input)?,
        Format::Collada => collada::read(input, coordinates)?,
        Format::Splat => vec![splats::splat::read(input)?],
    };
    if items.iter().all(|item| item.geometry.is_empty()) {
        return Err(LoadError::Empty {
            path: input.path().to_owned(),
        });
    }
    Ok(Loaded { format, items })
}
