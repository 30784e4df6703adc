//! Line segments.

use scenecast_protocol::scene::LineSegments;

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{LineColors, Lines, Part, Segments};

impl NodeView for LineSegments {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let segments = self.points.len();
        if segments == 0 {
            stage.complain(NodeError::Empty { field: "points" });
            return Ok(Vec::new());
        }
        let colors = self.colors.as_slice();
        let colors = match &*colors {
            [rgb] => LineColors::Uniform(*rgb),
            rows if rows.len() >= 2 * segments => LineColors::PerEnd(rows),
            rows => {
                let expected = format!("1, or {}: two for each segment", 2 * segments);
                return Err(NodeError::Rows {
                    field: "colors",
                    rows: rows.len(),
                    expected,
                });
            }
        };
        let lines = Lines::new(&Segments {
            ends: &self.points.as_slice(),
            colors,
            thickness: self.thickness as f32,
            units: self.thickness_units,
        });
        Ok(vec![Part::lines(lines, scaled(self.scale))])
    }
}
