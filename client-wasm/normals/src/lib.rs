//! Normals of meshes whose vertices move.
//!
//! These loops run over all triangles of such meshes for every picture, which is most of what a page
//! does then. Everything else of the page is compiled to be small, this crate to be fast.

use glam::Vec3;

/// Smooth normals, `[V, 3]`, of `vertices`, `[V, 3]`: at each the sum of its faces' normals, weighted
/// by area; in a buffer that is used again and again. `false` where a face has no place: it uses a
/// vertex that does not exist, or one that is NaN or infinite.
pub fn renew_normals(
    vertices: &[[f32; 3]],
    faces: &[[u32; 3]],
    normals: &mut Vec<[f32; 3]>,
) -> bool {
    normals.clear();
    normals.resize(vertices.len(), [0.0; 3]);
    for face in faces {
        let [a, b, c] = face.map(|index| index as usize);
        let (Some(p), Some(q), Some(r)) = (vertices.get(a), vertices.get(b), vertices.get(c))
        else {
            return false;
        };
        let (p, q, r) = (Vec3::from(*p), Vec3::from(*q), Vec3::from(*r));
        let normal = (q - p).cross(r - p);
        if !normal.is_finite() {
            return false;
        }
        for index in [a, b, c] {
            add(&mut normals[index], normal);
        }
    }
    normalize(normals);
    true
}

/// Adds a face's normal to that of one of its vertices.
#[inline]
pub fn add(sum: &mut [f32; 3], normal: Vec3) {
    *sum = (Vec3::from(*sum) + normal).to_array();
}

/// Makes normals as long as one; those that are zero stay.
pub fn normalize(normals: &mut [[f32; 3]]) {
    for normal in normals {
        *normal = Vec3::from(*normal).normalize_or_zero().to_array();
    }
}
