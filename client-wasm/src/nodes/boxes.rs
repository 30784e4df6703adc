//! Boxes.

use glam::Mat4;
use scenecast_protocol::scene::Box;

use super::surface::surface;
use super::{NodeError, NodeView, Solid, Stage, scaled, vector};
use crate::render::Part;

impl NodeView for Box {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let shape = stage.solid(Solid::Box, self.wireframe);
        let pose = scaled(self.scale) * Mat4::from_scale(vector(self.dimensions));
        Ok(vec![Part::surfaces(
            shape,
            vec![(pose, surface!(self).look())],
        )])
    }
}
