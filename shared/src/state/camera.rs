//! What a server wants of a viewer's camera.

use crate::Message;
use crate::camera::{
    SetCameraFar, SetCameraFov, SetCameraLookAt, SetCameraMaxOrbitDistance,
    SetCameraMinOrbitDistance, SetCameraNear, SetCameraPosition, SetCameraUpDirection,
};

/// The last message of each kind. What the camera makes of them depends on their order and on what
/// its user does, and is no part of the state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CameraSettings {
    /// Position.
    pub position: Option<SetCameraPosition>,
    /// Direction that is upright.
    pub up_direction: Option<SetCameraUpDirection>,
    /// Point that it looks at.
    pub look_at: Option<SetCameraLookAt>,
    /// Distance of the near plane.
    pub near: Option<SetCameraNear>,
    /// Distance of the far plane.
    pub far: Option<SetCameraFar>,
    /// Field of view.
    pub fov: Option<SetCameraFov>,
    /// Least distance from the look-at point.
    pub min_orbit_distance: Option<SetCameraMinOrbitDistance>,
    /// Greatest distance from it.
    pub max_orbit_distance: Option<SetCameraMaxOrbitDistance>,
}

impl CameraSettings {
    /// The settings that are others than in `before`, as the messages that make them.
    pub fn differences(&self, before: &Self) -> Vec<Message> {
        fn new<M: PartialEq + Clone + Into<Message>>(
            now: &Option<M>,
            before: &Option<M>,
        ) -> Option<Message> {
            now.clone().filter(|_| now != before).map(Into::into)
        }
        [
            new(&self.up_direction, &before.up_direction),
            new(&self.position, &before.position),
            new(&self.look_at, &before.look_at),
            new(&self.near, &before.near),
            new(&self.far, &before.far),
            new(&self.fov, &before.fov),
            new(&self.min_orbit_distance, &before.min_orbit_distance),
            new(&self.max_orbit_distance, &before.max_orbit_distance),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
