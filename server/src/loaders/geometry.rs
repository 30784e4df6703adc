//! What files become: points, triangles and splats.

use super::{Splats, Texture};

/// A part of a file that is shown as one node.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The name that the file gives it; may be empty.
    pub name: String,
    /// Its shape, in the file's own coordinates unless its [`Format`](super::Format) says otherwise.
    pub geometry: Geometry,
}

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// Points without faces.
    Points(Points),
    /// Triangles.
    Mesh(Mesh),
    /// Gaussian splats.
    Splats(Splats),
}

/// A point cloud.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Points {
    /// `[N, 3]`, all finite.
    pub positions: Vec<[f32; 3]>,
    /// `[N, 3]` sRGB, one for each point.
    pub colors: Option<Vec<[u8; 3]>>,
}

/// A triangle mesh.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mesh {
    /// `[V, 3]`.
    pub vertices: Vec<[f32; 3]>,
    /// `[F, 3]`, counter-clockwise seen from outside; each less than `V`.
    pub faces: Vec<[u32; 3]>,
    /// `[V, 3]` sRGB, one for each vertex.
    pub vertex_colors: Option<Vec<[u8; 3]>>,
    /// One sRGB colour for the whole, such as its material's.
    pub color: Option<[u8; 3]>,
    /// An image over it, which is multiplied with its colours.
    pub texture: Option<Texture>,
    /// Whether its triangles are meant to be lit as planes, rather than as parts of a surface that
    /// is smooth wherever triangles share a vertex.
    pub flat: bool,
}

/// A box along the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The lowest corner.
    pub min: [f32; 3],
    /// The highest corner.
    pub max: [f32; 3],
}

impl Bounds {
    /// The box around some points, leaving out those that are not finite; `None` without points.
    pub fn of(points: &[[f32; 3]]) -> Option<Bounds> {
        let finite = points.iter().filter(|p| p.iter().all(|c| c.is_finite()));
        finite.fold(None, |bounds: Option<Bounds>, &point| {
            let point = Bounds {
                min: point,
                max: point,
            };
            Some(bounds.map_or(point, |bounds| bounds.union(point)))
        })
    }

    /// The box around nearly all points: along each axis, a hundredth may lie outside at either
    /// end. Captured splats have strays far from everything.
    fn of_most(points: &[[f32; 3]]) -> Option<Bounds> {
        let outside = points.len() / 100;
        let last = points.len().checked_sub(1)?;
        let mut along = Vec::with_capacity(points.len());
        let ends: [(f32, f32); 3] = std::array::from_fn(|axis| {
            along.clear();
            along.extend(points.iter().map(|point| point[axis]));
            let (_, low, _) = along.select_nth_unstable_by(outside, f32::total_cmp);
            let low = *low;
            let (_, high, _) = along.select_nth_unstable_by(last - outside, f32::total_cmp);
            (low, *high)
        });
        Some(Bounds {
            min: ends.map(|(low, _)| low),
            max: ends.map(|(_, high)| high),
        })
    }

    /// The smallest box around both.
    pub fn union(self, other: Bounds) -> Bounds {
        let pick = |a: [f32; 3], b: [f32; 3], f: fn(f32, f32) -> f32| {
            [f(a[0], b[0]), f(a[1], b[1]), f(a[2], b[2])]
        };
        Bounds {
            min: pick(self.min, other.min, f32::min),
            max: pick(self.max, other.max, f32::max),
        }
    }

    /// The middle.
    pub fn center(&self) -> [f32; 3] {
        std::array::from_fn(|i| self.min[i] / 2.0 + self.max[i] / 2.0)
    }

    /// The edge lengths.
    pub fn size(&self) -> [f32; 3] {
        std::array::from_fn(|i| self.max[i] - self.min[i])
    }

    /// The distance between the corners.
    pub fn diagonal(&self) -> f32 {
        self.size().iter().map(|s| s * s).sum::<f32>().sqrt()
    }
}

