//! What surrounds the scene.

use crate::scene::{BackgroundImage, EnableLights, EnvironmentMap, Fog};

/// Fog, lights and backgrounds: the last message about each.
#[derive(Clone, Debug)]
pub struct Environment {
    fog: Option<Fog>,
    map: Option<EnvironmentMap>,
    lights: EnableLights,
    background: Option<BackgroundImage>,
    pub(super) changes: EnvironmentChanges,
}

/// What has changed since the last look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentChanges {
    /// The fog.
    pub fog: bool,
    /// The environment map.
    pub map: bool,
    /// The default lights.
    pub lights: bool,
    /// The background image.
    pub background: bool,
}

impl Default for Environment {
    fn default() -> Self {
        Self {
            fog: None,
            map: None,
            lights: EnableLights {
                enabled: true,
                cast_shadow: true,
            },
            background: None,
            changes: EnvironmentChanges {
                fog: true,
                map: true,
                lights: true,
                background: true,
            },
        }
    }
}

impl Environment {
    /// The fog; `None` if there never was any.
    pub fn fog(&self) -> Option<&Fog> {
        self.fog.as_ref()
    }

    /// The environment map; `None` for the viewer's own, as long as the server has set none.
    pub fn map(&self) -> Option<&EnvironmentMap> {
        self.map.as_ref()
    }

    /// The default lights.
    pub fn lights(&self) -> &EnableLights {
        &self.lights
    }

    /// The background image; `None` if there never was any.
    pub fn background(&self) -> Option<&BackgroundImage> {
        self.background.as_ref()
    }

    pub(super) fn set_fog(&mut self, fog: &Fog) {
        self.fog = Some(fog.clone());
        self.changes.fog = true;
    }

    pub(super) fn set_map(&mut self, map: &EnvironmentMap) {
        self.map = Some(map.clone());
        self.changes.map = true;
    }

    pub(super) fn set_lights(&mut self, lights: &EnableLights) {
        self.lights = lights.clone();
        self.changes.lights = true;
    }

    pub(super) fn set_background(&mut self, background: &BackgroundImage) {
        self.background = Some(background.clone());
        self.changes.background = true;
    }

    /// Becomes `target`, and notes what that changes.
    pub(super) fn adopt(&mut self, target: Self) {
        let mut changes = self.changes;
        changes.fog |= self.fog != target.fog;
        changes.map |= self.map != target.map;
        changes.lights |= self.lights != target.lights;
        changes.background |= self.background != target.background;
        *self = Self { changes, ..target };
    }

    /// What has changed since the last call; everything on the first.
    pub fn take_changes(&mut self) -> EnvironmentChanges {
        std::mem::take(&mut self.changes)
    }

    /// Lets the next [`take_changes`](Self::take_changes) report everything, as for a new renderer.
    pub fn mark_all(&mut self) {
        self.changes = Self::default().changes;
    }
}
