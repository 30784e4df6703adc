//! Positions, from whatever the program has.

/// A position in the parent's frame, `[x, y, z]`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Position(pub [f64; 3]);

impl From<[f64; 3]> for Position {
    fn from(xyz: [f64; 3]) -> Self {
        Self(xyz)
    }
}

impl From<[f32; 3]> for Position {
    fn from(xyz: [f32; 3]) -> Self {
        Self(xyz.map(f64::from))
    }
}

impl From<(f64, f64, f64)> for Position {
    fn from((x, y, z): (f64, f64, f64)) -> Self {
        Self([x, y, z])
    }
}

impl From<glam::DVec3> for Position {
    fn from(xyz: glam::DVec3) -> Self {
        Self(xyz.to_array())
    }
}

impl From<glam::Vec3> for Position {
    fn from(xyz: glam::Vec3) -> Self {
        xyz.to_array().into()
    }
}
