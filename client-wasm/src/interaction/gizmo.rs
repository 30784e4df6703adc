//! Gizmos: handles with which nodes are moved and turned.
//!
//! An arrow moves along an axis, a square in a plane, and an arc turns about an axis. All of it
//! happens in the renderer's world. Distances and angles are counted from when the gizmo appeared,
//! and limits apply to these, not to the pose.

mod handles;
mod marks;

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use glam::{DAffine3, DQuat, DVec3};
use scenecast_protocol::Wxyz;
use scenecast_protocol::scene::{Node, TransformControls};
use scenecast_protocol::state::{NodeId, SceneTree};

use super::roster::Roster;
use super::view::View;
use crate::camera::quaternion;
use crate::render::picking::Ray;
pub(crate) use handles::{Handle, Handles};
pub(crate) use marks::AXIS_COLORS;

/// With Shift, gizmos turn in steps of this, degrees.
const STEP_DEGREES: f64 = 10.0;

/// How far a gizmo has been moved and turned since it appeared, along and about its axes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Travel {
    translation: [f64; 3],
    angle: [f64; 3],
}

/// A gizmo that the pointer has taken hold of.
#[derive(Clone, Debug)]
pub(super) struct GizmoDrag {
    pub(super) pointer: i32,
    pub(super) id: NodeId,
    pub(super) name: Arc<str>,
    pub(super) owner: String,
    grip: Grip,
}

/// A handle, where it was taken hold of.
#[derive(Clone, Debug)]
pub(super) struct Grip {
    pub(super) handle: Handle,
    clicked: DVec3,
    origin: DVec3,
    axes: [DVec3; 3],
    world_from_gizmo: DAffine3,
    before: Travel,
}

impl GizmoDrag {
    pub(super) fn begin(
        pointer: i32,
        scene: &SceneTree,
        id: NodeId,
        handles: &Handles,
        hit: (Handle, DVec3),
        travel: Travel,
    ) -> Self {
        Self {
            pointer,
            id,
            name: scene.name(id).clone(),
            owner: scene.owner(id).to_owned(),
            grip: Grip::new(handles, hit, scene.world_from_node(id), travel),
        }
    }

    pub(super) fn handle(&self) -> Handle {
        self.grip.handle
    }

    /// Whether there is still something to drag.
    pub(super) fn is_possible(&self, scene: &SceneTree) -> bool {
        scene.find(&self.name) == Some(self.id)
            && scene.is_visible(self.id)
            && gizmo(scene, self.id).is_some()
    }

    /// Follows the pointer's ray. Returns the gizmo's new pose in its parent.
    pub(super) fn moved(
        &self,
        ray: &Ray,
        with_shift: bool,
        scene: &SceneTree,
        travel: &mut Travel,
    ) -> Option<(Wxyz, [f64; 3])> {
        let gizmo = gizmo(scene, self.id)?;
        let world_from_gizmo = self.grip.moved(ray, with_shift, gizmo, travel)?;
        let parent = scene.parent(self.id)?;
        let pose = scene.world_from_node(parent).inverse() * world_from_gizmo;
        pose.is_finite().then(|| {
            let rotation = quaternion(pose.matrix3);
            (rotation.into(), pose.translation.into())
        })
    }
}

impl Grip {
    pub(super) fn new(
        handles: &Handles,
        (handle, clicked): (Handle, DVec3),
        world_from_gizmo: DAffine3,
        before: Travel,
    ) -> Self {
        Self {
            handle,
            clicked,
            origin: handles.origin,
            axes: handles.axes,
            world_from_gizmo,
            before,
        }
    }

