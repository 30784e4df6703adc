//! Coarser forms of a mesh, which its instances have far from the camera; by the rules of viser's
//! client.

use std::cell::OnceCell;

use scenecast_protocol::scene::Lod;
use three_d::core::{Context, ElementBuffer};

use super::geometry::Geometry;
use super::surfaces::Shape;

/// How far a simpler surface may be from the mesh, in parts of its size.
const MAX_ERROR: f32 = 0.02;

/// The coarser forms of a mesh, from near to far. Each is made when it is first drawn, and has the
/// mesh's vertices with fewer faces.
pub(crate) struct Levels(Vec<Level>);

struct Level {
    /// Between the camera and the middle of an instance, in the node's frame.
    distance: f32,
    /// Of the faces.
    share: f64,
    elements: OnceCell<ElementBuffer<u32>>,
}

impl Levels {
    /// The levels of a mesh of so many vertices, which reaches so far from its middle.
    pub(crate) fn new(lod: &Lod, vertices: usize, radius: f32) -> Self {
        let level = |(distance, share)| Level {
            distance,
            share,
            elements: OnceCell::new(),
        };
        Self(
            rules(lod, vertices, radius)
                .into_iter()
                .map(level)
                .collect(),
        )
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of the level at a distance, 0 for the mesh itself.
    pub(crate) fn at(&self, distance: f32) -> usize {
        let level = self.0.iter().rposition(|level| distance > level.distance);
        level.map_or(0, |level| level + 1)
    }

    /// What to draw of a mesh at a level; `None` for all of it.
    pub(crate) fn elements(
        &self,
        level: usize,
        whole: &Shape,
        context: &Context,
    ) -> Option<&ElementBuffer<u32>> {
        let level = self.0.get(level.checked_sub(1)?)?;
        let elements = level.elements.get_or_init(|| {
            let indices = whole.connected(simplified(whole.geometry(), level.share));
            ElementBuffer::new_with_data(context, &indices)
        });
        Some(elements)
    }
}

/// The mesh with a share of its faces.
fn simplified(mut geometry: Geometry, share: f64) -> Geometry {
    let faces = geometry.indices.len() / 3;
    let count = (faces as f64 * share.clamp(0.0, 1.0)) as usize;
    geometry.indices = geometry.simplified(count, MAX_ERROR);
    geometry
}

/// From which distance on each share of the faces is drawn; distances rise.
fn rules(lod: &Lod, vertices: usize, radius: f32) -> Vec<(f32, f64)> {
    let count = vertices as f64;
    let by_count: &[(f32, f64)] = match (lod, vertices) {
        (Lod::Off, _) | (Lod::Auto, ..256) => &[],
        (Lod::Levels(levels), _) => {
            let mut levels: Vec<(f32, f64)> = levels
                .iter()
                .map(|(distance, share)| (*distance as f32, *share))
                .collect();
            levels.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            return levels;
        }
        (Lod::Auto, ..1024) => &[(2.0, 0.25)],
        (Lod::Auto, ..8192) => &[(1.0, 0.5), (8.0, 0.25)],
        (Lod::Auto, _) => &[
            (1.0, 8192.0 / count),
            (2.0, 2048.0 / count),
            (8.0, 512.0 / count),
        ],
    };
    let size = (radius + 1e-5).sqrt();
    by_count
        .iter()
        .map(|(distance, share)| (distance * size, *share))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_the_number_of_vertices_and_the_size() {
        let distances = |count| {
            let rules = rules(&Lod::Auto, count, 4.0);
            rules
                .iter()
                .map(|(d, share)| (d.round() as u32, (share * 100.0).round() as u32))
                .collect::<Vec<_>>()
        };
        assert_eq!(distances(255), []);
        assert_eq!(distances(256), [(4, 25)]);
        assert_eq!(distances(5000), [(2, 50), (16, 25)]);
        assert_eq!(distances(81_920), [(2, 10), (4, 3), (16, 1)]);
        assert!(rules(&Lod::Off, 9000, 1.0).is_empty());
        let own = Lod::Levels(vec![(9.0, 0.1), (3.0, 0.5)]);
        assert_eq!(rules(&own, 9, 1.0), [(3.0, 0.5), (9.0, 0.1)]);
        let levels = Levels::new(&own, 9, 1.0);
        let at = [1.0, 3.0, 3.1, 10.0, f32::NAN].map(|distance| levels.at(distance));
        assert_eq!(at, [0, 0, 1, 2, 0]);
    }
}
