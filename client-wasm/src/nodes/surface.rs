//! Properties that all lit solids and meshes share.

use scenecast_protocol::Rgb;
use scenecast_protocol::scene::{Material, Side};

use crate::render::{Look, Normals, Shading, color};

/// The properties of a lit surface.
pub(crate) struct Surface {
    pub(crate) color: Rgb,
    pub(crate) opacity: Option<f64>,
    pub(crate) wireframe: bool,
    pub(crate) flat_shading: bool,
    pub(crate) side: Side,
    pub(crate) material: Material,
}

/// Reads the shared properties of a node.
macro_rules! surface {
    ($node:expr) => {
        $crate::nodes::surface::Surface {
            color: $node.color,
            opacity: $node.opacity,
            wireframe: $node.wireframe,
            flat_shading: $node.flat_shading,
            side: $node.side,
            material: $node.material,
        }
    };
}
pub(crate) use surface;

impl Surface {
    pub(crate) fn look(&self) -> Look {
        Look {
            color: color::linear(self.color),
            opacity: self.opacity.map(|opacity| opacity as f32),
            // Facets have no steps.
            normals: match (self.wireframe, self.flat_shading, self.material) {
                (true, ..) => Normals::OfEdges,
                (false, true, Material::Standard) => Normals::Flat,
                (false, ..) => Normals::Smooth,
            },
            side: self.side,
            // Edges are never in steps.
            shading: if self.wireframe {
                Shading::Standard
            } else {
                self.material.into()
            },
        }
    }
}
