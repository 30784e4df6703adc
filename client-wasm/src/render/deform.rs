//! Nodes whose vertices move while the rest stays as it is.

use scenecast_protocol::state::{MovedVertices, Pose};

use super::{Part, Renderer, Single};

impl Renderer {
    /// Moves the bones of a skinned mesh: poses in the node's frame. For other nodes, nothing.
    pub fn set_bones(&mut self, id: u32, bones: &[Pose]) {
        if let Some(Some(view)) = self.views.get(id as usize)
            && let [Part::Single(Single::Skinned(skinned, _), _)] = &view.parts[..]
        {
            let poses = bones
                .iter()
                .map(|pose| pose.to_affine().as_affine3a().into());
            skinned.bones.set(poses);
            self.shadows.renew_if(view.visible && view.casts());
            self.needs_redraw |= view.visible;
            self.forget_outline(id);
        }
    }

    /// Moves the vertices of a glTF file's only mesh. Where the file has more, or other vertices,
    /// nothing.
    pub fn move_vertices(&mut self, id: u32, moved: &MovedVertices) {
        if let Some(Some(view)) = self.views.get(id as usize)
            && let [Part::Model(model)] = &view.parts[..]
            && model.move_vertices(moved)
        {
            self.shadows.renew_if(view.visible && view.casts());
            self.needs_redraw |= view.visible;
            self.forget_outline(id);
        }
    }
}
