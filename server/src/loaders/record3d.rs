//! Captures of Record3D, an app that films with the depth camera of a phone.
//!
//! ```no_run
//! # fn main() -> scenecast::Result<()> {
//! use scenecast::{Server, loaders::record3d::Record3d, scene::PointCloud};
//!
//! let server = Server::builder().start()?;
//! let capture = Record3d::open("dance.r3d")?;
//! let cloud = capture.get_frame(0)?.get_point_cloud(4);
//! let cloud = PointCloud::new(cloud.positions).colors(cloud.colors.unwrap_or_default());
//! server.scene().add("/frame", cloud)?;
//! # Ok(())
//! # }
//! ```
//!
//! The world is in metres with +Y up. Cameras look along +Z, with +Y down, as camera frustums do.
//! A frame is read when it is asked for; what one takes is bounded by [`MAX_FILE_BYTES`] and
//! [`MAX_DEPTH_PIXELS`].

mod archive;
mod frame;

pub use frame::Record3dFrame;

use super::LoadError;
use crate::transforms::{SE3, SO3};
use archive::Archive;
use glam::DMat3;
use image::ImageFormat;
use serde::Deserialize;
use std::{
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

/// The largest file of a capture that is read: its description, or one picture of a frame.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// The largest depth picture.
pub const MAX_DEPTH_PIXELS: u64 = 16 << 20;

/// The largest picture, in pixels along a side and in bytes once it is read.
const MAX_PICTURE_SIDE: u32 = 16_384;
const MAX_PICTURE_BYTES: u64 = 256 << 20;

/// Confidence where depth can be relied on; 0 and 1 are less.
const SURE: u8 = 2;

/// Width and height of depth pictures of the two kinds of camera, for captures that do not say.
const USUAL_SIZES: [[u32; 2]; 2] = [[192, 256], [480, 640]];

/// A capture: an `.r3d` file, or the folder that it was unpacked to.
#[derive(Debug)]
#[doc(alias = "Record3dLoader")]
pub struct Record3d {
    archive: Archive,
    intrinsics: DMat3,
    fps: f64,
    poses: Vec<SE3>,
    /// Width and height of depth pictures.
    depth_sizes: Vec<[u32; 2]>,
    /// The numbers under which pictures are kept.
    numbers: Vec<u64>,
}

/// What the file `metadata` says that is of use here.
#[derive(Deserialize)]
struct Metadata {
    /// Column by column.
    #[serde(rename = "K")]
    k: [f64; 9],
    fps: f64,
    /// Rotations `[x, y, z, w]`, then positions, of cameras that look along -Z with +Y up.
    poses: Vec<[f64; 7]>,
    dw: Option<u32>,
    dh: Option<u32>,
}

impl Record3d {
    /// Opens a capture.
    ///
    /// # Errors
    /// There is none, or its description does not make sense.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, LoadError> {
        let archive = Archive::open(path.as_ref())?;
        let text = archive.read("metadata", MAX_FILE_BYTES)?;
        let bad = |problem: String| archive.malformed("metadata", problem);
        let metadata: Metadata =
            serde_json::from_slice(&text).map_err(|error| bad(error.to_string()))?;
        let intrinsics = DMat3::from_cols_array(&metadata.k);
        if !intrinsics.inverse().is_finite() {
            return Err(bad(format!("{:?} is no camera matrix", metadata.k)));
        }
        if !(metadata.fps.is_finite() && metadata.fps > 0.0) {
            return Err(bad(format!("{} frames per second", metadata.fps)));
        }
        let depth_sizes = match (metadata.dw, metadata.dh) {
            (Some(width), Some(height)) => vec![[width, height]],
            _ => USUAL_SIZES.into(),
        };
        if let Some([width, height]) = depth_sizes
            .iter()
            .find(|[width, height]| u64::from(*width) * u64::from(*height) > MAX_DEPTH_PIXELS)
        {
            return Err(bad(format!(
                "depth of {width}×{height} pixels, more than {MAX_DEPTH_PIXELS}"
            )));
        }
        let numbers = archive.numbers()?;
        if numbers.len() > metadata.poses.len() {
            return Err(bad(format!(
                "{} poses for {} frames",
                metadata.poses.len(),
                numbers.len()
            )));
        }
        let poses = metadata.poses.into_iter().map(world_from_camera);
        Ok(Self {
            poses: poses
                .collect::<Result<_, _>>()
                .map_err(|problem| archive.malformed("metadata", problem))?,
            archive,
            intrinsics,
            fps: metadata.fps,
            depth_sizes,
            numbers,
        })
    }

    /// How many frames there are.
    pub fn num_frames(&self) -> usize {
        self.numbers.len()
    }

    /// Frames per second.
    pub fn fps(&self) -> f64 {
        self.fps
    }

    /// From directions in the camera to pixels.
    pub fn intrinsics(&self) -> DMat3 {
        self.intrinsics
    }

    /// Where the camera stands in a frame; `None` beyond the last.
    pub fn world_from_camera(&self, frame: usize) -> Option<SE3> {
        self.poses.get(frame).copied()
    }

    /// Reads a frame. Any thread may, several at once.
    ///
    /// # Errors
    /// There is no such frame, or its pictures are missing or damaged.
    pub fn get_frame(&self, frame: usize) -> Result<Record3dFrame, LoadError> {
        let (Some(number), Some(world_from_camera)) =
            (self.numbers.get(frame), self.world_from_camera(frame))
        else {
            let problem = format!("frame {frame} of {}, counted from 0", self.num_frames());
            return Err(self.archive.malformed("", problem));
        };
        let name = |extension: &str| format!("rgbd/{number}.{extension}");
        let depth = self.decompress(&name("depth"), 4)?;
        let depth_size = self.size(&name("depth"), depth.len(), 4)?;
        let mask = self.decompress(&name("conf"), 1)?;
        if self.size(&name("conf"), mask.len(), 1)? != depth_size {
            let problem = format!("{} confidences for {depth_size:?} pixels", mask.len());
            return Err(self.archive.malformed(&name("conf"), problem));
        }
        let floats = depth
            .chunks_exact(4)
            .filter_map(|bytes| bytes.first_chunk());
        Ok(Record3dFrame {
            intrinsics: self.intrinsics,
            rgb: self.picture(&name("jpg"))?,
            depth: floats.map(|bytes| f32::from_le_bytes(*bytes)).collect(),
            depth_size,
            mask: mask.into_iter().map(|sure| sure == SURE).collect(),
            world_from_camera,
        })
    }

    fn picture(&self, name: &str) -> Result<image::RgbImage, LoadError> {
        let bytes = self.archive.read(name, MAX_FILE_BYTES)?;
        let mut limits = image::Limits::default();
        limits.max_alloc = Some(MAX_PICTURE_BYTES);
        limits.max_image_width = Some(MAX_PICTURE_SIDE);
        limits.max_image_height = Some(MAX_PICTURE_SIDE);
        let mut reader = image::ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
        reader.limits(limits);
        let picture = reader.decode();
        let picture = picture.map_err(|error| self.archive.malformed(name, error.to_string()))?;
        Ok(picture.into_rgb8())
    }

    /// Reads a picture without colour, of so many bytes a pixel.
    fn decompress(&self, name: &str, pixel_bytes: u64) -> Result<Vec<u8>, LoadError> {
        let compressed = self.archive.read(name, MAX_FILE_BYTES)?;
        let pixels = self
            .depth_sizes
            .iter()
            .map(|[width, height]| width * height);
        let most = u64::from(pixels.max().unwrap_or(0)) * pixel_bytes;
        let mut decoder = lzfse_rust::LzfseRingDecoder::default();
        let mut bytes = Vec::new();
        decoder
            .reader_bytes(&compressed)
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| self.archive.malformed(name, format!("LZFSE: {error}")))?;
        Ok(bytes)
    }

    /// The size that a picture of so many bytes has.
    fn size(&self, name: &str, bytes: usize, pixel_bytes: usize) -> Result<[u32; 2], LoadError> {
        let fits = |[width, height]: &&[u32; 2]| (width * height) as usize * pixel_bytes == bytes;
        self.depth_sizes.iter().find(fits).copied().ok_or_else(|| {
            let problem = format!("{bytes} bytes are no picture of {:?}", self.depth_sizes);
            self.archive.malformed(name, problem)
        })
    }
}

fn world_from_camera([x, y, z, w, tx, ty, tz]: [f64; 7]) -> Result<SE3, String> {
    let numbers = [x, y, z, w, tx, ty, tz];
    if numbers.iter().any(|number| !number.is_finite()) {
        return Err(format!("{numbers:?} is no pose"));
    }
    let rotation = SO3::from_quaternion_xyzw([x, y, z, w]).normalize();
    // From a camera that looks along +Z with +Y down: half a turn about x.
    let flip = SO3::from_quaternion_wxyz([0.0, 1.0, 0.0, 0.0]);
    Ok(SE3::new(rotation * flip, [tx, ty, tz]))
}

/// Where a capture is, with a name in it.
fn place(root: &Path, name: &str) -> PathBuf {
    match name {
        "" => root.to_owned(),
        name => root.join(name),
    }
}
