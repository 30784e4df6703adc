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
        /// Positions, `[N, 3]`, in half or single precision.
        points: Points = Points::default(),
        /// Colours, `[N, 3]`, or one row for all points.
        colors: Array<[u8; 3]> = [[0; 3]].into(),
        /// Radius of a point, scene units.
        point_size: f64 = 0.1,
        /// Outline of a point.
        point_shape: PointShape = PointShape::default(),
        /// Precision of `points`.
        precision: Precision = Precision::default(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
        /// Plain colour, or darker towards the rim.
        point_shading: PointShading = PointShading::Gradient,
    }
}

impl PointCloud {
    /// Points in half precision, as viser sends them by default; black until coloured. Pass
    /// [`Points::f32`] where 3 digits are not enough.
    pub fn new(points: impl Into<Points>) -> Self {
        let points = points.into();
        Self {
            precision: points.precision(),
            points,
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
///
/// `Vec<[f32; 3]>` and slices of it convert to half precision: the default of viser, half the
/// bytes. [`Points::f32`] keeps single precision without a copy.
#[derive(Clone, Debug, PartialEq)]
pub enum Points {
    /// Half precision.
    F16(Array<[f16; 3]>),
    /// Single precision.
    F32(Array<[f32; 3]>),
}

impl Points {
    /// Single precision.
    pub fn f32(points: impl Into<Array<[f32; 3]>>) -> Self {
        Self::F32(points.into())
    }

    /// Half precision.
    pub fn f16(points: &[[f32; 3]]) -> Self {
        let rows: Vec<[f16; 3]> = points.iter().map(|p| p.map(f16::from_f32)).collect();
        Self::F16(rows.into())
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

impl From<&[[f32; 3]]> for Points {
    fn from(points: &[[f32; 3]]) -> Self {
        Self::f16(points)
    }
}

impl From<Vec<[f32; 3]>> for Points {
    fn from(points: Vec<[f32; 3]>) -> Self {
        Self::f16(&points)
    }
}

impl<const N: usize> From<[[f32; 3]; N]> for Points {
    fn from(points: [[f32; 3]; N]) -> Self {
        Self::f16(&points)
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
