//! What a pointer is over.

use std::sync::Arc;

use glam::{DVec2, DVec3};
use scenecast_protocol::state::{NodeId, SceneTree};

use super::gizmo::{Handle, gizmos};
use super::orbit_tool::OrbitTool;
use super::{Around, instance};
use crate::render::picking::Ray;

/// A node that a pointer is over: the first interactive one, from what is seen up the tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Aim {
    pub(crate) id: NodeId,
    pub(crate) name: Arc<str>,
    /// Which instance of it, for nodes that stand for many things.
    pub(crate) instance: Option<i64>,
    /// Where it was hit, in the renderer's world.
    pub(crate) point: DVec3,
    /// How far that is from the camera.
    distance: f64,
}

/// What a pointer is over.
#[derive(Clone, Debug)]
pub(super) enum Over {
    Node(Aim),
    Gizmo(NodeId, Handle, f64),
    OrbitTool(Handle, f64),
}

impl Over {
    pub(super) fn distance(&self) -> f64 {
        match self {
            Self::Node(aim) => aim.distance,
            Self::Gizmo(_, _, distance) | Self::OrbitTool(_, distance) => *distance,
        }
    }
}

/// What is at a pixel: a handle of a gizmo or an interactive node, whichever is nearest.
pub(super) fn over(at: DVec2, around: &Around<'_>, tool: Option<&OrbitTool>) -> Option<Over> {
    let Around {
        scene,
        roster,
        view,
        ..
    } = around;
    let ray = pointed(at, around);
    let handles = gizmos(scene, roster, view).filter_map(|(id, _, handles)| {
        let (handle, distance) = handles.hit(&ray, view)?;
        Some(Over::Gizmo(id, handle, distance))
    });
    let tool = tool.and_then(|tool| {
        let (handle, distance) = tool.hit(&ray, view)?;
        Some(Over::OrbitTool(handle, distance))
    });
    handles
        .chain(tool)
        .chain(aim(at, around).map(Over::Node))
        .min_by(|a, b| a.distance().total_cmp(&b.distance()))
}

/// The ray through a pixel's corner: what pointers meet.
pub(super) fn pointed(at: DVec2, around: &Around<'_>) -> Ray {
    around.view.ray(around.view.corner(at))
}

/// The interactive node at a pixel.
fn aim(at: DVec2, around: &Around<'_>) -> Option<Aim> {
    let Around { scene, roster, .. } = around;
    let visible = roster.targets().filter(|id| scene.is_visible(*id));
    let targets: Vec<u32> = visible.map(NodeId::index).collect();
    if targets.is_empty() {
        return None;
    }
    let ray = pointed(at, around);
    let (index, hit) = (around.pick)(&ray, &targets)?;
    let id = roster.speaker(index)?;
    let is_instance = id.index() == index && scene.node(id).is_some_and(instance::is_batched);
    Some(Aim {
        id,
        name: scene.name(id).clone(),
        instance: is_instance.then_some(hit.instance.into()),
        point: ray.at(hit.distance),
        distance: hit.distance,
    })
}

pub(super) fn is_interactive(scene: &SceneTree, id: NodeId) -> bool {
    clickable(scene, id) || draggable(scene, id)
}

pub(super) fn clickable(scene: &SceneTree, id: NodeId) -> bool {
    scene.bindings(id).is_some_and(|b| !b.click.is_empty())
}

pub(super) fn draggable(scene: &SceneTree, id: NodeId) -> bool {
    scene.bindings(id).is_some_and(|b| !b.drag.is_empty())
}
