//! Changes of nodes that exist.

use std::sync::Arc;

use super::ApplyError;
use super::tree::{NodeId, SceneTree};
use super::variant::{Bindings, Pose, Variant};
use crate::array::Array;
use crate::scene::Node;
use crate::types::Wxyz;
use crate::wire::{Updates, Wire};

impl SceneTree {
    pub(super) fn update(
        &mut self,
        name: &str,
        owner: &str,
        updates: &Updates,
    ) -> Result<(), ApplyError> {
        let Some((slot, is_shown, variant)) = self.variant_mut(name, owner) else {
            return Ok(());
        };
        let node = Arc::make_mut(&mut variant.node);
        let mut changed = Vec::new();
        let mut outcome = Ok(());
        for (property, value) in &updates.0 {
            match node.set(property, value) {
                Ok(true) => changed.push(property.clone()),
                // A property of a later version.
                Ok(false) => {}
                Err(error) => {
                    let property = property.to_string();
                    outcome = Err(ApplyError::Property {
                        node: name.into(),
                        property,
                        error,
                    });
                }
            }
        }
        if changed.iter().any(|property| property == "glb_data") {
            variant.moved = None;
        }
        if is_shown {
            for property in changed {
                self.pending.mark_property(slot, property);
            }
        }
        outcome
    }

    pub(crate) fn set_position(&mut self, name: &str, owner: &str, position: [f64; 3]) {
        self.set_pose(name, owner, |pose| pose.position = position);
    }

    pub(crate) fn set_orientation(&mut self, name: &str, owner: &str, wxyz: Wxyz) {
        self.set_pose(name, owner, |pose| pose.wxyz = wxyz);
    }

    fn set_pose(&mut self, name: &str, owner: &str, change: impl FnOnce(&mut Pose)) {
        if let Some((slot, is_shown, variant)) = self.variant_mut(name, owner) {
            change(&mut variant.pose);
            if is_shown {
                self.pending.mark_pose(slot);
            }
        }
    }

    pub(crate) fn set_visible(&mut self, name: &str, owner: &str, visible: bool) {
        if let Some((slot, is_shown, variant)) = self.variant_mut(name, owner) {
            variant.visible = visible;
            if is_shown {
                self.pending.mark_visibility(slot);
            }
        }
    }

    /// Shows or hides a node whatever the server says; `None` leaves it to the server.
    pub fn set_visible_override(&mut self, id: NodeId, visible: Option<bool>) {
        if let Some(place) = self.places.get_mut(id.0 as usize) {
            place.visible_override = visible;
            self.pending.mark_visibility(id.0);
        }
    }

    pub(crate) fn set_bone(
        &mut self,
        name: &str,
        owner: &str,
        bone: i64,
        change: impl FnOnce(&mut Pose),
    ) {
        let Some((slot, is_shown, variant)) = self.variant_mut(name, owner) else {
            return;
        };
        let bone = usize::try_from(bone)
            .ok()
            .and_then(|bone| variant.bones.get_mut(bone));
        if let Some(bone) = bone {
            change(bone);
            if is_shown {
                self.pending.mark_bones(slot);
            }
        }
    }

    /// Sets a property that is points. For a glTF mesh they are the vertices of what its file holds,
    /// from now on, or the normals of these vertices: without any they follow from the faces.
    pub(super) fn set_points(
        &mut self,
        name: &str,
        property: &str,
        points: Array<[f32; 3]>,
    ) -> Result<(), ApplyError> {
        let Some((slot, is_shown, variant)) = self.variant_mut(name, "") else {
            return Ok(());
        };
        if !matches!(&*variant.node, Node::Glb(_)) {
            let updates = Updates(vec![(property.to_owned().into(), points.to_value())]);
            return self.update(name, "", &updates);
        }
        let moved = variant.moved.get_or_insert_default();
        match property {
            "vertices" => {
                moved.vertices = points;
                moved.normals = Array::default();
            }
            "normals" => moved.normals = points,
            // Of a later version.
            _ => {}
        }
        if is_shown {
            self.pending.mark_bones(slot);
        }
        Ok(())
    }

    pub(super) fn set_bindings(
        &mut self,
        name: &str,
        owner: &str,
        change: impl FnOnce(&mut Bindings),
    ) {
        if let Some((_, _, variant)) = self.variant_mut(name, owner) {
            change(&mut variant.bindings);
        }
    }

    /// An owner's version of a node, its slot, and whether it is the one that is shown. The root
    /// is everybody's.
    fn variant_mut(&mut self, name: &str, owner: &str) -> Option<(u32, bool, &mut Variant)> {
        let NodeId(slot) = self.find(name)?;
        let place = self.places.get_mut(slot as usize)?;
        match &mut place.shown {
            Some(shown) if shown.owner == owner || slot == 0 => Some((slot, true, shown)),
            _ => {
                let variant = place.shadowed.iter_mut().find(|v| v.owner == owner)?;
                Some((slot, false, variant))
            }
        }
    }
}
