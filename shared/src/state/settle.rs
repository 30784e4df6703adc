//! From many changes to what a renderer has to do.
//!
//! Applying messages only marks what they touch. [`SceneTree::settle`], once per frame, works out
//! what follows from that: a subtree that moves is walked once, however many of its nodes moved,
//! and what nobody touched costs nothing.

use super::links::NONE;
use super::tree::{NodeId, SceneTree};
use crate::value::Text;

/// What a renderer has to do to catch up with the tree, in this order.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// To be forgotten. Their ids may come up again in `added`.
    pub removed: Vec<NodeId>,
    /// To be drawn anew; the renderer may know another node of that id, which this one replaces.
    pub added: Vec<NodeId>,
    /// Properties that changed, sorted by node and without those of added nodes.
    pub properties: Vec<PropertyChange>,
    /// Skinned meshes whose bones moved, and glTF meshes whose vertices did, without added ones.
    pub bones: Vec<NodeId>,
    /// Whose `world_from_node` changed, with added ones.
    pub moved: Vec<NodeId>,
    /// Whose `is_visible` changed, with added ones.
    pub visibility: Vec<NodeId>,
}

/// A property that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyChange {
    /// The node.
    pub id: NodeId,
    /// The property, by its wire name.
    pub name: Text,
}

impl Changes {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty()
            && self.added.is_empty()
            && self.properties.is_empty()
            && self.bones.is_empty()
            && self.moved.is_empty()
            && self.visibility.is_empty()
    }

    fn clear(&mut self) {
        self.removed.clear();
        self.added.clear();
        self.properties.clear();
        self.bones.clear();
        self.moved.clear();
        self.visibility.clear();
    }
}

/// There is other content than the renderer knows.
const CONTENT: u8 = 1;
/// The pose in the parent, or the parent, is another.
const POSE: u8 = 2;
/// The node's own visibility may be another.
const VISIBILITY: u8 = 4;
/// Bones moved.
const BONES: u8 = 8;
/// The renderer knows the node.
const DRAWN: u8 = 16;
/// The world transform changed in this `settle`.
const MOVED: u8 = 32;
/// In `touched`.
const TOUCHED: u8 = 64;

/// What was touched since the last `settle`.
#[derive(Clone, Debug, Default)]
pub(super) struct Pending {
    flags: Vec<u8>,
    touched: Vec<u32>,
    properties: Vec<PropertyChange>,
    removed: Vec<NodeId>,
}

impl Pending {
    /// The node is another: everything about it is new.
    pub(super) fn mark_content(&mut self, slot: u32) {
        self.mark(slot, CONTENT | POSE | VISIBILITY);
    }

    pub(super) fn mark_pose(&mut self, slot: u32) {
        self.mark(slot, POSE);
    }

    pub(super) fn mark_visibility(&mut self, slot: u32) {
        self.mark(slot, VISIBILITY);
    }

    pub(super) fn mark_bones(&mut self, slot: u32) {
        self.mark(slot, BONES);
    }

    pub(super) fn mark_property(&mut self, slot: u32, name: Text) {
        // What is drawn anew needs no details.
        if self.get(slot) & CONTENT == 0 {
            self.properties.push(PropertyChange {
                id: NodeId(slot),
                name,
            });
        }
    }

    /// The slot is free.
    pub(super) fn forget(&mut self, slot: u32) {
        if self.get(slot) & DRAWN != 0 {
            self.removed.push(NodeId(slot));
        }
        if let Some(flags) = self.flags.get_mut(slot as usize) {
            *flags &= TOUCHED;
        }
    }

    fn mark(&mut self, slot: u32, marks: u8) {
        if self.flags.len() <= slot as usize {
            self.flags.resize(slot as usize + 1, 0);
        }
        let flags = &mut self.flags[slot as usize];
        if *flags & TOUCHED == 0 {
            self.touched.push(slot);
        }
        *flags |= marks | TOUCHED;
    }

    fn get(&self, slot: u32) -> u8 {
        self.flags.get(slot as usize).copied().unwrap_or(0)
    }

    fn clear(&mut self, slot: u32, marks: u8) {
        if let Some(flags) = self.flags.get_mut(slot as usize) {
            *flags &= !marks;
        }
    }
}

