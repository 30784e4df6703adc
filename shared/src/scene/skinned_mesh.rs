//! Skinned meshes.

use crate::array::Array;
use crate::scene::Material;
use crate::scene::Side;
use crate::types::{ReceiveShadow, Rgb, Scale};

props! {
    /// A triangle mesh that bones deform.
    pub struct SkinnedMesh as "SkinnedMeshProps" {
        /// Positions, `[V, 3]`.
        vertices: Array<[f32; 3]> = Array::default(),
        /// Triangles as vertex indices, `[F, 3]`.
        faces: Array<[u32; 3]> = Array::default(),
        /// Colour.
        color: Rgb = Rgb([90, 200, 255]),
        /// Draw edges only.
        wireframe: bool = false,
        /// Opacity, 0 to 1; `None` draws opaque.
        opacity: Option<f64> = None,
        /// One normal for each triangle instead of smooth ones.
        flat_shading: bool = false,
        /// Which side of the triangles is drawn; counter-clockwise is the front.
        side: Side = Side::default(),
        /// How the surface reacts to light.
        material: Material = Material::default(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
        /// Whether the node throws shadows.
        cast_shadow: bool = true,
        /// Whether shadows fall on the node.
        receive_shadow: ReceiveShadow = ReceiveShadow::default(),
        /// Rotations of the bones at rest, `[B, 4]`.
        bone_wxyzs: Array<[f32; 4]> = Array::default(),
        /// Positions of the bones at rest, `[B, 3]`.
        bone_positions: Array<[f32; 3]> = Array::default(),
        /// Bones that move each vertex, `[V, 4]`.
        skin_indices: Array<[u16; 4]> = Array::default(),
        /// Their weights, `[V, 4]`.
        skin_weights: Array<[f32; 4]> = Array::default(),
    }
}
