//! Curves.

use crate::array::Array;
use crate::scene::ThicknessUnits;
use crate::types::{Rgb, Scale};

props! {
    /// A smooth curve through points.
    pub struct CatmullRomSpline as "CatmullRomSplineProps" {
        /// Points on the curve, `[N, 3]`.
        points: Array<[f32; 3]> = Array::default(),
        /// How the parameter runs between points.
        curve_type: CurveType = CurveType::default(),
        /// Tension, for the uniform curve type only.
        tension: f64 = 0.5,
        /// Whether the last point is joined to the first.
        closed: bool = false,
        /// Line thickness, in `thickness_units`.
        thickness: f64 = 0.01,
        /// Colour.
        color: Rgb = Rgb([20, 20, 20]),
        /// Straight pieces that the curve is drawn with; `None` for the default of 20.
        segments: Option<u32> = None,
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
        /// Whether lines keep their thickness in the scene or on the screen.
        thickness_units: ThicknessUnits = ThicknessUnits::World,
    }
}

impl CatmullRomSpline {
    /// A curve through these points.
    pub fn new(points: impl Into<Array<[f32; 3]>>) -> Self {
        Self {
            points: points.into(),
            ..Self::default()
        }
    }
}

props! {
    /// A curve of cubic Bézier pieces.
    pub struct CubicBezierSpline as "CubicBezierSplineProps" {
        /// End points of the pieces, `[N, 3]`.
        points: Array<[f32; 3]> = Array::default(),
        /// Two control points for each piece, `[2N - 2, 3]`.
        control_points: Array<[f32; 3]> = Array::default(),
        /// Line thickness, in `thickness_units`.
        thickness: f64 = 0.01,
        /// Colour.
        color: Rgb = Rgb([20, 20, 20]),
        /// Straight pieces that the curve is drawn with; `None` for the default of 20.
        segments: Option<u32> = None,
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
        /// Whether lines keep their thickness in the scene or on the screen.
        thickness_units: ThicknessUnits = ThicknessUnits::World,
    }
}

impl CubicBezierSpline {
    /// Pieces between `points`, two `control_points` for each.
    pub fn new(
        points: impl Into<Array<[f32; 3]>>,
        control_points: impl Into<Array<[f32; 3]>>,
    ) -> Self {
        Self {
            points: points.into(),
            control_points: control_points.into(),
            ..Self::default()
        }
    }
}

literal! {
    /// How a Catmull-Rom curve is parametrised.
    #[derive(Default)]
    CurveType {
        /// By the square root of distances: no loops.
        #[default]
        Centripetal = "centripetal",
        /// By distances.
        Chordal = "chordal",
        /// Uniformly, with `tension`.
        Catmullrom = "catmullrom",
    }
}
