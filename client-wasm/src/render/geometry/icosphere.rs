//! Spheres from a subdivided icosahedron.

use glam::Vec3;

use super::Geometry;

/// Half the golden rectangle that the icosahedron's corners lie on.
const PHI: f32 = 1.618_034;

const CORNERS: [[f32; 3]; 12] = [
    [-1.0, PHI, 0.0],
    [1.0, PHI, 0.0],
    [-1.0, -PHI, 0.0],
    [1.0, -PHI, 0.0],
    [0.0, -1.0, PHI],
    [0.0, 1.0, PHI],
    [0.0, -1.0, -PHI],
    [0.0, 1.0, -PHI],
    [PHI, 0.0, -1.0],
    [PHI, 0.0, 1.0],
    [-PHI, 0.0, -1.0],
    [-PHI, 0.0, 1.0],
];

const FACES: [[usize; 3]; 20] = [
    [0, 11, 5],
    [0, 5, 1],
    [0, 1, 7],
    [0, 7, 10],
    [0, 10, 11],
    [1, 5, 9],
    [5, 11, 4],
    [11, 10, 2],
    [10, 7, 6],
    [7, 1, 8],
    [3, 9, 4],
    [3, 4, 2],
    [3, 2, 6],
    [3, 6, 8],
    [3, 8, 9],
    [4, 9, 5],
    [2, 4, 11],
    [6, 2, 10],
    [8, 6, 7],
    [9, 8, 1],
];

/// A sphere of radius 1: each edge of an icosahedron split in `subdivisions` + 1. Smooth, except
/// for the icosahedron itself (0 subdivisions), which has flat faces.
pub fn icosphere(subdivisions: u32) -> Geometry {
    let splits = subdivisions + 1;
    let mut geometry = Geometry::default();
    for [a, b, c] in FACES.map(|face| face.map(|i| Vec3::from(CORNERS[i]).normalize())) {
        let first = geometry.vertex_count();
        let flat = (a + b + c).normalize();
        // Rows of points parallel to the edge from a to b, from that edge to the corner c.
        for row in 0..=splits {
            for column in 0..=splits - row {
                let weights = Vec3::new((splits - row - column) as f32, column as f32, row as f32)
                    / splits as f32;
                let point = (a * weights.x + b * weights.y + c * weights.z).normalize();
                geometry.push_vertex(point, if subdivisions == 0 { flat } else { point });
            }
        }
        let mut start = first;
        for row in 0..splits {
            let width = splits - row + 1;
            for column in 0..width - 1 {
                let (here, above) = (start + column, start + width + column);
                geometry.indices.extend([here, here + 1, above]);
                if column + 2 < width {
                    geometry.indices.extend([here + 1, above + 1, above]);
                }
            }
            start += width;
        }
    }
    geometry
}
