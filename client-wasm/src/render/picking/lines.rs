//! Rays and lines: a line is met where the ray passes it at less than half its thickness.

use glam::{DVec3, Mat4, Vec3};
use scenecast_protocol::scene::ThicknessUnits;

use super::{Hit, Ray, keep_nearest};

/// How a view turns directions into pixels: what lines that are so many pixels thick are met by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    /// Where the camera looks, of unit length.
    pub forward: DVec3,
    /// CSS pixels that a unit across takes at a depth of 1.
    pub pixels_per_unit: f64,
}

impl Lens {
    /// The same lens in another frame, of which angles are kept.
    pub(crate) fn within(&self, world_from_local: &Mat4) -> Self {
        let world_from_local = world_from_local.as_dmat4();
        Self {
            forward: world_from_local.transpose().transform_vector3(self.forward),
            ..*self
        }
    }
}

/// A piece of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) ends: [Vec3; 2],
    pub(crate) thickness: f32,
}

/// Keeps the nearest of the segments that the ray meets.
pub(crate) fn segments(
    ray: &Ray,
    lens: &Lens,
    units: ThicknessUnits,
    segments: impl Iterator<Item = Segment>,
    nearest: &mut Option<Hit>,
) {
    for Segment { ends, thickness } in segments {
        let ends = ends.map(Vec3::as_dvec3);
        let (along, apart) = passed(ray, ends);
        let apart = match units {
            ThicknessUnits::World => apart,
            ThicknessUnits::Screen => pixels_apart(ray, lens, ends),
        };
        // Ends that are no numbers are nowhere near.
        let is_met = apart < f64::from(thickness) / 2.0;
        keep_nearest(nearest, is_met.then_some(along), 0);
    }
}

/// How far along the ray it comes nearest to a segment, and how near that is (the closest points
/// of two segments, Ericson: Real-Time Collision Detection, 5.1.9, with one of them endless).
fn passed(ray: &Ray, [a, b]: [DVec3; 2]) -> (f64, f64) {
    let (way, edge, from_a) = (ray.direction, b - a, ray.origin - a);
    let (way_2, edge_2, both) = (way.length_squared(), edge.length_squared(), way.dot(edge));
    let (c, f) = (way.dot(from_a), edge.dot(from_a));
    let across = way_2 * edge_2 - both * both;
    let free = if across > 0.0 {
        ((both * f - c * edge_2) / across).max(0.0)
    } else {
        0.0
    };
    let part = if edge_2 > 0.0 {
        ((both * free + f) / edge_2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let along = ((both * part - c) / way_2).max(0.0);
    (along, ray.at(along).distance(a + edge * part))
}

/// How many pixels from the ray's own a segment is seen; infinite for one behind the camera.
fn pixels_apart(ray: &Ray, lens: &Lens, ends: [DVec3; 2]) -> f64 {
    // Not quite in the plane of the camera, where nothing is seen anywhere.
    const NEAREST: f64 = 1e-6;
    let [mut a, mut b] = ends.map(|end| end - ray.origin);
    let [depth_a, depth_b] = [a, b].map(|end| end.dot(lens.forward));
    let at_camera = || a.lerp(b, (NEAREST - depth_a) / (depth_b - depth_a));
    match (depth_a < NEAREST, depth_b < NEAREST) {
        (true, true) => return f64::INFINITY,
        (true, false) => a = at_camera(),
        (false, true) => b = at_camera(),
        (false, false) => {}
    }
    // At depth 1 all that is seen in one pixel is one point.
    let [a, b, at] = [a, b, ray.direction].map(|v| v / v.dot(lens.forward));
    let edge = b - a;
    let part = (at - a).dot(edge) / edge.length_squared().max(f64::MIN_POSITIVE);
    at.distance(a + edge * part.clamp(0.0, 1.0)) * lens.pixels_per_unit
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENS: Lens = Lens {
        forward: DVec3::NEG_Z,
        pixels_per_unit: 500.0,
    };

    fn hit(
        direction: [f64; 3],
        ends: [[f32; 3]; 2],
        thickness: f32,
        units: ThicknessUnits,
    ) -> Option<f64> {
        let ray = Ray {
            origin: DVec3::ZERO,
            direction: direction.into(),
        };
        let ends = ends.map(Vec3::from);
        let mut nearest = None;
        let segment = Segment { ends, thickness };
        segments(&ray, &LENS, units, [segment].into_iter(), &mut nearest);
        nearest.map(|hit| hit.distance)
    }

    #[test]
    fn lines_in_the_scene_are_as_thick_as_they_are() {
        let ends = [[-1.0, 0.1, -5.0], [1.0, 0.1, -5.0]];
        let at = |direction, thickness| hit(direction, ends, thickness, ThicknessUnits::World);
        assert_eq!(at([0.0, 0.0, -1.0], 0.21), Some(5.0));
        assert_eq!(at([0.0, 0.0, -1.0], 0.19), None);
        assert_eq!(
            at([0.0, 0.0, -2.0], 0.21),
            Some(2.5),
            "in units of the direction"
        );
        assert_eq!(at([0.0, 0.0, 1.0], 0.21), None, "behind");
        assert_eq!(at([1.0, 0.0, -1.0], 0.21), None, "beyond the end");
        let point = [[0.0, 0.1, -5.0]; 2];
        assert_eq!(
            hit([0.0, 0.0, -1.0], point, 0.21, ThicknessUnits::World),
            Some(5.0)
        );
        let broken = [[f32::NAN; 3], [0.0, 0.0, -5.0]];
        for units in [ThicknessUnits::World, ThicknessUnits::Screen] {
            assert_eq!(hit([0.0, 0.0, -1.0], broken, 9.0, units), None);
        }
    }

    #[test]
    fn lines_on_the_screen_are_so_many_pixels_thick_at_any_depth() {
        for depth in [1.0, 50.0] {
            // Ten pixels above the middle.
            let y = depth * 0.02;
            let ends = [[-depth, y, -depth], [depth, y, -2.0 * depth]];
            let at = |thickness| hit([0.0, 0.0, -1.0], ends, thickness, ThicknessUnits::Screen);
            assert_eq!(at(13.0), None);
            assert!(
                at(14.0).is_some(),
                "the line comes nearer where it is farther away"
            );
        }
    }

    #[test]
    fn lines_past_the_camera_are_met_in_front_of_it() {
        let ends = [[0.0, -1.0, 4.0], [0.0, 0.0, -4.0]];
        let down = [0.0, -0.1, -1.0];
        assert!(hit(down, ends, 2.0, ThicknessUnits::Screen).is_some());
        let behind = [[0.0, -1.0, 4.0], [0.0, 0.0, 1.0]];
        assert_eq!(hit(down, behind, 900.0, ThicknessUnits::Screen), None);
    }

    #[test]
    fn lenses_turn_with_frames() {
        let turned = Mat4::from_rotation_y(0.4);
        let ray = Ray {
            origin: DVec3::new(1.0, 2.0, 3.0),
            direction: LENS.forward,
        };
        let (lens, ray) = (LENS.within(&turned), ray.within(&turned));
        assert!(lens.forward.abs_diff_eq(ray.direction, 1e-6));
    }
}
