//! Rays and round things.

use glam::{DVec2, DVec3, Vec3Swizzles as _};

use super::super::axes::AxesSize;
use super::Ray;

/// Where a ray enters a ball of radius 1 around the origin.
pub(crate) fn ball(ray: &Ray) -> Option<f64> {
    let a = ray.direction.length_squared();
    let b = ray.origin.dot(ray.direction);
    let c = ray.origin.length_squared() - 1.0;
    entry(a, b, c)
}

/// Where a ray enters one of the three axes of a coordinate frame.
pub(crate) fn triad(ray: &Ray, size: AxesSize) -> Option<f64> {
    let (length, radius) = (f64::from(size.length), f64::from(size.radius));
    let turned = |v: DVec3| [v.yzx(), v.zxy(), v];
    let origins = turned(ray.origin);
    let directions = turned(ray.direction);
    origins
        .into_iter()
        .zip(directions)
        .filter_map(|(origin, direction)| cylinder(&Ray { origin, direction }, length, radius))
        .min_by(f64::total_cmp)
}

/// Where a ray enters the cylinder from z = 0 to `length`.
pub(crate) fn cylinder(ray: &Ray, length: f64, radius: f64) -> Option<f64> {
    let (origin, direction) = (ray.origin.xy(), ray.direction.xy());
    let c = origin.length_squared() - radius * radius;
    let side = entry(direction.length_squared(), origin.dot(direction), c)
        .filter(|t| (0.0..=length).contains(&ray.at(*t).z));
    // The end that faces the ray.
    let z = if ray.direction.z > 0.0 { 0.0 } else { length };
    let end = (z - ray.origin.z) / ray.direction.z;
    let is_on_end = |t: &f64| *t > 0.0 && DVec2::length(ray.at(*t).xy()) <= radius;
    [side, Some(end).filter(is_on_end)]
        .into_iter()
        .flatten()
        .min_by(f64::total_cmp)
}

/// The lesser root of `a t² + 2 b t + c`, if it is positive.
fn entry(a: f64, b: f64, c: f64) -> Option<f64> {
    let root = (b * b - a * c).sqrt();
    // No root, or no direction: not a number.
    let t = (-b - root) / a;
    (t > 0.0 && t.is_finite()).then_some(t)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ray(origin: [f64; 3], direction: [f64; 3]) -> Ray {
        Ray {
            origin: origin.into(),
            direction: direction.into(),
        }
    }

    #[test]
    fn balls_are_entered_from_outside() {
        assert_eq!(ball(&ray([0.0, 0.0, 4.0], [0.0, 0.0, -1.0])), Some(3.0));
        assert_eq!(ball(&ray([0.0, 0.0, 4.0], [0.0, 0.0, 1.0])), None);
        assert_eq!(ball(&ray([0.0, 1.1, 4.0], [0.0, 0.0, -1.0])), None);
        assert_eq!(ball(&ray([0.0; 3], [0.0, 0.0, 1.0])), None);
        assert_eq!(ball(&ray([0.0, 0.0, 4.0], [0.0; 3])), None);
    }

    #[test]
    fn axes_are_hit_on_their_sides_and_ends() {
        let size = AxesSize {
            length: 2.0,
            radius: 0.1,
        };
        let hit =
            |origin, direction| triad(&ray(origin, direction), size).map(|t| (t * 1e3).round());
        assert_eq!(hit([1.0, 0.0, 5.0], [0.0, 0.0, -1.0]), Some(4900.0));
        assert_eq!(hit([5.0, 0.0, 1.0], [-1.0, 0.0, 0.0]), Some(4900.0));
        assert_eq!(
            hit([0.05, 0.0, 5.0], [0.0, 0.0, -1.0]),
            Some(3000.0),
            "z from above"
        );
        assert_eq!(
            hit([0.0, 5.0, 0.05], [0.0, -1.0, 0.0]),
            Some(3000.0),
            "y from above"
        );
        assert_eq!(hit([1.0, 0.2, 5.0], [0.0, 0.0, -1.0]), None);
        assert_eq!(
            hit([-1.0, 0.0, 5.0], [0.0, 0.0, -1.0]),
            None,
            "axes point one way"
        );
    }
}
