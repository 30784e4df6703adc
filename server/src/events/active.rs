//! What viewers have hold of.

use crate::{infra::ClientId, scene::NodeInner};
use rustc_hash::FxHashMap;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Nodes that one viewer may hold at a time: it has one pointer, or ten fingers.
const MAX_HELD: usize = 16;

type Held<T> = FxHashMap<ClientId, Vec<(Arc<NodeInner>, T)>>;

/// The nodes that viewers hold, each with what was last said about it. A node that is removed
/// meanwhile still hears of the end.
pub(crate) struct Active<T> {
    held: Mutex<Held<T>>,
}

impl<T> Default for Active<T> {
    fn default() -> Self {
        Self {
            held: Mutex::default(),
        }
    }
}

impl<T> Active<T> {
    fn lock(&self) -> MutexGuard<'_, Held<T>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what a viewer holds, in place of what it held under that name. One that
    /// claims to hold too much is not believed.
    pub(crate) fn hold(&self, client: ClientId, node: &Arc<NodeInner>, said: T) {
        let mut all = self.lock();
        let of_client = all.entry(client).or_default();
        of_client.retain(|(known, _)| known.name != node.name);
        if of_client.len() < MAX_HELD {
            of_client.push((Arc::clone(node), said));
        }
    }

    /// The node of that name that a viewer holds.
    pub(crate) fn find(&self, client: ClientId, name: &str) -> Option<Arc<NodeInner>> {
        let all = self.lock();
        let mut of_client = all.get(&client)?.iter();
        let found = of_client.find(|(node, _)| *node.name == *name);
        found.map(|(node, _)| Arc::clone(node))
    }

    /// Takes note that a viewer has let go.
    pub(crate) fn release(&self, client: ClientId, name: &str) -> Option<Arc<NodeInner>> {
        let mut all = self.lock();
        let of_client = all.get_mut(&client)?;
        let at = of_client.iter().position(|(node, _)| *node.name == *name)?;
        let (node, _) = of_client.remove(at);
        if of_client.is_empty() {
            all.remove(&client);
        }
        Some(node)
    }

    /// Everything that a viewer held.
    pub(crate) fn release_all(&self, client: ClientId) -> Vec<(Arc<NodeInner>, T)> {
        self.lock().remove(&client).unwrap_or_default()
    }

    /// Whether a viewer has hold of this very node.
    pub(crate) fn is_held(&self, node: &Arc<NodeInner>) -> bool {
        let all = self.lock();
        let mut held = all.values().flatten();
        held.any(|(known, _)| Arc::ptr_eq(known, node))
    }
}

impl<T> fmt::Debug for Active<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Active").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        infra::{
            fan_out::{Audience, WINDOW},
            outbox::Outbox,
        },
        scene::{Frame, Scene},
        scope::Scope,
    };

    #[test]
    fn a_viewer_that_holds_everything_is_believed_up_to_a_bound() {
        let scene = Scene::new(Scope {
            outbox: Arc::new(Outbox::new(WINDOW, usize::MAX)),
            audience: Audience::Everyone,
        });
        let nodes: Vec<_> = (0..2 * MAX_HELD)
            .map(|number| scene.add(&format!("/{number}"), Frame::default()).unwrap())
            .collect();
        let active = Active::default();
        for node in &nodes {
            active.hold(7, &node.node, ());
            active.hold(7, &node.node, ());
        }
        active.hold(8, &nodes[0].node, ());
        assert!(active.is_held(&nodes[MAX_HELD - 1].node));
        assert!(!active.is_held(&nodes[MAX_HELD].node));
        assert_eq!(active.find(7, "/99").map(|node| node.name.clone()), None);
        assert!(active.release(7, "/3").is_some() && active.release(7, "/3").is_none());
        assert_eq!(active.release_all(7).len(), MAX_HELD - 1);
        assert!(active.is_held(&nodes[0].node) && active.release(8, "/0").is_some());
        assert!(!active.is_held(&nodes[0].node));
    }
}
