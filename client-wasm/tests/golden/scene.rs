//! A scene from a recording, as the renderer takes it.

use std::error::Error;

use glam::{Affine3A, DQuat, Mat4, Quat, Vec3};
use scenecast_client::render::{Camera, Renderer};
use scenecast_protocol::recording::Recording;
use scenecast_protocol::scene::Fog;
use scenecast_protocol::state::{Changes, ViewerState};
use scenecast_protocol::{Limits, Rgb};

/// A scene at the end of a recording.
pub(crate) struct Scene(ViewerState);

impl Scene {
    /// Reads a `.viser` file.
    pub(crate) fn read(file: &[u8]) -> Result<Self, Box<dyn Error>> {
        let recording = Recording::decode(file, &Limits::default())?;
        let mut state = ViewerState::new();
        for (_, message) in &recording.messages {
            state.apply(message)?;
        }
        Ok(Self(state))
    }

    /// Hands everything to a renderer that shows nothing; returns what it complained about.
    pub(crate) fn show(&mut self, renderer: &mut Renderer) -> Vec<String> {
        let Self(state) = self;
        let mut complaints = Vec::new();
        let mut report = |name: &str, error| complaints.push(format!("{name}: {error}"));
        let mut changes = Changes::default();
        state.scene.settle(&mut changes);
        renderer.sync(state, &changes, &mut report);
        renderer.catch_up(0.0, &state.scene, &mut report);
        complaints
    }

    /// Takes everything back.
    pub(crate) fn hide(&self, renderer: &mut Renderer) {
        self.0
            .scene
            .ids()
            .for_each(|id| renderer.remove(id.index()));
        renderer.set_default_lights(true, true);
        let _ = renderer.set_environment(None, Quat::IDENTITY);
        renderer.set_background(None);
        renderer.set_fog(&Fog {
            enabled: false,
            near: 0.0,
            far: 0.0,
            color: Rgb::WHITE,
        });
    }

    /// The renderer's camera for a pose in the scene's world: looking along +z, y down.
    pub(crate) fn camera(&self, wxyz: [f64; 4], position: [f64; 3], fov_y: f32) -> Camera {
        let [w, x, y, z] = wxyz;
        let rotation = DQuat::from_xyzw(x, y, z, w).as_quat();
        let flip = Quat::from_rotation_x(std::f32::consts::PI);
        let position = Vec3::from(position.map(|c| c as f32));
        let pose = Affine3A::from_rotation_translation(rotation * flip, position);
        let Self(ViewerState { scene, .. }) = self;
        let root = scene
            .find("")
            .map(|root| scene.world_from_node(root).as_affine3a());
        let world_from_camera = Mat4::from(root.unwrap_or_default() * pose);
        Camera {
            world_from_camera,
            fov_y,
            near: 0.01,
            far: 1000.0,
        }
    }
}
