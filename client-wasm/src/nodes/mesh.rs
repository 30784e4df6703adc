//! Triangle meshes.

use scenecast_protocol::scene::Mesh;

use super::surface::surface;
use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{Part, geometry};

impl NodeView for Mesh {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let mesh = geometry::from_mesh(&self.vertices.as_slice(), &self.faces.as_slice())?;
        let shape = stage.shape(&mesh, self.wireframe);
        Ok(vec![Part::surfaces(
            shape,
            vec![(scaled(self.scale), surface!(self).look())],
        )])
    }
}
