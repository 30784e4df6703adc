//! What one owner says a node is.

use std::sync::Arc;

use glam::{DAffine3, DMat3, DQuat};

use crate::array::Array;
use crate::scene::{AddNode, DragBinding, Node};
use crate::types::Wxyz;

/// Where something is, relative to its parent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// Rotation.
    pub wxyz: Wxyz,
    /// Position.
    pub position: [f64; 3],
}

impl Pose {
    /// As a matrix. Quaternions that are not of unit length are not made so: they deform, as they
    /// do in other viewers.
    pub fn to_affine(self) -> DAffine3 {
        let rotation = DMat3::from_quat(DQuat::from(self.wxyz));
        DAffine3 {
            matrix3: rotation,
            translation: self.position.into(),
        }
    }
}

/// Which clicks and drags on a node are reported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bindings {
    /// Clicks.
    pub click: Vec<DragBinding>,
    /// Drags.
    pub drag: Vec<DragBinding>,
}

/// One owner's version of a node. The server owns the version for everybody (its owner is empty);
/// a single viewer's own version goes before it.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) owner: String,
    /// It only stands in for a parent that this owner did not add.
    pub(super) is_virtual: bool,
    /// Shared with other states of the same history, of which a recording's player keeps many.
    pub(super) node: Arc<Node>,
    pub(super) pose: Pose,
    pub(super) visible: bool,
    pub(super) bindings: Bindings,
    /// Poses of a skinned mesh's bones.
    pub(super) bones: Vec<Pose>,
    /// Of a glTF mesh, whose file it does not change.
    pub(super) moved: Option<Box<MovedVertices>>,
}

/// Where the vertices of a glTF file's only mesh are, if they are elsewhere than in the file: that
/// is sent once, and its vertices for each frame of a sequence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MovedVertices {
    /// `[V, 3]`
    pub vertices: Array<[f32; 3]>,
    /// `[V, 3]`; or none, where they follow from the faces
    pub normals: Array<[f32; 3]>,
}

impl Variant {
    pub(super) fn new(message: &AddNode) -> Self {
        Self {
            owner: message.owner.clone(),
            is_virtual: message.is_virtual,
            bones: bones_at_rest(&message.node),
            moved: None,
            node: Arc::new(message.node.clone()),
            pose: Pose::default(),
            visible: true,
            bindings: Bindings::default(),
        }
    }

    /// Takes kind and properties from a later message of the same owner. Pose, visibility and
    /// bindings stay: a server that wants others says so.
    pub(super) fn replace(&mut self, message: &AddNode) {
        self.is_virtual = message.is_virtual;
        self.bones = bones_at_rest(&message.node);
        self.moved = None;
        self.node = Arc::new(message.node.clone());
    }

    /// The highest rank is shown: what is really there before what stands in for it, the viewer's
    /// own before everybody's.
    pub(super) fn rank(&self) -> u8 {
        u8::from(!self.is_virtual) * 2 + u8::from(!self.owner.is_empty())
    }

    /// The pose that counts: labels face the camera whatever their rotation.
    pub(super) fn drawn_pose(&self) -> Pose {
        match &*self.node {
            Node::Label(_) => Pose {
                wxyz: Wxyz::IDENTITY,
                ..self.pose
            },
            _ => self.pose,
        }
    }
}

fn bones_at_rest(node: &Node) -> Vec<Pose> {
    let Node::SkinnedMesh(mesh) = node else {
        return Vec::new();
    };
    let rotations = mesh
        .bone_wxyzs
        .iter()
        .chain(std::iter::repeat([1.0, 0.0, 0.0, 0.0]));
    mesh.bone_positions
        .iter()
        .zip(rotations)
        .map(|(position, wxyz)| Pose {
            wxyz: Wxyz(wxyz.map(f64::from)),
            position: position.map(f64::from),
        })
        .collect()
}
