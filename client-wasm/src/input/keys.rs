//! Keys that move the camera for as long as they are held.

use crate::camera::{Camera, Motion};

/// Scene units a second.
const SPEED: f64 = 2.0;
/// Radians a second.
const TURN: f64 = 50.0 * std::f64::consts::PI / 180.0;

/// A direction in which a held key moves the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Forward,
    Back,
    Left,
    Right,
    Down,
    Up,
    TurnLeft,
    TurnRight,
    TurnUp,
    TurnDown,
}

/// The keys that are held.
#[derive(Debug, Default)]
pub struct HeldKeys(Vec<Move>);

impl HeldKeys {
    /// A key goes down; `code` names its place on the keyboard, such as `KeyW`. Returns whether it
    /// moves the camera.
    pub fn press(&mut self, code: &str) -> bool {
        let Some(direction) = direction(code) else {
            return false;
        };
        if !self.0.contains(&direction) {
            self.0.push(direction);
        }
        true
    }

    /// A key goes up.
    pub fn release(&mut self, code: &str) {
        let released = direction(code);
        self.0.retain(|held| Some(*held) != released);
    }

    /// All keys are let go, as far as we know: the page has lost the keyboard.
    pub fn release_all(&mut self) {
        self.0.clear();
    }

    /// Whether any is held.
    pub fn is_active(&self) -> bool {
        !self.0.is_empty()
    }

    /// Moves the camera as far as `dt` seconds take it.
    pub fn apply(&self, dt: f64, camera: &mut Camera) {
        let (step, turn) = (SPEED * dt, TURN * dt);
        let orbit = camera.orbit_mut();
        for held in &self.0 {
            match held {
                Move::Forward => orbit.forward(step),
                Move::Back => orbit.forward(-step),
                Move::Left => orbit.truck(-step, 0.0),
                Move::Right => orbit.truck(step, 0.0),
                Move::Down => orbit.elevate(-step),
                Move::Up => orbit.elevate(step),
                Move::TurnLeft => orbit.rotate(-turn, 0.0, Motion::Eased),
                Move::TurnRight => orbit.rotate(turn, 0.0, Motion::Eased),
                Move::TurnUp => orbit.rotate(0.0, -turn, Motion::Eased),
                Move::TurnDown => orbit.rotate(0.0, turn, Motion::Eased),
            }
        }
    }
}

fn direction(code: &str) -> Option<Move> {
    Some(match code {
        "KeyW" => Move::Forward,
        "KeyS" => Move::Back,
        "KeyA" => Move::Left,
        "KeyD" => Move::Right,
        "KeyQ" => Move::Down,
        "KeyE" => Move::Up,
        "ArrowLeft" => Move::TurnLeft,
        "ArrowRight" => Move::TurnRight,
        "ArrowUp" => Move::TurnUp,
        "ArrowDown" => Move::TurnDown,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;
    use crate::camera::FromUrl;

    fn moved(codes: &[&str], seconds: f64) -> (DVec3, DVec3) {
        let mut camera = Camera::new(&FromUrl::default());
        let (eye, target) = (camera.orbit().pose().eye, camera.orbit().target());
        let mut keys = HeldKeys::default();
        for code in codes {
            assert!(
                keys.press(code) && keys.press(code),
                "pressed, and repeated"
            );
        }
        for _ in 0..100 {
            keys.apply(seconds / 100.0, &mut camera);
        }
        let pose = camera.orbit().pose();
        (pose.eye - eye, camera.orbit().target() - target)
    }

    #[test]
    fn letters_move_camera_and_target_alike() {
        for (code, up) in [
            ("KeyW", 0.0),
            ("KeyA", 0.0),
            ("KeyS", 0.0),
            ("KeyD", 0.0),
            ("KeyE", 1.0),
            ("KeyQ", -1.0),
        ] {
            let (eye, target) = moved(&[code], 0.5);
            assert!(eye.abs_diff_eq(target, 1e-9), "{code}");
            assert!(
                (eye.length() - 1.0).abs() < 1e-9,
                "two units a second: {code}"
            );
            assert!((eye.y - up).abs() < 1e-9, "{code}: {eye}");
        }
        assert!(moved(&["KeyW", "KeyS"], 1.0).0.length() < 1e-9);
    }

    #[test]
    fn arrows_turn_and_settle() {
        let mut camera = Camera::new(&FromUrl::default());
        let mut keys = HeldKeys::default();
        keys.press("ArrowRight");
        let before = camera.orbit().pose().eye;
        for _ in 0..60 {
            keys.apply(1.0 / 60.0, &mut camera);
            camera.orbit_mut().tick(1.0 / 60.0);
        }
        keys.release("ArrowRight");
        assert!(!keys.is_active() && camera.orbit().is_moving());
        while camera.orbit().is_moving() {
            camera.orbit_mut().tick(1.0 / 60.0);
        }
        let flat = |v: DVec3| DVec3::new(v.x, 0.0, v.z);
        let turned = flat(before).angle_between(flat(camera.orbit().pose().eye));
        assert!((turned.to_degrees() - 50.0).abs() < 1e-6, "{turned}");
    }

    #[test]
    fn losing_the_keyboard_lets_go() {
        let mut keys = HeldKeys::default();
        assert!(!keys.press("Escape"));
        keys.press("KeyW");
        keys.release_all();
        assert!(!keys.is_active());
    }
}
