//! Gaussian splats.

use scenecast_protocol::Array;
use scenecast_protocol::scene::GaussianSplats;

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::Part;

impl NodeView for GaussianSplats {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        self.updated_parts(&[], &["buffer"], stage)
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        if self.buffer.is_empty() {
            stage.complain(NodeError::Empty { field: "buffer" });
            return Ok(Vec::new());
        }
        let old = match old {
            [Part::Splats { splats, .. }] => Some(splats),
            _ => None,
        };
        let splats = match old {
            Some(splats) if changed == ["scale"] => splats.clone(),
            _ => {
                let harmonics = fitting_harmonics(self, stage);
                stage.splats(&self.buffer, &harmonics, old)?
            }
        };
        Ok(vec![Part::Splats {
            splats,
            node_from_splats: scaled(self.scale),
        }])
    }
}

/// Harmonics, where they go with the splats.
fn fitting_harmonics(node: &GaussianSplats, stage: &mut Stage<'_>) -> Array<[u32; 14]> {
    let (rows, splats) = (node.harmonics.len(), node.buffer.len());
    if rows == 0 || rows == splats {
        return node.harmonics.clone();
    }
    stage.complain(NodeError::Rows {
        field: "harmonics",
        rows,
        expected: format!("0 or {splats}, one for each splat"),
    });
    Array::default()
}
