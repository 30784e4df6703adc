//! Triangle meshes.

use std::rc::Rc;

use scenecast_protocol::scene::Mesh;

use super::surface::surface;
use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{Part, Shape, Triangles};

impl NodeView for Mesh {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let mesh = stage.mesh(&self.vertices, &self.faces)?;
        let triangles = Triangles::new(self.vertices.clone(), self.faces.clone());
        let shape = stage.shape_of(&mesh, self.wireframe, triangles, Vec::new());
        Ok(vec![self.surface(shape)])
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        let reshaped = changed
            .iter()
            .any(|name| ["vertices", "faces", "wireframe"].contains(name));
        match old {
            [Part::Surfaces { shape, .. }] if !reshaped => Ok(vec![self.surface(shape.clone())]),
            _ => self.parts(stage),
        }
    }

    fn renewed(&self, parts: &[Part], changed: &[&str]) -> bool {
        match parts {
            [Part::Surfaces { shape, .. }] if changed == ["vertices"] => {
                shape.move_vertices(&self.vertices, None)
            }
            _ => false,
        }
    }
}

/// A mesh's geometry in its place and look.
trait Placed {
    fn surface(&self, shape: Rc<Shape>) -> Part;
}

impl Placed for Mesh {
    fn surface(&self, shape: Rc<Shape>) -> Part {
        Part::surfaces(shape, vec![(scaled(self.scale), surface!(self).look())])
    }
}
