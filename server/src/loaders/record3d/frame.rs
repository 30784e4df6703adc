//! A frame: what the camera saw, and how far away.

use crate::{loaders::Points, transforms::SE3};
use glam::{DMat3, DVec3};
use image::RgbImage;

/// A frame of a capture.
#[derive(Debug, Clone, PartialEq)]
pub struct Record3dFrame {
    /// From directions in the camera to pixels of [`rgb`](Self::rgb).
    pub intrinsics: DMat3,
    /// The picture.
    pub rgb: RgbImage,
    /// Metres along the camera's axis, row by row.
    pub depth: Vec<f32>,
    /// Width and height of the depth picture, which shows what `rgb` shows.
    pub depth_size: [u32; 2],
    /// Where depth can be relied on, row by row.
    pub mask: Vec<bool>,
    /// Where the camera stands.
    pub world_from_camera: SE3,
}

impl Record3dFrame {
    /// The vertical field of view in radians, as camera frustums have it.
    pub fn fov(&self) -> f64 {
        2.0 * (f64::from(self.rgb.height()) / 2.0).atan2(self.intrinsics.y_axis.y)
    }

    /// Width by height.
    pub fn aspect(&self) -> f64 {
        f64::from(self.rgb.width()) / f64::from(self.rgb.height())
    }

    /// Points in the world with their colours: one for each pixel whose depth can be relied on, of
    /// every `downsample_factor`-th column and row. The factor is 1 or more.
    pub fn get_point_cloud(&self, downsample_factor: u32) -> Points {
        let step = downsample_factor.max(1);
        let columns = self.rgb.width().div_ceil(step);
        let rows = self.rgb.height().div_ceil(step);
        let direction_from_pixel = self.intrinsics.inverse();
        let mut positions = Vec::new();
        let mut colors = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                let Some(depth) = self.depth_at([column, row], [columns, rows]) else {
                    continue;
                };
                let center = |index: u32| (f64::from(index) + 0.5) * f64::from(step);
                let pixel = DVec3::new(center(column), center(row), 1.0);
                let in_camera = direction_from_pixel * pixel * f64::from(depth);
                let point = self.world_from_camera * in_camera;
                positions.push(point.as_vec3().to_array());
                colors.push(self.rgb.get_pixel(column * step, row * step).0);
            }
        }
        Points::new(positions, Some(colors))
    }

    /// The depth at a place of a grid that covers the picture; `None` where it cannot be relied on.
    fn depth_at(&self, [column, row]: [u32; 2], [columns, rows]: [u32; 2]) -> Option<f32> {
        let [width, height] = self.depth_size.map(u64::from);
        let x = u64::from(column) * width / u64::from(columns);
        let y = u64::from(row) * height / u64::from(rows);
        let index = usize::try_from(y * width + x).ok()?;
        let depth = *self.depth.get(index)?;
        self.mask.get(index)?.then_some(depth)
    }
}
