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

/// How many bones can move a vertex.
const INFLUENCES: usize = 4;

impl SkinnedMesh {
    /// Triangles `faces` over `vertices`, moved by bones. `weights` says how much each bone moves
    /// each vertex, row by row, `[V, B]`; of each row the four largest count.
    pub fn new(
        vertices: impl Into<Array<[f32; 3]>>,
        faces: impl Into<Array<[u32; 3]>>,
        bone_wxyzs: impl Into<Array<[f32; 4]>>,
        bone_positions: impl Into<Array<[f32; 3]>>,
        weights: &[f32],
    ) -> Self {
        let bone_wxyzs = bone_wxyzs.into();
        let (indices, weights) = strongest(weights, bone_wxyzs.len());
        Self {
            vertices: vertices.into(),
            faces: faces.into(),
            bone_wxyzs,
            bone_positions: bone_positions.into(),
            skin_indices: indices.into(),
            skin_weights: weights.into(),
            ..Self::default()
        }
    }
}

/// The bones with the largest weights of each vertex, weakest first as viser has them, filled up
/// with zeros. No rows if the weights do not fill rows of `bones`.
fn strongest(weights: &[f32], bones: usize) -> (Vec<[u16; 4]>, Vec<[f32; 4]>) {
    if bones == 0 || !weights.len().is_multiple_of(bones) {
        return (Vec::new(), Vec::new());
    }
    let mut order: Vec<usize> = Vec::with_capacity(bones);
    let rows = weights.chunks_exact(bones).map(|row| {
        order.clear();
        order.extend(0..bones);
        crate::sort::indices(&mut order, &mut |a, b| row[a].total_cmp(&row[b]));
        let (mut indices, mut strengths) = ([0; INFLUENCES], [0.0; INFLUENCES]);
        let chosen = &order[bones.saturating_sub(INFLUENCES)..];
        for (slot, bone) in chosen.iter().enumerate() {
            // More bones than that do not fit the wire; the server refuses them.
            indices[slot] = *bone as u16;
            strengths[slot] = row[*bone];
        }
        (indices, strengths)
    });
    rows.unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_bones_count() {
        let (indices, weights) = strongest(&[0.1, 0.5, 0.0, 0.3, 0.05, 0.05], 6);
        assert_eq!(indices, [[5, 0, 3, 1]]);
        assert_eq!(weights, [[0.05, 0.1, 0.3, 0.5]]);
        let (indices, weights) = strongest(&[0.75, 0.25, 0.0, 1.0], 2);
        assert_eq!(indices, [[1, 0, 0, 0], [0, 1, 0, 0]]);
        assert_eq!(weights, [[0.25, 0.75, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]]);
    }

    #[test]
    fn weights_that_fill_no_rows_make_none() {
        assert!(strongest(&[1.0; 5], 2).0.is_empty());
        assert!(strongest(&[1.0], 0).0.is_empty());
    }
}
