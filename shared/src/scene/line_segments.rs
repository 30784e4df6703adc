//! Line segments.

use crate::array::Array;
use crate::types::Scale;

props! {
    /// Straight lines with round ends.
    pub struct LineSegments as "LineSegmentsProps" {
        /// Start and end of each segment, `[N, 2, 3]`.
        points: Array<[[f32; 3]; 2]> = Array::default(),
        /// Line thickness, in `thickness_units`.
        thickness: f64 = 0.01,
        /// Colours of starts and ends, `[2 N, 3]` in turn, or one row for all.
        colors: Array<[u8; 3]> = [[0; 3]].into(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
        /// Whether lines keep their thickness in the scene or on the screen.
        thickness_units: ThicknessUnits = ThicknessUnits::World,
    }
}

impl LineSegments {
    /// A line for each pair of points.
    pub fn new(points: impl Into<Array<[[f32; 3]; 2]>>) -> Self {
        Self {
            points: points.into(),
            ..Self::default()
        }
    }
}

literal! {
    /// What the thickness of lines is measured in.
    #[derive(Default)]
    ThicknessUnits {
        /// Pixels.
        Screen = "screen",
        /// Scene units.
        #[default]
        World = "world",
    }
}
