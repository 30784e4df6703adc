//! Coordinate frames.

use glam::{Mat4, Vec3};
use scenecast_protocol::scene::Frame;

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{AxesSize, Part, color};

impl NodeView for Frame {
    fn parts(&self, _: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        if !self.show_axes {
            return Ok(Vec::new());
        }
        let scale = scaled(self.scale);
        let size = AxesSize {
            length: self.axes_length as f32,
            radius: self.axes_radius as f32,
        };
        let ball = scale * Mat4::from_scale(Vec3::splat(self.origin_radius as f32));
        Ok(vec![
            Part::triads(vec![scale], size),
            Part::origin(ball, color::linear(self.origin_color)),
        ])
    }
}
