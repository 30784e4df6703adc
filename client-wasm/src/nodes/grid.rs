//! Grids.

use std::rc::Rc;

use scenecast_protocol::scene::Grid;

use super::{NodeError, NodeView, Stage};
use crate::render::{Part, Single, node_from_grid};

impl NodeView for Grid {
    fn parts(&self, _: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let pose = node_from_grid(self);
        Ok(vec![Part::single(Single::Grid(
            Rc::new(self.clone()),
            pose,
        ))])
    }
}
