//! Rotations of space.

use super::{group, sinc};
use glam::{DMat3, DQuat, DVec3};
use scenecast_protocol::Wxyz;
use std::f64::consts::TAU;

/// A rotation of space, as a quaternion of unit length. Its tangent vector is the axis times the
/// angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SO3 {
    quaternion: DQuat,
}

/// Angles about x, then y, then z, all of them axes that stay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RollPitchYaw {
    /// About x, from -π to π.
    pub roll: f64,
    /// About y, from -π/2 to π/2.
    pub pitch: f64,
    /// About z, from -π to π.
    pub yaw: f64,
}

group!(SO3, DVec3, |way: DVec3, share: f64| way * share);

impl SO3 {
    /// No rotation.
    pub fn identity() -> Self {
        DQuat::IDENTITY.into()
    }

    /// About the x axis.
    pub fn from_x_radians(angle: f64) -> Self {
        DQuat::from_rotation_x(angle).into()
    }

    /// About the y axis.
    pub fn from_y_radians(angle: f64) -> Self {
        DQuat::from_rotation_y(angle).into()
    }

    /// About the z axis.
    pub fn from_z_radians(angle: f64) -> Self {
        DQuat::from_rotation_z(angle).into()
    }

    /// About x by `roll`, then about y by `pitch`, then about z by `yaw`; the axes do not turn
    /// along.
    pub fn from_rpy_radians(roll: f64, pitch: f64, yaw: f64) -> Self {
        Self::from_z_radians(yaw) * Self::from_y_radians(pitch) * Self::from_x_radians(roll)
    }

    /// From a quaternion `[w, x, y, z]`; see [`normalize`](Self::normalize) if it is not of unit
    /// length.
    pub fn from_quaternion_wxyz([w, x, y, z]: [f64; 4]) -> Self {
        DQuat::from_xyzw(x, y, z, w).into()
    }

    /// From a quaternion `[x, y, z, w]`; see [`normalize`](Self::normalize) if it is not of unit
    /// length.
    pub fn from_quaternion_xyzw(xyzw: [f64; 4]) -> Self {
        DQuat::from_array(xyzw).into()
    }

    /// From a rotation matrix.
    pub fn from_matrix(matrix: DMat3) -> Self {
        // The parts of the quaternion, squared and times four. Dividing by the largest is safe
        // (S. W. Shepperd, 1978); glam's own conversion wants matrices that are exact.
        let [[xx, yx, zx], [xy, yy, zy], [xz, yz, zz]] = matrix.to_cols_array_2d();
        let squares = [
            1.0 + xx - yy - zz,
            1.0 - xx + yy - zz,
            1.0 - xx - yy + zz,
            1.0 + xx + yy + zz,
        ];
        let largest = (1..4).fold(0, |largest, part| {
            if squares[part] > squares[largest] {
                part
            } else {
                largest
            }
        });
        let [x, y, z, w] = match largest {
            0 => [squares[0], yx + xy, xz + zx, zy - yz],
            1 => [yx + xy, squares[1], zy + yz, xz - zx],
            2 => [xz + zx, zy + yz, squares[2], yx - xy],
            _ => [zy - yz, xz - zx, yx - xy, squares[3]],
        };
        let double = squares[largest].max(0.0).sqrt();
        let [x, y, z, w] = [x, y, z, w].map(|part| part * 0.5 / double);
        Self::from_quaternion_xyzw([x, y, z, w])
    }

    /// A rotation that any other is as likely as (K. Shoemake, 1992). `random` gives numbers from
    /// 0 to 1, such as `|| rand::random()`.
    pub fn sample_uniform(mut random: impl FnMut() -> f64) -> Self {
        let (share, first, second) = (random(), TAU * random(), TAU * random());
        let (a, b) = ((1.0 - share).sqrt(), share.sqrt());
        Self::from_quaternion_wxyz([
            a * first.sin(),
            a * first.cos(),
            b * second.sin(),
            b * second.cos(),
        ])
    }

    /// The rotation about an axis by an angle, which is the vector's length.
    pub fn exp(tangent: impl Into<DVec3>) -> Self {
        let tangent = tangent.into();
        let half = tangent.length() / 2.0;
        let [x, y, z] = (tangent * (sinc(half) / 2.0)).to_array();
        Self::from_quaternion_wxyz([half.cos(), x, y, z])
    }

