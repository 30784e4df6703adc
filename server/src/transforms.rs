//! Rotations and rigid motions in two and three dimensions, as Lie groups.
//!
//! | | is | moves | tangent vector |
//! |---|---|---|---|
//! | [`SO2`] | rotations of the plane | `DVec2` | an angle |
//! | [`SE2`] | rotations and translations of the plane | `DVec2` | `[vx, vy, omega]` |
//! | [`SO3`] | rotations of space | `DVec3` | `[omega_x, omega_y, omega_z]` |
//! | [`SE3`] | rotations and translations of space | `DVec3` | `[vx, vy, vz, omega_x, omega_y, omega_z]` |
//!
//! `world_from_tool * tool_from_camera` is one motion after the other (the right one first),
//! `world_from_tool * point` moves a point. `exp` takes a tangent vector to the motion that follows
//! it for one unit of time, `log` leads back. Angles are radians, vectors and quaternions those of
//! [`glam`](https://docs.rs/glam) in double precision; nodes take both:
//!
//! ```
//! use glam::DVec3;
//! use scenecast::{scene::{Box, Place}, transforms::{SE3, SO3}};
//!
//! let world_from_base = SE3::new(SO3::from_z_radians(0.3), DVec3::X);
//! let base_from_tool = SE3::exp([0.0, 0.0, 1.0, 0.2, 0.0, 0.0]);
//! let pose = world_from_base * base_from_tool;
//! let tool = Box::new([0.1; 3]).at(pose.translation()).turned(pose.rotation());
//!
//! let there_and_back = pose.interpolate(world_from_base, 0.5).interpolate(pose, 1.0);
//! assert!((there_and_back.translation() - pose.translation()).length() < 1e-9);
//! ```
//!
//! Formulas are those of J. Solà and others, *A micro Lie theory for state estimation in robotics*
//! (2018), with series where an angle is too small for them. The types and their calls follow
//! `viser.transforms`.

mod se2;
mod se3;
mod so2;
mod so3;

pub use se2::SE2;
pub use se3::SE3;
pub use so2::SO2;
pub use so3::{RollPitchYaw, SO3};

/// What the groups have in common, from `identity`, `multiply`, `apply`, `inverse`, `exp`, `log`.
macro_rules! group {
    ($Group:ident, $Vector:ty, $scaled:expr) => {
        impl Default for $Group {
            fn default() -> Self {
                Self::identity()
            }
        }

        impl std::ops::Mul for $Group {
            type Output = Self;

            /// `other` first, then `self`.
            fn mul(self, other: Self) -> Self {
                self.multiply(other)
            }
        }

        impl std::ops::Mul<$Vector> for $Group {
            type Output = $Vector;

            fn mul(self, point: $Vector) -> $Vector {
                self.apply(point)
            }
        }

        impl $Group {
            /// A share of the way from here (0) to `other` (1), along the shortest motion of
            /// constant speed; beyond the ends outside of 0 to 1.
            #[must_use]
            pub fn interpolate(self, other: Self, share: f64) -> Self {
                let way = (self.inverse() * other).log();
                self * Self::exp($scaled(way, share))
            }
        }
    };
}
use group;

/// Below this angle, series are nearer to the truth than quotients of small differences: where the
/// first term that is left out, θ⁶/5040, is as small as the rounding of 1.
const SMALL_ANGLE: f64 = 0.01;

/// `sin θ / θ`.
fn sinc(angle: f64) -> f64 {
    if angle.abs() < SMALL_ANGLE {
        let square = angle * angle;
        1.0 - square / 6.0 + square * square / 120.0
    } else {
        angle.sin() / angle
    }
}

/// `(1 − cos θ) / θ²`, as `½ (sin ½θ / ½θ)²`, which loses no digits.
fn versine_quotient(angle: f64) -> f64 {
    let half = sinc(angle / 2.0);
    half * half / 2.0
}

/// `(θ / 2) / tan(θ / 2)`; 1 at zero, 0 at π.
fn half_cotangent(angle: f64) -> f64 {
    let half = angle / 2.0;
    // cos and sin rather than tan, which has no value at π.
    half.cos() / sinc(half)
}

/// A number from 0 to 1 as one from -1 to 1.
fn signed(unit: f64) -> f64 {
    2.0 * unit - 1.0
}
