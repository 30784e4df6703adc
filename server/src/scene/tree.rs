//! The nodes of one scope, by name.

use super::{
    handle::Handle,
    kind::SceneNode,
    name::{ancestors, parent},
    node::{NodeInner, State},
    placed::{Place, Placed},
};
use crate::{
    error::{Error, Result},
    events::{Active, PointerCallbacks},
    gui::{Closed, GuiInner},
    infra::outgoing::{Change, Outgoing},
    scope::Scope,
};
use rustc_hash::FxHashMap;
use scenecast_protocol::{
    Entity, EntityId, Wxyz,
    event::SceneNodeDrag,
    scene::{
        AddNode, Frame, Node, RemoveSceneNode, SetOrientation, SetPosition, SetSceneNodeVisibility,
    },
};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

/// A node and those below it, in the order in which they were added.
#[derive(Debug)]
struct Entry {
    node: Arc<NodeInner>,
    children: BTreeMap<u64, Arc<str>>,
}

#[derive(Debug, Default)]
struct Tree {
    nodes: FxHashMap<Arc<str>, Entry>,
    next_order: u64,
}

/// The nodes of one scope.
#[derive(Debug)]
pub(crate) struct SceneInner {
    pub(crate) scope: Scope,
    /// Held from a change of the tree until its messages are handed over, so that no one else
    /// can speak about a node before its creation. Large messages are encoded before.
    tree: Mutex<Tree>,
    /// Nodes that viewers drag.
    pub(crate) drags: Active<SceneNodeDrag>,
    /// Gizmos that viewers drag.
    pub(crate) gizmos: Active<()>,
    pub(crate) pointer: PointerCallbacks,
    /// The GUI of the same viewers, parts of which nodes may show.
    gui: Weak<GuiInner>,
}

