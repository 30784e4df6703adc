//! Point clouds.

use std::rc::Rc;

use scenecast_gl::PointBuffer;
use scenecast_protocol::scene::PointCloud;

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{Part, PointColors, PointPositions, PointStyle, Points, Single, color};

impl NodeView for PointCloud {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        self.updated_parts(&[], &["points", "colors"], stage)
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        if self.points.is_empty() {
            stage.complain(NodeError::Empty { field: "points" });
            return Ok(Vec::new());
        }
        let old = match old {
            [Part::Single(Single::Points(points, _), _)] => Some(points),
            _ => None,
        };
        let moved = changed.contains(&"points");
        let positions = match old {
            Some(points) if !moved => points.positions.clone(),
            _ => Rc::new(PointPositions::new(stage.context(), &self.points)?),
        };
        // Whether the colours fit depends on how many points there are.
        let colors = match old {
            Some(points) if !moved && !changed.contains(&"colors") => points.colors.clone(),
            _ => self.point_colors(stage)?,
        };
        // Points are round: of a scale that is not the same along all axes, they take the mean.
        let [x, y, z] = self.scale.xyz();
        let style = PointStyle {
            size: (self.point_size * (x * y * z).cbrt()) as f32,
            shape: self.point_shape,
            shading: self.point_shading,
        };
        let points = Rc::new(Points {
            positions,
            colors,
            style,
            thinned: Default::default(),
        });
        Ok(vec![Part::single(Single::Points(
            points,
            scaled(self.scale),
        ))])
    }
}

/// A cloud's colours on the GPU.
trait Colored {
    fn point_colors(&self, stage: &Stage<'_>) -> Result<PointColors, NodeError>;
}

impl Colored for PointCloud {
    fn point_colors(&self, stage: &Stage<'_>) -> Result<PointColors, NodeError> {
        let points = self.points.len();
        match &*self.colors.as_slice() {
            [rgb] => Ok(PointColors::Uniform(color::unit(*rgb))),
            rows if rows.len() >= points => {
                let bytes = &self.colors.as_bytes()[..3 * points];
                let buffer = PointBuffer::colors(stage.context(), bytes)?;
                Ok(PointColors::PerPoint(Rc::new(buffer)))
            }
            rows => {
                let expected = format!("1 or {points}, one for each point");
                Err(NodeError::Rows {
                    field: "colors",
                    rows: rows.len(),
                    expected,
                })
            }
        }
    }
}
