//! Cylinders.

use crate::scene::Material;
use crate::scene::Side;
use crate::types::{ReceiveShadow, Rgb, Scale};

props! {
    /// A capped cylinder along z, centred on the node.
    pub struct Cylinder as "CylinderProps" {
        /// Radius.
        radius: f64 = 1.0,
        /// Height along the node's z axis.
        height: f64 = 1.0,
        /// Colour.
        color: Rgb = Rgb([255, 0, 0]),
        /// Sides that approximate the circle.
        radial_segments: u32 = 32,
        /// Draw edges only.
        wireframe: bool = false,
        /// Opacity, 0 to 1; `None` draws opaque.
        opacity: Option<f64> = None,
        /// One normal for each triangle instead of smooth ones.
        flat_shading: bool = false,
        /// Which side of the triangles is drawn; counter-clockwise is the front.
        side: Side = Side::default(),
        /// How the surface reacts to light.
        material: Material = Material::default(),
        /// Whether the node throws shadows.
        cast_shadow: bool = true,
        /// Whether shadows fall on the node.
        receive_shadow: ReceiveShadow = ReceiveShadow::default(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

impl Cylinder {
    /// A cylinder of this radius and height.
    pub fn new(radius: impl Into<f64>, height: impl Into<f64>) -> Self {
        Self {
            radius: radius.into(),
            height: height.into(),
            ..Self::default()
        }
    }
}
