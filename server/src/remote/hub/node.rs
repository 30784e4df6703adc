//! What a program of the hub's own holds of a publisher's node.

use super::HubInner;
use crate::scene::{Handle, Node, Scene};
use scenecast_remote::{
    Renderable,
    scene::{NodeId, PublisherId},
};
use std::{fmt, sync::Arc};

/// A node that a publisher created. Cloning is cheap.
#[derive(Clone)]
pub struct HubNode {
    hub: Arc<HubInner>,
    id: NodeId,
}

impl HubNode {
    pub(super) fn new(hub: Arc<HubInner>, id: NodeId) -> Self {
        Self { hub, id }
    }

    /// The hub's own number for it, which is never used again.
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// What it is now: frames, pose, colours. `None` once it is removed.
    pub fn renderable(&self) -> Option<Arc<Renderable>> {
        self.hub.lock().scene.node(self.id).cloned()
    }

    /// Who created it, by number. `None` once it is removed.
    pub fn publisher(&self) -> Option<PublisherId> {
        let state = self.hub.lock();
        let found = state.scene.nodes().find(|(id, _, _)| *id == self.id);
        found.map(|(_, publisher, _)| publisher)
    }

    /// The scene node that shows it, with what else is needed below: for clicks, for example.
    /// `None` until it is shown, which takes a sixtieth of a second at most, and once it is
    /// removed. Its pose and properties follow the publisher.
    pub fn handle(&self) -> Option<Handle<Node>> {
        let name = self.hub.tracks.name_of(self.id)?;
        let scene = Scene {
            inner: Arc::clone(&self.hub.viewers),
        };
        scene.get_handle_by_name(&name)
    }

    /// Removes it. Its publisher is not told, as in aitviewer.
    pub fn remove(&self) {
        self.hub.lock().remove(self.id);
        self.hub.wake();
    }
}

impl PartialEq for HubNode {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.hub, &other.hub) && self.id == other.id
    }
}

impl fmt::Debug for HubNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HubNode({})", self.id)
    }
}
