//! Many coordinate frames in one node.

use scenecast_protocol::scene::BatchedAxes;

use super::instances::{self, Placement};
use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{AxesSize, Part};

impl NodeView for BatchedAxes {
    fn parts(&self, _: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let size = AxesSize {
            length: self.axes_length as f32,
            radius: self.axes_radius as f32,
        };
        let scale = scaled(self.scale);
        let placement = Placement {
            wxyzs: &self.batched_wxyzs,
            positions: &self.batched_positions,
            scales: self.batched_scales.as_ref(),
        };
        let poses = instances::poses(self.batched_wxyzs.len(), &placement)?;
        Ok(vec![Part::triads(
            poses.into_iter().map(|pose| scale * pose).collect(),
            size,
        )])
    }
}
