//! A camera that orbits a point.
//!
//! All coordinates are of the renderer's world (y up). Where the camera is and where it is going
//! are kept apart: [`Orbit::tick`] eases the one towards the other.

use std::f64::consts::{PI, TAU};

use glam::{DMat3, DQuat, DVec3};

use super::smooth::smooth_damp;

/// About how long an eased motion takes, seconds.
const EASE_SECS: f64 = 0.05;

/// Differences below this (radians, scene units) are no motion.
const REST: f64 = 1e-5;

/// How close to straight up or down the camera gets, radians: there its sides are undefined.
const POLE: f64 = 1e-6;

/// How a change is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// At once.
    Jump,
    /// Over a few frames.
    Eased,
}

/// A place on the orbit: `distance` from `target`, at `polar` radians from the up direction and
/// `azimuth` radians around it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    target: DVec3,
    azimuth: f64,
    polar: f64,
    distance: f64,
}

/// Where a camera stands and how it is turned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Position.
    pub eye: DVec3,
    /// Columns are the camera's right, up and backward directions.
    pub rotation: DMat3,
}

/// The state of the orbiting camera.
#[derive(Clone, Debug)]
pub struct Orbit {
    up: DVec3,
    /// Turns the up direction to +y, where the angles are measured.
    y_from_up: DQuat,
    now: Place,
    goal: Place,
    /// Speeds of `now`, a second.
    velocity: Place,
    min_distance: f64,
    max_distance: f64,
}

const STILL: Place = Place {
    target: DVec3::ZERO,
    azimuth: 0.0,
    polar: 0.0,
    distance: 0.0,
};

impl Orbit {
    /// A camera at `eye` that looks at `target` and keeps `up` upright.
    pub fn new(eye: DVec3, target: DVec3, up: DVec3) -> Self {
        let mut orbit = Self {
            up: DVec3::Y,
            y_from_up: DQuat::IDENTITY,
            now: STILL,
            goal: STILL,
            velocity: STILL,
            min_distance: 0.01,
            max_distance: 1e4,
        };
        orbit.turn_up(up);
        orbit.look_from(eye, target, Motion::Jump);
        orbit
    }

    /// The direction kept upright, of unit length.
    pub fn up(&self) -> DVec3 {
        self.up
    }

    /// The point that the camera looks at now.
    pub fn target(&self) -> DVec3 {
        self.now.target
    }

    /// How far the camera is from that point now.
    pub fn distance(&self) -> f64 {
        self.now.distance
    }

    /// Where the camera is now.
    pub fn pose(&self) -> Pose {
        let eye = self.eye_at(&self.now);
        Pose {
            eye,
            rotation: looking(eye, self.now.target, self.up),
        }
    }

    /// Turns the camera about its target, radians.
    pub fn rotate(&mut self, azimuth: f64, polar: f64, motion: Motion) {
        self.goal.azimuth += azimuth;
        self.goal.polar = (self.goal.polar + polar).clamp(POLE, PI - POLE);
        self.velocity.azimuth *= eased(motion);
        self.velocity.polar *= eased(motion);
        if motion == Motion::Jump {
            (self.now.azimuth, self.now.polar) = (self.goal.azimuth, self.goal.polar);
        }
    }

    /// Moves camera and target along the camera's right and up directions, scene units.
    pub fn truck(&mut self, right: f64, up: f64) {
        let rotation = self.pose().rotation;
        self.shift(rotation.x_axis * right + rotation.y_axis * up);
    }

    /// Moves camera and target horizontally, to where the camera looks.
    pub fn forward(&mut self, distance: f64) {
        let ahead = self.up.cross(self.pose().rotation.x_axis);
        self.shift(ahead * distance);
    }

    /// Moves camera and target along the up direction.
    pub fn elevate(&mut self, distance: f64) {
        self.shift(self.up * distance);
    }

    /// Multiplies the distance to the target, within the limits. A camera that was put beyond the
    /// greatest distance may stay there, but not go further.
    pub fn scale_distance(&mut self, factor: f64, motion: Motion) {
        let max = self.max_distance.max(self.goal.distance);
        self.go_to_distance(
            (self.goal.distance * factor).clamp(self.min_distance.min(max), max),
            motion,
        );
    }

    /// Goes to a distance from another target, as far as the limits allow, without turning.
    pub fn go_to(&mut self, target: DVec3, distance: f64, motion: Motion) {
        let max = self.max_distance.max(self.min_distance);
        self.goal.target = target;
        if motion == Motion::Jump {
            self.now.target = target;
            self.velocity.target = DVec3::ZERO;
        }
        self.go_to_distance(distance.clamp(self.min_distance, max), motion);
    }

