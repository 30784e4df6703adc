//! Lights.

use glam::{Quat, Vec3};

/// How many lights a shader can take.
pub(crate) const MAX_LIGHTS: usize = 4;

/// Light from far away.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct DirectionalLight {
    /// Towards the light, unit length, world.
    pub(crate) direction: Vec3,
    /// Linear.
    pub(crate) radiance: Vec3,
}

/// All lights of the scene.
#[derive(Clone, Debug)]
pub(crate) struct Lights {
    directional: Vec<DirectionalLight>,
    pub(crate) environment_intensity: f32,
    pub(crate) environment_rotation: Quat,
}

impl Lights {
    /// The lights that a scene has unless a server says otherwise.
    pub(crate) fn new() -> Self {
        Self {
            directional: default_lights(),
            environment_intensity: 1.0,
            environment_rotation: Quat::IDENTITY,
        }
    }

    /// Turns the two default lights on or off; the environment's light stays.
    pub(crate) fn set_default_lights(&mut self, enabled: bool) {
        self.directional = if enabled {
            default_lights()
        } else {
            Vec::new()
        };
    }

    pub(crate) fn directional(&self) -> &[DirectionalLight] {
        &self.directional
    }
}

/// A strong light from above and a little to the side, and a weak one from below.
fn default_lights() -> Vec<DirectionalLight> {
    let light = |direction: Vec3, intensity| DirectionalLight {
        direction: direction.normalize(),
        radiance: Vec3::splat(intensity),
    };
    vec![
        light(Vec3::new(-0.2, 1.0, -0.2), 3.0),
        light(Vec3::NEG_Y, 0.4),
    ]
}
