//! Where a camera has to be to see all of something.

use glam::DVec3;

/// The part of the view that is filled, along the side that is filled first.
const FILLED: f64 = 0.9;

/// The middle of a box around `points`, and the distance from it at which a camera sees all of
/// them. They are in a frame with the camera's right, up and backward directions as axes; `slopes`
/// are the tangents of half the angles that are in view to the right and upwards. `None` without
/// points; the distance is 0 where they are all in one place.
pub(super) fn fitted(points: &[DVec3], slopes: [f64; 2], near: f64) -> Option<(DVec3, f64)> {
    let low = points.iter().copied().reduce(DVec3::min)?;
    let high = points.iter().copied().reduce(DVec3::max)?;
    let center = low.midpoint(high);
    if low == high {
        return Some((center, 0.0));
    }
    let distance = |point: &DVec3| {
        let offset = *point - center;
        let beside = (offset.x.abs() / slopes[0]).max(offset.y.abs() / slopes[1]);
        offset.z + (beside / FILLED).max(near)
    };
    let distance = points.iter().map(distance).fold(0.0, f64::max);
    Some((center, distance))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOPES: [f64; 2] = [1.0, 0.5];

    /// Where points are seen, ±1 at the edges of the view.
    fn seen(points: &[DVec3], (center, distance): (DVec3, f64)) -> Vec<[f64; 2]> {
        let at = |p: &DVec3| {
            let from_eye = *p - center - DVec3::Z * distance;
            let depth = -from_eye.z;
            [
                from_eye.x / depth / SLOPES[0],
                from_eye.y / depth / SLOPES[1],
            ]
        };
        points.iter().map(at).collect()
    }

    fn largest(seen: &[[f64; 2]]) -> f64 {
        seen.iter().flatten().map(|x| x.abs()).fold(0.0, f64::max)
    }

    #[test]
    fn all_points_are_seen_and_fill_the_view() {
        let flat = [DVec3::new(3.0, 1.0, 4.0), DVec3::new(9.0, 2.0, 4.0)];
        let deep = [DVec3::new(-1.0, -2.0, -9.0), DVec3::new(1.0, 2.0, 30.0)];
        let ball: Vec<DVec3> = (0..500)
            .map(|i| {
                let [a, b] = [f64::from(i) * 2.4, f64::from(i) / 250.0 - 1.0];
                let r = (1.0 - b * b).sqrt();
                DVec3::new(r * a.cos(), b, r * a.sin()) * 5.0
            })
            .collect();
        for points in [&flat[..], &deep, &ball] {
            let fit = fitted(points, SLOPES, 0.01).unwrap();
            let largest = largest(&seen(points, fit));
            assert!((largest - FILLED).abs() < 1e-9, "{largest}");
        }
    }

    #[test]
    fn nothing_is_cut_off_by_the_near_plane() {
        let needle = [DVec3::ZERO, DVec3::Z * 10.0];
        let (center, distance) = fitted(&needle, SLOPES, 0.5).unwrap();
        assert_eq!((center, distance), (DVec3::Z * 5.0, 5.5));
    }

    #[test]
    fn a_place_has_no_size() {
        assert_eq!(fitted(&[], SLOPES, 0.1), None);
        let place = DVec3::new(1.0, 2.0, 3.0);
        assert_eq!(fitted(&[place; 3], SLOPES, 0.1), Some((place, 0.0)));
    }
}
