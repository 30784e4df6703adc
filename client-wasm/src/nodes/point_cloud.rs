//! Point clouds.

use std::rc::Rc;

use scenecast_protocol::scene::PointCloud;
use three_d::core::VertexBuffer;

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{self, Colors, Part, PointStyle, Single, color};

impl NodeView for PointCloud {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let points = self.points.len();
        if points == 0 {
            return Ok(Vec::new());
        }
        let colors = self.colors.as_slice();
        let colors = match &*colors {
            [rgb] => Colors::Uniform(color::unit(*rgb)),
            rows if rows.len() >= points => Colors::PerPoint(VertexBuffer::new_with_data(
                stage.context(),
                &rows[..points],
            )),
            rows => {
                let expected = format!("1 or {points}, one for each point");
                return Err(NodeError::Rows {
                    field: "colors",
                    rows: rows.len(),
                    expected,
                });
            }
        };
        // Points are round: of a scale that is not the same along all axes, they take the mean.
        let [x, y, z] = self.scale.xyz();
        let style = PointStyle {
            size: (self.point_size * (x * y * z).cbrt()) as f32,
            shape: self.point_shape,
            shading: self.point_shading,
        };
        let cloud = render::PointCloud::new(stage.context(), &self.points, colors, style);
        Ok(vec![Part::single(Single::Points(
            Rc::new(cloud),
            scaled(self.scale),
        ))])
    }
}
