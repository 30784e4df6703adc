//! Reconstructions by COLMAP: cameras, images with their poses, and points, as text or bytes.
//!
//! ```no_run
//! # fn main() -> Result<(), scenecast::loaders::LoadError> {
//! let model = scenecast::loaders::colmap::read_model("garden/sparse/0")?;
//! for image in model.images.values() {
//!     let pose = image.world_from_camera();
//!     println!("{} at {}", image.name, pose.translation());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The world has no scale and no upright direction of its own; cameras look along +Z, with +Y down,
//! as camera frustums do. Formats are those of COLMAP 3. Memory stays below
//! [`MAX_EXPANSION`](super::MAX_EXPANSION) times the bytes read.

mod binary;
mod camera;
mod image;
mod text;

pub use camera::{Camera, CameraModel};
pub use image::{Image, Keypoint};

use super::{LoadError, input::Input};
use std::{collections::BTreeMap, path::Path};

/// A reconstruction.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// Cameras by their ids.
    pub cameras: BTreeMap<u32, Camera>,
    /// Images by their ids.
    pub images: BTreeMap<u32, Image>,
    /// Points by their ids.
    pub points3d: BTreeMap<u64, Point3D>,
}

/// A point that several images show.
#[derive(Debug, Clone, PartialEq)]
pub struct Point3D {
    /// Position in the world.
    pub xyz: [f64; 3],
    /// sRGB.
    pub rgb: [u8; 3],
    /// The mean distance between where images show it and where they should, in pixels.
    pub error: f64,
    /// The images that show it, each with the place among its keypoints.
    pub track: Vec<(u32, u32)>,
}

/// Reads the three files of a reconstruction from its folder: `cameras`, `images` and `points3D`,
/// each `.bin` if it is there, else `.txt`.
///
/// # Errors
/// [`LoadError`] says which file, where in it, and what was expected there.
pub fn read_model(folder: impl AsRef<Path>) -> Result<Model, LoadError> {
    let folder = folder.as_ref();
    let binary = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
    Ok(Model {
        cameras: match binary("cameras.bin") {
            Some(path) => read_cameras_binary(path)?,
            None => read_cameras_text(folder.join("cameras.txt"))?,
        },
        images: match binary("images.bin") {
            Some(path) => read_images_binary(path)?,
            None => read_images_text(folder.join("images.txt"))?,
        },
        points3d: match binary("points3D.bin") {
            Some(path) => read_points3d_binary(path)?,
            None => read_points3d_text(folder.join("points3D.txt"))?,
        },
    })
}

macro_rules! readers {
    ($( $(#[$doc:meta])* $name:ident: $read:path => $Id:ty, $Row:ty; )*) => { $(
        $(#[$doc])*
        ///
        /// # Errors
        /// [`LoadError`] says where in the file, and what was expected there.
        pub fn $name(path: impl AsRef<Path>) -> Result<BTreeMap<$Id, $Row>, LoadError> {
            $read(&mut Input::open(path.as_ref(), &mut |_| {})?)
        }
    )* };
}

readers! {
    /// Reads `cameras.txt`.
    read_cameras_text: text::cameras => u32, Camera;
    /// Reads `cameras.bin`.
    read_cameras_binary: binary::cameras => u32, Camera;
    /// Reads `images.txt`.
    read_images_text: text::images => u32, Image;
    /// Reads `images.bin`.
    read_images_binary: binary::images => u32, Image;
    /// Reads `points3D.txt`.
    read_points3d_text: text::points => u64, Point3D;
    /// Reads `points3D.bin`.
    read_points3d_binary: binary::points => u64, Point3D;
}
