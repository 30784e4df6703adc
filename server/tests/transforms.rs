//! Rotations and rigid motions: the laws of groups, and what viser.transforms computes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "transforms/laws.rs"]
mod laws;
#[path = "transforms/viser.rs"]
mod viser;

use glam::{DMat2, DMat3, DMat4, DVec2, DVec3};
use scenecast::transforms::{SE2, SE3, SO2, SO3};

/// How near numbers must be that are the same but for rounding.
const TOLERANCE: f64 = 1e-9;

/// What the groups have in common, with vectors and matrices as lists.
trait Group: Copy + std::fmt::Debug {
    const SPACE: usize;
    const TANGENT: usize;
    /// How many of the last numbers of a tangent vector say how it turns.
    const TURN: usize = if Self::SPACE == 2 { 1 } else { 3 };
    fn identity() -> Self;
    fn exp(tangent: &[f64]) -> Self;
    fn log(self) -> Vec<f64>;
    fn multiply(self, other: Self) -> Self;
    fn inverse(self) -> Self;
    fn interpolate(self, other: Self, share: f64) -> Self;
    fn apply(self, point: &[f64]) -> Vec<f64>;
    fn parameters(self) -> Vec<f64>;
    /// Row by row.
    fn matrix(self) -> Vec<Vec<f64>>;
    /// There and back through the matrix.
    fn through_matrix(self) -> Self;
    /// Row by row.
    fn adjoint(self) -> Vec<Vec<f64>>;
    fn sample_uniform(random: &mut dyn FnMut() -> f64) -> Self;
}

macro_rules! group {
    ($Group:ident, $space:literal, $tangent:literal, $Point:ty, $Matrix:ty,
     $exp:expr, $log:expr, $adjoint:expr) => {
        impl Group for $Group {
            const SPACE: usize = $space;
            const TANGENT: usize = $tangent;
            fn identity() -> Self {
                $Group::identity()
            }
            fn exp(tangent: &[f64]) -> Self {
                $exp(tangent)
            }
            fn log(self) -> Vec<f64> {
                $log($Group::log(self))
            }
            fn multiply(self, other: Self) -> Self {
                self * other
            }
            fn inverse(self) -> Self {
                $Group::inverse(self)
            }
            fn interpolate(self, other: Self, share: f64) -> Self {
                $Group::interpolate(self, other, share)
            }
            fn apply(self, point: &[f64]) -> Vec<f64> {
                (self * <$Point>::from_slice(point)).to_array().to_vec()
            }
            fn parameters(self) -> Vec<f64> {
                $Group::parameters(self).to_vec()
            }
            fn matrix(self) -> Vec<Vec<f64>> {
                let rows = self.as_matrix().transpose().to_cols_array_2d();
                rows.map(|row| row.to_vec()).to_vec()
            }
            fn through_matrix(self) -> Self {
                let matrix: $Matrix = self.as_matrix();
                $Group::from_matrix(matrix)
            }
            fn adjoint(self) -> Vec<Vec<f64>> {
                $adjoint($Group::adjoint(self))
            }
            fn sample_uniform(random: &mut dyn FnMut() -> f64) -> Self {
                $Group::sample_uniform(random)
            }
        }
    };
}

fn rows<const N: usize>(rows: [[f64; N]; N]) -> Vec<Vec<f64>> {
    rows.map(|row| row.to_vec()).to_vec()
}

fn rows_of(matrix: DMat3) -> Vec<Vec<f64>> {
    rows(matrix.transpose().to_cols_array_2d())
}

group!(
    SO2,
    2,
    1,
    DVec2,
    DMat2,
    |t: &[f64]| SO2::exp(t[0]),
    |t| vec![t],
    rows
);
group!(
    SE2,
    2,
    3,
    DVec2,
    DMat3,
    |t| SE2::exp(DVec3::from_slice(t)),
    |t: DVec3| t.to_array().to_vec(),
    rows_of
);
group!(
    SO3,
    3,
    3,
    DVec3,
    DMat3,
    |t| SO3::exp(DVec3::from_slice(t)),
    |t: DVec3| t.to_array().to_vec(),
    rows_of
);
group!(
    SE3,
    3,
    6,
    DVec3,
    DMat4,
    |t: &[f64]| SE3::exp(t.try_into().unwrap()),
    |t: [f64; 6]| t.to_vec(),
    rows
);

/// Whether lists of numbers are the same but for rounding.
fn near(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= TOLERANCE)
}

/// Whether matrices are the same but for rounding.
fn near_rows(a: &[Vec<f64>], b: &[Vec<f64>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| near(a, b))
}

/// Whether two are the same motion: a quaternion and its negative are.
fn same<G: Group>(a: G, b: G) -> bool {
    near_rows(&a.matrix(), &b.matrix())
}