impl Item {
    /// The box around it, for splats around nearly all of them; `None` where no point is finite.
    pub fn bounds(&self) -> Option<Bounds> {
        match &self.geometry {
            Geometry::Points(points) => Bounds::of(&points.positions),
            Geometry::Mesh(mesh) => Bounds::of(&mesh.vertices),
            Geometry::Splats(splats) => Bounds::of_most(&splats.centers),
        }
    }
}

impl Geometry {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Geometry::Points(points) => points.positions.is_empty(),
            Geometry::Mesh(mesh) => mesh.faces.is_empty(),
            Geometry::Splats(splats) => splats.is_empty(),
        }
    }
}

impl Points {
    /// Points from positions and, where each has one, colours. Positions that are not finite are
    /// left out: depth cameras write them where they saw nothing.
    pub(super) fn new(mut positions: Vec<[f32; 3]>, mut colors: Option<Vec<[u8; 3]>>) -> Points {
        let finite = |p: &[f32; 3]| p.iter().all(|c| c.is_finite());
        if let Some(colors) = &mut colors {
            let mut keep = positions.iter().map(finite);
            colors.retain(|_| keep.next().unwrap_or(false));
        }
        positions.retain(finite);
        Points { positions, colors }
    }
}

/// Appends a polygon as a fan of triangles. Fewer than three corners are no polygon.
pub(super) fn push_polygon(faces: &mut Vec<[u32; 3]>, corners: &[u32]) {
    if let [first, rest @ ..] = corners {
        faces.extend(rest.windows(2).map(|pair| [*first, pair[0], pair[1]]));
    }
}

/// Appends the triangles of a strip, of which every other one runs the other way around.
pub(super) fn push_strip(faces: &mut Vec<[u32; 3]>, corners: &[u32]) {
    let triangles = corners.windows(3).enumerate();
    faces.extend(triangles.map(|(i, c)| match i % 2 {
        0 => [c[0], c[1], c[2]],
        _ => [c[0], c[2], c[1]],
    }));
}

/// Turns triangles around, or what their corners have. A mirrored mesh shows its insides without.
pub(super) fn turn_around<T>(faces: &mut [[T; 3]]) {
    faces.iter_mut().for_each(|face| face.swap(1, 2));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_leave_out_what_is_not_finite() {
        let bounds =
            Bounds::of(&[[1.0, 2.0, 3.0], [f32::NAN, 9.0, 9.0], [-1.0, 4.0, 3.0]]).unwrap();
        assert_eq!(bounds.center(), [0.0, 3.0, 3.0]);
        assert_eq!(bounds.size(), [2.0, 2.0, 0.0]);
        assert_eq!(bounds.diagonal(), 8.0_f32.sqrt());
        assert_eq!(Bounds::of(&[[f32::INFINITY; 3]]), None);
    }

    #[test]
    fn strays_do_not_widen_the_bounds_of_most() {
        let mut points: Vec<[f32; 3]> = (0..1000).map(|i| [i as f32 / 1000.0, 0.0, 2.0]).collect();
        points[500] = [1e9, -1e9, 1e9];
        let bounds = Bounds::of_most(&points).unwrap();
        assert_eq!(
            (bounds.min, bounds.max),
            ([0.01, 0.0, 2.0], [0.99, 0.0, 2.0])
        );
        assert_eq!(Bounds::of_most(&[[1.0; 3]]), Bounds::of(&[[1.0; 3]]));
        assert_eq!(Bounds::of_most(&[]), None);
    }

    #[test]
    fn polygons_become_fans() {
        let mut faces = Vec::new();
        push_polygon(&mut faces, &[]);
        push_polygon(&mut faces, &[7, 8]);
        push_polygon(&mut faces, &[4, 5, 6, 7]);
        assert_eq!(faces, [[4, 5, 6], [4, 6, 7]]);
    }

    #[test]
    fn colours_stay_with_their_points() {
        let points = Points::new(
            vec![[0.0; 3], [f32::NAN; 3], [2.0; 3]],
            Some(vec![[0; 3], [1; 3], [2; 3]]),
        );
        assert_eq!(points.positions, [[0.0; 3], [2.0; 3]]);
        assert_eq!(points.colors.unwrap(), [[0; 3], [2; 3]]);
    }
}
