//! The bones of a skinned mesh.

use super::NodeInner;
use crate::error::{Error, Result};
use scenecast_protocol::{
    Wxyz,
    scene::{Node, SetBoneOrientation, SetBonePosition},
};

/// The pose of a bone in the mesh's frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BonePose {
    pub(crate) wxyz: Wxyz,
    pub(crate) position: [f64; 3],
}

/// The bones at rest.
pub(super) fn at_rest(node: &Node) -> Vec<BonePose> {
    let Node::SkinnedMesh(mesh) = node else {
        return Vec::new();
    };
    let poses = mesh.bone_wxyzs.iter().zip(mesh.bone_positions.iter());
    poses
        .map(|(wxyz, position)| BonePose {
            wxyz: Wxyz(wxyz.map(f64::from)),
            position: position.map(f64::from),
        })
        .collect()
}

impl NodeInner {
    /// How many bones there are.
    pub(crate) fn bones(&self) -> Result<usize> {
        self.read(|state| state.bones.len())
    }

    /// The pose of a bone.
    pub(crate) fn bone(&self, index: usize) -> Result<BonePose> {
        let (pose, count) =
            self.read(|state| (state.bones.get(index).copied(), state.bones.len()))?;
        pose.ok_or_else(|| Error::InvalidValue {
            what: "bone",
            reason: format!(
                "there is none with index {index}, {} has {count}",
                self.name
            ),
        })
    }

    pub(crate) fn set_bone_position(&self, index: usize, position: [f64; 3]) -> Result<()> {
        self.check_pose("bone position", &position)?;
        if self.bone(index)?.position == position {
            return Ok(());
        }
        let message = SetBonePosition {
            name: self.name.clone(),
            bone_index: index as i64,
            position,
            owner: self.scope.owner(),
        };
        self.change(message.into(), |state| {
            if let Some(bone) = state.bones.get_mut(index) {
                bone.position = position;
            }
        })
    }

    pub(crate) fn set_bone_wxyz(&self, index: usize, wxyz: Wxyz) -> Result<()> {
        self.check_pose("bone wxyz", &wxyz.0)?;
        if self.bone(index)?.wxyz == wxyz {
            return Ok(());
        }
        let message = SetBoneOrientation {
            name: self.name.clone(),
            bone_index: index as i64,
            wxyz,
            owner: self.scope.owner(),
        };
        self.change(message.into(), |state| {
            if let Some(bone) = state.bones.get_mut(index) {
                bone.wxyz = wxyz;
            }
        })
    }
}
