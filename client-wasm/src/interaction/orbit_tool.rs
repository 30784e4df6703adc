//! A gizmo at the point that the camera orbits, to move that point and to tilt what is upright.

use glam::{DAffine3, DQuat, DVec3};
use scenecast_protocol::Rgb;
use scenecast_protocol::scene::TransformControls;

use super::gizmo::{Grip, Handle, Handles, Travel};
use super::view::View;
use crate::render::Mark;
use crate::render::picking::Ray;

const COLORS: [Rgb; 3] = [
    Rgb([0xff, 0xaa, 0xff]),
    Rgb([0xff, 0x33, 0xff]),
    Rgb([0xff, 0xaa, 0xff]),
];

/// What the camera orbits: a point of the renderer's world, and the direction kept upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pivot {
    /// The point.
    pub target: DVec3,
    /// The direction, of unit length.
    pub up: DVec3,
}

/// The gizmo, and who drags it.
#[derive(Debug)]
pub(super) struct OrbitTool {
    gizmo: TransformControls,
    pose: DAffine3,
    drag: Option<(i32, Grip)>,
}

impl OrbitTool {
    pub(super) fn new() -> Self {
        let unlimited = [[f64::NEG_INFINITY, f64::INFINITY]; 3];
        Self {
            gizmo: TransformControls {
                scale: 200.0,
                line_width: 3.0,
                fixed: true,
                translation_limits: unlimited,
                rotation_limits: unlimited,
                ..TransformControls::default()
            },
            pose: DAffine3::IDENTITY,
            drag: None,
        }
    }

    /// Goes to where the camera's pivot is, unless it is dragged. Its y axis is the upright one.
    pub(super) fn follow(&mut self, pivot: Pivot) {
        if self.drag.is_none() {
            let leaning = DQuat::from_rotation_arc(self.up(), pivot.up);
            let rotation = leaning * DQuat::from_mat3(&self.pose.matrix3);
            self.pose = DAffine3::from_rotation_translation(rotation.normalize(), pivot.target);
        }
    }

    pub(super) fn hit(&self, ray: &Ray, view: &View) -> Option<(Handle, f64)> {
        self.handles(view)?.hit(ray, view)
    }

    pub(super) fn press(&mut self, pointer: i32, handle: Handle, point: DVec3, view: &View) {
        if let Some(handles) = self.handles(view).filter(|_| self.drag.is_none()) {
            let grip = Grip::new(&handles, (handle, point), self.pose, Travel::default());
            self.drag = Some((pointer, grip));
        }
    }

    pub(super) fn moved(&mut self, pointer: i32, ray: &Ray, with_shift: bool) {
        if let Some((_, grip)) = self.drag.as_ref().filter(|(by, _)| *by == pointer) {
            let travel = &mut Travel::default();
            let moved = grip.moved(ray, with_shift, &self.gizmo, travel);
            self.pose = moved.unwrap_or(self.pose);
        }
    }

    /// The pointer goes up: returns what the camera is to orbit from now on.
    pub(super) fn release(&mut self, pointer: i32) -> Option<Pivot> {
        self.drag.take_if(|(by, _)| *by == pointer)?;
        Some(Pivot {
            target: self.pose.translation,
            up: self.up(),
        })
    }

    /// The drag is over, and nothing comes of it.
    pub(super) fn cancel(&mut self) {
        self.drag = None;
    }

    pub(super) fn is_dragged(&self) -> bool {
        self.drag.is_some()
    }

    pub(super) fn marks(&self, hovered: Option<Handle>, view: &View) -> Vec<Mark> {
        let held = self.drag.as_ref().map(|(_, grip)| grip.handle);
        let handles = self.handles(view);
        handles.map_or_else(Vec::new, |handles| {
            handles.marks(&self.gizmo, &COLORS, held.or(hovered), view)
        })
    }

    fn handles(&self, view: &View) -> Option<Handles> {
        Handles::new(&self.gizmo, &self.pose, view)
    }

    fn up(&self) -> DVec3 {
        self.pose.matrix3.y_axis.normalize_or(DVec3::Y)
    }
}

#[cfg(test)]
mod tests {
    use glam::{DMat4, DVec2};

    use super::*;

    fn view() -> View {
        let eye = DVec3::new(1.0, 1.5, 5.0);
        let camera = crate::camera::Orbit::new(eye, DVec3::ZERO, DVec3::Y).pose();
        View {
            render_from_camera: DMat4::from_mat3_translation(camera.rotation, eye),
            fov: 1.0,
            size: DVec2::new(800.0, 600.0),
            render_from_scene: DAffine3::IDENTITY,
        }
    }

    #[test]
    fn arrows_move_the_pivot_and_arcs_tilt_it() {
        let view = view();
        let ray = |p: DVec3| {
            let [x, y] = view.project(p);
            view.ray(DVec2::new(2.0 * x - 1.0, 1.0 - 2.0 * y))
        };
        let pivot = Pivot {
            target: DVec3::ZERO,
            up: DVec3::Y,
        };
        let length = 200.0 * view.pixel_at(DVec3::ZERO);
        let drag = |from: DVec3, to: DVec3| {
            let mut tool = OrbitTool::new();
            tool.follow(pivot);
            let (handle, distance) = tool.hit(&ray(from), &view).unwrap();
            tool.press(1, handle, ray(from).at(distance), &view);
            assert!(tool.is_dragged());
            tool.moved(1, &ray(to), false);
            tool.release(1).unwrap()
        };
        let along = drag(DVec3::X * 0.9 * length, DVec3::X * 1.2 * length);
        assert!(
            along
                .target
                .abs_diff_eq(DVec3::X * 0.3 * length, 0.05 * length)
        );
        assert_eq!(along.up, DVec3::Y);
        let on_arc = |angle: f64| DVec3::new(angle.cos(), angle.sin(), 0.0) * 0.65 * length;
        let tilted = drag(on_arc(0.8), on_arc(1.1));
        assert!(tilted.target.abs_diff_eq(DVec3::ZERO, 1e-9));
        assert!((tilted.up.angle_between(DVec3::Y) - 0.3).abs() < 0.01);
    }
}
