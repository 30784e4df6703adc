//! Cylinders.

use glam::{Mat4, Vec3};
use scenecast_protocol::scene::Cylinder;

use super::surface::surface;
use super::{NodeError, NodeView, Solid, Stage, scaled};
use crate::render::Part;

/// The most sides that are drawn.
const MAX_SEGMENTS: u32 = 65_536;

impl NodeView for Cylinder {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let segments = self.radial_segments;
        if !(3..=MAX_SEGMENTS).contains(&segments) {
            let (field, expected) = ("radial_segments", "3 to 65536");
            return Err(NodeError::Range {
                field,
                value: segments,
                expected,
            });
        }
        let shape = stage.solid(Solid::Cylinder { segments }, self.wireframe);
        let radius = self.radius as f32;
        let size = Vec3::new(radius, radius, self.height as f32);
        let pose = scaled(self.scale) * Mat4::from_scale(size);
        Ok(vec![Part::surfaces(
            shape,
            vec![(pose, surface!(self).look())],
        )])
    }
}
