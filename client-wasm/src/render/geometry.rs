//! Triangle geometry on the CPU: what solids and meshes are made of before they are uploaded.

use glam::Vec3;

mod icosphere;
mod mesh;
mod simplify;
mod solids;

pub use icosphere::icosphere;
pub use mesh::{MeshError, from_mesh};
pub use scenecast_normals::renew_normals;
pub use solids::{cone, cuboid, cylinder, frustum};

/// Triangles with a normal at each vertex. Counter-clockwise is the front.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Geometry {
    /// `[V, 3]`.
    pub positions: Vec<[f32; 3]>,
    /// `[V, 3]`, unit length.
    pub normals: Vec<[f32; 3]>,
    /// `[3 F]`, each below `V`.
    pub indices: Vec<u32>,
}

impl Geometry {
    /// The middle of the bounding box: what transparent objects are sorted by.
    pub fn center(&self) -> Vec3 {
        let (low, high) = bounds(&self.positions);
        low.midpoint(high)
    }

    /// The distance from `center` within which all of it is.
    pub fn radius(&self, center: Vec3) -> f32 {
        let distances = self
            .positions
            .iter()
            .map(|p| center.distance_squared((*p).into()));
        distances
            .filter(|d| d.is_finite())
            .fold(0.0, f32::max)
            .sqrt()
    }

    /// The edges of each triangle, as pairs of vertex indices. What triangles share is there for
    /// each of them: it is denser where edges are translucent.
    pub fn edges(&self) -> Vec<u32> {
        let (triangles, _) = self.indices.as_chunks::<3>();
        let edges = |&[a, b, c]: &[u32; 3]| [a, b, b, c, c, a];
        triangles.iter().flat_map(edges).collect()
    }

    fn push_vertex(&mut self, position: Vec3, normal: Vec3) {
        self.positions.push(position.to_array());
        self.normals.push(normal.to_array());
    }

    fn vertex_count(&self) -> u32 {
        self.positions.len() as u32
    }
}

/// The corners of the bounding box of what is finite; of nothing, the origin.
pub fn bounds(positions: &[[f32; 3]]) -> (Vec3, Vec3) {
    let mut bounds = None;
    let positions = positions.iter().map(|p| Vec3::from(*p));
    for p in positions.filter(|p| p.is_finite()) {
        let (low, high) = bounds.get_or_insert((p, p));
        *low = low.min(p);
        *high = high.max(p);
    }
    bounds.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every triangle of a convex solid around the origin faces outwards.
    fn faces_outwards(geometry: &Geometry) -> bool {
        let vertex = |i: u32| Vec3::from(geometry.positions[i as usize]);
        geometry
            .indices
            .as_chunks::<3>()
            .0
            .iter()
            .all(|&[a, b, c]| {
                let (a, b, c) = (vertex(a), vertex(b), vertex(c));
                (b - a).cross(c - a).dot(a + b + c) > -1e-6
            })
    }

    #[test]
    fn solids_face_outwards_with_unit_normals() {
        let solids = [
            cuboid(),
            cylinder(3),
            cylinder(32),
            cone(16),
            icosphere(0),
            icosphere(4),
        ];
        for solid in solids {
            assert!(faces_outwards(&solid));
            assert_eq!(solid.positions.len(), solid.normals.len());
            assert!(
                solid
                    .normals
                    .iter()
                    .all(|n| (Vec3::from(*n).length() - 1.0).abs() < 1e-4)
            );
            assert!(
                solid
                    .indices
                    .iter()
                    .all(|i| (*i as usize) < solid.positions.len())
            );
        }
    }

    #[test]
    fn an_icosphere_splits_each_edge_in_subdivisions_plus_one() {
        for subdivisions in [0, 1, 3, 5] {
            let faces = icosphere(subdivisions).indices.len() / 3;
            assert_eq!(faces, 20 * (subdivisions as usize + 1).pow(2));
        }
    }

    #[test]
    fn every_triangle_has_its_edges() {
        let quad = Geometry {
            positions: vec![[0.0; 3]; 4],
            normals: vec![[0.0, 0.0, 1.0]; 4],
            indices: vec![0, 1, 2, 2, 1, 3],
        };
        assert_eq!(quad.edges(), [0, 1, 1, 2, 2, 0, 2, 1, 1, 3, 3, 2]);
    }
}
