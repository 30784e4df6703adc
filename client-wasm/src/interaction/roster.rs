//! Who reacts to pointers, so that not every node is asked for every picture.

use scenecast_protocol::scene::Node;
use scenecast_protocol::state::{Changes, NodeId, SceneTree};

use super::aim::is_interactive;

/// The nodes of a scene that pointers have to do with.
#[derive(Debug, Default)]
pub struct Roster {
    is_current: bool,
    /// What can be hit, and the interactive node at or above it.
    targets: Vec<(NodeId, NodeId)>,
    gizmos: Vec<NodeId>,
    containers: Vec<NodeId>,
}

impl Roster {
    /// Takes note of what changed in the scene.
    pub fn note(&mut self, changes: &Changes) {
        self.is_current &= changes.added.is_empty() && changes.removed.is_empty();
    }

    /// Bindings have changed, or all of the scene has.
    pub fn expire(&mut self) {
        self.is_current = false;
    }

    /// Catches up with the scene, if anything has changed.
    pub fn refresh(&mut self, scene: &SceneTree) {
        if self.is_current {
            return;
        }
        *self = Self {
            is_current: true,
            ..Self::default()
        };
        // The nearest interactive node at or above each. Parents come first.
        let mut reacting: Vec<Option<NodeId>> = Vec::new();
        for id in scene.ids() {
            let index = id.index() as usize;
            if reacting.len() <= index {
                reacting.resize(index + 1, None);
            }
            let above = scene.parent(id).and_then(|p| reacting[p.index() as usize]);
            let own = is_interactive(scene, id).then_some(id);
            reacting[index] = own.or(above);
            match scene.node(id) {
                Some(Node::TransformControls(_)) => self.gizmos.push(id),
                Some(Node::Gui3D(_)) => self.containers.push(id),
                None => {}
                Some(_) => self.targets.extend(reacting[index].map(|by| (id, by))),
            }
        }
    }

    /// The interactive node that speaks for another.
    pub(super) fn speaker(&self, index: u32) -> Option<NodeId> {
        let mut targets = self.targets.iter();
        let (_, by) = targets.find(|(target, _)| target.index() == index)?;
        Some(*by)
    }

    /// What can be hit, hidden or not.
    pub(crate) fn targets(&self) -> impl Iterator<Item = NodeId> {
        self.targets.iter().map(|(target, _)| *target)
    }

    pub(super) fn gizmos(&self) -> &[NodeId] {
        &self.gizmos
    }

    /// Containers of GUI.
    pub fn containers(&self) -> &[NodeId] {
        &self.containers
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use scenecast_protocol::scene::{AddNode, Box, DragBinding, SetSceneNodeClickBindings};
    use scenecast_protocol::state::ViewerState;
    use scenecast_protocol::types::PointerButton;

    use super::*;

    #[test]
    fn the_roster_is_made_anew_when_something_changes() {
        let mut state = ViewerState::new();
        let name: Arc<str> = "/box".into();
        let add = AddNode {
            name: name.clone(),
            owner: String::new(),
            is_virtual: false,
            node: Box::default().into(),
        };
        let bind = SetSceneNodeClickBindings {
            name,
            bindings: vec![DragBinding {
                button: PointerButton::Left,
                modifier: None,
            }],
            owner: String::new(),
        };
        state.apply(&add.into()).unwrap();
        state.apply(&bind.into()).unwrap();
        let mut roster = Roster::default();
        roster.refresh(&state.scene);
        assert_eq!(roster.targets().count(), 1);
        let empty = ViewerState::new().scene;
        roster.note(&Changes::default());
        roster.refresh(&empty);
        assert_eq!(
            roster.targets().count(),
            1,
            "nothing is said to have changed"
        );
        roster.note(&Changes {
            removed: vec![NodeId::ROOT],
            ..Changes::default()
        });
        roster.refresh(&empty);
        assert_eq!(roster.targets().count(), 0);
        roster.expire();
        roster.refresh(&state.scene);
        assert_eq!(roster.targets().count(), 1);
    }
}
