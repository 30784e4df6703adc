//! Many coordinate frames in one node.

use crate::array::Array;
use crate::types::Scale;

props! {
    /// Red, green and blue axes at many poses.
    pub struct BatchedAxes as "BatchedAxesProps" {
        /// Rotations of the instances, `[N, 4]`, scalar first.
        batched_wxyzs: Array<[f32; 4]> = Array::default(),
        /// Positions of the instances, `[N, 3]`.
        batched_positions: Array<[f32; 3]> = Array::default(),
        /// Scales of the instances: `[N]`, or `[N, 3]` along each axis.
        batched_scales: Option<Array<f32>> = None,
        /// Length of each axis.
        axes_length: f64 = 0.5,
        /// Radius of each axis.
        axes_radius: f64 = 0.025,
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

impl BatchedAxes {
    /// Axes at each pose; both arrays have the same number of rows.
    pub fn new(wxyzs: impl Into<Array<[f32; 4]>>, positions: impl Into<Array<[f32; 3]>>) -> Self {
        Self {
            batched_wxyzs: wxyzs.into(),
            batched_positions: positions.into(),
            ..Self::default()
        }
    }
}
