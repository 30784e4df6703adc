//! The viewer's camera: what gestures, keys, the server and the page's address make of it.
//!
//! Two worlds meet here. The scene's world is the server's (right-handed, z up unless it says
//! otherwise); the renderer's world has y up. The scene's root node turns the one into the other:
//! `render_from_scene`. The camera lives in the renderer's world, so that turning the scene does
//! not turn the camera with it.

mod fitting;
mod initial;
mod orbit;
mod pivoting;
mod smooth;
#[cfg(not(target_arch = "wasm32"))]
mod viewpoint;

use glam::{DAffine3, DMat3, DMat4, DQuat, DVec3};
use scenecast_protocol::camera::ViewerCamera;
use scenecast_protocol::{Message, Wxyz};

use initial::Decided;
pub use initial::{FromUrl, InitialCamera, Source};
pub use orbit::{Motion, Orbit, Pose};
use pivoting::Pivoting;
#[cfg(not(target_arch = "wasm32"))]
pub use viewpoint::{Viewpoint, ViewpointError};

/// Dollying multiplies the distance by this to the power of what the hand did.
const DOLLY_BASE: f64 = 0.95;
/// Wheel movement (pixels) that makes one power of [`DOLLY_BASE`].
const WHEEL_PIXELS: f64 = 100.0;
/// Middle-button drag and pinch (CSS pixels) that make one power of [`DOLLY_BASE`].
const DRAG_PIXELS: f64 = 80.0 / 3.0;

/// The camera of one viewer.
#[derive(Clone, Debug)]
pub struct Camera {
    orbit: Orbit,
    fov: f64,
    near: f64,
    far: f64,
    initial: InitialCamera,
    render_from_scene: DAffine3,
    /// The start has changed and the camera goes there on [`Camera::settle`].
    start_is_due: bool,
    pivoting: Option<Pivoting>,
}

impl Camera {
    /// A camera at its start: the defaults, outweighed by the page's address.
    pub fn new(url: &FromUrl) -> Self {
        let initial = InitialCamera::new(url);
        let mut camera = Self {
            orbit: Orbit::new(DVec3::Z, DVec3::ZERO, DVec3::Y),
            fov: initial.fov.value,
            near: initial.near.value,
            far: initial.far.value,
            initial,
            render_from_scene: default_render_from_scene(),
            start_is_due: false,
            pivoting: None,
        };
        camera.reset(Motion::Jump);
        camera
    }

    /// The orbit, for reading poses and for gestures in scene units.
    pub fn orbit(&self) -> &Orbit {
        &self.orbit
    }

    /// As [`orbit`](Self::orbit), to move it.
    pub fn orbit_mut(&mut self) -> &mut Orbit {
        &mut self.orbit
    }

    /// Lets `dt` seconds pass.
    pub fn tick(&mut self, dt: f64) {
        let orbit = &mut self.orbit;
        self.pivoting.take_if(|pivoting| !pivoting.tick(dt, orbit));
        orbit.tick(dt);
    }

    /// Whether [`tick`](Self::tick) has something left to do.
    pub fn is_moving(&self) -> bool {
        self.pivoting.is_some() || self.orbit.is_moving()
    }

    /// Turns, within half a second, to another point to orbit, with another direction upright.
    /// Coordinates are of the renderer's world.
    pub fn pivot_to(&mut self, target: DVec3, up: DVec3) {
        self.pivoting = Some(Pivoting::begin(&self.orbit, target, up));
    }

    /// Moves to where some points fill the view, in the direction in which the camera looks now;
    /// as close as it may where they are too close together for that, and no closer than it is
    /// where they are all in one place. Coordinates are of the camera's own frame; `aspect` is the
    /// view's width by its height.
    pub fn fit(&mut self, points: &[DVec3], aspect: f64, motion: Motion) {
        let slope = (self.fov / 2.0).tan();
        let Some((center, distance)) =
            fitting::fitted(points, [slope * aspect.max(1e-3), slope], self.near)
        else {
            return;
        };
        self.pivoting = None;
        self.orbit.halt();
        let target = self.render_from_camera().transform_point3(center);
        let distance = if distance > 0.0 {
            distance
        } else {
            self.orbit.distance()
        };
        self.orbit.go_to(target, distance, motion);
    }

    /// Vertical field of view, radians.
    pub fn fov(&self) -> f64 {
        self.fov
    }

