//! Cameras: where viewers start, and where they are.

use crate::scope::Scope;
use scenecast_protocol::camera::{
    SetCameraFar, SetCameraFov, SetCameraLookAt, SetCameraNear, SetCameraPosition,
    SetCameraUpDirection, ViewerCamera,
};
use scenecast_protocol::types::Wxyz;

/// Where a viewer's camera is, as it last said.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Camera {
    /// Position in the world.
    pub position: [f64; 3],
    /// Rotation, `R_world_camera`; the camera looks along its +Z, its +Y points down.
    pub wxyz: Wxyz,
    /// The point that it orbits.
    pub look_at: [f64; 3],
    /// The direction that it keeps upright.
    pub up_direction: [f64; 3],
    /// Vertical field of view, radians.
    pub fov: f64,
    /// Distance of the near plane.
    pub near: f64,
    /// Distance of the far plane.
    pub far: f64,
    /// Width of the drawing, pixels.
    pub image_width: i64,
    /// Height of the drawing, pixels.
    pub image_height: i64,
}

impl Camera {
    /// Width divided by height; 1 where the viewer has no height.
    pub fn aspect(&self) -> f64 {
        match self.image_height {
            0 => 1.0,
            height => self.image_width as f64 / height as f64,
        }
    }
}

impl From<ViewerCamera> for Camera {
    fn from(camera: ViewerCamera) -> Self {
        Self {
            position: camera.position,
            wxyz: camera.wxyz,
            look_at: camera.look_at,
            up_direction: camera.up_direction,
            fov: camera.fov,
            near: camera.near,
            far: camera.far,
            image_width: camera.image_width,
            image_height: camera.image_height,
        }
    }
}

/// Where the cameras of viewers start, and return to on a double click. Viewers that are there
/// already, or whose URL says otherwise, stay where they are.
#[derive(Debug, Clone)]
pub struct InitialCamera {
    pub(crate) scope: Scope,
}

impl InitialCamera {
    /// Sets the position; (3, 3, 3) unless set.
    pub fn set_position(&self, position: impl Into<crate::scene::Position>) {
        self.scope.send(SetCameraPosition {
            position: position.into().0,
            initial: true,
        });
    }

    /// Sets the point to look at; the origin unless set.
    pub fn set_look_at(&self, look_at: impl Into<crate::scene::Position>) {
        self.scope.send(SetCameraLookAt {
            look_at: look_at.into().0,
            initial: true,
        });
    }

    /// Sets the direction to keep upright; that of the scene unless set.
    pub fn set_up_direction(&self, direction: impl Into<crate::scene::Position>) {
        self.scope.send(SetCameraUpDirection {
            position: direction.into().0,
            initial: true,
        });
    }

    /// Sets the vertical field of view, radians; 75° unless set.
    pub fn set_fov(&self, fov: f64) {
        self.scope.send(SetCameraFov { fov, initial: true });
    }

    /// Sets the distance of the near plane; 0.01 unless set.
    pub fn set_near(&self, near: f64) {
        self.scope.send(SetCameraNear {
            near,
            initial: true,
        });
    }

    /// Sets the distance of the far plane; 1000 unless set.
    pub fn set_far(&self, far: f64) {
        self.scope.send(SetCameraFar { far, initial: true });
    }
}
