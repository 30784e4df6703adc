//! Line segments.

use std::rc::Rc;

use scenecast_protocol::Rgb;
use scenecast_protocol::scene::LineSegments;

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{Lines, Part, Segments, Single, color};

impl NodeView for LineSegments {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let segments = self.points.len();
        if segments == 0 {
            return Ok(Vec::new());
        }
        let colors = self.colors.as_slice();
        let colors = match &*colors {
            [rgb] => vec![[color::linear(Rgb(*rgb)); 2]],
            // Colours of single ends are taken as linear light, which is brighter.
            rows if rows.len() >= 2 * segments => rows
                .as_chunks::<2>()
                .0
                .iter()
                .map(|ends| ends.map(color::unit))
                .collect(),
            rows => {
                let expected = format!("1, or {}: two for each segment", 2 * segments);
                return Err(NodeError::Rows {
                    field: "colors",
                    rows: rows.len(),
                    expected,
                });
            }
        };
        let lines = Lines::new(
            stage.context(),
            &Segments {
                ends: &self.points.as_slice(),
                colors: &colors,
                thickness: self.thickness as f32,
                units: self.thickness_units,
            },
        );
        Ok(vec![Part::single(Single::Lines(
            Rc::new(lines),
            scaled(self.scale),
        ))])
    }
}
