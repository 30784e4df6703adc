//! From one state to another at once, as a jump within a recording needs it.
//!
//! The tree keeps its node ids: what is the same in both states costs a renderer nothing.

use std::sync::Arc;

use super::ViewerState;
use super::links::{Links, NONE};
use super::tree::SceneTree;
use super::variant::Variant;
use crate::encode::{Encoded, differing_entries};

impl ViewerState {
    /// Becomes `target`. What differs is noted as if messages had changed it, so that
    /// [`SceneTree::settle`] and [`Environment::take_changes`](super::Environment::take_changes)
    /// list that and nothing else. Names that are in both keep their
    /// [`NodeId`](super::NodeId); what the viewer's user chose to show or hide stays.
    pub fn adopt(&mut self, target: Self) {
        let Self {
            scene,
            environment,
            camera,
            gui,
            pointer_filters,
        } = target;
        self.scene.adopt(scene);
        self.environment.adopt(environment);
        self.camera = camera;
        self.gui.adopt(gui);
        self.pointer_filters = pointer_filters;
    }
}

impl SceneTree {
    fn adopt(&mut self, mut target: SceneTree) {
        let gone: Vec<u32> = self
            .links
            .subtree(0)
            .filter(|slot| {
                !target
                    .by_name
                    .contains_key(&self.places[*slot as usize].name)
            })
            .collect();
        // Children first: a place goes when it has neither content nor children.
        for slot in gone.into_iter().rev() {
            let place = &mut self.places[slot as usize];
            place.shown = None;
            place.shadowed.clear();
            self.prune(slot);
        }

        // Siblings are to be in the target's order.
        self.links = Links::default();
        let mut slots = vec![NONE; target.places.len()];
        for theirs in target.links.subtree(0) {
            let at = theirs as usize;
            let parent = target.links.get(theirs).parent;
            let parent = slots.get(parent as usize).copied().unwrap_or(NONE);
            let place = &mut target.places[at];
            let slot = match self.find(&place.name) {
                Some(id) => {
                    self.links.attach(id.index(), parent);
                    id.index()
                }
                None => self.place(place.name.clone(), parent),
            };
            slots[at] = slot;
            let shown = place.shown.take();
            self.places[slot as usize].shadowed = std::mem::take(&mut place.shadowed);
            self.replace_shown(slot, shown);
        }
    }

    /// Shows another version of a node, and notes in what it differs.
    fn replace_shown(&mut self, slot: u32, shown: Option<Box<Variant>>) {
        let place = &mut self.places[slot as usize];
        let old = std::mem::replace(&mut place.shown, shown);
        let (old, new) = match (&old, &place.shown) {
            (Some(old), Some(new)) => (old, new),
            (None, None) => return,
            (Some(_), None) | (None, Some(_)) => return self.pending.mark_content(slot),
        };
        if !Arc::ptr_eq(&old.node, &new.node) {
            if std::mem::discriminant(&*old.node) != std::mem::discriminant(&*new.node) {
                return self.pending.mark_content(slot);
            }
            let [old, new] = [old, new].map(|v| Encoded::with(|sink| v.node.encode_props(sink)));
            for property in differing_entries(&old, &new) {
                self.pending.mark_property(slot, property);
            }
        }
        if old.pose != new.pose {
            self.pending.mark_pose(slot);
        }
        if old.visible != new.visible {
            self.pending.mark_visibility(slot);
        }
        if old.bones != new.bones || old.moved != new.moved {
            self.pending.mark_bones(slot);
        }
    }
}
