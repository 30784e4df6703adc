//! glTF assets.

use crate::array::Array;
use crate::scene::Lod;
use crate::types::{ReceiveShadow, Scale};
use bytes::Bytes;

props! {
    /// A glTF 2.0 scene; its animations play.
    pub struct Glb as "GlbProps" {
        /// A glTF 2.0 file in its binary form. Its coordinates are used as they are: y-up is not
        /// converted.
        glb_data: Bytes = Bytes::new(),
        /// Whether the node throws shadows.
        cast_shadow: bool = true,
        /// Whether shadows fall on the node.
        receive_shadow: ReceiveShadow = ReceiveShadow::default(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

impl Glb {
    /// The scene of this file.
    pub fn new(glb_data: impl Into<Bytes>) -> Self {
        Self {
            glb_data: glb_data.into(),
            ..Self::default()
        }
    }
}

props! {
    /// Many instances of one glTF 2.0 scene.
    pub struct BatchedGlb as "BatchedGlbProps" {
        /// Rotations of the instances, `[N, 4]`, scalar first.
        batched_wxyzs: Array<[f32; 4]> = Array::default(),
        /// Positions of the instances, `[N, 3]`.
        batched_positions: Array<[f32; 3]> = Array::default(),
        /// Scales of the instances: `[N]`, or `[N, 3]` along each axis.
        batched_scales: Option<Array<f32>> = None,
        /// When instances far away are drawn with fewer triangles.
        lod: Lod = Lod::default(),
        /// A glTF 2.0 file in its binary form. Its coordinates are used as they are: y-up is not
        /// converted.
        glb_data: Bytes = Bytes::new(),
        /// Whether the node throws shadows.
        cast_shadow: bool = true,
        /// Whether shadows fall on the instances.
        receive_shadow: bool = true,
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

impl BatchedGlb {
    /// The scene of this file at each pose; `wxyzs` and `positions` have a row for each instance.
    pub fn new(
        glb_data: impl Into<Bytes>,
        wxyzs: impl Into<Array<[f32; 4]>>,
        positions: impl Into<Array<[f32; 3]>>,
    ) -> Self {
        Self {
            glb_data: glb_data.into(),
            batched_wxyzs: wxyzs.into(),
            batched_positions: positions.into(),
            ..Self::default()
        }
    }
}
