//! Spheres.

use glam::{Mat4, Vec3};
use scenecast_protocol::scene::Icosphere;

use super::surface::surface;
use super::{NodeError, NodeView, Solid, Stage, scaled};
use crate::render::Part;

/// The most subdivisions that are drawn: about a million triangles.
const MAX_SUBDIVISIONS: u32 = 223;

impl NodeView for Icosphere {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let subdivisions = self.subdivisions;
        if subdivisions > MAX_SUBDIVISIONS {
            let (field, expected) = ("subdivisions", "at most 223");
            return Err(NodeError::Range {
                field,
                value: subdivisions,
                expected,
            });
        }
        let shape = stage.solid(Solid::Icosphere { subdivisions }, self.wireframe);
        let pose = scaled(self.scale) * Mat4::from_scale(Vec3::splat(self.radius as f32));
        Ok(vec![Part::surfaces(
            shape,
            vec![(pose, surface!(self).look())],
        )])
    }
}
