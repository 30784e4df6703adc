//! Poses as shaders take them.

use glam::{Mat4, Vec4};

/// The rows of `world_from_local` but the last, which is always (0, 0, 0, 1).
pub(crate) fn rows(world_from_local: &Mat4) -> [[f32; 4]; 3] {
    [0, 1, 2].map(|i| world_from_local.row(i).to_array())
}

/// The matrix with these rows; the last one is (0, 0, 0, 1).
pub(crate) fn from_rows([a, b, c]: [[f32; 4]; 3]) -> Mat4 {
    Mat4::from_cols_array_2d(&[a, b, c, [0.0, 0.0, 0.0, 1.0]]).transpose()
}

/// Whether the pose turns left hands into right ones.
pub(crate) fn is_mirrored(world_from_local: &Mat4) -> bool {
    world_from_local.determinant() < 0.0
}

/// three-d's matrix type.
pub(crate) fn uniform(m: &Mat4) -> three_d::core::Mat4 {
    m.to_cols_array_2d().into()
}

/// Depth in clip space after division: what transparent objects are sorted by.
pub(crate) fn depth(clip_from_world: &Mat4, world: glam::Vec3) -> f32 {
    let clip: Vec4 = *clip_from_world * world.extend(1.0);
    clip.z / clip.w
}
