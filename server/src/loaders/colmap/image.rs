//! Images and where they were taken.

use crate::transforms::{SE3, SO3};

/// An image.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The rotation of what the camera sees, seen from the world: a quaternion `wxyz`; finite.
    pub qvec: [f64; 4],
    /// The translation that comes after it; finite.
    pub tvec: [f64; 3],
    /// The id of its camera.
    pub camera_id: u32,
    /// The file, below the folder of images.
    pub name: String,
    /// What was found in it.
    pub keypoints: Vec<Keypoint>,
}

/// A place in an image.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keypoint {
    /// Pixels from the top left.
    pub xy: [f64; 2],
    /// The id of the point that is seen there, if it is known.
    pub point3d_id: Option<u64>,
}

impl Image {
    /// From the world to the camera, as the file has it.
    pub fn camera_from_world(&self) -> SE3 {
        SE3::new(SO3::from_quaternion_wxyz(self.qvec).normalize(), self.tvec)
    }

    /// Where the camera stands.
    pub fn world_from_camera(&self) -> SE3 {
        self.camera_from_world().inverse()
    }
}
