//! The shapes that instances are of: a sphere, a tapering cylinder, an arrow. Lines and arrows
//! point along +z and are one unit long.

use scenecast_protocol::Array;
use std::f32::consts::{PI, TAU};

/// Triangles.
#[derive(Default)]
pub(super) struct Shape {
    vertices: Vec<[f32; 3]>,
    faces: Vec<[u32; 3]>,
}

/// How many sides lines and arrows have.
const SIDES: usize = 8;

impl Shape {
    pub(super) fn vertices(&self) -> Array<[f32; 3]> {
        (&self.vertices).into()
    }

    pub(super) fn faces(&self) -> Array<[u32; 3]> {
        (&self.faces).into()
    }

    /// A sphere, cut `rings` times from pole to pole and `sectors` times around.
    pub(super) fn sphere(radius: f32, rings: usize, sectors: usize) -> Self {
        let profile: Vec<(f32, f32)> = (0..=rings)
            .map(|ring| {
                let angle = PI * ring as f32 / rings as f32;
                (radius * angle.sin().max(0.0), -radius * angle.cos())
            })
            .collect();
        let mut shape = Self::default();
        shape.turn(&profile, sectors.max(3));
        shape
    }

    /// A cylinder with caps, from radius `base` at 0 to radius `tip` at 1.
    pub(super) fn line(base: f32, tip: f32) -> Self {
        let mut shape = Self::default();
        // Edges that are not to be smooth have their vertices twice.
        shape.turn(&[(0.0, 0.0), (base, 0.0)], SIDES);
        shape.turn(&[(base, 0.0), (tip, 1.0)], SIDES);
        if tip > 1e-5 {
            shape.turn(&[(tip, 1.0), (0.0, 1.0)], SIDES);
        }
        shape
    }

    /// A cylinder of radius `base` with a cone of radius `head` over the last part `p`.
    pub(super) fn arrow(base: f32, head: f32, p: f32) -> Self {
        let neck = 1.0 - p;
        let mut shape = Self::default();
        shape.turn(&[(0.0, 0.0), (base, 0.0)], SIDES);
        shape.turn(&[(base, 0.0), (base, neck)], SIDES);
        shape.turn(&[(base, neck), (head, neck)], SIDES);
        shape.turn(&[(head, neck), (0.0, 1.0)], SIDES);
        shape
    }

    /// Turns a profile, radius and height, around the z axis. Its left is outside.
    fn turn(&mut self, profile: &[(f32, f32)], sectors: usize) {
        let start = self.vertices.len();
        for (radius, height) in profile {
            for sector in 0..sectors {
                let (sin, cos) = (TAU * sector as f32 / sectors as f32).sin_cos();
                self.vertices.push([radius * cos, radius * sin, *height]);
            }
        }
        let at = |ring: usize, sector: usize| (start + ring * sectors + sector % sectors) as u32;
        for (ring, pair) in profile.windows(2).enumerate() {
            for sector in 0..sectors {
                let (a, b) = (at(ring, sector), at(ring, sector + 1));
                let (c, d) = (at(ring + 1, sector + 1), at(ring + 1, sector));
                // At an axis two corners are one.
                if pair[0].0 != 0.0 {
                    self.faces.push([a, b, c]);
                }
                if pair[1].0 != 0.0 {
                    self.faces.push([a, c, d]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;

    /// Six times the volume, positive where triangles face outwards.
    fn volume(shape: &Shape) -> f32 {
        let corner = |index: &u32| Vec3::from(shape.vertices[*index as usize]);
        let triangles = shape.faces.iter().map(|face| face.each_ref().map(corner));
        triangles.map(|[a, b, c]| a.dot(b.cross(c)) / 6.0).sum()
    }

    #[test]
    fn shapes_are_closed_and_face_outwards() {
        let sphere = volume(&Shape::sphere(1.0, 32, 64));
        assert!((sphere / (4.0 / 3.0 * PI) - 1.0).abs() < 0.01, "{sphere}");
        // An octagon has 0.9 of its circle.
        let cylinder = volume(&Shape::line(0.5, 0.5));
        assert!((cylinder / (0.25 * PI) - 0.9).abs() < 0.01, "{cylinder}");
        let cone = volume(&Shape::line(0.5, 0.0));
        assert!((cone / (0.25 * PI / 3.0) - 0.9).abs() < 0.01, "{cone}");
        let arrow = volume(&Shape::arrow(0.1, 0.2, 0.25));
        let wanted = 0.9 * PI * (0.01 * 0.75 + 0.04 * 0.25 / 3.0);
        assert!((arrow / wanted - 1.0).abs() < 0.01, "{arrow}");
    }
}