    /// The axis times the angle, which is from 0 to π.
    pub fn log(self) -> DVec3 {
        let (w, vector) = (self.quaternion.w, self.quaternion.xyz());
        let length = vector.length();
        if length < f64::MIN_POSITIVE {
            return DVec3::ZERO;
        }
        // A quaternion and its negative are the same rotation: of both, the one with w ≥ 0 has
        // the smaller angle.
        let (w, vector) = if w < 0.0 { (-w, -vector) } else { (w, vector) };
        // The tangent's accuracy near w = 1 comes with atan2, which needs no series.
        vector * (2.0 * length.atan2(w) / length)
    }

    /// The quaternion.
    pub fn wxyz(self) -> Wxyz {
        self.quaternion.into()
    }

    /// The quaternion as `[w, x, y, z]`.
    pub fn as_quaternion_wxyz(self) -> [f64; 4] {
        self.wxyz().0
    }

    /// The quaternion as `[x, y, z, w]`.
    pub fn as_quaternion_xyzw(self) -> [f64; 4] {
        self.quaternion.to_array()
    }

    /// The quaternion as `[w, x, y, z]`.
    pub fn parameters(self) -> [f64; 4] {
        self.as_quaternion_wxyz()
    }

    /// The rotation matrix, also of a quaternion that is not of unit length.
    pub fn as_matrix(self) -> DMat3 {
        DMat3::from_quat(self.normalize().quaternion)
    }

    /// Angles about x, then y, then z.
    pub fn as_rpy_radians(self) -> RollPitchYaw {
        RollPitchYaw {
            roll: self.compute_roll_radians(),
            pitch: self.compute_pitch_radians(),
            yaw: self.compute_yaw_radians(),
        }
    }

    /// The angle about x of [`as_rpy_radians`](Self::as_rpy_radians).
    pub fn compute_roll_radians(self) -> f64 {
        let [x, y, z, w] = self.quaternion.to_array();
        f64::atan2(2.0 * (w * x + y * z), 1.0 - 2.0 * (x * x + y * y))
    }

    /// The angle about y of [`as_rpy_radians`](Self::as_rpy_radians).
    pub fn compute_pitch_radians(self) -> f64 {
        let [x, y, z, w] = self.quaternion.to_array();
        // Rounding may lead beyond the sine of a quarter turn.
        (2.0 * (w * y - z * x)).clamp(-1.0, 1.0).asin()
    }

    /// The angle about z of [`as_rpy_radians`](Self::as_rpy_radians).
    pub fn compute_yaw_radians(self) -> f64 {
        let [x, y, z, w] = self.quaternion.to_array();
        f64::atan2(2.0 * (w * z + x * y), 1.0 - 2.0 * (y * y + z * z))
    }

    /// Turns a point about the origin.
    pub fn apply(self, point: DVec3) -> DVec3 {
        self.quaternion * point
    }

    /// `other` first, then `self`.
    #[must_use]
    pub fn multiply(self, other: Self) -> Self {
        (self.quaternion * other.quaternion).into()
    }

    /// The rotation back.
    #[must_use]
    pub fn inverse(self) -> Self {
        self.quaternion.conjugate().into()
    }

    /// The matrix that takes tangent vectors here to ones at the identity, which is the rotation
    /// matrix: `self * exp(v) = exp(adjoint * v) * self`.
    pub fn adjoint(self) -> DMat3 {
        self.as_matrix()
    }

    /// Of unit length, as it should be; no rotation if it has no length.
    #[must_use]
    pub fn normalize(self) -> Self {
        let parts = self.quaternion.to_array();
        let largest = parts.iter().fold(0.0, |max: f64, part| max.max(part.abs()));
        // Scaled first: squares of very small or large parts have no digits left.
        let scaled = DQuat::from_array(parts.map(|part| part / largest));
        let length = scaled.length();
        if length.is_finite() {
            (scaled / length).into()
        } else {
            Self::identity()
        }
    }
}

impl From<DQuat> for SO3 {
    fn from(quaternion: DQuat) -> Self {
        Self { quaternion }
    }
}

impl From<SO3> for DQuat {
    fn from(rotation: SO3) -> Self {
        rotation.quaternion
    }
}

impl From<Wxyz> for SO3 {
    fn from(wxyz: Wxyz) -> Self {
        DQuat::from(wxyz).into()
    }
}

impl From<SO3> for Wxyz {
    fn from(rotation: SO3) -> Self {
        rotation.wxyz()
    }
}