    /// Where the gizmo is when the handle follows a ray.
    pub(super) fn moved(
        &self,
        ray: &Ray,
        with_shift: bool,
        gizmo: &TransformControls,
        travel: &mut Travel,
    ) -> Option<DAffine3> {
        let change = match self.handle {
            Handle::Arrow(axis) => {
                let direction = self.axes[axis];
                let offset = along(self.clicked, direction, ray);
                let offset = self.limited(offset, axis, gizmo);
                travel.translation[axis] = self.before.translation[axis] + offset;
                DAffine3::from_translation(direction * offset)
            }
            Handle::Square(axis) => {
                let moved = self.on_plane(ray, axis)? - self.clicked;
                let offsets = [(axis + 1) % 3, (axis + 2) % 3].map(|axis| {
                    let offset = self.limited(moved.dot(self.axes[axis]), axis, gizmo);
                    travel.translation[axis] = self.before.translation[axis] + offset;
                    self.axes[axis] * offset
                });
                DAffine3::from_translation(offsets[0] + offsets[1])
            }
            Handle::Arc(axis) => {
                let angle = self.angle_of(self.on_plane(ray, axis)?, axis)
                    - self.angle_of(self.clicked, axis);
                let angle = if with_shift {
                    ((angle.to_degrees() / STEP_DEGREES).round() * STEP_DEGREES).to_radians()
                } else {
                    angle
                };
                let before = self.before.angle[axis];
                let [low, high] = gizmo.rotation_limits[axis];
                let angle = if high - low < TAU {
                    let angle = half_turns(angle).max(low - before).min(high - before);
                    travel.angle[axis] = before + angle;
                    angle
                } else {
                    travel.angle[axis] = half_turns(before + angle);
                    angle
                };
                let rotation = DQuat::from_axis_angle(self.axes[axis], angle);
                DAffine3::from_translation(self.origin)
                    * DAffine3::from_quat(rotation)
                    * DAffine3::from_translation(-self.origin)
            }
        };
        let moved = change * self.world_from_gizmo;
        moved.is_finite().then_some(moved)
    }

    fn limited(&self, offset: f64, axis: usize, gizmo: &TransformControls) -> f64 {
        let [low, high] = gizmo.translation_limits[axis];
        let before = self.before.translation[axis];
        offset.max(low - before).min(high - before)
    }

    /// Where a ray, or the line that it is on, meets the plane of a square or an arc.
    fn on_plane(&self, ray: &Ray, axis: usize) -> Option<DVec3> {
        let normal = self.axes[axis];
        let distance = (self.origin - ray.origin).dot(normal) / ray.direction.dot(normal);
        distance.is_finite().then(|| ray.at(distance))
    }

    fn angle_of(&self, point: DVec3, axis: usize) -> f64 {
        let offset = point - self.origin;
        let x = offset.dot(self.axes[(axis + 1) % 3]);
        let y = offset.dot(self.axes[(axis + 2) % 3]);
        y.atan2(x)
    }
}

/// All gizmos that are shown.
pub(super) fn gizmos<'a>(
    scene: &'a SceneTree,
    roster: &'a Roster,
    view: &'a View,
) -> impl Iterator<Item = (NodeId, &'a TransformControls, Handles)> {
    let ids = roster.gizmos().iter().copied();
    ids.filter(|id| scene.is_visible(*id)).filter_map(|id| {
        let props = gizmo(scene, id)?;
        let handles = Handles::new(props, &scene.world_from_node(id), view)?;
        Some((id, props, handles))
    })
}

/// The properties of a gizmo; `None` for other nodes.
pub(super) fn gizmo(scene: &SceneTree, id: NodeId) -> Option<&TransformControls> {
    match scene.node(id)? {
        Node::TransformControls(gizmo) => Some(gizmo),
        _ => None,
    }
}

/// How far along a line through `from` the point is that is nearest to a ray.
fn along(from: DVec3, direction: DVec3, ray: &Ray) -> f64 {
    let to_ray = ray.origin - from;
    let (d, r) = (direction, ray.direction);
    let denominator = d.length_squared() * r.length_squared() - d.dot(r).powi(2);
    let offset = (d.dot(to_ray) * r.length_squared() - r.dot(to_ray) * d.dot(r)) / denominator;
    // Along the line of sight there is nothing to tell.
    if offset.is_finite() { offset } else { 0.0 }
}

