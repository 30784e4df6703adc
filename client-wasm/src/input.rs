//! Gestures and keys that move the camera.
//!
//! Left drag or one finger orbits, right drag or three fingers truck, middle drag dollies, two
//! fingers do both of the latter. Several mouse buttons at once do all that they stand for.

pub mod keys;
#[cfg(target_arch = "wasm32")]
pub(crate) mod listeners;

use glam::DVec2;

use crate::camera::Camera;

/// What a pointer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A mouse with these buttons down, as bits: 1 left, 2 right, 4 middle.
    Mouse {
        /// The bits.
        buttons: u16,
    },
    /// A finger or a pen.
    Touch,
}

/// The pointers that are down, and where. Positions are CSS pixels.
#[derive(Debug, Default)]
pub struct Gestures {
    pointers: Vec<(i32, DVec2)>,
}

impl Gestures {
    /// A pointer goes down: the camera is taken hold of.
    pub fn press(&mut self, id: i32, at: DVec2, camera: &mut Camera) {
        self.release(id);
        self.pointers.push((id, at));
        camera.orbit_mut().halt();
    }

    /// A pointer moves, over a view that is `height` CSS pixels high. Does nothing unless the
    /// pointer is down.
    pub fn drag(&mut self, id: i32, device: Device, at: DVec2, height: f64, camera: &mut Camera) {
        let before = self.hold();
        let Some((_, position)) = self.pointers.iter_mut().find(|(other, _)| *other == id) else {
            return;
        };
        *position = at;
        let after = self.hold();
        let moved = after.centre - before.centre;
        let (rotate, truck, dolly) = match (device, self.pointers.len()) {
            (Device::Mouse { buttons }, _) => (
                buttons & 1 != 0,
                buttons & 2 != 0,
                if buttons & 4 != 0 { moved.y } else { 0.0 },
            ),
            (Device::Touch, 1) => (true, false, 0.0),
            (Device::Touch, 2) => (false, true, after.spread - before.spread),
            (Device::Touch, 3) => (false, true, 0.0),
            (Device::Touch, _) => (false, false, 0.0),
        };
        if rotate {
            camera.drag_rotate(moved.x, moved.y, height);
        }
        if dolly != 0.0 {
            camera.drag_dolly(dolly);
        }
        if truck {
            camera.drag_truck(moved.x, moved.y, height);
        }
    }

    /// A pointer goes up, or is taken away.
    pub fn release(&mut self, id: i32) {
        self.pointers.retain(|(other, _)| *other != id);
    }

    /// All pointers are for something else now.
    pub fn release_all(&mut self) {
        self.pointers.clear();
    }

    /// Whether any pointer is down.
    pub fn is_active(&self) -> bool {
        !self.pointers.is_empty()
    }

    fn hold(&self) -> Hold {
        let count = self.pointers.len().max(1) as f64;
        let centre = self.pointers.iter().map(|(_, at)| *at).sum::<DVec2>() / count;
        let spread = match self.pointers.as_slice() {
            [(_, a), (_, b)] => a.distance(*b) / 2.0,
            _ => 0.0,
        };
        Hold { centre, spread }
    }
}

/// Where several pointers are taken together.
struct Hold {
    centre: DVec2,
    /// How far each of two is from their middle.
    spread: f64,
}