    /// Puts the camera at `eye`, looking at `target`.
    pub fn look_from(&mut self, eye: DVec3, target: DVec3, motion: Motion) {
        let offset = self.y_from_up * (eye - target);
        let distance = offset.length();
        let (azimuth, polar) = if distance > 0.0 {
            let polar = (offset.y / distance).clamp(-1.0, 1.0).acos();
            (offset.x.atan2(offset.z), polar.clamp(POLE, PI - POLE))
        } else {
            (0.0, POLE)
        };
        self.goal = Place {
            target,
            azimuth,
            polar,
            distance,
        };
        match motion {
            Motion::Jump => {
                self.now = self.goal;
                self.velocity = STILL;
            }
            // However often it went around, it goes back the short way.
            Motion::Eased => {
                let turns = ((self.now.azimuth - azimuth) / TAU).round();
                self.now.azimuth -= turns * TAU;
            }
        }
    }

    /// Moves the camera, which goes on looking at its target.
    pub fn set_eye(&mut self, eye: DVec3) {
        self.look_from(eye, self.goal.target, Motion::Jump);
    }

    /// Moves the target, while the camera stays where it is.
    pub fn set_target(&mut self, target: DVec3) {
        self.look_from(self.eye_at(&self.goal), target, Motion::Jump);
    }

    /// Keeps another direction upright, while camera and target stay where they are.
    pub fn set_up(&mut self, up: DVec3) {
        let eye = self.eye_at(&self.goal);
        self.turn_up(up);
        self.set_eye(eye);
    }

    /// Sets the least distance to the target; a camera that is closer backs off.
    pub fn set_min_distance(&mut self, distance: f64) {
        self.min_distance = distance;
        if self.goal.distance < distance {
            self.go_to_distance(distance, Motion::Eased);
        }
    }

    /// Sets the greatest distance to the target; a camera that is further off comes closer.
    pub fn set_max_distance(&mut self, distance: f64) {
        self.max_distance = distance;
        if self.goal.distance > distance {
            self.go_to_distance(distance, Motion::Eased);
        }
    }

    /// Ends an eased motion where it is, as when the user takes hold of the camera.
    pub fn halt(&mut self) {
        self.goal = self.now;
        self.velocity = STILL;
    }

    /// Whether [`tick`](Self::tick) has something left to do.
    pub fn is_moving(&self) -> bool {
        self.now != self.goal
    }

    /// Lets `dt` seconds pass.
    pub fn tick(&mut self, dt: f64) {
        let (now, goal, velocity) = (&mut self.now, &self.goal, &mut self.velocity);
        approach(&mut now.azimuth, goal.azimuth, &mut velocity.azimuth, dt);
        approach(&mut now.polar, goal.polar, &mut velocity.polar, dt);
        approach(&mut now.distance, goal.distance, &mut velocity.distance, dt);
        for axis in 0..3 {
            let (goal, velocity) = (goal.target[axis], &mut velocity.target[axis]);
            approach(&mut now.target[axis], goal, velocity, dt);
        }
    }

    fn shift(&mut self, by: DVec3) {
        self.goal.target += by;
        self.now.target = self.goal.target;
        self.velocity.target = DVec3::ZERO;
    }

    fn go_to_distance(&mut self, distance: f64, motion: Motion) {
        self.goal.distance = distance;
        if motion == Motion::Jump {
            self.now.distance = distance;
            self.velocity.distance = 0.0;
        }
    }

    fn turn_up(&mut self, up: DVec3) {
        self.up = up.try_normalize().unwrap_or(DVec3::Y);
        self.y_from_up = DQuat::from_rotation_arc(self.up, DVec3::Y);
    }

    fn eye_at(&self, place: &Place) -> DVec3 {
        let (sin_polar, cos_polar) = place.polar.sin_cos();
        let (sin_azimuth, cos_azimuth) = place.azimuth.sin_cos();
        let direction = DVec3::new(sin_polar * sin_azimuth, cos_polar, sin_polar * cos_azimuth);
        place.target + self.y_from_up.inverse() * (direction * place.distance)
    }
}

fn eased(motion: Motion) -> f64 {
    if motion == Motion::Eased { 1.0 } else { 0.0 }
}

fn approach(now: &mut f64, goal: f64, velocity: &mut f64, dt: f64) {
    if (goal - *now).abs() < REST {
        *now = goal;
        *velocity = 0.0;
    } else {
        *now = smooth_damp(*now, goal, velocity, EASE_SECS, dt);
    }
}

