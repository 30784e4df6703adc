//! The camera and the viewport that a picture is taken with.

use glam::{Mat4, Vec3};

/// A perspective camera.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Pose in the renderer's world (y up). The camera looks along its -z, with x to the right and
    /// y up.
    pub world_from_camera: Mat4,
    /// Vertical field of view, radians.
    pub fov_y: f32,
    /// Distance of the near plane, scene units.
    pub near: f32,
    /// Distance of the far plane, scene units.
    pub far: f32,
}

/// Where a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Width in pixels of the canvas.
    pub width: u32,
    /// Height in pixels of the canvas.
    pub height: u32,
    /// Pixels of the canvas for each CSS pixel.
    pub pixel_ratio: f32,
}

impl Camera {
    /// A camera at `eye` that looks at `target`, with `up` upwards, all in the renderer's world.
    pub fn look_at(eye: Vec3, target: Vec3, up: Vec3, fov_y: f32) -> Self {
        let world_from_camera = glam::camera::rh::view::look_at_mat4(eye, target, up).inverse();
        Self {
            world_from_camera,
            fov_y,
            near: 0.01,
            far: 1000.0,
        }
    }

    /// Where the camera is.
    pub fn position(&self) -> Vec3 {
        self.world_from_camera.w_axis.truncate()
    }

    pub(crate) fn view_from_world(&self) -> Mat4 {
        self.world_from_camera.inverse()
    }

    pub(crate) fn clip_from_view(&self, viewport: Viewport) -> Mat4 {
        glam::camera::rh::proj::opengl::perspective(
            self.fov_y,
            viewport.aspect(),
            self.near,
            self.far,
        )
    }
}

impl Viewport {
    pub(super) fn aspect(self) -> f32 {
        self.width as f32 / self.height.max(1) as f32
    }

    /// Height in CSS pixels.
    pub(crate) fn css_height(self) -> f32 {
        self.height as f32 / self.pixel_ratio
    }
}
