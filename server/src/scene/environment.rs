//! Lights, fog and surroundings.

use super::{EnableLights, EnvironmentMap, Fog, Scene, checks, hdri::Hdri};
use crate::error::{Error, Result};
use bytes::Bytes;
use scenecast_protocol::Wxyz;

/// Light, and perhaps a background, from a photographed environment.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    map: EnvironmentMap,
}

impl Environment {
    /// One of the environments that come with this crate.
    pub fn preset(preset: Hdri) -> Self {
        Self::new(Some(preset.bytes()))
    }

    /// An equirectangular gain-map JPEG ("Ultra HDR"), such as other programs make from HDRIs.
    pub fn from_jpeg(data: impl Into<Bytes>) -> Self {
        Self::new(Some(data.into()))
    }

    /// No environment: light comes from lights only.
    pub fn none() -> Self {
        Self::new(None)
    }

    fn new(hdri_data: Option<Bytes>) -> Self {
        let map = EnvironmentMap {
            hdri_data,
            background: false,
            background_blurriness: 0.0,
            background_intensity: 1.0,
            background_wxyz: Wxyz::IDENTITY,
            environment_intensity: 1.0,
            environment_wxyz: Wxyz::IDENTITY,
        };
        Self { map }
    }

    /// Whether it is shown behind the scene; not unless set.
    #[must_use]
    pub fn background(mut self, shown: bool) -> Self {
        self.map.background = shown;
        self
    }

    /// Blur of the background, 0 (sharp, unless set) to 1.
    #[must_use]
    pub fn background_blurriness(mut self, blurriness: f64) -> Self {
        self.map.background_blurriness = blurriness;
        self
    }

    /// Brightness of the background; 1 unless set.
    #[must_use]
    pub fn background_intensity(mut self, intensity: f64) -> Self {
        self.map.background_intensity = intensity;
        self
    }

    /// Rotation of the background.
    #[must_use]
    pub fn background_wxyz(mut self, wxyz: impl Into<Wxyz>) -> Self {
        self.map.background_wxyz = wxyz.into();
        self
    }

    /// Brightness of the light; 1 unless set.
    #[must_use]
    pub fn environment_intensity(mut self, intensity: f64) -> Self {
        self.map.environment_intensity = intensity;
        self
    }

    /// Rotation of the light.
    #[must_use]
    pub fn environment_wxyz(mut self, wxyz: impl Into<Wxyz>) -> Self {
        self.map.environment_wxyz = wxyz.into();
        self
    }
}

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
    ///
    /// # Errors
    /// A depth is not finite.
    pub fn configure_fog(&self, fog: Fog) -> Result<()> {
        checks::finite_all("near and far", &[fog.near, fog.far]).map_err(|reason| {
            let what = "fog";
            Error::InvalidValue { what, reason }
        })?;
        self.inner.scope.send(fog);
        Ok(())
    }

    /// Light, and perhaps a background, from a photographed environment.
    ///
    /// # Errors
    /// A number is not finite.
    pub fn configure_environment_map(&self, environment: Environment) -> Result<()> {
        let map = environment.map;
        let check = || {
            let numbers = [
                map.background_blurriness,
                map.background_intensity,
                map.environment_intensity,
            ];
            checks::finite_all("blurriness or intensity", &numbers)?;
            checks::finite_all("background_wxyz", &map.background_wxyz.0)?;
            checks::finite_all("environment_wxyz", &map.environment_wxyz.0)
        };
        check().map_err(|reason| {
            let what = "environment";
            Error::InvalidValue { what, reason }
        })?;
        self.inner.scope.send(map);
        Ok(())
    }
}
