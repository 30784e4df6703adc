//! How lit surfaces look.

use glam::Mat4;
use scenecast_protocol::scene::{Material, Side};

use super::COLUMNS;
use crate::render::instances::Row;
use crate::render::pose::rows;
use crate::render::shadows::Shadowing;

/// How a surface looks, but for its geometry and pose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    /// Linear.
    pub(crate) color: [f32; 3],
    /// `None` for opaque, which is drawn before all that is not.
    pub(crate) opacity: Option<f32>,
    pub(crate) normals: Normals,
    pub(crate) side: Side,
    pub(crate) shading: Shading,
    pub(crate) shadows: Shadowing,
}

/// Which way a surface faces at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Normals {
    /// Between the normals of the vertices around it.
    Smooth,
    /// As its triangle.
    Flat,
    /// Edges are seen from everywhere, and face where the side of the surface does that is drawn.
    OfEdges,
}

/// How a surface reacts to light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shading {
    /// Physically based, fully rough.
    Standard,
    /// In this many steps.
    Toon(u8),
    /// Not at all; what is blended does not hide what is behind it.
    Unlit,
}

impl Look {
    /// The look of what has its colours from elsewhere.
    pub(crate) fn plain(side: Side, shadows: Shadowing) -> Self {
        Self {
            color: [1.0; 3],
            opacity: None,
            normals: Normals::Smooth,
            side,
            shading: Shading::Standard,
            shadows,
        }
    }

    /// The row of an instance.
    pub(crate) fn row(&self, pose: &Mat4) -> Row<COLUMNS> {
        let [a, b, c] = rows(pose);
        let [red, green, blue] = self.color;
        let steps = match self.shading {
            Shading::Standard => 0.0,
            Shading::Toon(steps) => f32::from(steps),
            Shading::Unlit => -1.0,
        };
        let [flat, facing] = match (self.normals, self.side) {
            (Normals::Smooth, _) => [0.0, 0.0],
            (Normals::Flat, _) => [1.0, 0.0],
            (Normals::OfEdges, Side::Back) => [0.0, -1.0],
            (Normals::OfEdges, _) => [0.0, 1.0],
        };
        [
            a,
            b,
            c,
            [red, green, blue, self.opacity.unwrap_or(1.0)],
            [flat, steps, facing, self.shadows.packed()],
        ]
    }
}

impl From<Material> for Shading {
    fn from(material: Material) -> Self {
        match material {
            Material::Standard => Self::Standard,
            Material::Toon3 => Self::Toon(3),
            Material::Toon5 => Self::Toon(5),
        }
    }
}