    /// Distance of the near plane.
    pub fn near(&self) -> f64 {
        self.near
    }

    /// Distance of the far plane, beyond the near plane.
    pub fn far(&self) -> f64 {
        self.far.max(self.near * 1.001)
    }

    /// Pose in the renderer's world: the camera looks along its -z with y up.
    pub fn render_from_camera(&self) -> DMat4 {
        let Pose { eye, rotation } = self.orbit.pose();
        DMat4::from_mat3_translation(rotation, eye)
    }

    /// Goes to the start.
    pub fn reset(&mut self, motion: Motion) {
        self.start_is_due = false;
        let initial = &self.initial;
        // Where nobody decided, the start is that of a scene that nobody turned.
        let render_from_scene = match initial.pose_is_decided() {
            true => self.render_from_scene,
            false => default_render_from_scene(),
        };
        let up = match initial.up.source {
            Source::Default => initial.up.value,
            Source::Message | Source::Url => render_from_scene.transform_vector3(initial.up.value),
        };
        let eye = render_from_scene.transform_point3(initial.position.value);
        let target = render_from_scene.transform_point3(initial.look_at.value);
        self.orbit.set_up(up);
        self.orbit.look_from(eye, target, motion);
    }

    /// The pose of the scene's root node.
    pub fn render_from_scene(&self) -> DAffine3 {
        self.render_from_scene
    }

    /// Takes the pose of the scene's root node. Where the start was decided in the scene's
    /// coordinates, the camera goes there again.
    pub fn set_render_from_scene(&mut self, render_from_scene: DAffine3) {
        if self.render_from_scene != render_from_scene && render_from_scene.is_finite() {
            self.render_from_scene = render_from_scene;
            self.start_is_due |= self.initial.pose_is_decided();
        }
    }

    /// To be called when all messages of a moment are applied: goes to a start that they changed.
    pub fn settle(&mut self) {
        if self.start_is_due {
            self.reset(Motion::Jump);
        }
    }

    /// Applies a message of the server if it concerns the camera. Values that make no camera
    /// (not finite, no direction, a field of view of 180° or more) are ignored.
    pub fn apply(&mut self, message: &Message) {
        match message {
            Message::SetCameraPosition(m) => self.place(m.position, m.initial, Part::Position),
            Message::SetCameraLookAt(m) => self.place(m.look_at, m.initial, Part::LookAt),
            Message::SetCameraUpDirection(m) => self.place(m.position, m.initial, Part::Up),
            Message::SetCameraFov(m) if m.fov > 0.0 && m.fov < std::f64::consts::PI => {
                set(&mut self.fov, m.fov, m.initial, &mut self.initial.fov);
            }
            Message::SetCameraNear(m) if is_positive(m.near) => {
                set(&mut self.near, m.near, m.initial, &mut self.initial.near);
            }
            Message::SetCameraFar(m) if is_positive(m.far) => {
                set(&mut self.far, m.far, m.initial, &mut self.initial.far);
            }
            Message::SetCameraMinOrbitDistance(m) if is_positive(m.min_orbit_distance) => {
                self.orbit.set_min_distance(m.min_orbit_distance);
            }
            // Infinity is a fine upper limit.
            Message::SetCameraMaxOrbitDistance(m) if m.max_orbit_distance > 0.0 => {
                self.orbit.set_max_distance(m.max_orbit_distance);
            }
            // The list of all messages is `ViewerState::apply`.
            _ => {}
        }
    }

    fn place(&mut self, value: [f64; 3], initial: bool, part: Part) {
        let value = DVec3::from(value);
        if !value.is_finite() || (part == Part::Up && value.length_squared() == 0.0) {
            return;
        }
        if initial {
            // Later changes of the start are for "reset view" only: the user has taken over.
            let was_decided = self.initial.pose_is_decided();
            match part {
                Part::Position => self.initial.position.decide(value),
                Part::LookAt => self.initial.look_at.decide(value),
                Part::Up => self.initial.up.decide(value),
            };
            self.start_is_due |= !was_decided;
            return;
        }
        self.settle();
        match part {
            Part::Position => self
                .orbit
                .set_eye(self.render_from_scene.transform_point3(value)),
            Part::LookAt => self
                .orbit
                .set_target(self.render_from_scene.transform_point3(value)),
            Part::Up => self
                .orbit
                .set_up(self.render_from_scene.transform_vector3(value)),
        }
    }

