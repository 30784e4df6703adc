//! Meshes from vertices and faces, checked.

use glam::Vec3;
use scenecast_normals::{add, normalize};

use super::Geometry;

/// Why a mesh cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeshError {
    /// A face points past the last vertex.
    #[error("face {face} uses vertex {index}, but there are only {vertices} vertices")]
    IndexOutOfRange {
        /// Row of the face.
        face: usize,
        /// The index.
        index: u32,
        /// How many vertices there are.
        vertices: usize,
    },
}

/// The mesh with smooth normals: at each vertex the sum of its faces' normals, weighted by area.
/// Faces with a NaN or infinite vertex are left out.
///
/// # Errors
/// A face uses a vertex that does not exist.
pub fn from_mesh(vertices: &[[f32; 3]], faces: &[[u32; 3]]) -> Result<Geometry, MeshError> {
    let mut normals = vec![[0.0; 3]; vertices.len()];
    let mut indices = Vec::with_capacity(faces.len() * 3);
    for (row, face) in faces.iter().enumerate() {
        let out_of_range = |index: u32| MeshError::IndexOutOfRange {
            face: row,
            index,
            vertices: vertices.len(),
        };
        let mut corners = [Vec3::ZERO; 3];
        for (corner, &index) in corners.iter_mut().zip(face) {
            *corner = (*vertices
                .get(index as usize)
                .ok_or_else(|| out_of_range(index))?)
            .into();
        }
        let [a, b, c] = corners;
        let normal = (b - a).cross(c - a);
        if normal.is_finite() {
            indices.extend(face);
            for &index in face {
                add(&mut normals[index as usize], normal);
            }
        }
    }
    normalize(&mut normals);
    Ok(Geometry {
        positions: vertices.to_vec(),
        normals,
        indices,
    })
}

#[cfg(test)]
mod tests {
    use scenecast_normals::renew_normals;

    use super::*;

    #[test]
    fn larger_faces_weigh_more() {
        // A unit triangle in xy and one ten times as large in xz share the vertex at the origin.
        let vertices = [
            [0.0; 3],
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [10.0, 0.0, 0.0],
            [0.0, 0.0, 10.0],
        ];
        let mesh = from_mesh(&vertices, &[[0, 1, 2], [0, 4, 3]]).unwrap();
        let expected = Vec3::new(0.0, 100.0, 1.0).normalize();
        assert!(Vec3::from(mesh.normals[0]).distance(expected) < 1e-6);
        assert_eq!(mesh.normals[2], [0.0, 0.0, 1.0]);
    }

    #[test]
    fn renewed_normals_are_those_of_a_new_mesh() {
        let faces = [[0, 1, 2], [0, 2, 3]];
        let mut vertices = [[0.0; 3], [1.0, 0.0, 0.5], [1.0, 1.0, 0.0], [0.0, 1.0, -0.5]];
        let mut normals = vec![[7.0; 3]; 9];
        assert!(renew_normals(&vertices, &faces, &mut normals));
        assert_eq!(normals, from_mesh(&vertices, &faces).unwrap().normals);
        assert!(!renew_normals(&vertices, &[[0, 1, 4]], &mut normals));
        vertices[2][1] = f32::NAN;
        assert!(!renew_normals(&vertices, &faces, &mut normals));
    }

    #[test]
    fn bad_indices_are_an_error_and_bad_vertices_are_skipped() {
        let vertices = [
            [0.0; 3],
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [f32::NAN, 0.0, 0.0],
        ];
        let error = from_mesh(&vertices, &[[0, 1, 2], [0, 1, 4]]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "face 1 uses vertex 4, but there are only 4 vertices"
        );
        let mesh = from_mesh(&vertices, &[[0, 1, 2], [0, 1, 3]]).unwrap();
        assert_eq!(mesh.indices, [0, 1, 2]);
        assert!(mesh.normals.iter().flatten().all(|n| n.is_finite()));
    }
}
