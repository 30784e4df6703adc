//! A renderer that shows a scene, brought up to date with what changed in it.

use glam::DQuat;
use scenecast_protocol::Rgb;
use scenecast_protocol::scene::Fog;
use scenecast_protocol::state::{
    Changes, Environment, EnvironmentChanges, NodeId, SceneTree, ViewerState,
};

use super::Renderer;
use crate::nodes::NodeError;

/// No fog.
const CLEAR: Fog = Fog {
    near: 0.0,
    far: 1.0,
    color: Rgb([0; 3]),
    enabled: false,
};

impl Renderer {
    /// Catches up with a state, whose scene has changed in this since the last call. Ids of its
    /// nodes are the renderer's. `report` hears of nodes that show less than they should.
    pub fn sync(
        &mut self,
        state: &mut ViewerState,
        changes: &Changes,
        report: &mut dyn FnMut(&str, NodeError),
    ) {
        self.sync_nodes(&state.scene, changes, report);
        let mut around = state.environment.take_changes();
        // The surroundings turn with the scene.
        around.map |= changes.moved.contains(&NodeId::ROOT);
        let root = state.scene.world_from_node(NodeId::ROOT);
        let (_, world_from_scene, _) = root.to_scale_rotation_translation();
        if let Err(error) = self.sync_environment(&state.environment, around, world_from_scene) {
            report("surroundings", error);
        }
    }

    /// Takes in what is ready, and moves what moves by itself on to a time. `report` hears
    /// of images that cannot be shown.
    pub fn catch_up(
        &mut self,
        now_secs: f64,
        scene: &SceneTree,
        report: &mut dyn FnMut(&str, NodeError),
    ) {
        self.advance(now_secs);
        self.complete(now_secs);
        for (node, error) in self.receive_images() {
            let id = node.and_then(|node| scene.ids().find(|id| id.index() == node));
            report(
                id.map_or("background or surroundings", |id| scene.name(id)),
                error,
            );
        }
    }

    fn sync_nodes(
        &mut self,
        scene: &SceneTree,
        changes: &Changes,
        report: &mut dyn FnMut(&str, NodeError),
    ) {
        for id in &changes.removed {
            self.remove(id.index());
        }
        let mut check = |id: NodeId, outcome: Result<(), NodeError>| {
            if let Err(error) = outcome {
                report(scene.name(id), error);
            }
        };
        for id in &changes.added {
            if let Some(node) = scene.node(*id) {
                check(*id, self.insert(id.index(), node));
                self.deform(scene, *id);
            }
        }
        for group in changes.properties.chunk_by(|a, b| a.id == b.id) {
            let id = group[0].id;
            if let Some(node) = scene.node(id) {
                let names: Vec<&str> = group.iter().map(|change| &*change.name).collect();
                check(id, self.update(id.index(), node, &names));
                if names.contains(&"glb_data") {
                    self.deform(scene, id);
                }
            }
        }
        for id in &changes.bones {
            self.deform(scene, *id);
        }
        for id in &changes.moved {
            if !scene.pose(*id).to_affine().is_finite() {
                check(*id, Err(NodeError::Pose));
            }
            self.set_world(id.index(), scene.world_from_node(*id).as_affine3a().into());
        }
        for id in &changes.visibility {
            self.set_visible(id.index(), scene.is_visible(*id));
        }
    }

    /// Moves a node's bones or vertices.
    fn deform(&mut self, scene: &SceneTree, id: NodeId) {
        match scene.moved_vertices(id) {
            Some(moved) => self.move_vertices(id.index(), moved),
            None => self.set_bones(id.index(), scene.bones(id)),
        }
    }

    /// Brings lights, fog and backgrounds up to date.
    fn sync_environment(
        &mut self,
        environment: &Environment,
        changes: EnvironmentChanges,
        world_from_scene: DQuat,
    ) -> Result<(), NodeError> {
        if changes.lights {
            let lights = environment.lights();
            self.set_default_lights(lights.enabled, lights.cast_shadow);
        }
        if changes.fog {
            self.set_fog(environment.fog().unwrap_or(&CLEAR));
        }
        if changes.background {
            self.set_background(environment.background());
        }
        match changes.map {
            true => self.set_environment(environment.map(), world_from_scene.as_quat()),
            false => Ok(()),
        }
    }
}