impl SceneTree {
    /// Brings world transforms and visibility up to date and lists what a renderer has to do about
    /// all changes since the last call, in place of what `changes` held.
    pub fn settle(&mut self, changes: &mut Changes) {
        changes.clear();
        let touched = std::mem::take(&mut self.pending.touched);
        for &slot in &touched {
            // A parent may turn out to be as it was: then the walk from there does not get here.
            while self.pending.get(slot) & (POSE | VISIBILITY) != 0 {
                self.propagate(self.topmost_touched(slot), changes);
            }
        }
        for NodeId(slot) in &changes.moved {
            self.pending.clear(*slot, MOVED);
        }
        std::mem::swap(&mut changes.removed, &mut self.pending.removed);
        changes.properties.append(&mut self.pending.properties);
        // A slot may have been freed or drawn anew after its property changed.
        changes
            .properties
            .retain(|change| self.pending.get(change.id.0) & (DRAWN | CONTENT) == DRAWN);
        for &slot in &touched {
            self.list_content(slot, changes);
        }
        crate::sort::by(&mut changes.properties, |a, b| {
            a.id.cmp(&b.id).then_with(|| a.name.cmp(&b.name))
        });
        changes.properties.dedup();
        // Keeps its capacity for the next frame.
        self.pending.touched = touched;
        self.pending.touched.clear();
    }

    /// Lets the next [`settle`](Self::settle) list every node as added, as for a new renderer.
    pub fn mark_all(&mut self) {
        let slots: Vec<u32> = self.links.subtree(0).collect();
        for slot in slots {
            self.pending.mark_content(slot);
            // What the old renderer knew is of no interest to the new one.
            self.pending.clear(slot, DRAWN);
        }
        self.pending.removed.clear();
        self.pending.properties.clear();
    }

    /// The highest node above, or at, `slot` whose transform or visibility may have changed.
    fn topmost_touched(&self, slot: u32) -> u32 {
        let (mut top, mut above) = (slot, self.links.get(slot).parent);
        while above != NONE {
            if self.pending.get(above) & (POSE | VISIBILITY) != 0 {
                top = above;
            }
            above = self.links.get(above).parent;
        }
        top
    }

    /// Recomputes what changed at and below `top`, parents first.
    fn propagate(&mut self, top: u32, changes: &mut Changes) {
        let mut next = Some(top);
        while let Some(slot) = next {
            let at = slot as usize;
            let flags = self.pending.get(slot);
            self.pending.clear(slot, POSE | VISIBILITY);
            let parent = self.links.get(slot).parent;
            let place = &self.places[at];
            let variant = place.shown.as_deref();

            let moved = flags & POSE != 0 || self.pending.get(parent) & MOVED != 0;
            if moved {
                let local = variant
                    .map(|v| v.drawn_pose())
                    .unwrap_or_default()
                    .to_affine();
                self.world_from_node[at] = match self.world_from_node.get(parent as usize) {
                    Some(world_from_parent) => *world_from_parent * local,
                    None => local,
                };
                self.pending.flags[at] |= MOVED;
                changes.moved.push(NodeId(slot));
            }

            let own = place
                .visible_override
                .unwrap_or_else(|| variant.is_none_or(|v| v.visible));
            let visible = own && self.visible.get(parent as usize).copied().unwrap_or(true);
            let turned = self.visible[at] != visible;
            self.visible[at] = visible;
            if turned || flags & CONTENT != 0 {
                changes.visibility.push(NodeId(slot));
            }

            // Where neither is another, nothing below follows from here.
            next = match moved || turned {
                true => self.links.after(slot, top),
                false => self.links.after_subtree(slot, top),
            };
        }
    }

    /// Lists a touched slot as added, removed, or with moved bones or vertices.
    fn list_content(&mut self, slot: u32, changes: &mut Changes) {
        let flags = self.pending.get(slot);
        self.pending.clear(slot, CONTENT | BONES | TOUCHED);
        let exists = self.places[slot as usize].shown.is_some();
        if flags & CONTENT != 0 && exists {
            self.pending.flags[slot as usize] |= DRAWN;
            changes.added.push(NodeId(slot));
        } else if flags & CONTENT != 0 && flags & DRAWN != 0 {
            // The place is still there for its children.
            self.pending.clear(slot, DRAWN);
            changes.removed.push(NodeId(slot));
        } else if flags & BONES != 0 && exists {
            changes.bones.push(NodeId(slot));
        }
    }
}
