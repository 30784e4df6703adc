//! Rotations of the plane.

use super::group;
use glam::{DMat2, DVec2};
use std::f64::consts::TAU;

/// A rotation of the plane, as the complex number `[cos, sin]` of unit length. Its tangent vector
/// is the angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SO2 {
    unit_complex: DVec2,
}

group!(SO2, DVec2, |angle: f64, share: f64| angle * share);

impl SO2 {
    /// No rotation.
    pub fn identity() -> Self {
        Self {
            unit_complex: DVec2::X,
        }
    }

    /// Counter-clockwise by an angle.
    pub fn from_radians(angle: f64) -> Self {
        Self {
            unit_complex: DVec2::from_angle(angle),
        }
    }

    /// From `[cos, sin]`; see [`normalize`](Self::normalize) if their squares do not add up to 1.
    pub fn from_unit_complex(unit_complex: impl Into<DVec2>) -> Self {
        Self {
            unit_complex: unit_complex.into(),
        }
    }

    /// From a rotation matrix.
    pub fn from_matrix(matrix: DMat2) -> Self {
        Self {
            unit_complex: matrix.x_axis,
        }
    }

    /// A rotation that any other is as likely as. `random` gives numbers from 0 to 1, such as
    /// `|| rand::random()`.
    pub fn sample_uniform(mut random: impl FnMut() -> f64) -> Self {
        Self::from_radians(TAU * random())
    }

    /// The rotation by an angle, as [`from_radians`](Self::from_radians).
    pub fn exp(tangent: f64) -> Self {
        Self::from_radians(tangent)
    }

    /// The angle, from -π to π.
    pub fn log(self) -> f64 {
        self.unit_complex.y.atan2(self.unit_complex.x)
    }

    /// The angle, from -π to π.
    pub fn as_radians(self) -> f64 {
        self.log()
    }

    /// `[cos, sin]`.
    pub fn unit_complex(self) -> DVec2 {
        self.unit_complex
    }

    /// `[cos, sin]`.
    pub fn parameters(self) -> [f64; 2] {
        self.unit_complex.to_array()
    }

    /// The rotation matrix.
    pub fn as_matrix(self) -> DMat2 {
        DMat2::from_cols(self.unit_complex, self.unit_complex.perp())
    }

    /// Turns a point about the origin.
    pub fn apply(self, point: DVec2) -> DVec2 {
        self.unit_complex.rotate(point)
    }

    /// Both rotations.
    #[must_use]
    pub fn multiply(self, other: Self) -> Self {
        Self {
            unit_complex: self.unit_complex.rotate(other.unit_complex),
        }
    }

    /// The rotation back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self {
            unit_complex: DVec2::new(self.unit_complex.x, -self.unit_complex.y),
        }
    }

    /// The matrix `[1, 1]` that takes tangent vectors here to ones at the identity: 1, since
    /// rotations of the plane commute.
    pub fn adjoint(self) -> [[f64; 1]; 1] {
        [[1.0]]
    }

    /// Of unit length, as it should be; no rotation if it has no length.
    #[must_use]
    pub fn normalize(self) -> Self {
        Self {
            unit_complex: self.unit_complex.normalize_or(DVec2::X),
        }
    }
}