/// The same angle between half a turn back and half a turn on.
fn half_turns(angle: f64) -> f64 {
    let angle = angle.rem_euclid(TAU);
    if angle > PI { angle - TAU } else { angle }
}

#[cfg(test)]
mod tests {
    use glam::DVec2;

    use super::*;

    const EYE: DVec3 = DVec3::new(1.0, 1.5, 5.0);

    /// A camera at `EYE` that looks at the origin.
    fn view() -> View {
        let camera = crate::camera::Orbit::new(EYE, DVec3::ZERO, DVec3::Y).pose();
        View {
            render_from_camera: glam::DMat4::from_mat3_translation(camera.rotation, EYE),
            fov: 1.0,
            size: DVec2::new(800.0, 600.0),
            render_from_scene: DAffine3::IDENTITY,
        }
    }

    fn toward(point: [f64; 3]) -> Ray {
        Ray {
            origin: EYE,
            direction: (DVec3::from(point) - EYE).normalize(),
        }
    }

    /// Takes hold of what is at `from`, and lets it follow to `to`.
    fn dragged(
        gizmo: &TransformControls,
        travel: &mut Travel,
        from: [f64; 3],
        to: [f64; 3],
        with_shift: bool,
    ) -> (Handle, DAffine3) {
        let pose = DAffine3::IDENTITY;
        let handles = Handles::new(gizmo, &pose, &view()).unwrap();
        let (handle, distance) = handles.hit(&toward(from), &view()).unwrap();
        let grip = Grip::new(&handles, (handle, toward(from).at(distance)), pose, *travel);
        let moved = grip.moved(&toward(to), with_shift, gizmo, travel);
        (handle, moved.unwrap())
    }

    #[test]
    fn arrows_move_along_their_axis() {
        let gizmo = TransformControls::default();
        let mut travel = Travel::default();
        let (handle, pose) = dragged(&gizmo, &mut travel, [0.5, 0.0, 0.0], [0.8, 0.3, 0.0], false);
        assert_eq!(handle, Handle::Arrow(0));
        assert!(
            (pose.translation.x - 0.3).abs() < 0.01,
            "{}",
            pose.translation
        );
        assert_eq!([pose.translation.y, pose.translation.z], [0.0; 2]);
        assert!((travel.translation[0] - pose.translation.x).abs() < 1e-12);
    }

    #[test]
    fn squares_move_in_their_plane() {
        let gizmo = TransformControls::default();
        let mut travel = Travel::default();
        let (handle, pose) = dragged(
            &gizmo,
            &mut travel,
            [0.25, 0.25, 0.0],
            [0.5, 0.0, 0.0],
            false,
        );
        assert_eq!(handle, Handle::Square(2));
        assert!(
            pose.translation
                .abs_diff_eq(DVec3::new(0.25, -0.25, 0.0), 1e-9)
        );
    }

    #[test]
    fn arcs_turn_about_their_axis_in_steps_with_shift() {
        let gizmo = TransformControls::default();
        let on_arc = |degrees: f64| {
            let (sin, cos) = degrees.to_radians().sin_cos();
            [0.65 * cos, 0.65 * sin, 0.0]
        };
        for (with_shift, expected) in [(false, 33.0), (true, 30.0)] {
            let mut travel = Travel::default();
            let (handle, pose) =
                dragged(&gizmo, &mut travel, on_arc(45.0), on_arc(78.0), with_shift);
            assert_eq!(handle, Handle::Arc(2));
            let (axis, angle) = quaternion(pose.matrix3).to_axis_angle();
            assert!(axis.abs_diff_eq(DVec3::Z, 1e-6));
            assert!(
                (angle.to_degrees() - expected).abs() < 0.1,
                "{}",
                angle.to_degrees()
            );
        }
    }