/// The rotation of a camera at `eye` that looks at `target`.
fn looking(eye: DVec3, target: DVec3, up: DVec3) -> DMat3 {
    let back = (eye - target).try_normalize().unwrap_or(DVec3::Z);
    let right = up
        .cross(back)
        .try_normalize()
        .unwrap_or_else(|| up.any_orthonormal_vector());
    DMat3::from_cols(right, back.cross(right), back)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: DVec3, b: DVec3) -> bool {
        a.abs_diff_eq(b, 1e-9)
    }

    fn settled(orbit: &mut Orbit) -> Pose {
        for _ in 0..200 {
            orbit.tick(1.0 / 60.0);
        }
        assert!(!orbit.is_moving());
        orbit.pose()
    }

    #[test]
    fn stands_where_it_is_put_whatever_is_up() {
        let eye = DVec3::new(1.0, -2.0, 0.5);
        let target = DVec3::new(0.2, 0.1, -3.0);
        for up in [DVec3::Y, DVec3::Z, DVec3::NEG_Y, DVec3::new(1.0, 2.0, -1.0)] {
            let pose = Orbit::new(eye, target, up).pose();
            assert!(close(pose.eye, eye), "{up}");
            assert!(close(-pose.rotation.z_axis, (target - eye).normalize()));
            assert!(
                pose.rotation.y_axis.dot(up) > 0.0 && pose.rotation.x_axis.dot(up).abs() < 1e-12
            );
        }
    }

    #[test]
    fn stops_at_the_poles() {
        let mut orbit = Orbit::new(DVec3::Z, DVec3::ZERO, DVec3::Y);
        orbit.rotate(0.0, -10.0, Motion::Jump);
        assert!(orbit.pose().eye.abs_diff_eq(DVec3::Y, 1e-5));
        orbit.rotate(0.0, 10.0, Motion::Jump);
        assert!(orbit.pose().eye.abs_diff_eq(DVec3::NEG_Y, 1e-5));
        assert!(orbit.pose().rotation.is_finite());
    }

    #[test]
    fn keeps_within_its_distances() {
        let mut orbit = Orbit::new(DVec3::Z, DVec3::ZERO, DVec3::Y);
        orbit.scale_distance(1e-9, Motion::Jump);
        assert_eq!(orbit.distance(), 0.01);
        orbit.scale_distance(1e9, Motion::Jump);
        assert_eq!(orbit.distance(), 1e4);

        orbit.set_eye(DVec3::Z * 5e4);
        orbit.scale_distance(2.0, Motion::Jump);
        assert_eq!(
            orbit.distance(),
            5e4,
            "it was put there, but goes no further"
        );
        orbit.scale_distance(0.5, Motion::Jump);
        assert_eq!(orbit.distance(), 2.5e4);

        orbit.set_max_distance(10.0);
        assert!(orbit.distance() > 1e4, "not at once");
        settled(&mut orbit);
        assert_eq!(orbit.distance(), 10.0);
        orbit.set_min_distance(20.0);
        settled(&mut orbit);
        assert_eq!(orbit.distance(), 20.0);
    }

    #[test]
    fn eases_the_short_way_back() {
        let mut orbit = Orbit::new(DVec3::Z * 3.0, DVec3::ZERO, DVec3::Y);
        orbit.rotate(5.0 * TAU + 0.3, 0.1, Motion::Jump);
        orbit.look_from(DVec3::Z * 3.0, DVec3::ZERO, Motion::Eased);
        orbit.tick(0.01);
        let side = orbit.pose().eye.x;
        assert!(
            (0.0..0.9).contains(&side),
            "on its way from 0.3 rad, not around: {side}"
        );
        assert!(settled(&mut orbit).eye.abs_diff_eq(DVec3::Z * 3.0, 1e-4));
    }

    #[test]
    fn holding_on_ends_an_eased_motion() {
        let mut orbit = Orbit::new(DVec3::Z * 3.0, DVec3::ZERO, DVec3::Y);
        orbit.rotate(1.0, 0.0, Motion::Eased);
        orbit.tick(0.016);
        let held = orbit.pose();
        orbit.halt();
        assert!(!orbit.is_moving());
        orbit.tick(0.016);
        assert_eq!(orbit.pose(), held);
    }

    #[test]
    fn a_new_up_direction_moves_nothing_but_the_sides() {
        let (eye, target) = (DVec3::new(3.0, 1.0, 2.0), DVec3::new(1.0, 0.0, 0.0));
        let mut orbit = Orbit::new(eye, target, DVec3::Y);
        orbit.set_up(DVec3::new(0.0, 1.0, 1.0));
        assert!(close(orbit.pose().eye, eye) && close(orbit.target(), target));
    }

    #[test]
    fn survives_a_camera_in_its_own_target() {
        let orbit = Orbit::new(DVec3::ONE, DVec3::ONE, DVec3::Y);
        assert!(orbit.pose().rotation.is_finite() && orbit.pose().eye == DVec3::ONE);
    }
}