/// What a turn of the wheel is in pixels: `delta` as the browser gives it, in lines or pixels.
/// Trackpads' pinches come as wheel events with Ctrl held, and Macs' wheels in finer steps.
pub fn wheel_pixels(delta: f64, in_lines: bool, with_ctrl: bool, on_mac: bool) -> f64 {
    let coarse = if in_lines || with_ctrl { 10.0 } else { 1.0 };
    let fine = if on_mac { 3.0 } else { 1.0 };
    delta * coarse * fine
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::FromUrl;

    const LEFT: Device = Device::Mouse { buttons: 1 };
    const H: f64 = 600.0;

    fn at(x: f64, y: f64) -> DVec2 {
        DVec2::new(x, y)
    }

    fn start() -> (Gestures, Camera) {
        (Gestures::default(), Camera::new(&FromUrl::default()))
    }

    #[test]
    fn each_button_does_its_own() {
        let (mut gestures, before) = start();
        let mut drag = |buttons| {
            let mut camera = before.clone();
            gestures.press(1, at(50.0, 50.0), &mut camera);
            gestures.drag(1, Device::Mouse { buttons }, at(60.0, 70.0), H, &mut camera);
            gestures.release(1);
            camera.report(8, 6)
        };
        let expect = |change: &dyn Fn(&mut Camera)| {
            let mut camera = before.clone();
            change(&mut camera);
            camera.report(8, 6)
        };
        assert_eq!(drag(1), expect(&|c| c.drag_rotate(10.0, 20.0, H)));
        assert_eq!(drag(2), expect(&|c| c.drag_truck(10.0, 20.0, H)));
        assert_eq!(drag(4), expect(&|c| c.drag_dolly(20.0)));
        assert_eq!(drag(0), before.report(8, 6));
    }

    #[test]
    fn pointers_that_are_up_move_nothing() {
        let (mut gestures, mut camera) = start();
        let before = camera.report(8, 6);
        gestures.drag(1, LEFT, at(60.0, 70.0), H, &mut camera);
        gestures.press(1, at(0.0, 0.0), &mut camera);
        gestures.release(1);
        gestures.drag(1, LEFT, at(60.0, 70.0), H, &mut camera);
        assert_eq!(camera.report(8, 6), before);
        assert!(!gestures.is_active());
    }

    #[test]
    fn two_fingers_pinch_and_carry() {
        let (mut gestures, mut camera) = start();
        let distance = camera.orbit().distance();
        let target = camera.orbit().target();
        gestures.press(1, at(100.0, 100.0), &mut camera);
        gestures.press(2, at(200.0, 100.0), &mut camera);
        for step in 1..=10 {
            let step = f64::from(step);
            gestures.drag(1, Device::Touch, at(100.0 - step, 100.0), H, &mut camera);
            gestures.drag(2, Device::Touch, at(200.0 + step, 100.0), H, &mut camera);
        }
        assert!(
            camera.orbit().distance() < distance,
            "spreading goes closer"
        );
        assert!(
            camera.orbit().target().abs_diff_eq(target, 0.02),
            "the centre stays"
        );

        let distance = camera.orbit().distance();
        gestures.drag(1, Device::Touch, at(90.0, 150.0), H, &mut camera);
        gestures.drag(2, Device::Touch, at(210.0, 150.0), H, &mut camera);
        assert!((camera.orbit().distance() - distance).abs() < 1e-9);
        assert!(
            !camera.orbit().target().abs_diff_eq(target, 0.1),
            "both together carry"
        );
    }

    #[test]
    fn another_finger_does_not_make_the_camera_jump() {
        let (mut gestures, mut camera) = start();
        gestures.press(1, at(0.0, 0.0), &mut camera);
        let before = camera.report(8, 6);
        for id in 2..=4 {
            gestures.press(id, at(500.0, 400.0), &mut camera);
        }
        gestures.drag(4, Device::Touch, at(0.0, 0.0), H, &mut camera);
        for id in 2..=4 {
            gestures.release(id);
        }
        assert_eq!(camera.report(8, 6), before);
        gestures.drag(1, Device::Touch, at(0.0, 5.0), H, &mut camera);
        assert_ne!(camera.report(8, 6), before);
    }

    #[test]
    fn wheels_of_all_kinds_turn_alike() {
        assert_eq!(wheel_pixels(100.0, false, false, false), 100.0);
        assert_eq!(wheel_pixels(3.0, true, false, false), 30.0);
        assert_eq!(wheel_pixels(2.0, false, true, false), 20.0);
        assert_eq!(wheel_pixels(10.0, false, false, true), 30.0);
    }
}
