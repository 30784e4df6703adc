//! Rigid motions of the plane.

use super::{SO2, group, half_cotangent, signed, sinc, versine_quotient};
use glam::{DMat2, DMat3, DVec2, DVec3};

/// A rotation of the plane, then a translation. Its tangent vector is `[vx, vy, omega]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SE2 {
    rotation: SO2,
    translation: DVec2,
}

group!(SE2, DVec2, |way: DVec3, share: f64| way * share);

impl SE2 {
    /// A rotation about the origin, then a translation.
    #[doc(alias = "from_rotation_and_translation")]
    pub fn new(rotation: SO2, translation: impl Into<DVec2>) -> Self {
        Self {
            rotation,
            translation: translation.into(),
        }
    }

    /// A rotation about the origin, then a translation.
    pub fn from_rotation_and_translation(rotation: SO2, translation: impl Into<DVec2>) -> Self {
        Self::new(rotation, translation)
    }

    /// A rotation about the origin.
    pub fn from_rotation(rotation: SO2) -> Self {
        Self::new(rotation, DVec2::ZERO)
    }

    /// A translation.
    pub fn from_translation(translation: impl Into<DVec2>) -> Self {
        Self::new(SO2::identity(), translation)
    }

    /// The pose at `x`, `y` with heading `theta`.
    pub fn from_xy_theta(x: f64, y: f64, theta: f64) -> Self {
        Self::new(SO2::from_radians(theta), [x, y])
    }

    /// No motion.
    pub fn identity() -> Self {
        Self::from_rotation(SO2::identity())
    }

    /// From a homogeneous matrix, whose last row is taken to be `[0, 0, 1]`.
    pub fn from_matrix(matrix: DMat3) -> Self {
        let rotation = DMat2::from_cols(matrix.x_axis.truncate(), matrix.y_axis.truncate());
        Self::new(SO2::from_matrix(rotation), matrix.z_axis.truncate())
    }

    /// Any rotation with any translation from -1 to 1 along each axis. `random` gives numbers from
    /// 0 to 1, such as `|| rand::random()`.
    pub fn sample_uniform(mut random: impl FnMut() -> f64) -> Self {
        let rotation = SO2::sample_uniform(&mut random);
        Self::new(rotation, [signed(random()), signed(random())])
    }

    /// The motion that follows `[vx, vy, omega]` for one unit of time.
    pub fn exp(tangent: impl Into<DVec3>) -> Self {
        let tangent = tangent.into();
        let angle = tangent.z;
        let (along, across) = (sinc(angle), angle * versine_quotient(angle));
        let left_jacobian = DMat2::from_cols(DVec2::new(along, across), DVec2::new(-across, along));
        Self::new(SO2::from_radians(angle), left_jacobian * tangent.truncate())
    }

    /// The tangent vector `[vx, vy, omega]` that leads here; omega is from -π to π.
    pub fn log(self) -> DVec3 {
        let angle = self.rotation.log();
        let (along, across) = (half_cotangent(angle), angle / 2.0);
        let inverse_left_jacobian =
            DMat2::from_cols(DVec2::new(along, -across), DVec2::new(across, along));
        (inverse_left_jacobian * self.translation).extend(angle)
    }

    /// The rotation.
    pub fn rotation(self) -> SO2 {
        self.rotation
    }

    /// The translation, which is where the origin goes.
    pub fn translation(self) -> DVec2 {
        self.translation
    }

    /// `[cos, sin, x, y]`.
    pub fn parameters(self) -> [f64; 4] {
        let ([cos, sin], [x, y]) = (self.rotation.parameters(), self.translation.to_array());
        [cos, sin, x, y]
    }

    /// The homogeneous matrix.
    pub fn as_matrix(self) -> DMat3 {
        let rotation = self.rotation.as_matrix();
        DMat3::from_cols(
            rotation.x_axis.extend(0.0),
            rotation.y_axis.extend(0.0),
            self.translation.extend(1.0),
        )
    }

    /// Moves a point.
    pub fn apply(self, point: DVec2) -> DVec2 {
        self.rotation * point + self.translation
    }

    /// `other` first, then `self`.
    #[must_use]
    pub fn multiply(self, other: Self) -> Self {
        Self::new(
            self.rotation * other.rotation,
            self.apply(other.translation),
        )
    }

    /// The motion back.
    #[must_use]
    pub fn inverse(self) -> Self {
        let rotation = self.rotation.inverse();
        Self::new(rotation, -(rotation * self.translation))
    }

    /// The matrix that takes tangent vectors here to ones at the identity:
    /// `self * exp(v) = exp(adjoint * v) * self`.
    pub fn adjoint(self) -> DMat3 {
        let ([cos, sin], [x, y]) = (self.rotation.parameters(), self.translation.to_array());
        DMat3::from_cols(
            DVec3::new(cos, sin, 0.0),
            DVec3::new(-sin, cos, 0.0),
            DVec3::new(y, -x, 1.0),
        )
    }

    /// With a rotation of unit length.
    #[must_use]
    pub fn normalize(self) -> Self {
        Self::new(self.rotation.normalize(), self.translation)
    }
}
