//! A tree of boxes around triangles.
//!
//! Triangles are sorted along a space-filling curve and cut into blocks; blocks of blocks make the
//! levels above. Sorting is counting: which cell of a grid each triangle is in, how many each cell
//! has, and each to its place. That can be done a little at a time.

use glam::Vec3;

use crate::render::aabb::Aabb;

/// The most cells along an axis, as a power of two: a quarter of a million in all.
const MAX_CELL_BITS: u32 = 6;

/// Of triangles that are nowhere.
const NO_CELL: u32 = u32::MAX;

/// Triangles in a leaf, and boxes in a box.
const WIDTH: usize = 8;

/// The boxes.
pub(super) struct Tree {
    /// Triangles, those of one leaf after the other.
    order: Vec<u32>,
    /// From the leaves up; the last level is one box, or empty.
    levels: Vec<Vec<Aabb>>,
}

impl Tree {
    /// The tree of all triangles, at once.
    #[cfg(test)]
    pub(super) fn new(vertices: &[[f32; 3]], faces: &[[u32; 3]]) -> Self {
        let mut growth = Growth::default();
        while !growth.grow(&Aabb::of(vertices), vertices, faces, usize::MAX) {}
        growth.into_tree()
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

/// A tree that is being made.
#[derive(Default)]
pub(super) struct Growth {
    /// Of each triangle looked at so far.
    cells: Vec<u32>,
    /// How many triangles each cell has; then where its next one goes.
    ends: Vec<u32>,
    /// How many triangles have been put in order.
    placed: usize,
    /// As in the tree; empty until all cells are known.
    order: Vec<u32>,
    leaves: Vec<Aabb>,
}

impl Growth {
    /// Goes on with up to so many triangles. Returns whether that is all.
    pub(super) fn grow(
        &mut self,
        bounds: &Aabb,
        vertices: &[[f32; 3]],
        faces: &[[u32; 3]],
        at_most: usize,
    ) -> bool {
        let corner = |i: u32| vertices.get(i as usize).map_or(Vec3::NAN, |v| (*v).into());
        if self.cells.len() < faces.len() {
            self.classify(bounds, corner, faces, at_most);
        } else if self.placed < faces.len() {
            let end = faces.len().min(self.placed.saturating_add(at_most));
            for (face, cell) in (self.placed as u32..).zip(&self.cells[self.placed..end]) {
                if let Some(next) = self.ends.get_mut(*cell as usize) {
                    self.order[*next as usize] = face;
                    *next += 1;
                }
            }
            self.placed = end;
        } else {
            let leaf = |block: &[u32]| {
                let faces = block.iter().filter_map(|face| faces.get(*face as usize));
                faces.flatten().fold(Aabb::EMPTY, |bounds, i| {
                    bounds.around(corner(*i), corner(*i))
                })
            };
            let blocks = self.order.chunks(WIDTH).skip(self.leaves.len());
            self.leaves.extend(blocks.take(at_most).map(leaf));
            return self.leaves.len() * WIDTH >= self.order.len();
        }
        false
    }

    /// Looks in which cells the next triangles are.
    fn classify(
        &mut self,
        bounds: &Aabb,
        corner: impl Fn(u32) -> Vec3,
        faces: &[[u32; 3]],
        at_most: usize,
    ) {
        let bits = (faces.len().max(1).ilog2() / 3).clamp(1, MAX_CELL_BITS);
        if self.cells.is_empty() {
            self.cells.reserve_exact(faces.len());
            self.ends = vec![0; 1 << (3 * bits)];
        }
        let last = (1u32 << bits) - 1;
        let scale =
            (1 << bits) as f32 / (bounds.high - bounds.low).max(Vec3::splat(f32::MIN_POSITIVE));
        let new = faces.iter().skip(self.cells.len()).take(at_most);
        self.cells.extend(new.map(|[a, b, c]| {
            let middle = (corner(*a) + corner(*b) + corner(*c)) / 3.0;
            if !middle.is_finite() {
                return NO_CELL;
            }
            let at = ((middle - bounds.low) * scale)
                .as_uvec3()
                .min(glam::UVec3::splat(last));
            let cell = spread(at.x) | spread(at.y) << 1 | spread(at.z) << 2;
            self.ends[cell as usize] += 1;
            cell
        }));
        if self.cells.len() == faces.len() {
            let mut end = 0;
            for count in &mut self.ends {
                (*count, end) = (end, end + *count);
            }
            self.order = vec![0; end as usize];
        }
    }

    /// The tree of what has been put in order.
    pub(super) fn into_tree(self) -> Tree {
        let mut levels = vec![self.leaves];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let join = |boxes: &[Aabb]| {
                boxes
                    .iter()
                    .fold(Aabb::EMPTY, |all, one| all.around(one.low, one.high))
            };
            levels.push(below.chunks(WIDTH).map(join).collect());
        }
        Tree {
            order: self.order,
            levels,
        }
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
    fn grows_the_same_whether_at_once_or_by_and_by() {
        let (vertices, mut faces) = soup(2_000);
        // One that is nowhere, and vertices far from all others.
        faces[7] = [0, 1, 999_999];
        let whole = Tree::new(&vertices, &faces);
        let (mut growth, mut calls) = (Growth::default(), 1);
        while !growth.grow(&Aabb::of(&vertices), &vertices, &faces, 300) {
            calls += 1;
        }
        assert_eq!(calls, 7 + 7 + 1);
        let tree = growth.into_tree();
        assert_eq!(tree.order.len(), 1_999);
        assert!(tree.order == whole.order && tree.levels == whole.levels);
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
