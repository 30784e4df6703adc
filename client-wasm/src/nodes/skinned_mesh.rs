//! Meshes that bones deform.

use std::rc::Rc;

use glam::{Mat4, Quat};
use scenecast_protocol::scene::SkinnedMesh;
use three_d::core::VertexBuffer;

use super::surface::surface;
use super::{NodeError, NodeView, Stage};
use crate::render::{Attribute, Bones, Part, Shape, Single, Skinned, Triangles, Weights};

/// What the geometry on the GPU is made of.
const SHAPE_FIELDS: [&str; 5] = [
    "vertices",
    "faces",
    "wireframe",
    "skin_indices",
    "skin_weights",
];

impl NodeView for SkinnedMesh {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        self.updated_parts(&[], &[SHAPE_FIELDS[0]], stage)
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        let bones = self.bone_positions.len().min(self.bone_wxyzs.len());
        if bones == 0 {
            return Ok(Vec::new());
        }
        let old = match old {
            [Part::Single(Single::Skinned(skinned, _), _)] => Some(skinned),
            _ => None,
        };
        let is_changed = |fields: &[&str]| changed.iter().any(|name| fields.contains(name));
        let is_boned = is_changed(&["bone_wxyzs", "bone_positions"]);
        let shape = match old {
            Some(old) if !is_changed(&SHAPE_FIELDS) && !is_boned => old.shape.clone(),
            _ => self.shape(bones, stage)?,
        };
        let bones = match old {
            Some(old) if !is_boned => old.bones.clone(),
            _ => Rc::new(Bones::new(self.bones_at_rest())),
        };
        let skinned = Skinned {
            shape,
            look: surface!(self).look(),
            bones,
            weights: Weights {
                bones: self.skin_indices.clone(),
                weights: self.skin_weights.clone(),
            },
        };
        // The node's scale has no effect: bones place the vertices.
        let pose = Mat4::IDENTITY;
        Ok(vec![Part::single(Single::Skinned(Rc::new(skinned), pose))])
    }
}

/// What the GPU is to know.
trait Skin {
    fn shape(&self, bones: usize, stage: &mut Stage<'_>) -> Result<Rc<Shape>, NodeError>;
    fn bones_at_rest(&self) -> Vec<Mat4>;
}

impl Skin for SkinnedMesh {
    fn shape(&self, bones: usize, stage: &mut Stage<'_>) -> Result<Rc<Shape>, NodeError> {
        let mesh = stage.mesh(&self.vertices, &self.faces)?;
        let vertices = mesh.positions.len();
        let mut indices = self.skin_indices.to_vec();
        let weights = self.skin_weights.as_slice();
        for (field, rows) in [
            ("skin_indices", indices.len()),
            ("skin_weights", weights.len()),
        ] {
            if rows < vertices {
                return Err(NodeError::Rows {
                    field,
                    rows,
                    expected: format!("{vertices}, one for each vertex"),
                });
            }
        }
        for (index, weight) in indices.iter_mut().flatten().zip(weights.iter().flatten()) {
            if usize::from(*index) >= bones {
                if *weight != 0.0 {
                    return Err(NodeError::Range {
                        field: "skin_indices",
                        value: u32::from(*index),
                        expected: "below the number of bones",
                    });
                }
                *index = 0;
            }
        }
        let context = stage.context();
        let attributes = vec![
            (
                "bones",
                Attribute::U16(VertexBuffer::new_with_data(context, &indices[..vertices])),
            ),
            (
                "weights",
                Attribute::Vec4(VertexBuffer::new_with_data(context, &weights[..vertices])),
            ),
        ];
        let triangles = Triangles::new(self.vertices.clone(), self.faces.clone());
        Ok(stage.shape_of(&mesh, self.wireframe, triangles, attributes))
    }

    /// Inverted poses in the node's frame.
    fn bones_at_rest(&self) -> Vec<Mat4> {
        let bones = self.bone_wxyzs.iter().zip(self.bone_positions.iter());
        let pose = |([w, x, y, z], position): ([f32; 4], [f32; 3])| {
            Mat4::from_rotation_translation(Quat::from_xyzw(x, y, z, w), position.into()).inverse()
        };
        bones.map(pose).collect()
    }
}
