//! How the node under the mouse stands out.

use scenecast_protocol::Rgb;
use scenecast_protocol::scene::Node;
use scenecast_protocol::state::{Changes, NodeId, SceneTree};

use super::canvas::Canvas;
use super::journal::Journal;
use crate::interaction::Hovered;
use crate::render::Outlined;

/// The colour of frustums under the mouse.
const COLOR: Rgb = Rgb([0xfb, 0xff, 0]);
/// How much thicker their lines are.
const THICKER: f64 = 1.5;

/// The node that stands out.
#[derive(Debug, Default)]
pub(super) struct Highlight {
    recolored: Option<NodeId>,
}

impl Highlight {
    /// Lets a node stand out, and the last one no longer: the one under the mouse, or else the one
    /// that is pointed at elsewhere on the page. Frustums change their colour, whether they can be
    /// clicked or dragged; other nodes have an outline, if they can be clicked or are pointed at.
    /// `changes` are those of the scene since the last time.
    pub(super) fn show(
        &mut self,
        hovered: Option<Hovered>,
        pointed: Option<NodeId>,
        scene: &SceneTree,
        changes: &Changes,
        canvas: &mut Canvas,
        journal: &mut Journal,
    ) {
        // All of the many frames of one node would be too much to go around.
        let is_many = |id| matches!(scene.node(id), Some(Node::BatchedAxes(_)));
        let pointed =
            pointed.filter(|id| hovered.is_none() && scene.is_visible(*id) && !is_many(*id));
        let instance = None;
        let hovered = hovered.or(pointed.map(|id| Hovered { id, instance }));
        let node = hovered.and_then(|hovered| scene.node(hovered.id));
        let recolored = hovered.zip(node).and_then(|(hovered, node)| match node {
            Node::CameraFrustum(frustum) => {
                let mut frustum = frustum.clone();
                frustum.color = COLOR;
                frustum.thickness *= THICKER;
                Some((hovered.id, Node::from(frustum)))
            }
            _ => None,
        });
        let id = recolored.as_ref().map(|(id, _)| *id);
        if let Some(old) = self.recolored.filter(|old| Some(*old) != id)
            && let Some(node) = scene.node(old)
        {
            canvas.update_node(scene, old, node, journal);
        }
        if let Some((id, node)) = recolored {
            let is_redrawn = changes.added.contains(&id)
                || changes.properties.iter().any(|change| change.id == id);
            if is_redrawn || self.recolored != Some(id) {
                canvas.update_node(scene, id, &node, journal);
            }
        }
        self.recolored = id;
        let is_clickable = |id| scene.bindings(id).is_some_and(|b| !b.click.is_empty());
        let is_outlined = |id| Some(id) == pointed || is_clickable(id);
        let outlined = hovered.filter(|hovered| id.is_none() && is_outlined(hovered.id));
        canvas.set_outlined(outlined.map(|Hovered { id, instance }| Outlined {
            id: id.index(),
            instance,
        }));
    }
}
