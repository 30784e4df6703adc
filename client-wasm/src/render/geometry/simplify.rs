//! Meshes with fewer triangles, by collapsing edges: each takes the place of its end where the
//! surface moves least, by the quadrics of M. Garland and P. Heckbert, "Surface simplification
//! using quadric error metrics" (1997), in passes over all edges as meshoptimizer's simplifier
//! makes them, which viser's client uses. Vertices stay where they are.

use glam::{Vec3, Vec3Swizzles};

use super::Geometry;

/// Triangles may turn by this much: the least cosine of the angle between old and new.
const LEAST_COSINE: f32 = 0.25;
/// How much the distance to the vertex itself counts beside that to its planes.
const NEARNESS: f32 = 1e-7;

impl Geometry {
    /// The triangles that are left when at most `count` are wanted, as `[3 F]` indices. There are
    /// more where the surface would move by more than `max_error`, in parts of its size. Vertices
    /// on borders, among them those where texture coordinates or normals part, all stay.
    pub fn simplified(&self, count: usize, max_error: f32) -> Vec<u32> {
        let (low, high) = super::bounds(&self.positions);
        let size = (high - low).max_element();
        let scale = if size > 0.0 { 1.0 / size } else { 0.0 };
        let mut work = Work {
            positions: (self.positions.iter())
                .map(|p| (Vec3::from(*p) - low) * scale)
                .collect(),
            indices: self.indices.clone(),
            quadrics: vec![Quadric::default(); self.positions.len()],
            is_locked: Vec::new(),
            neighbours: Neighbours::default(),
        };
        work.weigh();
        let target = 3 * count;
        let mut error = 0.0;
        while work.indices.len() > target {
            let left = (work.indices.len() - target) / 3;
            if !work.pass(left, max_error * max_error, &mut error) {
                break;
            }
        }
        work.indices
    }
}

/// A mesh on its way.
struct Work {
    /// Within the unit cube.
    positions: Vec<Vec3>,
    indices: Vec<u32>,
    /// How far the surface around each vertex is from a place.
    quadrics: Vec<Quadric>,
    /// Vertices that stay.
    is_locked: Vec<bool>,
    neighbours: Neighbours,
}

/// For each vertex the other two of each of its triangles, in order.
#[derive(Default)]
struct Neighbours {
    ends: Vec<u32>,
    others: Vec<[u32; 2]>,
}

/// The mean of squared distances to planes, weighted by `weight`: `p A p + 2 b p + c`, with the
/// symmetric A as its diagonal and what is beside it.
#[derive(Clone, Copy, Default)]
struct Quadric {
    diagonal: Vec3,
    /// A₁₀, A₂₁, A₂₀.
    beside: Vec3,
    b: Vec3,
    c: f32,
    weight: f32,
}

/// A vertex that takes the place of another.
struct Collapse {
    from: u32,
    to: u32,
    /// Squared.
    error: f32,
}

impl Work {
    /// Sums up the planes around each vertex, and finds the borders.
    fn weigh(&mut self) {
        for triangle in self.indices.as_chunks::<3>().0 {
            let [a, b, c] = triangle.map(|i| self.positions[i as usize]);
            let normal = (b - a).cross(c - a);
            let area = normal.length();
            let normal = if area > 0.0 { normal / area } else { normal };
            let quadric = Quadric::plane(normal, -normal.dot(a), area.sqrt());
            for i in triangle {
                self.quadrics[*i as usize].add(&quadric);
            }
        }
        for (quadric, p) in self.quadrics.iter_mut().zip(&self.positions) {
            quadric.add(&Quadric::point(*p, quadric.weight * NEARNESS));
        }
        self.neighbours = Neighbours::of(&self.indices, self.positions.len());
        self.is_locked = vec![false; self.positions.len()];
        for from in 0..self.positions.len() as u32 {
            for &[to, _] in self.neighbours.at(from) {
                let is_open = |[next, _]: &[u32; 2]| *next != from;
                if to == from || self.neighbours.at(to).iter().all(is_open) {
                    self.is_locked[from as usize] = true;
                    self.is_locked[to as usize] = true;
                }
            }
        }
    }

