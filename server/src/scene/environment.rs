//! Lights, fog and surroundings.

use super::{EnableLights, EnvironmentMap, Fog, Scene};

impl Scene {
    /// Switches the default lights on or off, with or without shadows. They are on, with shadows,
    /// unless said otherwise.
    pub fn configure_default_lights(&self, enabled: bool, cast_shadow: bool) {
        self.inner.scope.send(EnableLights {
            enabled,
            cast_shadow,
        });
    }

    /// Mixes a colour into what is far from the camera.
    pub fn configure_fog(&self, fog: Fog) {
        self.inner.scope.send(fog);
    }

    /// Light, and perhaps a background, from a photographed environment.
    pub fn configure_environment_map(&self, environment: EnvironmentMap) {
        self.inner.scope.send(environment);
    }
}