impl SceneInner {
    pub(crate) fn new(scope: Scope, gui: Weak<GuiInner>) -> Self {
        Self {
            scope,
            gui,
            tree: Mutex::default(),
            drags: Active::default(),
            gizmos: Active::default(),
            pointer: PointerCallbacks::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Tree> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a node, and stand-ins for the parents that are missing.
    pub(crate) fn add<N: SceneNode>(
        self: &Arc<Self>,
        name: Arc<str>,
        mut placed: Placed<N>,
    ) -> Result<Handle<N>> {
        let invalid = |reason| Error::InvalidProps {
            node: name.to_string(),
            reason,
        };
        placed.node.settle();
        placed.node.check().map_err(invalid)?;
        super::checks::finite_all("position", &placed.position).map_err(invalid)?;
        super::checks::finite_all("wxyz", &placed.wxyz.0).map_err(invalid)?;
        let node = self.put(name, State::from(placed));
        Ok(Handle::new(node, Arc::clone(self)))
    }

    /// Adds a node that has been checked.
    pub(crate) fn put(&self, name: Arc<str>, state: State) -> Arc<NodeInner> {
        let creation = self.creation(&name, state.props.clone(), false);
        let mut tree = self.lock();
        let mut changes = Vec::new();
        for ancestor in ancestors(&name) {
            if !tree.nodes.contains_key(ancestor) {
                let frame = stand_in();
                let creation = self.creation(&ancestor.into(), frame.props.clone(), true);
                self.insert(&mut tree, ancestor.into(), frame, creation, &mut changes);
            }
        }
        let replaced = tree.nodes.get(&name).map(|entry| Arc::clone(&entry.node));
        let closed = replaced.as_ref().map(|node| self.close_gui(node));
        let node = self.insert(&mut tree, name, state, creation, &mut changes);
        self.scope.push_all(changes);
        drop(tree);
        drop(closed);
        if let Some(replaced) = replaced {
            self.forget_callbacks(&replaced);
        }
        node
    }

    fn creation(&self, name: &Arc<str>, props: Node, is_virtual: bool) -> Outgoing {
        let message = AddNode {
            name: Arc::clone(name),
            owner: self.scope.owner(),
            is_virtual,
            node: props,
        };
        self.scope.encode(message, 0)
    }

    /// Puts a node into the tree, in place of the one with its name, and says so.
    fn insert(
        &self,
        tree: &mut Tree,
        name: Arc<str>,
        state: State,
        mut creation: Outgoing,
        changes: &mut Vec<Change>,
    ) -> Arc<NodeInner> {
        let entity = EntityId {
            entity: Entity::Scene,
            id: Arc::clone(&name),
        };
        let outbox = &self.scope.outbox;
        // Viewers keep the pose of a node that is replaced. So may one that is slow, and gets
        // this node instead of the removal of an earlier one.
        let mut says_pose = outbox.may_know_removed(self.scope.audience, &entity);
        if let Some(old) = tree.nodes.get(&name) {
            let unbound = old.node.retire();
            changes.push(Change::Forget(entity));
            changes.extend(unbound);
            says_pose = true;
        }
        // After that, so that what was said through the old handle counts as earlier.
        let sequence = outbox.sequence();
        creation.sequence = sequence;
        changes.push(Change::Push(creation));
        if says_pose || state.wxyz != Wxyz::IDENTITY {
            let message = SetOrientation {
                name: Arc::clone(&name),
                wxyz: state.wxyz,
                owner: self.scope.owner(),
            };
            changes.push(self.scope.encode(message, sequence).into());
        }
        if says_pose || state.position != [0.0; 3] {
            let message = SetPosition {
                name: Arc::clone(&name),
                position: state.position,
                owner: self.scope.owner(),
            };
            changes.push(self.scope.encode(message, sequence).into());
        }
        let message = SetSceneNodeVisibility {
            name: Arc::clone(&name),
            visible: state.visible,
            owner: self.scope.owner(),
        };
        changes.push(self.scope.encode(message, sequence).into());
        tree.put(name, self.scope.clone(), state)
    }

    /// Removes a node and everything below it.
    pub(crate) fn remove(&self, node: &Arc<NodeInner>) -> Result<()> {
        let mut tree = self.lock();
        // Fails where it has been removed before.
        node.read(|_| ())?;
        let taken = tree.take(&node.name);
        let mut changes: Vec<Change> = taken.iter().flat_map(|node| node.retire()).collect();
        // Viewers hear of what is in a node before the node.
        let closed: Vec<_> = taken.iter().map(|node| self.close_gui(node)).collect();
        for node in &taken {
            let message = RemoveSceneNode {
                name: Arc::clone(&node.name),
                owner: self.scope.owner(),
            };
            let sequence = self.scope.outbox.sequence();
            changes.push(self.scope.encode(message, sequence).into());
        }
        self.scope.push_all(changes);
        drop(tree);
        drop(closed);
        for node in &taken {
            self.forget_callbacks(node);
        }
        Ok(())
    }

    /// The GUI of the same viewers, unless the server is gone.
    pub(crate) fn gui(&self) -> Option<Arc<GuiInner>> {
        self.gui.upgrade()
    }

    /// Removes the GUI that a node shows, if it shows any. What is returned is to be dropped without
    /// locks.
    fn close_gui(&self, node: &NodeInner) -> Option<Closed> {
        Some(self.gui()?.close(&node.gui_container()?))
    }

    /// Forgets the callbacks of a removed node, and what they hold: handles of the node itself,
    /// often. A drag that is going on is to end before. To be called without locks: what callbacks
    /// hold may come back here when it goes.
    pub(crate) fn forget_callbacks(&self, node: &Arc<NodeInner>) {
        if let Some(interaction) = node.interaction_if_any()
            && !self.drags.is_held(node)
            && !self.gizmos.is_held(node)
        {
            interaction.clear();
        }
    }

    /// Forgets all callbacks: nobody is left to call them.
    pub(crate) fn forget_all_callbacks(&self) {
        self.pointer.clear();
        let nodes: Vec<_> = {
            let tree = self.lock();
            tree.nodes.values().map(|e| Arc::clone(&e.node)).collect()
        };
        for node in nodes {
            self.forget_callbacks(&node);
        }
    }

    /// The node with this name.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<NodeInner>> {
        let tree = self.lock();
        tree.nodes.get(name).map(|entry| Arc::clone(&entry.node))
    }

    /// All nodes directly below the root, in the order in which they were added.
    pub(crate) fn top_level(&self) -> Vec<Arc<NodeInner>> {
        let tree = self.lock();
        let mut nodes: Vec<_> = tree
            .nodes
            .values()
            .map(|entry| &entry.node)
            .filter(|node| parent(&node.name).is_empty())
            .cloned()
            .collect();
        nodes.sort_unstable_by_key(|node| node.order);
        nodes
    }
}

impl Tree {
    fn put(&mut self, name: Arc<str>, scope: Scope, state: State) -> Arc<NodeInner> {
        if let Some(entry) = self.nodes.get_mut(&name) {
            let order = entry.node.order;
            let node = Arc::new(NodeInner::new(name, scope, order, state));
            entry.node = Arc::clone(&node);
            return node;
        }
        let order = self.next_order;
        self.next_order += 1;
        if let Some(parent) = self.nodes.get_mut(parent(&name)) {
            parent.children.insert(order, Arc::clone(&name));
        }
        let node = Arc::new(NodeInner::new(Arc::clone(&name), scope, order, state));
        self.nodes.insert(
            name,
            Entry {
                node: Arc::clone(&node),
                children: BTreeMap::new(),
            },
        );
        node
    }

    /// Takes out a node and everything below it, parents first.
    fn take(&mut self, name: &Arc<str>) -> Vec<Arc<NodeInner>> {
        let mut taken = Vec::new();
        let mut names = VecDeque::from([Arc::clone(name)]);
        while let Some(name) = names.pop_front() {
            if let Some(entry) = self.nodes.remove(&name) {
                names.extend(entry.children.into_values());
                taken.push(entry.node);
            }
        }
        if let (Some(first), Some(parent)) = (taken.first(), self.nodes.get_mut(parent(name))) {
            parent.children.remove(&first.order);
        }
        taken
    }
}

/// The frame that stands in for a parent that nobody added.
fn stand_in() -> State {
    Frame::default().show_axes(false).placed().into()
}
