//! The point that the camera orbits, shown while it moves.

use glam::{DQuat, DVec3};
use scenecast_protocol::Rgb;

use super::view::View;
use crate::render::{Mark, MarkShape, color};

/// Size on the screen, CSS pixels.
const SIZE: f64 = 20.0;
/// Where the arms begin and end, and how thick they are, in sizes.
const ARM: [f64; 2] = [0.3, 0.7];
const THICKNESS: f64 = 0.02;
/// The dot in the middle, in sizes.
const DOT: f64 = 0.08;

const LEVEL: Rgb = Rgb([0x77; 3]);
const UPRIGHT: Rgb = Rgb([0x99; 3]);
const OPACITY: f32 = 0.625;

/// Six arms around a point of the renderer's world, two of them along `up`, and a dot.
pub fn marks(target: DVec3, up: DVec3, view: &View) -> Vec<Mark> {
    let eye = view.render_from_camera.w_axis.truncate();
    let distance = eye.distance(target);
    let size = SIZE * 2.0 * distance * (view.fov / 2.0).tan() / view.size.y.max(1.0);
    let turn = DQuat::from_rotation_arc(DVec3::Y, up);
    let arm = |axis: DVec3, rgb: Rgb| {
        let direction = turn * axis * size;
        line(
            [target + direction * ARM[0], target + direction * ARM[1]],
            (THICKNESS * SIZE) as f32,
            rgb,
        )
    };
    let level = [DVec3::X, DVec3::NEG_X, DVec3::Z, DVec3::NEG_Z].map(|axis| arm(axis, LEVEL));
    let upright = [DVec3::Y, DVec3::NEG_Y].map(|axis| arm(axis, UPRIGHT));
    // Square ends make a square of a line without length.
    let dot = line([target; 2], (DOT * SIZE) as f32, UPRIGHT);
    level.into_iter().chain(upright).chain([dot]).collect()
}

fn line(ends: [DVec3; 2], width: f32, rgb: Rgb) -> Mark {
    let [r, g, b] = color::shown(rgb);
    Mark {
        shape: MarkShape::Line {
            points: ends.to_vec(),
            width,
        },
        color: [r, g, b, OPACITY],
        depth_test: true,
        is_late: false,
    }
}

#[cfg(test)]
mod tests {
    use glam::{DAffine3, DMat4, DVec2};

    use super::*;

    #[test]
    fn arms_are_as_long_from_near_and_far() {
        for distance in [0.5, 50.0] {
            let view = View {
                render_from_camera: DMat4::from_translation(DVec3::new(0.0, 0.0, distance)),
                fov: 1.0,
                size: DVec2::new(800.0, 600.0),
                render_from_scene: DAffine3::IDENTITY,
            };
            let marks = marks(DVec3::ZERO, DVec3::Y, &view);
            let ends = marks.iter().flat_map(|mark| match &mark.shape {
                MarkShape::Line { points, .. } => points.clone(),
                MarkShape::Solid(_) => Vec::new(),
            });
            let right = ends
                .map(|p| (view.project(p)[0] - 0.5) * 800.0)
                .fold(0.0, f64::max);
            assert!((right - 14.0).abs() < 0.5, "{right}");
        }
    }
}
