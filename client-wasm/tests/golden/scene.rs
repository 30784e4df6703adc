//! A scene from a recording, as the renderer takes it.

use std::collections::BTreeMap;

use glam::{DQuat, Mat4, Quat, Vec3};
use scenecast_client::render::{Camera, Renderer};
use scenecast_protocol::recording::Recording;
use scenecast_protocol::scene::{Frame, Node};
use scenecast_protocol::{Limits, Message};

/// What one message after another says about a node.
#[derive(Default)]
struct Entry {
    node: Option<Node>,
    pose: Mat4,
    visible: bool,
}

/// The nodes of a recording at its end.
pub struct Scene {
    nodes: BTreeMap<String, Entry>,
    messages: Vec<Message>,
}

impl Entry {
    fn new() -> Self {
        Self {
            node: None,
            pose: Mat4::IDENTITY,
            visible: true,
        }
    }
}

impl Scene {
    /// Reads a `.viser` file.
    pub fn read(file: &[u8]) -> Result<Self, Box<dyn std::error::Error>> {
        let recording = Recording::decode(file, &Limits::default())?;
        let mut scene = Self {
            nodes: BTreeMap::new(),
            messages: Vec::new(),
        };
        let root = Quat::from_xyzw(-0.5, 0.5, 0.5, 0.5);
        scene.entry("").pose = Mat4::from_quat(root);
        let axes = Frame::default().axes_radius(0.0125).origin_radius(0.025);
        scene.entry("/WorldAxes").node = Some(axes.into());
        for (_, message) in recording.messages {
            scene.apply(message);
        }
        Ok(scene)
    }

    /// Hands everything to a renderer; returns what it complained about.
    pub fn show(&self, renderer: &mut Renderer) -> Vec<String> {
        let mut complaints = Vec::new();
        for message in &self.messages {
            match message {
                Message::Fog(fog) => renderer.set_fog(fog),
                Message::EnableLights(lights) => renderer.set_default_lights(lights.enabled),
                _ => {}
            }
        }
        for (id, (name, entry)) in self.nodes.iter().enumerate() {
            let Some(node) = &entry.node else { continue };
            if let Err(error) = renderer.insert(id as u32, node) {
                complaints.push(format!("{name}: {error}"));
            }
            let (world, visible) = self.effective(name);
            renderer.set_world(id as u32, world);
            renderer.set_visible(id as u32, visible);
        }
        complaints
    }

    /// The renderer's camera for a pose in the scene's world: looking along +z, y down.
    pub fn camera(&self, wxyz: [f64; 4], position: [f64; 3], fov_y: f32) -> Camera {
        let [w, x, y, z] = wxyz;
        let rotation = DQuat::from_xyzw(x, y, z, w).as_quat();
        let flip = Quat::from_rotation_x(std::f32::consts::PI);
        let position = Vec3::from(position.map(|c| c as f32));
        let pose = Mat4::from_rotation_translation(rotation * flip, position);
        let root = self.nodes.get("").map_or(Mat4::IDENTITY, |root| root.pose);
        Camera {
            world_from_camera: root * pose,
            fov_y,
            near: 0.01,
            far: 1000.0,
        }
    }

    fn entry(&mut self, name: &str) -> &mut Entry {
        self.nodes.entry(name.to_owned()).or_insert_with(Entry::new)
    }

    fn apply(&mut self, message: Message) {
        match message {
            Message::AddNode(add) => self.entry(&add.name).node = Some(add.node),
            Message::SetPosition(set) => {
                let position = Vec3::from(set.position.map(|c| c as f32));
                self.entry(&set.name).pose.w_axis = position.extend(1.0);
            }
            Message::SetOrientation(set) => {
                let entry = self.entry(&set.name);
                let position = entry.pose.w_axis.truncate();
                let rotation = DQuat::from(set.wxyz).as_quat();
                entry.pose = Mat4::from_rotation_translation(rotation, position);
            }
            Message::SetSceneNodeVisibility(set) => self.entry(&set.name).visible = set.visible,
            Message::RemoveSceneNode(remove) => {
                self.nodes.remove(&*remove.name);
            }
            other => self.messages.push(other),
        }
    }

    /// Pose in the renderer's world, and visibility, of a node with all its parents.
    fn effective(&self, name: &str) -> (Mat4, bool) {
        let (mut pose, mut visible) = (Mat4::IDENTITY, true);
        let ends = name
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([name.len()]);
        for ancestor in ends.map(|end| &name[..end]) {
            if let Some(entry) = self.nodes.get(ancestor) {
                pose *= entry.pose;
                visible &= entry.visible;
            }
        }
        (pose, visible)
    }
}