    /// Collapses edges that have nothing to do with each other, the best first, until so many
    /// triangles are gone. Returns whether there was any.
    fn pass(&mut self, triangles: usize, limit: f32, worst: &mut f32) -> bool {
        let collapses = self.collapses();
        // By the first bits of the error, in the order of the mesh where they are the same.
        let mut order: Vec<u64> = (0u64..)
            .zip(&collapses)
            .map(|(i, collapse)| u64::from(collapse.error.to_bits() << 1 >> 20) << 32 | i)
            .collect();
        order.sort_unstable();
        let collapse = |i: usize| order.get(i).map(|key| &collapses[*key as u32 as usize]);
        let mut target: Vec<u32> = (0..self.positions.len() as u32).collect();
        let mut is_taken = vec![false; self.positions.len()];
        let (mut gone, mut median) = (0, triangles / 2);
        for i in 0..order.len() {
            let Some(&Collapse { from, to, error }) = collapse(i) else {
                break;
            };
            if error.is_nan() || error > limit || gone >= triangles {
                break;
            }
            // What is much worse than half of them waits for the next pass.
            let bad = collapse(median).map_or(f32::MAX, |collapse| 1.5 * collapse.error);
            if error > bad && error > *worst && gone > triangles / 6 {
                break;
            }
            let ends = [from as usize, to as usize];
            if ends.iter().any(|end| is_taken[*end]) {
                continue;
            }
            if self.flips(from, to, &target) {
                median += 1;
                continue;
            }
            target[from as usize] = to;
            for end in ends {
                is_taken[end] = true;
            }
            gone += 2;
            *worst = worst.max(error);
            let quadric = self.quadrics[from as usize];
            self.quadrics[to as usize].add(&quadric);
        }
        let triangles = self.indices.as_chunks::<3>().0.iter();
        let moved = triangles.map(|triangle| triangle.map(|i| target[i as usize]));
        self.indices = moved
            .filter(|[a, b, c]| a != b && b != c && c != a)
            .flatten()
            .collect();
        self.neighbours = Neighbours::of(&self.indices, self.positions.len());
        gone > 0
    }

    /// All edges that may collapse, each in its better direction.
    fn collapses(&self) -> Vec<Collapse> {
        let is_locked = |i: u32| self.is_locked[i as usize];
        let error = |from: u32, to: u32| match is_locked(from) {
            true => f32::MAX,
            false => self.quadrics[from as usize].at(self.positions[to as usize]),
        };
        let mut collapses = Vec::new();
        for &[a, b, c] in self.indices.as_chunks::<3>().0 {
            for (a, b) in [(a, b), (b, c), (c, a)] {
                // Each edge is there twice, once in each direction, but on borders.
                if a == b || is_locked(a) && is_locked(b) || b > a {
                    continue;
                }
                let (there, back) = (error(a, b), error(b, a));
                let (from, to) = if back < there { (b, a) } else { (a, b) };
                let error = there.min(back);
                collapses.push(Collapse { from, to, error });
            }
        }
        collapses
    }

    /// Whether a triangle around a vertex would turn over if the vertex took another's place.
    fn flips(&self, from: u32, to: u32, target: &[u32]) -> bool {
        let at = |i: u32| self.positions[i as usize];
        self.neighbours.at(from).iter().any(|others| {
            let [x, y] = others.map(|i| target[i as usize]);
            if x == to || y == to || x == y {
                return false;
            }
            let edge = at(y) - at(x);
            let before = edge.cross(at(from) - at(x));
            let after = edge.cross(at(to) - at(x));
            let product = before.length_squared() * after.length_squared();
            before.dot(after) <= LEAST_COSINE * product.sqrt()
        })
    }
}

impl Neighbours {
    fn of(indices: &[u32], vertices: usize) -> Self {
        let mut ends = vec![0u32; vertices + 1];
        for i in indices {
            ends[*i as usize + 1] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut next = ends.clone();
        let mut others = vec![[0; 2]; indices.len()];
        for &[a, b, c] in indices.as_chunks::<3>().0 {
            for (i, pair) in [(a, [b, c]), (b, [c, a]), (c, [a, b])] {
                let place = &mut next[i as usize];
                others[*place as usize] = pair;
                *place += 1;
            }
        }
        Self { ends, others }
    }

    fn at(&self, vertex: u32) -> &[[u32; 2]] {
        let [start, end] = [0, 1].map(|i| self.ends[vertex as usize + i] as usize);
        &self.others[start..end]
    }
}

impl Quadric {
    fn plane(normal: Vec3, distance: f32, weight: f32) -> Self {
        let weighted = normal * weight;
        let d = distance * weight;
        Self {
            diagonal: normal * weighted,
            beside: normal.xyx() * weighted.yzz(),
            b: normal * d,
            c: distance * d,
            weight,
        }
    }

