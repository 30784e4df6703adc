//! Boxes with sides along the axes.

use glam::{Mat4, Vec3};

/// A box with sides along the axes. Around nothing, its low corner is above its high corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Aabb {
    pub(crate) low: Vec3,
    pub(crate) high: Vec3,
}

impl Aabb {
    pub(crate) const EMPTY: Self = Self {
        low: Vec3::INFINITY,
        high: Vec3::NEG_INFINITY,
    };

    /// Around all points whose coordinates are numbers.
    pub(crate) fn of(points: &[[f32; 3]]) -> Self {
        Self::around_all(&mut points.iter().copied())
    }

    /// The same.
    pub(crate) fn around_all(points: &mut dyn Iterator<Item = [f32; 3]>) -> Self {
        points
            .map(Vec3::from)
            .filter(|p| p.is_finite())
            .fold(Self::EMPTY, |bounds, p| bounds.around(p, p))
    }

    /// The corners at a pose; none of a box around nothing.
    pub(crate) fn corners(&self, pose: &Mat4) -> impl Iterator<Item = Vec3> {
        let count = if self.low.cmple(self.high).all() {
            8
        } else {
            0
        };
        let (pose, sides) = (*pose, [self.low, self.high]);
        (0..count).map(move |i: usize| {
            let [x, y, z] = [i & 1, i >> 1 & 1, i >> 2];
            pose.transform_point3(Vec3::new(sides[x].x, sides[y].y, sides[z].z))
        })
    }

    /// Around another box too.
    pub(crate) fn around(self, low: Vec3, high: Vec3) -> Self {
        Self {
            low: self.low.min(low),
            high: self.high.max(high),
        }
    }

    pub(crate) fn center(&self) -> Vec3 {
        self.low.midpoint(self.high)
    }

    /// Half the diagonal; NaN around nothing.
    pub(crate) fn radius(&self) -> f32 {
        (self.high - self.low).length() / 2.0
    }

    /// Where a ray enters the box, if it does before `limit`.
    pub(crate) fn entry(&self, origin: Vec3, inverse: Vec3, limit: f32) -> Option<f32> {
        let (mut enter, mut leave) = (0.0f32, f32::INFINITY);
        for axis in 0..3 {
            let (low, high) = (
                self.low[axis] - origin[axis],
                self.high[axis] - origin[axis],
            );
            if inverse[axis].is_finite() {
                let (a, b) = (low * inverse[axis], high * inverse[axis]);
                enter = enter.max(a.min(b));
                leave = leave.min(a.max(b));
            } else if low > 0.0 || high < 0.0 {
                // The ray runs along this side, beside the box.
                return None;
            }
        }
        // Rounding must not lose what lies in a plane of the box.
        let is_met = enter <= leave * (1.0 + 4.0 * f32::EPSILON) && enter < limit;
        (is_met && self.low.cmple(self.high).all()).then_some(enter)
    }
}
