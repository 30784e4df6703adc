//! Boxes.

use crate::scene::Material;
use crate::scene::Side;
use crate::types::{ReceiveShadow, Rgb, Scale};

props! {
    /// A box centred on the node.
    pub struct Box as "BoxProps" {
        /// Edge lengths along x, y and z.
        dimensions: [f64; 3] = [1.0; 3],
        /// Colour.
        color: Rgb = Rgb([255, 0, 0]),
        /// Draw edges only.
        wireframe: bool = false,
        /// Opacity, 0 to 1; `None` draws opaque.
        opacity: Option<f64> = None,
        /// One normal for each triangle instead of smooth ones.
        flat_shading: bool = true,
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

impl Box {
    /// A box of these edge lengths.
    pub fn new(dimensions: impl Into<[f64; 3]>) -> Self {
        Self {
            dimensions: dimensions.into(),
            ..Self::default()
        }
    }
}
