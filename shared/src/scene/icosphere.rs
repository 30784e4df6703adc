//! Spheres.

use crate::scene::Material;
use crate::scene::Side;
use crate::types::{ReceiveShadow, Rgb, Scale};

props! {
    /// A sphere of triangles of like size.
    pub struct Icosphere as "IcosphereProps" {
        /// Radius.
        radius: f64 = 1.0,
        /// How often each edge of the icosahedron is cut.
        subdivisions: u32 = 3,
        /// Colour.
        color: Rgb = Rgb([255, 0, 0]),
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

impl Icosphere {
    /// A sphere of this radius.
    pub fn new(radius: impl Into<f64>) -> Self {
        Self {
            radius: radius.into(),
            ..Self::default()
        }
    }
}
