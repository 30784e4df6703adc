//! The arrow of a drag: from the grabbed point to the pointer.

use std::f64::consts::TAU;

use glam::DVec3;

use super::view::View;
use crate::render::{Mark, MarkShape};

/// #ff8c42, as it is shown.
const COLOR: [f32; 4] = [1.0, 140.0 / 255.0, 66.0 / 255.0, 1.0];
/// Sides of the head.
const SIDES: u32 = 5;

pub(super) fn marks([start, end]: [DVec3; 2], view: &View) -> Vec<Mark> {
    let length = start.distance(end);
    if !(length > 1e-6 && length.is_finite()) {
        return Vec::new();
    }
    let direction = (end - start) / length;
    let neck = end - direction * (0.2 * length).min(0.18);
    let radius = (0.1 * length).min(0.09) / 2.0;
    let (e1, e2) = direction.any_orthonormal_pair();
    let rim = |side: u32| {
        let (sin, cos) = (TAU * f64::from(side) / f64::from(SIDES)).sin_cos();
        neck + (e1 * cos + e2 * sin) * radius
    };
    let eye = view.render_from_camera.w_axis.truncate();
    let faces = |[a, b, c]: &[DVec3; 3]| (*b - *a).cross(*c - *a).dot(eye - *a) > 0.0;
    let head = (0..SIDES)
        .flat_map(|side| {
            [
                [rim(side), rim(side + 1), end],
                [rim(side + 1), rim(side), neck],
            ]
        })
        .filter(faces)
        .flatten()
        .collect();
    let line = MarkShape::Line {
        points: vec![start, neck],
        width: 1.0,
    };
    [line, MarkShape::Solid(head)]
        .map(|shape| Mark {
            shape,
            color: COLOR,
            depth_test: true,
            is_late: false,
        })
        .into()
}
