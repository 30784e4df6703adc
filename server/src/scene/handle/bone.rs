//! The bones of a skinned mesh.

use super::Handle;
use crate::{
    error::Result,
    scene::{Position, SkinnedMesh},
};
use scenecast_protocol::Wxyz;

/// A bone of a skinned mesh. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Bone {
    mesh: Handle<SkinnedMesh>,
    index: usize,
}

impl Handle<SkinnedMesh> {
    /// The bones.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn bones(&self) -> Result<Vec<Bone>> {
        let bones = (0..self.node.bones()?).map(|index| Bone {
            mesh: self.clone(),
            index,
        });
        Ok(bones.collect())
    }

    /// The bone with this index.
    ///
    /// # Errors
    /// The node has been removed, or there is no such bone.
    pub fn bone(&self, index: usize) -> Result<Bone> {
        self.node.bone(index)?;
        Ok(Bone {
            mesh: self.clone(),
            index,
        })
    }
}

impl Bone {
    /// Which bone it is.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Position in the mesh's frame.
    ///
    /// # Errors
    /// The mesh has been removed.
    pub fn position(&self) -> Result<[f64; 3]> {
        Ok(self.mesh.node.bone(self.index)?.position)
    }

    /// Moves the bone in the mesh's frame, and the mesh's surface with it.
    ///
    /// # Errors
    /// The mesh has been removed, or the position is not finite.
    pub fn set_position(&self, position: impl Into<Position>) -> Result<()> {
        let position = position.into().0;
        self.mesh.node.set_bone_position(self.index, position)
    }

    /// Rotation in the mesh's frame.
    ///
    /// # Errors
    /// The mesh has been removed.
    pub fn wxyz(&self) -> Result<Wxyz> {
        Ok(self.mesh.node.bone(self.index)?.wxyz)
    }

    /// Turns the bone in the mesh's frame, and the mesh's surface with it.
    ///
    /// # Errors
    /// The mesh has been removed, or the rotation is not finite.
    pub fn set_wxyz(&self, wxyz: impl Into<Wxyz>) -> Result<()> {
        self.mesh.node.set_bone_wxyz(self.index, wxyz.into())
    }
}
