//! What a gizmo looks like.

use std::f64::consts::TAU;

use glam::DVec3;
use scenecast_protocol::Rgb;
use scenecast_protocol::scene::TransformControls;

use super::super::view::View;
use super::handles::{Handle, Handles};
use crate::render::color;
use crate::render::{Mark, MarkShape};

/// Of x, y and z.
pub(crate) const AXIS_COLORS: [Rgb; 3] = [
    Rgb([0xff, 0x20, 0x60]),
    Rgb([0x20, 0xdf, 0x80]),
    Rgb([0x20, 0x80, 0xff]),
];
/// Under the pointer.
const HOVERED: Rgb = Rgb([0xff, 0xff, 0x40]);
/// Sides of the tips of arrows.
const TIP_SIDES: u32 = 24;

impl Handles {
    /// The marks of all handles; `hovered` stands out.
    pub(crate) fn marks(
        &self,
        gizmo: &TransformControls,
        colors: &[Rgb; 3],
        hovered: Option<Handle>,
        view: &View,
    ) -> Vec<Mark> {
        let mut marks = Vec::new();
        for handle in self.shown() {
            let (Handle::Arrow(axis) | Handle::Square(axis) | Handle::Arc(axis)) = *handle;
            let is_hovered = hovered == Some(*handle);
            let rgb = color::shown(if is_hovered { HOVERED } else { colors[axis] });
            let mut mark = |opacity: f64, shape: MarkShape| {
                let [r, g, b] = rgb;
                marks.push(Mark {
                    shape,
                    color: [r, g, b, opacity.clamp(0.0, 1.0) as f32],
                    depth_test: gizmo.depth_test,
                    is_late: true,
                });
            };
            let line = |points: Vec<DVec3>| MarkShape::Line {
                points,
                width: self.line_width as f32,
            };
            match *handle {
                Handle::Arrow(axis) => {
                    let neck = self.origin + self.axes[axis] * (0.8 * self.length);
                    mark(gizmo.opacity, line(vec![self.origin, neck]));
                    mark(gizmo.opacity, MarkShape::Solid(self.tip(axis, view)));
                }
                Handle::Square(axis) => {
                    let [a, b, c, d] = self.square(axis);
                    // The fill is opaque whatever the gizmo is.
                    mark(1.0, MarkShape::Solid(vec![a, b, c, a, c, d]));
                    mark(gizmo.opacity, line(vec![a, b, c, d, a]));
                }
                Handle::Arc(axis) => mark(gizmo.opacity, line(self.arc(axis))),
            }
        }
        marks
    }

    /// The triangles of a tip that face the viewer.
    fn tip(&self, axis: usize, view: &View) -> Vec<DVec3> {
        let (e1, e2) = (self.axes[(axis + 1) % 3], self.axes[(axis + 2) % 3]);
        let base = self.origin + self.axes[axis] * (0.8 * self.length);
        let top = self.origin + self.axes[axis] * self.length;
        let rim = |side: u32| {
            let (sin, cos) = (TAU * f64::from(side) / f64::from(TIP_SIDES)).sin_cos();
            base + (e1 * cos + e2 * sin) * self.tip_radius
        };
        let eye = view.render_from_camera.w_axis.truncate();
        let faces = |[a, b, c]: &[DVec3; 3]| (*b - *a).cross(*c - *a).dot(eye - *a) > 0.0;
        (0..TIP_SIDES)
            .flat_map(|side| {
                [
                    [rim(side), rim(side + 1), top],
                    [rim(side + 1), rim(side), base],
                ]
            })
            .filter(faces)
            .flatten()
            .collect()
    }
}
