//! Which way is up.

use glam::{DQuat, DVec3};
use scenecast_protocol::Wxyz;

/// The direction in the scene that points up on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Up {
    /// +X.
    X,
    /// −X.
    NegX,
    /// +Y, as graphics programs have it.
    Y,
    /// −Y, as OpenCV has it.
    NegY,
    /// +Z, as robots have it.
    #[default]
    Z,
    /// −Z.
    NegZ,
    /// Any direction; its length does not matter.
    Direction([f64; 3]),
}

impl From<[f64; 3]> for Up {
    fn from(direction: [f64; 3]) -> Self {
        Up::Direction(direction)
    }
}

impl Up {
    fn direction(self) -> DVec3 {
        match self {
            Up::X => DVec3::X,
            Up::NegX => DVec3::NEG_X,
            Up::Y => DVec3::Y,
            Up::NegY => DVec3::NEG_Y,
            Up::Z => DVec3::Z,
            Up::NegZ => DVec3::NEG_Z,
            Up::Direction(direction) => direction.into(),
        }
    }

    /// The rotation from the scene to the viewers' world, which has +Y up and whose camera looks
    /// at the scene from (−1, ·, −1); `None` for a direction without length.
    ///
    /// The scene's (1, 1, 1) is turned towards that camera.
    pub fn view_world_from_scene(self) -> Option<Wxyz> {
        let up = self.direction().try_normalize()?;
        let upright = rotation_between(up, DVec3::Y);
        let towards = upright * DVec3::ONE;
        let towards = DVec3::new(towards.x, 0.0, towards.z).try_normalize();
        let Some(from) = towards else {
            return Some(upright.into());
        };
        let to = DVec3::new(-1.0, 0.0, -1.0).normalize();
        let yaw = f64::atan2(from.cross(to).y, from.dot(to));
        Some((DQuat::from_rotation_y(yaw) * upright).into())
    }
}

/// The smallest rotation from one unit vector to another. For opposite ones, about an axis
/// perpendicular to the least component of `from`.
fn rotation_between(from: DVec3, to: DVec3) -> DQuat {
    let axis = from.cross(to);
    let angle = from.dot(to).clamp(-1.0, 1.0).acos();
    let axis = axis.try_normalize().unwrap_or_else(|| {
        let smallest = from.abs().min_element();
        let unit = DVec3::from_array(
            from.to_array()
                .map(|c| f64::from(u8::from(c.abs() == smallest))),
        );
        from.cross(unit).normalize_or(DVec3::X)
    });
    DQuat::from_axis_angle(axis, angle)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that viser sends.
    #[test]
    fn z_up_is_viser_s_default() {
        let Wxyz(wxyz) = Up::Z.view_world_from_scene().unwrap();
        let expected = [0.5, -0.5, 0.5, 0.5];
        assert!(
            wxyz.iter()
                .zip(expected)
                .all(|(a, b)| (a - b).abs() < 1e-12),
            "{wxyz:?}"
        );
    }

    #[test]
    fn every_direction_ends_up_on_top() {
        for up in [
            Up::X,
            Up::NegX,
            Up::Y,
            Up::NegY,
            Up::Z,
            Up::NegZ,
            Up::Direction([1.0, 2.0, -3.0]),
        ] {
            let rotation: DQuat = up.view_world_from_scene().unwrap().into();
            let top = rotation * up.direction().normalize();
            assert!(top.distance(DVec3::Y) < 1e-12, "{up:?}: {top}");
        }
        assert_eq!(Up::Direction([0.0; 3]).view_world_from_scene(), None);
    }
}
