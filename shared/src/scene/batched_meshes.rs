//! Many instances of a mesh.

use crate::array::Array;
use crate::encode::Sink;
use crate::scene::Material;
use crate::scene::Side;
use crate::schema::Type;
use crate::types::Scale;
use crate::value::Value;
use crate::wire::{DecodeError, Wire};

props! {
    /// Many instances of one triangle mesh.
    pub struct BatchedMeshes as "BatchedMeshesProps" {
        /// Rotations of the instances, `[N, 4]`, scalar first.
        batched_wxyzs: Array<[f32; 4]> = Array::default(),
        /// Positions of the instances, `[N, 3]`.
        batched_positions: Array<[f32; 3]> = Array::default(),
        /// Scales of the instances: `[N]`, or `[N, 3]` along each axis.
        batched_scales: Option<Array<f32>> = None,
        /// When instances far away are drawn with fewer triangles.
        lod: Lod = Lod::default(),
        /// Positions, `[V, 3]`.
        vertices: Array<[f32; 3]> = Array::default(),
        /// Triangles as vertex indices, `[F, 3]`.
        faces: Array<[u32; 3]> = Array::default(),
        /// Colours of the instances, `[N, 3]`, or one row for all. Taken as linear light.
        batched_colors: Array<[u8; 3]> = [[90, 200, 255]].into(),
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
        /// Whether shadows fall on the instances.
        receive_shadow: bool = true,
        /// Opacities of the instances, `[N]`.
        batched_opacities: Option<Array<f32>> = None,
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

impl BatchedMeshes {
    /// Triangles `faces` over `vertices` at each pose; `wxyzs` and `positions` have a row for each
    /// instance.
    pub fn new(
        vertices: impl Into<Array<[f32; 3]>>,
        faces: impl Into<Array<[u32; 3]>>,
        wxyzs: impl Into<Array<[f32; 4]>>,
        positions: impl Into<Array<[f32; 3]>>,
    ) -> Self {
        Self {
            vertices: vertices.into(),
            faces: faces.into(),
            batched_wxyzs: wxyzs.into(),
            batched_positions: positions.into(),
            ..Self::default()
        }
    }
}

/// When instances far from the camera are drawn with fewer triangles.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Lod {
    /// By the number of vertices.
    #[default]
    Auto,
    /// Never.
    Off,
    /// From each distance on, with that share of the triangles.
    Levels(Vec<(f64, f64)>),
}

impl Wire for Lod {
    const TYPE: &'static Type =
        &Type::Union(&[&Type::Literal(&["auto", "off"]), <Vec<(f64, f64)>>::TYPE]);

    fn encode(&self, sink: &mut impl Sink) {
        match self {
            Lod::Auto => sink.static_str("auto"),
            Lod::Off => sink.static_str("off"),
            Lod::Levels(levels) => levels.encode(sink),
        }
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        match value.as_str() {
            Some("auto") => Ok(Lod::Auto),
            Some("off") => Ok(Lod::Off),
            _ => Vec::decode(value)
                .map(Lod::Levels)
                .map_err(|_| DecodeError::kind("auto, off, or pairs of distance and share", value)),
        }
    }
}