    /// Orbits by a drag of CSS pixels in a view of that height: once around for a full height.
    pub fn drag_rotate(&mut self, dx: f64, dy: f64, height: f64) {
        let radians_per_pixel = std::f64::consts::TAU / height.max(1.0);
        self.orbit.rotate(
            -dx * radians_per_pixel,
            -dy * radians_per_pixel,
            Motion::Jump,
        );
    }

    /// Moves sideways by a drag of CSS pixels: what is at the look-at point stays under the hand.
    pub fn drag_truck(&mut self, dx: f64, dy: f64, height: f64) {
        let view_height = 2.0 * self.orbit.distance() * (self.fov / 2.0).tan();
        let units_per_pixel = view_height / height.max(1.0);
        self.orbit
            .truck(-dx * units_per_pixel, dy * units_per_pixel);
    }

    /// Goes closer by a drag downwards of CSS pixels, or by fingers that far apart.
    pub fn drag_dolly(&mut self, dy: f64) {
        self.orbit
            .scale_distance(DOLLY_BASE.powf(dy / DRAG_PIXELS), Motion::Jump);
    }

    /// Goes further away by a turn of the wheel in pixels; closer if it is negative.
    pub fn wheel(&mut self, pixels: f64) {
        self.orbit
            .scale_distance(DOLLY_BASE.powf(-pixels / WHEEL_PIXELS), Motion::Jump);
    }

    /// What the server is told, for a drawing of `width` × `height` pixels.
    pub fn report(&self, width: u32, height: u32) -> ViewerCamera {
        let scene_from_render = self.render_from_scene.inverse();
        let Pose { eye, rotation } = self.orbit.pose();
        // OpenCV's camera has y down and z forward.
        let flipped = DMat3::from_cols(rotation.x_axis, -rotation.y_axis, -rotation.z_axis);
        let scene_from_camera = scene_from_render.matrix3 * flipped;
        ViewerCamera {
            wxyz: quaternion(scene_from_camera).into(),
            position: scene_from_render.transform_point3(eye).into(),
            fov: self.fov,
            near: self.near,
            far: self.far,
            image_height: height.into(),
            image_width: width.into(),
            look_at: scene_from_render
                .transform_point3(self.orbit.target())
                .into(),
            up_direction: scene_from_render.transform_vector3(self.orbit.up()).into(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Position,
    LookAt,
    Up,
}

/// The root's pose before a server sets it: the scene's z is up.
pub fn default_render_from_scene() -> DAffine3 {
    DAffine3::from_quat(DQuat::from_xyzw(-0.5, 0.5, 0.5, 0.5))
}

/// The renderer's pose of a camera that looks along its z with y down, as OpenCV's do, at a pose in
/// the scene's world. Not finite where the pose makes no sense.
pub(crate) fn render_from_pose(
    render_from_scene: DAffine3,
    position: [f64; 3],
    wxyz: Wxyz,
) -> DMat4 {
    // Not a number, if it has no length.
    let rotation = DQuat::from(wxyz).normalize();
    let scene_from_camera = DMat4::from_rotation_translation(rotation, position.into());
    let flip = DMat4::from_scale(DVec3::new(1.0, -1.0, -1.0));
    DMat4::from(render_from_scene) * scene_from_camera * flip
}

/// Sets a part of the camera. As a start, it counts once, and if the address says nothing else.
fn set(live: &mut f64, value: f64, initial: bool, start: &mut Decided<f64>) {
    if !initial || start.decide(value) {
        *live = value;
    }
}

/// A rotation as quaternion, with a positive scalar unless the rotation is large; then the largest
/// of the other parts is positive. Of the two quaternions of a rotation, other viewers send this.
pub(crate) fn quaternion(rotation: DMat3) -> DQuat {
    let q = DQuat::from_mat3(&rotation).normalize();
    let [x, y, z] = [rotation.x_axis.x, rotation.y_axis.y, rotation.z_axis.z];
    let leading = if x + y + z > 0.0 {
        q.w
    } else if x > y && x > z {
        q.x
    } else if y > z {
        q.y
    } else {
        q.z
    };
    if leading < 0.0 { -q } else { q }
}

fn is_positive(value: f64) -> bool {
    value.is_finite() && value > 0.0
}

#[cfg(test)]
mod tests;
