//! A renderer that does what it is told, to see whether that is enough.

use std::collections::BTreeMap;

use glam::DAffine3;

use crate::scene::Node;
use crate::state::{Changes, NodeId, SceneTree};

#[derive(Debug, Default)]
pub(super) struct Mirror {
    nodes: BTreeMap<NodeId, Drawn>,
    changes: Changes,
}

#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    node: Node,
    world: DAffine3,
    visible: bool,
}

impl Mirror {
    /// Follows the tree's changes, then compares everything with the tree. Returns how many
    /// changes there were.
    pub(super) fn follow(&mut self, tree: &mut SceneTree) -> usize {
        let mut changes = std::mem::take(&mut self.changes);
        tree.settle(&mut changes);
        for id in &changes.removed {
            assert!(
                self.nodes.remove(id).is_some(),
                "removed, but not known: {id:?}"
            );
        }
        for id in &changes.added {
            let node = tree.node(*id).expect("added nodes exist").clone();
            let drawn = Drawn {
                node,
                world: DAffine3::IDENTITY,
                visible: true,
            };
            self.nodes.insert(*id, drawn);
        }
        for change in &changes.properties {
            let drawn = self
                .nodes
                .get_mut(&change.id)
                .expect("only known nodes change");
            // Only the property that is said to have changed is taken over.
            let node = tree.node(change.id).expect("only nodes have properties");
            let differences = drawn.node.diff(node).expect("of the same kind");
            for (name, value) in differences
                .iter()
                .filter(|(name, _)| *name == &*change.name)
            {
                drawn.node.set(name, value).expect("its own value");
            }
        }
        for id in &changes.moved {
            if let Some(drawn) = self.nodes.get_mut(id) {
                drawn.world = tree.world_from_node(*id);
            }
        }
        for id in &changes.visibility {
            if let Some(drawn) = self.nodes.get_mut(id) {
                drawn.visible = tree.is_visible(*id);
            }
        }
        let count = changes.removed.len()
            + changes.added.len()
            + changes.properties.len()
            + changes.moved.len()
            + changes.visibility.len();
        self.changes = changes;
        self.compare(tree);
        count
    }

    fn compare(&self, tree: &SceneTree) {
        let mut expected = BTreeMap::new();
        let mut everywhere: BTreeMap<NodeId, (DAffine3, bool)> = BTreeMap::new();
        for id in tree.ids() {
            assert_eq!(tree.find(tree.name(id)), Some(id));
            let (parent_world, parent_visible) = match tree.parent(id) {
                Some(parent) => everywhere[&parent],
                None => (DAffine3::IDENTITY, true),
            };
            let mut local = tree.pose(id);
            if matches!(tree.node(id), Some(Node::Label(_))) {
                local.wxyz = crate::Wxyz::IDENTITY;
            }
            let world = parent_world * local.to_affine();
            let own = tree
                .at(id)
                .visible_override
                .unwrap_or(tree.is_shown_by_server(id));
            let visible = parent_visible && own;
            everywhere.insert(id, (world, visible));
            match tree.node(id) {
                Some(node) => {
                    expected.insert(
                        id,
                        Drawn {
                            node: node.clone(),
                            world,
                            visible,
                        },
                    );
                }
                None => assert!(tree.children(id).next().is_some(), "a place for nothing"),
            }
        }
        assert_eq!(self.nodes, expected);
        assert_eq!(tree.len(), expected.len());
    }
}
