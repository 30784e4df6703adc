//! Arrows.

use crate::array::Array;
use crate::types::Scale;

props! {
    /// Arrows from start to tip.
    pub struct Arrow as "ArrowProps" {
        /// Start and tip of each arrow, `[N, 2, 3]`.
        points: Array<[[f32; 3]; 2]> = Array::default(),
        /// Colours, `[N, 3]`, or one row for all. Taken as linear light.
        colors: Array<[u8; 3]> = [[0; 3]].into(),
        /// Radius of the shafts.
        shaft_radius: f64 = 0.02,
        /// Radius of the heads at their base.
        head_radius: f64 = 0.05,
        /// Length of the heads.
        head_length: f64 = 0.1,
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

impl Arrow {
    /// An arrow for each pair of start and tip.
    pub fn new(points: impl Into<Array<[[f32; 3]; 2]>>) -> Self {
        Self {
            points: points.into(),
            ..Self::default()
        }
    }
}
