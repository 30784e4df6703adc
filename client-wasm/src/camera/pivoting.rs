//! The camera's way from one pivot to another, while it stays where it is.

use glam::DVec3;

use super::orbit::Orbit;

/// How long it takes, seconds.
const DURATION_SECS: f64 = 0.5;

/// A turn towards another point, with another direction upright.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pivoting {
    from: [DVec3; 2],
    to: [DVec3; 2],
    elapsed_secs: f64,
}

impl Pivoting {
    /// Begins a turn to look at `target`, with `up` upright.
    pub(super) fn begin(orbit: &Orbit, target: DVec3, up: DVec3) -> Self {
        Self {
            from: [orbit.target(), orbit.up()],
            to: [target, up],
            elapsed_secs: 0.0,
        }
    }

    /// Goes on for `dt` seconds; returns whether there is more to come.
    pub(super) fn tick(&mut self, dt: f64, orbit: &mut Orbit) -> bool {
        self.elapsed_secs += dt;
        let part = (self.elapsed_secs / DURATION_SECS).min(1.0);
        let eased = part * part * (3.0 - 2.0 * part);
        let [target, up] = [0, 1].map(|i| self.from[i].lerp(self.to[i], eased));
        let eye = orbit.pose().eye;
        // Halfway to the opposite direction there is no up.
        if up.length_squared() > 1e-12 {
            orbit.set_up(up);
        }
        orbit.look_from(eye, target, super::Motion::Jump);
        part < 1.0
    }
}
