//! Properties that all lit solids and meshes share.

use scenecast_protocol::Rgb;
use scenecast_protocol::scene::{Material, Side};
use scenecast_protocol::types::ReceiveShadow;

use crate::render::{Look, Normals, Receives, Shading, Shadowing, color};

/// The properties of a lit surface.
pub(crate) struct Surface {
    pub(crate) color: Rgb,
    pub(crate) opacity: Option<f64>,
    pub(crate) wireframe: bool,
    pub(crate) flat_shading: bool,
    pub(crate) side: Side,
    pub(crate) material: Material,
    pub(crate) shadows: Shadowing,
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
            shadows: $crate::nodes::surface::shadowing($node.cast_shadow, $node.receive_shadow),
        }
    };
}
pub(crate) use surface;

/// What a node has to do with shadows.
pub(crate) fn shadowing(casts: bool, receives: impl Into<ReceiveShadow>) -> Shadowing {
    let receives = match receives.into() {
        ReceiveShadow::Enabled(true) => Receives::LessLight,
        ReceiveShadow::Enabled(false) => Receives::Nothing,
        ReceiveShadow::Opacity(opacity) => Receives::Paint(opacity as f32),
    };
    Shadowing { casts, receives }
}

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
            shadows: self.shadows,
        }
    }
}
