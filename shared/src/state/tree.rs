//! The tree of scene nodes.

use std::sync::Arc;

use glam::DAffine3;
use rustc_hash::FxHashMap;

use super::ApplyError;
use super::links::{Links, NONE};
use super::settle::Pending;
use super::variant::{Bindings, MovedVertices, Pose, Variant};
use crate::scene::{AddNode, Frame, Node};
use crate::types::Wxyz;

/// The longest name that a node may have.
pub const MAX_NAME_BYTES: usize = 4096;
/// The most parts that a name may have.
pub const MAX_DEPTH: usize = 256;
/// The most names of nodes that are gone whose visibility the viewer's user chose.
const MAX_CHOICES: usize = 4096;

/// A node, by the number of its place in the tree's arrays. It is the node's for as long as there
/// is one of that name; then another may get it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The root, whose name is empty. Its pose turns the world upright on the screen.
    pub const ROOT: Self = Self(0);

    /// The number. Numbers are small: they can index arrays.
    pub fn index(self) -> u32 {
        self.0
    }
}

/// The scene's nodes by name, with everything that follows from who their parents are.
///
/// A node is what its highest ranking owner says; what the others say is kept for when that one
/// removes it. A parent that nobody added is a place without content, which exists as long as it
/// has children.
#[derive(Clone, Debug)]
pub struct SceneTree {
    pub(super) by_name: FxHashMap<Arc<str>, u32>,
    pub(super) places: Vec<Place>,
    pub(super) links: Links,
    pub(super) free: Vec<u32>,
    pub(super) pending: Pending,
    /// What the viewer's user chose to show or hide on an earlier connection, for nodes that have
    /// not come again.
    choices: FxHashMap<Arc<str>, bool>,
    /// World transforms and effective visibility, as of the last `settle`.
    pub(super) world_from_node: Vec<DAffine3>,
    pub(super) visible: Vec<bool>,
}

/// A name's place in the tree.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) name: Arc<str>,
    pub(super) shown: Option<Box<Variant>>,
    /// What lower ranking owners say. Nearly always empty.
    pub(super) shadowed: Vec<Variant>,
    /// What the viewer's user wants, whatever the server says.
    pub(super) visible_override: Option<bool>,
}

impl Default for SceneTree {
    /// The root and `/WorldAxes`, which every server has.
    fn default() -> Self {
        let mut tree = Self {
            by_name: FxHashMap::default(),
            places: Vec::new(),
            links: Links::default(),
            free: Vec::new(),
            pending: Pending::default(),
            choices: FxHashMap::default(),
            world_from_node: Vec::new(),
            visible: Vec::new(),
        };
        let axes = Frame::default().axes_radius(0.0125).origin_radius(0.025);
        let root = tree.place("".into(), NONE);
        tree.places[root as usize].shown = Some(Box::new(Variant {
            // The scene's z is up on the screen, where y is.
            pose: Pose {
                wxyz: Wxyz([0.5, -0.5, 0.5, 0.5]),
                position: [0.0; 3],
            },
            ..Variant::new(&frame("", axes.clone().show_axes(false)))
        }));
        let world_axes = tree.place("/WorldAxes".into(), root);
        tree.places[world_axes as usize].shown =
            Some(Box::new(Variant::new(&frame("/WorldAxes", axes))));
        tree.pending.mark_content(root);
        tree.pending.mark_content(world_axes);
        tree
    }
}

fn frame(name: &str, props: Frame) -> AddNode {
    AddNode {
        name: name.into(),
        owner: String::new(),
        is_virtual: false,
        node: props.into(),
    }
}

impl SceneTree {
    /// How many nodes there are, the root included and parents that nobody added not.
    pub fn len(&self) -> usize {
        self.places
            .iter()
            .filter(|place| place.shown.is_some())
            .count()
    }

    /// Never: there is always the root.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The node of a name.
    pub fn find(&self, name: &str) -> Option<NodeId> {
        self.by_name.get(name).copied().map(NodeId)
    }