    fn point(p: Vec3, weight: f32) -> Self {
        Self {
            diagonal: Vec3::splat(weight),
            beside: Vec3::ZERO,
            b: -p * weight,
            c: p.dot(p) * weight,
            weight,
        }
    }

    fn add(&mut self, other: &Self) {
        self.diagonal += other.diagonal;
        self.beside += other.beside;
        self.b += other.b;
        self.c += other.c;
        self.weight += other.weight;
    }

    fn at(&self, p: Vec3) -> f32 {
        let slope = (self.b + self.beside * p.yzx()) * 2.0 + self.diagonal * p;
        let sum = slope * p;
        let sum = self.c + sum.x + sum.y + sum.z;
        match self.weight > 0.0 {
            true => sum.abs() * (1.0 / self.weight),
            false => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::geometry::cuboid;

    /// A square of waves, `2 n²` triangles that meet at shared vertices.
    fn waves(n: u32) -> Geometry {
        let mut mesh = Geometry::default();
        for y in 0..=n {
            for x in 0..=n {
                let [u, v] = [x, y].map(|i| i as f32 / n as f32);
                let height = 0.1 * (7.0 * u).sin() * (5.0 * v).cos();
                mesh.positions.push([u, v, height]);
            }
        }
        for y in 0..n {
            for x in 0..n {
                let here = y * (n + 1) + x;
                let above = here + n + 1;
                let [first, second] = [[here, here + 1, above], [above, here + 1, above + 1]];
                mesh.indices.extend(first.into_iter().chain(second));
            }
        }
        mesh
    }

    /// Triangles and a number that any other indices hardly have.
    fn summary(indices: &[u32]) -> (usize, u32) {
        let mix = |sum: u32, i: &u32| sum.wrapping_mul(31).wrapping_add(*i);
        (indices.len() / 3, indices.iter().fold(0, mix))
    }

    #[test]
    fn the_triangles_are_those_that_meshoptimizer_leaves() {
        // By `meshopt_simplify` with borders locked, as meshoptimizer-rs 0.2.17 has it.
        let cases = [
            (3600, 0.02, (3600, 2155937454)),
            (1800, 0.02, (1800, 3612658216)),
            (720, 0.001, (1282, 860104137)),
            (0, 0.02, (268, 4058617203)),
        ];
        let mesh = waves(60);
        for (count, max_error, expected) in cases {
            let simpler = mesh.simplified(count, max_error);
            assert_eq!(summary(&simpler), expected, "{count} within {max_error}");
        }
    }

    #[test]
    fn what_is_flat_needs_few_triangles_and_borders_stay() {
        let mut flat = waves(8);
        flat.positions.iter_mut().for_each(|p| p[2] = 0.0);
        let simpler = flat.simplified(0, 1e-3);
        // 32 vertices around the square.
        assert_eq!(simpler.len() / 3, 30);
        let area = |indices: &[u32]| -> f32 {
            let triangles = indices.as_chunks::<3>().0.iter();
            let corners = triangles.map(|t| t.map(|i| Vec3::from(flat.positions[i as usize])));
            corners.map(|[a, b, c]| (b - a).cross(c - a).z / 2.0).sum()
        };
        assert!((area(&simpler) - 1.0).abs() < 1e-5);
        // Each face of a box has vertices of its own.
        assert_eq!(cuboid().simplified(0, 1.0), cuboid().indices);
    }

    #[test]
    fn what_is_no_surface_ends() {
        let mut mesh = waves(4);
        mesh.positions[7] = [1e30, -1e30, 1e30];
        assert!(mesh.simplified(3, 0.02).len() <= mesh.indices.len());
        let point = Geometry {
            positions: vec![[1.0; 3]; 4],
            indices: vec![0, 1, 2, 2, 1, 3, 0, 0, 0, 1, 2, 1],
            ..Geometry::default()
        };
        assert!(point.simplified(0, 0.02).len() <= point.indices.len());
        assert!(Geometry::default().simplified(0, 0.02).is_empty());
    }
}