    #[test]
    fn limits_count_from_where_the_gizmo_appeared() {
        let gizmo = TransformControls {
            translation_limits: [[-0.1, 0.5]; 3],
            rotation_limits: [[-0.2, 0.3]; 3],
            ..TransformControls::default()
        };
        let mut travel = Travel::default();
        let mut go = |to: f64| {
            let (_, pose) = dragged(
                &gizmo,
                &mut travel,
                [0.5, 0.0, 0.0],
                [0.5 + to, 0.0, 0.0],
                false,
            );
            pose.translation.x
        };
        assert!((go(0.4) - 0.4).abs() < 0.02);
        assert!((go(0.4) - 0.1).abs() < 0.02, "only 0.1 was left");
        assert!((go(-5.0) + 0.6).abs() < 1e-9);

        let mut travel = Travel::default();
        let at = |angle: f64| [0.65 * angle.cos(), 0.65 * angle.sin(), 0.0];
        let (_, pose) = dragged(&gizmo, &mut travel, at(0.8), at(-2.0), false);
        let (axis, angle) = quaternion(pose.matrix3).to_axis_angle();
        assert!(axis.abs_diff_eq(DVec3::NEG_Z, 1e-6) && (angle - 0.2).abs() < 1e-9);
        assert!((travel.angle[2] + 0.2).abs() < 1e-9);
    }

    #[test]
    fn what_is_disabled_is_not_there() {
        let hit = |gizmo: &TransformControls, at: [f64; 3]| {
            let handles = Handles::new(gizmo, &DAffine3::IDENTITY, &view()).unwrap();
            handles.hit(&toward(at), &view()).map(|(handle, _)| handle)
        };
        let arrow = [0.5, 0.0, 0.0];
        let square = [0.25, 0.25, 0.0];
        let arc = [0.46, 0.46, 0.0];
        let all = TransformControls::default();
        assert_eq!(hit(&all, arrow), Some(Handle::Arrow(0)));
        assert_eq!(hit(&all, square), Some(Handle::Square(2)));
        assert_eq!(hit(&all, arc), Some(Handle::Arc(2)));
        let off = TransformControls {
            disable_axes: true,
            disable_sliders: true,
            disable_rotations: true,
            ..TransformControls::default()
        };
        assert_eq!(
            [hit(&off, arrow), hit(&off, square), hit(&off, arc)],
            [None; 3]
        );
        let flat = TransformControls {
            active_axes: [false, true, true],
            ..TransformControls::default()
        };
        assert_eq!(
            [hit(&flat, arrow), hit(&flat, square), hit(&flat, arc)],
            [None; 3]
        );
        assert_eq!(hit(&flat, [0.0, 0.5, 0.0]), Some(Handle::Arrow(1)));
    }

    #[test]
    fn fixed_gizmos_keep_their_size_on_the_screen() {
        let gizmo = TransformControls {
            fixed: true,
            scale: 100.0,
            ..TransformControls::default()
        };
        for distance in [1.0, 30.0] {
            let origin = EYE + view().forward() * distance;
            let pose = DAffine3::from_translation(origin);
            let handles = Handles::new(&gizmo, &pose, &view()).unwrap();
            let right = view().render_from_camera.x_axis.truncate();
            let [x, _] = view().project(origin + right * handles.length);
            assert!(((x - 0.5) * 800.0 - 100.0).abs() < 1e-6);
        }
    }

    #[test]
    fn broken_gizmos_have_no_handles() {
        let nan = DAffine3::from_translation(DVec3::splat(f64::NAN));
        assert!(Handles::new(&TransformControls::default(), &nan, &view()).is_none());
        let flat = DAffine3::from_scale(DVec3::ZERO);
        assert!(Handles::new(&TransformControls::default(), &flat, &view()).is_none());
    }
}
