//! Point clouds.

use crate::array::Array;
use crate::array::Dtype;
use crate::encode::Sink;
use crate::schema::Type;
use crate::types::Scale;
use crate::value::Value;
use crate::wire::{DecodeError, Wire};
use half::f16;

props! {
    /// Coloured points, drawn without lighting.
    pub struct PointCloud as "PointCloudProps" {
        /// Positions, `[N, 3]`. A server sends them in the precision that `precision` says.
        points: Points = Points::default(),
        /// Colours, `[N, 3]`, or one row for all points.
        colors: Array<[u8; 3]> = [[0; 3]].into(),
        /// Radius of a point, scene units.
        point_size: f64 = 0.1,
        /// Outline of a point.
        point_shape: PointShape = PointShape::default(),
        /// Precision in which positions are sent.
        precision: Precision = Precision::default(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
        /// Plain colour, or darker towards the rim.
        point_shading: PointShading = PointShading::Gradient,
    }
}

impl PointCloud {
    /// Points, black until coloured. They are sent in half precision, as viser does by default:
    /// ask for [`Precision::Float32`] where 3 digits are not enough.
    pub fn new(points: impl Into<Points>) -> Self {
        Self {
            points: points.into(),
            ..Self::default()
        }
    }
}

literal! {
    /// The outline of a point.
    #[derive(Default)]
    PointShape {
        /// A square.
        #[default]
        Square = "square",
        /// A diamond.
        Diamond = "diamond",
        /// A circle.
        Circle = "circle",
        /// A square with round corners.
        Rounded = "rounded",
        /// A four-pointed star.
        Sparkle = "sparkle",
    }
}

literal! {
    /// Float width of positions.
    #[derive(Default)]
    Precision {
        /// Half precision: about 3 digits, half the bytes.
        #[default]
        Float16 = "float16",
        /// Single precision.
        Float32 = "float32",
    }
}

literal! {
    /// How a point is coloured.
    #[derive(Default)]
    PointShading {
        /// In its colour.
        Flat = "flat",
        /// Brighter in the middle.
        #[default]
        Gradient = "gradient",
    }
}

/// Positions of points, `[N, 3]`.
#[derive(Clone, Debug, PartialEq)]
pub enum Points {
    /// Half precision.
    F16(Array<[f16; 3]>),
    /// Single precision.
    F32(Array<[f32; 3]>),
}

impl Points {
    /// Single precision, without a copy of a vector.
    pub fn f32(points: impl Into<Array<[f32; 3]>>) -> Self {
        Self::F32(points.into())
    }

    /// The same points in this precision; nothing is copied where they have it already.
    #[must_use]
    pub fn cast(&self, precision: Precision) -> Self {
        match (self, precision) {
            (Points::F32(points), Precision::Float16) => {
                let rows: Vec<[f16; 3]> = points.iter().map(|p| p.map(f16::from_f32)).collect();
                Points::F16(rows.into())
            }
            (Points::F16(points), Precision::Float32) => {
                let rows: Vec<[f32; 3]> = points.iter().map(|p| p.map(f32::from)).collect();
                Points::F32(rows.into())
            }
            (points, _) => points.clone(),
        }
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        match self {
            Points::F16(points) => points.len(),
            Points::F32(points) => points.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Which precision this is.
    pub fn precision(&self) -> Precision {
        match self {
            Points::F16(_) => Precision::Float16,
            Points::F32(_) => Precision::Float32,
        }
    }
}

impl Default for Points {
    fn default() -> Self {
        Self::F16(Array::default())
    }
}

impl From<Array<[f32; 3]>> for Points {
    fn from(points: Array<[f32; 3]>) -> Self {
        Self::F32(points)
    }
}

impl From<Vec<[f32; 3]>> for Points {
    fn from(points: Vec<[f32; 3]>) -> Self {
        Self::F32(points.into())
    }
}

impl From<&[[f32; 3]]> for Points {
    fn from(points: &[[f32; 3]]) -> Self {
        Self::F32(points.into())
    }
}

impl<const N: usize> From<[[f32; 3]; N]> for Points {
    fn from(points: [[f32; 3]; N]) -> Self {
        Self::F32(points.into())
    }
}

impl Wire for Points {
    const TYPE: &'static Type = &Type::Union(&[<Array<[f16; 3]>>::TYPE, <Array<[f32; 3]>>::TYPE]);

    fn encode(&self, sink: &mut impl Sink) {
        match self {
            Points::F16(points) => points.encode(sink),
            Points::F32(points) => points.encode(sink),
        }
    }

    fn decode(value: &Value) -> Result<Self, DecodeError> {
        match value {
            Value::Array(raw) if *raw.dtype() == Dtype::F16 => Array::decode(value).map(Self::F16),
            _ => Array::decode(value).map(Self::F32),
        }
    }
}
