//! Triangle meshes.

use crate::array::Array;
use crate::types::{ReceiveShadow, Rgb, Scale};

props! {
    /// A triangle mesh in one colour.
    pub struct Mesh as "MeshProps" {
        /// Positions, `[V, 3]`.
        vertices: Array<[f32; 3]> = Array::default(),
        /// Triangles as vertex indices, `[F, 3]`.
        faces: Array<[u32; 3]> = Array::default(),
        /// Colour.
        color: Rgb = Rgb([90, 200, 255]),
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
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
        /// Whether the node throws shadows.
        cast_shadow: bool = true,
        /// Whether shadows fall on the node.
        receive_shadow: ReceiveShadow = ReceiveShadow::default(),
    }
}

impl Mesh {
    /// Triangles `faces` over `vertices`.
    pub fn new(vertices: impl Into<Array<[f32; 3]>>, faces: impl Into<Array<[u32; 3]>>) -> Self {
        Self {
            vertices: vertices.into(),
            faces: faces.into(),
            ..Self::default()
        }
    }
}

literal! {
    /// Which side of a triangle is drawn.
    #[derive(Default)]
    Side {
        /// The front.
        #[default]
        Front = "front",
        /// The back.
        Back = "back",
        /// Both.
        Double = "double",
    }
}

literal! {
    /// How a surface reacts to light.
    #[derive(Default)]
    Material {
        /// Physically based, fully rough.
        #[default]
        Standard = "standard",
        /// Three flat steps of light.
        Toon3 = "toon3",
        /// Five flat steps of light.
        Toon5 = "toon5",
    }
}
