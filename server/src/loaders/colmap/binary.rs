//! The files of bytes, all numbers little-endian.

use super::{Camera, CameraModel, Image, Keypoint, Point3D};
use crate::loaders::{LoadError, input::Input};
use std::collections::BTreeMap;

/// The longest name of an image.
const MAX_NAME_BYTES: usize = 4096;

/// Id, model, width and height.
const CAMERA_BYTES: usize = 24;
/// Id, rotation, translation and camera.
const IMAGE_BYTES: usize = 64;
/// Place and point.
const KEYPOINT_BYTES: usize = 24;
/// Id, position, colour and error.
const POINT_BYTES: usize = 43;
/// Image and keypoint.
const TRACK_BYTES: usize = 8;
/// A length.
const COUNT_BYTES: usize = 8;

pub(super) fn cameras(input: &mut Input) -> Result<BTreeMap<u32, Camera>, LoadError> {
    let mut cameras = BTreeMap::new();
    for _ in 0..count(input, "cameras", CAMERA_BYTES)? {
        let mut row = row_of(input, CAMERA_BYTES, "a camera")?;
        let (id, model) = (row.u32(), row.u32() as i32);
        let (width, height) = (row.u64(), row.u64());
        let model = CameraModel::from_id(model)
            .ok_or_else(|| input.bad_byte(format!("{model} is no camera model; 0 to 10 are")))?;
        let params = row_of(input, model.num_params() * 8, "a camera's parameters")?
            .f64s(model.num_params());
        if params.iter().any(|param| !param.is_finite()) {
            return Err(input.bad_byte(format!("camera {id} has a parameter that is not finite")));
        }
        cameras.insert(
            id,
            Camera {
                model,
                width,
                height,
                params,
            },
        );
    }
    Ok(cameras)
}

pub(super) fn images(input: &mut Input) -> Result<BTreeMap<u32, Image>, LoadError> {
    let mut images = BTreeMap::new();
    // A name has an end at least.
    for _ in 0..count(input, "images", IMAGE_BYTES + 1 + COUNT_BYTES)? {
        let mut row = row_of(input, IMAGE_BYTES, "an image")?;
        let id = row.u32();
        let (qvec, tvec) = (row.array(), row.array());
        let camera_id = row.u32();
        if qvec.iter().chain(&tvec).any(|number| !number.is_finite()) {
            return Err(input.bad_byte(format!("image {id} has a pose that is not finite")));
        }
        let name = name(input)?;
        let keypoints = count(input, "keypoints", KEYPOINT_BYTES)?;
        let mut image = Image {
            qvec,
            tvec,
            camera_id,
            name,
            keypoints: Vec::with_capacity(keypoints),
        };
        for _ in 0..keypoints {
            let mut row = row_of(input, KEYPOINT_BYTES, "a keypoint")?;
            image.keypoints.push(Keypoint {
                xy: row.array(),
                point3d_id: known(row.u64()),
            });
        }
        images.insert(id, image);
    }
    Ok(images)
}

pub(super) fn points(input: &mut Input) -> Result<BTreeMap<u64, Point3D>, LoadError> {
    let mut points = BTreeMap::new();
    for _ in 0..count(input, "points", POINT_BYTES + COUNT_BYTES)? {
        let mut row = row_of(input, POINT_BYTES, "a point")?;
        let (id, xyz) = (row.u64(), row.array());
        let (rgb, error) = (row.bytes(), row.f64());
        let track = count(input, "images of a point", TRACK_BYTES)?;
        let mut point = Point3D {
            xyz,
            rgb,
            error,
            track: Vec::with_capacity(track),
        };
        for _ in 0..track {
            let mut row = row_of(input, TRACK_BYTES, "an image of a point")?;
            point.track.push((row.u32(), row.u32()));
        }
        points.insert(id, point);
    }
    Ok(points)
}

/// A point's id; the largest number, which is -1, stands for none.
pub(super) fn known(id: u64) -> Option<u64> {
    Some(id).filter(|id| *id != u64::MAX)
}

/// How many rows of at least this size follow: no more than the file has room for.
fn count(input: &mut Input, what: &str, bytes: usize) -> Result<usize, LoadError> {
    let count = row_of(input, COUNT_BYTES, "a length")?.u64();
    let room = input.remaining() / bytes as u64;
    usize::try_from(count)
        .ok()
        .filter(|_| count <= room)
        .ok_or_else(|| {
            input.bad_byte(format!(
                "{count} {what} take at least {bytes} bytes each, but the file has {} bytes left",
                input.remaining()
            ))
        })
}

/// A text that ends with a zero.
fn name(input: &mut Input) -> Result<String, LoadError> {
    let length = memchr::memchr(0, input.peek(MAX_NAME_BYTES + 1)?).ok_or_else(|| {
        input.bad_byte(format!(
            "an image's name does not end within {MAX_NAME_BYTES} bytes"
        ))
    })?;
    let name = input.take(length + 1, "an image's name")?;
    Ok(String::from_utf8_lossy(&name[..length]).into_owned())
}

fn row_of<'a>(input: &'a mut Input, bytes: usize, what: &str) -> Result<Row<'a>, LoadError> {
    input.take(bytes, what).map(Row)
}

/// Numbers one after the other. A row is taken whole, so that none is missing.
struct Row<'a>(&'a [u8]);

impl Row<'_> {
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        match self.0.split_first_chunk() {
            Some((bytes, rest)) => {
                self.0 = rest;
                *bytes
            }
            None => [0; N],
        }
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.bytes())
    }

    fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }

    fn f64(&mut self) -> f64 {
        f64::from_le_bytes(self.bytes())
    }

    fn array<const N: usize>(&mut self) -> [f64; N] {
        std::array::from_fn(|_| self.f64())
    }

    fn f64s(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.f64()).collect()
    }
}