    /// All nodes, parents first, and among siblings in the order in which they were added.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.links.subtree(0).map(NodeId)
    }

    /// A node and all nodes below it, parents first.
    pub fn subtree(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.links.subtree(id.0).map(NodeId)
    }

    /// A node's name.
    pub fn name(&self, id: NodeId) -> &Arc<str> {
        &self.at(id).name
    }

    /// A node's kind and properties; `None` for a parent that nobody added.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        Some(&*self.shown(id)?.node)
    }

    /// Who owns what is shown; empty for the server itself.
    pub fn owner(&self, id: NodeId) -> &str {
        self.shown(id).map_or("", |variant| &variant.owner)
    }

    /// The parent; `None` for the root.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.links.get(id.0).parent;
        (parent != NONE).then_some(NodeId(parent))
    }

    /// The children in the order in which they were added.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.links.children(id.0).map(NodeId)
    }

    /// A node's pose in its parent, as the server set it.
    pub fn pose(&self, id: NodeId) -> Pose {
        self.shown(id)
            .map_or_else(Pose::default, |variant| variant.pose)
    }

    /// Whether the server shows a node, its parents aside.
    pub fn is_shown_by_server(&self, id: NodeId) -> bool {
        self.shown(id).is_none_or(|variant| variant.visible)
    }

    /// What the viewer's user chose instead of what the server says, if he did.
    pub fn visible_override(&self, id: NodeId) -> Option<bool> {
        self.at(id).visible_override
    }

    /// Whether a node is shown, its parents aside: as the viewer's user chose, or else as the
    /// server says.
    pub fn is_shown(&self, id: NodeId) -> bool {
        self.visible_override(id)
            .unwrap_or_else(|| self.is_shown_by_server(id))
    }

    /// Whether a node only stands in for a parent that nobody added.
    pub fn is_virtual(&self, id: NodeId) -> bool {
        self.shown(id).is_none_or(|variant| variant.is_virtual)
    }

    /// Which clicks and drags on a node are reported; `None` for a parent that nobody added.
    pub fn bindings(&self, id: NodeId) -> Option<&Bindings> {
        Some(&self.shown(id)?.bindings)
    }

    /// Poses of a skinned mesh's bones in the mesh's frame; empty for other nodes.
    pub fn bones(&self, id: NodeId) -> &[Pose] {
        self.shown(id).map_or(&[], |variant| &variant.bones)
    }

    /// Where a glTF mesh's vertices are, if they are elsewhere than in its file.
    pub fn moved_vertices(&self, id: NodeId) -> Option<&MovedVertices> {
        self.shown(id)?.moved.as_deref()
    }

    /// A node's transform to the renderer's world (y up), as of the last
    /// [`settle`](Self::settle). Its own scale is not included.
    pub fn world_from_node(&self, id: NodeId) -> DAffine3 {
        self.world_from_node
            .get(id.0 as usize)
            .copied()
            .unwrap_or(DAffine3::IDENTITY)
    }

    /// Whether a node is shown and all of its parents are, as of the last
    /// [`settle`](Self::settle).
    pub fn is_visible(&self, id: NodeId) -> bool {
        self.visible.get(id.0 as usize).copied().unwrap_or(false)
    }

    /// About how many bytes a copy takes that shares the nodes' properties with this tree.
    pub(crate) fn footprint(&self) -> usize {
        // A place with its transforms and links, and a version of a node without properties.
        const PLACE_BYTES: usize = 512;
        let bones = |place: &Place| place.shown.as_ref().map_or(0, |v| size_of_val(&*v.bones));
        self.places.len() * PLACE_BYTES + self.places.iter().map(bones).sum::<usize>()
    }

    /// The tree of a viewer that connects again: empty, but what its user chose to show or hide
    /// holds for nodes of the same names.
    pub(super) fn reconnected(&self) -> Self {
        let chosen = |place: &Place| Some((place.name.clone(), place.visible_override?));
        let mut next = Self::default();
        next.choices.extend(self.places.iter().filter_map(chosen));
        if next.choices.len() + self.choices.len() <= MAX_CHOICES {
            next.choices.extend(self.choices.clone());
        }
        for slot in 0..next.places.len() {
            next.places[slot].visible_override = next.choices.remove(&next.places[slot].name);
        }
        next
    }

    /// Adds a node, or replaces its owner's version of it.
    pub(super) fn add(&mut self, message: &AddNode) -> Result<(), ApplyError> {
        if message.name.is_empty() {
            return Err(ApplyError::Root);
        }
        let slot = self.find_or_place(&message.name)?;
        let place = &mut self.places[slot as usize];
        let Some(shown) = &mut place.shown else {
            place.shown = Some(Box::new(Variant::new(message)));
            self.pending.mark_content(slot);
            return Ok(());
        };
        if shown.owner == message.owner {
            shown.replace(message);
            self.pending.mark_content(slot);
        } else if let Some(known) = place.shadowed.iter_mut().find(|v| v.owner == message.owner) {
            known.replace(message);
        } else {
            let mut added = Variant::new(message);
            if added.rank() >= shown.rank() {
                std::mem::swap(&mut **shown, &mut added);
                self.pending.mark_content(slot);
            }
            place.shadowed.push(added);
        }
        self.show_highest(slot);
        Ok(())
    }

    /// Removes an owner's version of a node and of all nodes below it.
    pub(super) fn remove(&mut self, name: &str, owner: &str) {
        let Some(NodeId(top)) = self.find(name) else {
            return;
        };
        let slots: Vec<u32> = self.links.subtree(top).filter(|slot| *slot != 0).collect();
        let mut above = self.links.get(top).parent;
        // Children first: a place goes when it has neither content nor children.
        for slot in slots.into_iter().rev() {
            self.remove_variant(slot, owner);
            self.prune(slot);
        }
        while above != NONE {
            let next = self.links.get(above).parent;
            self.prune(above);
            above = next;
        }
    }

    fn remove_variant(&mut self, slot: u32, owner: &str) {
        let place = &mut self.places[slot as usize];
        let Some(departing) = place.shown.take_if(|shown| shown.owner == owner) else {
            place.shadowed.retain(|variant| variant.owner != owner);
            return;
        };
        let highest = place
            .shadowed
            .iter()
            .enumerate()
            .max_by_key(|(_, variant)| variant.rank());
        if let Some((index, _)) = highest {
            let mut promoted = place.shadowed.remove(index);
            if promoted.is_virtual {
                // It has no place of its own: its children stay where they are.
                promoted.pose = departing.pose;
                promoted.visible = true;
            }
            place.shown = Some(Box::new(promoted));
        }
        self.pending.mark_content(slot);
    }

    /// Swaps what is shown for a shadowed version that has come to outrank it.
    fn show_highest(&mut self, slot: u32) {
        let place = &mut self.places[slot as usize];
        let Some(shown) = &mut place.shown else {
            return;
        };
        let highest = place
            .shadowed
            .iter_mut()
            .max_by_key(|variant| variant.rank());
        if let Some(other) = highest.filter(|variant| variant.rank() > shown.rank()) {
            std::mem::swap(&mut **shown, other);
            self.pending.mark_content(slot);
        }
    }

    /// Forgets a place that has neither content nor children.
    pub(super) fn prune(&mut self, slot: u32) {
        let place = &mut self.places[slot as usize];
        if slot == 0 || place.shown.is_some() || self.links.has_children(slot) {
            return;
        }
        place.visible_override = None;
        self.by_name
            .remove(&std::mem::replace(&mut place.name, "".into()));
        self.links.detach(slot);
        self.pending.forget(slot);
        self.free.push(slot);
    }

    fn find_or_place(&mut self, name: &Arc<str>) -> Result<u32, ApplyError> {
        if let Some(NodeId(slot)) = self.find(name) {
            return Ok(slot);
        }
        let depth = name.bytes().filter(|byte| *byte == b'/').count();
        if name.len() > MAX_NAME_BYTES || depth > MAX_DEPTH {
            return Err(ApplyError::Name {
                bytes: name.len(),
                depth,
            });
        }
        let mut missing = vec![name.clone()];
        let mut ancestor = parent_name(name);
        let mut slot = loop {
            match self.find(ancestor) {
                Some(NodeId(slot)) => break slot,
                None => missing.push(ancestor.into()),
            }
            ancestor = parent_name(ancestor);
        };
        for name in missing.into_iter().rev() {
            slot = self.place(name, slot);
        }
        Ok(slot)
    }

    /// A new place without content.
    pub(super) fn place(&mut self, name: Arc<str>, parent: u32) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.places.push(Place {
                name: "".into(),
                shown: None,
                shadowed: Vec::new(),
                visible_override: None,
            });
            self.world_from_node.push(DAffine3::IDENTITY);
            self.visible.push(false);
            self.places.len() as u32 - 1
        });
        self.by_name.insert(name.clone(), slot);
        self.places[slot as usize].visible_override = self.choices.remove(&name);
        self.places[slot as usize].name = name;
        self.links.attach(slot, parent);
        self.visible[slot as usize] = false;
        self.pending.mark_pose(slot);
        slot
    }

    pub(super) fn at(&self, id: NodeId) -> &Place {
        // An id that outlived its tree stands for the root rather than for a panic.
        self.places.get(id.0 as usize).unwrap_or(&self.places[0])
    }

    fn shown(&self, id: NodeId) -> Option<&Variant> {
        self.at(id).shown.as_deref()
    }
}

/// The name before the last `/`; empty for children of the root.
fn parent_name(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(parent, _)| parent)
}
