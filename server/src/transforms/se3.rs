//! Rigid motions of space.

use super::{SMALL_ANGLE, SO3, group, half_cotangent, signed, sinc, versine_quotient};
use glam::{DMat3, DMat4, DVec3};

/// A rotation of space, then a translation. Its tangent vector is
/// `[vx, vy, vz, omega_x, omega_y, omega_z]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SE3 {
    rotation: SO3,
    translation: DVec3,
}

group!(SE3, DVec3, |way: [f64; 6], share: f64| way
    .map(|part| part * share));

impl SE3 {
    /// A rotation about the origin, then a translation.
    pub fn new(rotation: impl Into<SO3>, translation: impl Into<DVec3>) -> Self {
        Self {
            rotation: rotation.into(),
            translation: translation.into(),
        }
    }

    /// A rotation about the origin, then a translation.
    pub fn from_rotation_and_translation(
        rotation: impl Into<SO3>,
        translation: impl Into<DVec3>,
    ) -> Self {
        Self::new(rotation, translation)
    }

    /// A rotation about the origin.
    pub fn from_rotation(rotation: impl Into<SO3>) -> Self {
        Self::new(rotation, DVec3::ZERO)
    }

    /// A translation.
    pub fn from_translation(translation: impl Into<DVec3>) -> Self {
        Self::new(SO3::identity(), translation)
    }

    /// No motion.
    pub fn identity() -> Self {
        Self::from_rotation(SO3::identity())
    }

    /// From a homogeneous matrix, whose last row is taken to be `[0, 0, 0, 1]`.
    pub fn from_matrix(matrix: DMat4) -> Self {
        let rotation = SO3::from_matrix(DMat3::from_mat4(matrix));
        Self::new(rotation, matrix.w_axis.truncate())
    }

    /// Any rotation with any translation from -1 to 1 along each axis. `random` gives numbers from
    /// 0 to 1, such as `|| rand::random()`.
    pub fn sample_uniform(mut random: impl FnMut() -> f64) -> Self {
        let rotation = SO3::sample_uniform(&mut random);
        Self::new(rotation, [(); 3].map(|()| signed(random())))
    }

    /// The motion that follows `[vx, vy, vz, omega_x, omega_y, omega_z]` for one unit of time.
    pub fn exp([vx, vy, vz, wx, wy, wz]: [f64; 6]) -> Self {
        let (velocity, omega) = (DVec3::new(vx, vy, vz), DVec3::new(wx, wy, wz));
        let angle = omega.length();
        let across = omega.cross(velocity);
        let translation = velocity
            + versine_quotient(angle) * across
            + sine_defect_quotient(angle) * omega.cross(across);
        Self::new(SO3::exp(omega), translation)
    }

    /// The tangent vector `[vx, vy, vz, omega_x, omega_y, omega_z]` that leads here; the length of
    /// omega is from 0 to π.
    pub fn log(self) -> [f64; 6] {
        let omega = self.rotation.log();
        let across = omega.cross(self.translation);
        let bend = cotangent_defect_quotient(omega.length());
        let velocity = self.translation - 0.5 * across + bend * omega.cross(across);
        let ([vx, vy, vz], [wx, wy, wz]) = (velocity.to_array(), omega.to_array());
        [vx, vy, vz, wx, wy, wz]
    }

    /// The rotation.
    pub fn rotation(self) -> SO3 {
        self.rotation
    }

    /// The translation, which is where the origin goes.
    pub fn translation(self) -> DVec3 {
        self.translation
    }

    /// `[w, x, y, z]` of the quaternion, then `[x, y, z]` of the translation.
    pub fn parameters(self) -> [f64; 7] {
        let ([w, i, j, k], [x, y, z]) = (self.rotation.parameters(), self.translation.to_array());
        [w, i, j, k, x, y, z]
    }

    /// The homogeneous matrix.
    pub fn as_matrix(self) -> DMat4 {
        let mut matrix = DMat4::from_mat3(self.rotation.as_matrix());
        matrix.w_axis = self.translation.extend(1.0);
        matrix
    }

    /// Moves a point.
    pub fn apply(self, point: DVec3) -> DVec3 {
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

    /// The matrix that takes tangent vectors here to ones at the identity, row by row:
    /// `self * exp(v) = exp(adjoint * v) * self`.
    pub fn adjoint(self) -> [[f64; 6]; 6] {
        let rotation = self.rotation.as_matrix();
        let shift = skew(self.translation) * rotation;
        std::array::from_fn(|row| {
            std::array::from_fn(|column| match (row / 3, column / 3) {
                (0, 1) => shift.col(column - 3)[row],
                (1, 0) => 0.0,
                _ => rotation.col(column % 3)[row % 3],
            })
        })
    }

    /// With a rotation of unit length.
    #[must_use]
    pub fn normalize(self) -> Self {
        Self::new(self.rotation.normalize(), self.translation)
    }
}

/// The matrix that multiplies as `v ×` does.
fn skew(v: DVec3) -> DMat3 {
    DMat3::from_cols(v.cross(DVec3::X), v.cross(DVec3::Y), v.cross(DVec3::Z))
}

/// `(θ − sin θ) / θ³`.
fn sine_defect_quotient(angle: f64) -> f64 {
    let square = angle * angle;
    if angle < SMALL_ANGLE {
        1.0 / 6.0 - square / 120.0 + square * square / 5040.0
    } else {
        (1.0 - sinc(angle)) / square
    }
}

/// `(1 − (θ / 2) / tan(θ / 2)) / θ²`.
fn cotangent_defect_quotient(angle: f64) -> f64 {
    let square = angle * angle;
    if angle < SMALL_ANGLE {
        1.0 / 12.0 + square / 720.0 + square * square / 30240.0
    } else {
        (1.0 - half_cotangent(angle)) / square
    }
}
