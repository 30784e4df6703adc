//! Where a picture is taken from.

use std::f64::consts::PI;

use glam::DVec3;
use scenecast_protocol::state::{CameraSettings, NodeId, ViewerState};
use scenecast_protocol::{Message, Wxyz};

use super::{Camera, FromUrl, render_from_pose};
use crate::render;

/// Where to look at a scene from, in coordinates of its world. What is not given is as for a viewer
/// who opens the scene: where its server lets cameras start, and else (3, 3, 3), looking at the
/// origin, with a field of view of 75°.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewpoint {
    /// Position of the camera.
    pub position: Option<[f64; 3]>,
    /// The point that it looks at.
    pub look_at: Option<[f64; 3]>,
    /// The direction to keep upright.
    pub up_direction: Option<[f64; 3]>,
    /// The rotation instead of a point to look at and a direction: +Z is where the camera looks,
    /// +Y is down.
    pub wxyz: Option<Wxyz>,
    /// Vertical field of view, radians.
    pub fov: Option<f64>,
    /// Distance of the near plane.
    pub near: Option<f64>,
    /// Distance of the far plane.
    pub far: Option<f64>,
}

/// Why there is no such camera.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ViewpointError {
    /// A number is none.
    #[error("camera {part}: {value:?}, expected finite numbers")]
    NotFinite {
        /// What was to be set.
        part: &'static str,
        /// What was given.
        value: Vec<f64>,
    },
    /// A direction or rotation has no length.
    #[error("camera {part}: it has no length")]
    NoLength {
        /// What was to be set.
        part: &'static str,
    },
    /// Nothing to look at.
    #[error("camera look_at: {0:?} is where the camera is")]
    LooksAtItself([f64; 3]),
    /// No angle that can be seen at once.
    #[error("camera fov: {0} radians, expected more than 0 and less than pi ({PI:.4})")]
    Fov(f64),
    /// No distance of a plane.
    #[error("camera {part}: {value}, expected a number above 0")]
    NotPositive {
        /// What was to be set.
        part: &'static str,
        /// What was given.
        value: f64,
    },
    /// There is nothing between the planes.
    #[error("camera near: {near} is not below far, {far}")]
    Planes {
        /// Distance of the near plane.
        near: f64,
        /// Distance of the far plane.
        far: f64,
    },
}

impl Viewpoint {
    /// With the camera there.
    #[must_use]
    pub fn position(mut self, position: impl Into<[f64; 3]>) -> Self {
        self.position = Some(position.into());
        self
    }

    /// Looking at this point.
    #[must_use]
    pub fn look_at(mut self, point: impl Into<[f64; 3]>) -> Self {
        self.look_at = Some(point.into());
        self
    }

    /// With this direction upright.
    #[must_use]
    pub fn up_direction(mut self, direction: impl Into<[f64; 3]>) -> Self {
        self.up_direction = Some(direction.into());
        self
    }

    /// With this rotation, whatever there is to look at.
    #[must_use]
    pub fn wxyz(mut self, wxyz: impl Into<Wxyz>) -> Self {
        self.wxyz = Some(wxyz.into());
        self
    }

    /// With this vertical field of view, radians.
    #[must_use]
    pub fn fov(mut self, fov: f64) -> Self {
        self.fov = Some(fov);
        self
    }

    /// Seeing nothing that is nearer or farther.
    #[must_use]
    pub fn planes(mut self, near: f64, far: f64) -> Self {
        (self.near, self.far) = (Some(near), Some(far));
        self
    }

    /// With what is not given as another has it.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self {
            position: self.position.or(other.position),
            look_at: self.look_at.or(other.look_at),
            up_direction: self.up_direction.or(other.up_direction),
            wxyz: self.wxyz.or(other.wxyz),
            fov: self.fov.or(other.fov),
            near: self.near.or(other.near),
            far: self.far.or(other.far),
        }
    }

    /// Whether the numbers make a camera.
    ///
    /// # Errors
    /// They do not.
    pub fn check(&self) -> Result<(), ViewpointError> {
        let vectors = [
            ("position", self.position, false),
            ("look_at", self.look_at, false),
            ("up_direction", self.up_direction, true),
        ];
        for (part, value, is_direction) in vectors {
            check_numbers(part, value.as_ref().map(|v| &v[..]), is_direction)?;
        }
        check_numbers("wxyz", self.wxyz.as_ref().map(|q| &q.0[..]), true)?;
        if let (Some(position), Some(look_at), None) = (self.position, self.look_at, self.wxyz)
            && position == look_at
        {
            return Err(ViewpointError::LooksAtItself(look_at));
        }
        if let Some(fov) = self.fov.filter(|fov| !(*fov > 0.0 && *fov < PI)) {
            return Err(ViewpointError::Fov(fov));
        }
        for (part, value) in [("near", self.near), ("far", self.far)] {
            if let Some(value) = value.filter(|v| !(*v > 0.0 && v.is_finite())) {
                return Err(ViewpointError::NotPositive { part, value });
            }
        }
        match (self.near, self.far) {
            (Some(near), Some(far)) if near >= far => Err(ViewpointError::Planes { near, far }),
            _ => Ok(()),
        }
    }

    /// The renderer's camera for a scene. Numbers that make no camera count as not given.
    pub fn camera(&self, state: &ViewerState) -> render::Camera {
        let render_from_scene = state.scene.pose(NodeId::ROOT).to_affine();
        let mut camera = Camera::new(&FromUrl {
            position: self.position.map(DVec3::from),
            look_at: self.look_at.map(DVec3::from),
            up: self.up_direction.map(DVec3::from),
            fov: self.fov,
            near: self.near,
            far: self.far,
        });
        camera.set_render_from_scene(render_from_scene);
        for message in state.camera.differences(&CameraSettings::default()) {
            if !self.decides(&message) {
                camera.apply(&message);
            }
        }
        camera.settle();
        let render_from_camera = match self.wxyz {
            None => camera.render_from_camera(),
            Some(wxyz) => {
                let position = self
                    .position
                    .unwrap_or_else(|| camera.report(1, 1).position);
                render_from_pose(render_from_scene, position, wxyz)
            }
        };
        render::Camera {
            world_from_camera: render_from_camera.as_mat4(),
            fov_y: camera.fov() as f32,
            near: camera.near() as f32,
            far: camera.far() as f32,
        }
    }

    /// Whether what a message says is given.
    fn decides(&self, message: &Message) -> bool {
        // The list of all messages is `ViewerState::apply`.
        match message {
            Message::SetCameraPosition(_) => self.position.is_some(),
            Message::SetCameraLookAt(_) => self.look_at.is_some(),
            Message::SetCameraUpDirection(_) => self.up_direction.is_some(),
            Message::SetCameraFov(_) => self.fov.is_some(),
            Message::SetCameraNear(_) => self.near.is_some(),
            Message::SetCameraFar(_) => self.far.is_some(),
            _ => false,
        }
    }
}

fn check_numbers(
    part: &'static str,
    value: Option<&[f64]>,
    needs_length: bool,
) -> Result<(), ViewpointError> {
    match value {
        Some(value) if value.iter().any(|c| !c.is_finite()) => Err(ViewpointError::NotFinite {
            part,
            value: value.to_vec(),
        }),
        Some(value) if needs_length && value.iter().all(|c| *c == 0.0) => {
            Err(ViewpointError::NoLength { part })
        }
        Some(_) | None => Ok(()),
    }
}
