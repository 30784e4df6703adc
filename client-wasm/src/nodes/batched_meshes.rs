//! Many instances of a mesh in one node.

use std::rc::Rc;

use glam::Mat4;
use scenecast_protocol::scene::BatchedMeshes;

use super::instances::{self, Placement};
use super::surface::{Surface, shadowing};
use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{Batch, Levels, Look, Part, Shape, Single, Triangles, color};

impl NodeView for BatchedMeshes {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let mesh = stage.mesh(&self.vertices, &self.faces)?;
        let triangles = Triangles::new(self.vertices.clone(), self.faces.clone());
        let shape = stage.shape_of(&mesh, self.wireframe, triangles, Vec::new());
        let levels = Levels::new(&self.lod, self.vertices.len(), shape.radius());
        self.batch(shape, Rc::new(levels), None)
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        let reshaped = changed
            .iter()
            .any(|name| ["vertices", "faces", "wireframe", "lod"].contains(name));
        match old {
            [Part::Single(Single::Batch(batch, _), _)] if !reshaped => {
                self.batch(batch.shape().clone(), batch.levels().clone(), Some(batch))
            }
            _ => self.parts(stage),
        }
    }
}

/// A batch of instances.
trait Batched {
    fn batch(
        &self,
        shape: Rc<Shape>,
        levels: Rc<Levels>,
        old: Option<&Batch>,
    ) -> Result<Vec<Part>, NodeError>;
    fn instances(&self) -> Result<Vec<(Mat4, Look)>, NodeError>;
    fn is_transparent(&self) -> bool;
}

impl Batched for BatchedMeshes {
    fn batch(
        &self,
        shape: Rc<Shape>,
        levels: Rc<Levels>,
        old: Option<&Batch>,
    ) -> Result<Vec<Part>, NodeError> {
        let instances = self.instances()?;
        let side = instances.first().map_or(self.side, |(_, look)| look.side);
        let batch = Batch::new(shape, levels, side, self.is_transparent(), &instances, old);
        let pose = scaled(self.scale);
        Ok(vec![Part::single(Single::Batch(Rc::new(batch), pose))])
    }

    fn instances(&self) -> Result<Vec<(Mat4, Look)>, NodeError> {
        let placement = Placement {
            wxyzs: &self.batched_wxyzs,
            positions: &self.batched_positions,
            scales: self.batched_scales.as_ref(),
        };
        let poses = instances::poses(self.batched_positions.len(), &placement)?;
        let colors = self.batched_colors.as_slice();
        if colors.is_empty() && !poses.is_empty() {
            return Err(NodeError::Rows {
                field: "batched_colors",
                rows: 0,
                expected: format!("1 or {}", poses.len()),
            });
        }
        let opacities = self.batched_opacities.as_ref().map(|o| o.as_slice());
        let opacities = opacities.as_deref().filter(|o| !o.is_empty());
        let opacity = self.opacity.map_or(1.0, |opacity| opacity as f32);
        let look = Surface {
            color: Default::default(),
            opacity: None,
            wireframe: self.wireframe,
            flat_shading: self.flat_shading,
            side: self.side,
            material: self.material,
            shadows: shadowing(self.cast_shadow, self.receive_shadow),
        }
        .look();
        let instance = |(i, pose): (usize, Mat4)| {
            let look = Look {
                // Colours of instances are taken as linear light, which is brighter.
                color: color::unit(colors[i % colors.len()]),
                opacity: Some(opacity * opacities.map_or(1.0, |o| o[i % o.len()])),
                ..look
            };
            (pose, look)
        };
        Ok(poses.into_iter().enumerate().map(instance).collect())
    }

    fn is_transparent(&self) -> bool {
        self.batched_opacities.is_some() || self.opacity.is_some_and(|opacity| opacity < 1.0)
    }
}
