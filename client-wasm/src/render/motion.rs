//! Whether the camera moves, while large clouds are drawn with fewer points; and what pictures
//! lack that will soon be drawn.

use super::Renderer;
use super::camera::Camera;

/// A camera that has not moved for this long rests, seconds.
const REST_SECS: f64 = 0.2;

/// Where the camera was, and since when.
#[derive(Debug, Default)]
pub(super) struct Motion {
    camera: Option<Camera>,
    now_secs: f64,
    moved_secs: f64,
    /// The last picture lacks points.
    pub(super) is_thinned: bool,
}

impl Motion {
    /// Takes note of the time, of any clock. Returns whether points that the last picture lacks
    /// are due.
    pub(super) fn pass(&mut self, now_secs: f64) -> bool {
        self.now_secs = now_secs;
        self.is_thinned && !self.is_moving()
    }

    /// Takes note of the camera of the next picture. Returns whether it moves.
    pub(super) fn watch(&mut self, camera: &Camera) -> bool {
        if self.camera != Some(*camera) {
            self.camera = Some(*camera);
            self.moved_secs = self.now_secs;
        }
        self.is_moving()
    }

    fn is_moving(&self) -> bool {
        self.now_secs < self.moved_secs + REST_SECS
    }
}

impl Renderer {
    /// Takes in what has become ready to be drawn by now, in seconds of any clock: an order of
    /// splats, points that were left out while the camera moved.
    pub fn complete(&mut self, now_secs: f64) {
        self.needs_redraw |= self.layers.splats.receive(now_secs);
        self.needs_redraw |= self.motion.pass(now_secs);
    }

    /// Whether a picture soon shows more than the last one, even if nothing changes: splats on
    /// their way to the graphics card or in a better order, points that were left out.
    pub fn is_unfinished(&self) -> bool {
        self.layers.splats.is_unfinished() || self.motion.is_thinned
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;

    #[test]
    fn a_camera_rests_a_moment_after_it_has_moved() {
        let from = |x: f32| Camera::look_at(Vec3::new(x, 2.0, 3.0), Vec3::ZERO, Vec3::Y, 1.0);
        let mut motion = Motion::default();
        assert!(!motion.pass(5.0));
        assert!(motion.watch(&from(1.0)));
        motion.is_thinned = true;
        assert!(!motion.pass(5.1));
        assert!(motion.watch(&from(1.1)));
        assert!(!motion.pass(5.25));
        assert!(motion.pass(5.31));
        assert!(!motion.watch(&from(1.1)));
        motion.is_thinned = false;
        assert!(!motion.pass(9.0));
    }
}
