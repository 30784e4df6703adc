//! Coordinate frames.

use crate::types::{Rgb, Scale};

props! {
    /// A coordinate frame: red, green and blue axes along x, y and z, and a sphere at the origin.
    pub struct Frame as "FrameProps" {
        /// Whether anything is drawn; a frame without axes still poses its children.
        show_axes: bool = true,
        /// Length of each axis.
        axes_length: f64 = 0.5,
        /// Radius of each axis.
        axes_radius: f64 = 0.025,
        /// Radius of the sphere at the origin.
        origin_radius: f64 = 0.05,
        /// Colour of the sphere at the origin.
        origin_color: Rgb = Rgb([236, 236, 0]),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

impl Frame {
    /// Axes of this length and radius, and a sphere of twice that radius, as viser has it.
    pub fn new(axes_length: f64, axes_radius: f64) -> Self {
        Self {
            axes_length,
            axes_radius,
            origin_radius: 2.0 * axes_radius,
            ..Self::default()
        }
    }
}
