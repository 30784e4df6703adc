//! Where a camera is, and what follows when a part of that is set. No I/O: tested as it is.

use crate::{
    error::{Error, Result},
    scene::finite_all,
};
use glam::{DMat3, DQuat, DVec3};
use scenecast_protocol::{Wxyz, camera::ViewerCamera};
use std::{f64::consts::PI, time::SystemTime};

/// Below this cosine between the old and new upright directions, the camera would flip.
const MIN_UP_COSINE: f64 = 0.05;

/// Where a viewer's camera is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct View {
    pub(crate) position: [f64; 3],
    pub(crate) wxyz: Wxyz,
    pub(crate) look_at: [f64; 3],
    pub(crate) up_direction: [f64; 3],
    pub(crate) fov: f64,
    pub(crate) near: f64,
    pub(crate) far: f64,
    pub(crate) min_orbit_distance: f64,
    pub(crate) max_orbit_distance: f64,
    pub(crate) image_width: i64,
    pub(crate) image_height: i64,
    pub(crate) updated: SystemTime,
}

impl Default for View {
    /// Where viewers start.
    fn default() -> Self {
        let camera = ViewerCamera {
            wxyz: Wxyz::IDENTITY,
            position: [3.0; 3],
            fov: 75_f64.to_radians(),
            near: 0.01,
            far: 1000.0,
            image_height: 1,
            image_width: 1,
            look_at: [0.0; 3],
            up_direction: [0.0, 0.0, 1.0],
        };
        Self::said(camera, None)
    }
}

impl View {
    /// Where a viewer says that its camera is. Of orbit limits it says nothing: they stay.
    pub(crate) fn said(camera: ViewerCamera, before: Option<&View>) -> Self {
        Self {
            position: camera.position,
            wxyz: camera.wxyz,
            look_at: camera.look_at,
            up_direction: camera.up_direction,
            fov: camera.fov,
            near: camera.near,
            far: camera.far,
            min_orbit_distance: before.map_or(0.01, |view| view.min_orbit_distance),
            max_orbit_distance: before.map_or(1e4, |view| view.max_orbit_distance),
            image_width: camera.image_width,
            image_height: camera.image_height,
            updated: SystemTime::now(),
        }
    }

    /// Moved, and the point that it looks at too; `None` if that changes nothing.
    pub(crate) fn at_position(&self, position: [f64; 3]) -> Result<Option<Self>> {
        check_finite("camera position", &position)?;
        if all_close(position, self.position) {
            return Ok(None);
        }
        let look_at = (DVec3::from(self.look_at) + DVec3::from(position)
            - DVec3::from(self.position))
        .to_array();
        let moved = Self {
            position,
            ..self.clone()
        };
        Ok(Some(moved.looking_at(look_at)?.unwrap_or(moved)))
    }

    /// Looking at another point; `None` if that changes nothing.
    pub(crate) fn looking_at(&self, look_at: [f64; 3]) -> Result<Option<Self>> {
        check_finite("camera look_at", &look_at)?;
        if all_close(self.look_at, look_at) {
            return Ok(None);
        }
        let view = Self {
            look_at,
            ..self.clone()
        };
        view.upright().map(Some)
    }

    /// With another direction upright; `None` if that changes nothing.
    pub(crate) fn with_up(&self, up_direction: [f64; 3]) -> Result<Option<Self>> {
        check_finite("camera up_direction", &up_direction)?;
        if all_close(self.up_direction, up_direction) {
            return Ok(None);
        }
        let view = Self {
            up_direction,
            ..self.clone()
        };
        view.upright().map(Some)
    }

    /// Turned; `None` if that changes nothing.
    pub(crate) fn turned(&self, wxyz: Wxyz) -> Result<Option<Self>> {
        check_finite("camera wxyz", &wxyz.0)?;
        let rotation = DQuat::from(wxyz);
        if rotation.length_squared() == 0.0 {
            return Err(invalid("camera wxyz", "it is zero, expected a rotation"));
        }
        let DMat3 {
            x_axis: right,
            y_axis: down,
            z_axis: forward,
        } = DMat3::from_quat(rotation.normalize());
        let position = DVec3::from(self.position);
        let distance = position.distance(self.look_at.into());
        let old_up = DVec3::from(self.up_direction);
        let kept = old_up - old_up.dot(right) * right;
        let up = if (-down).dot(kept) < MIN_UP_COSINE {
            -down
        } else {
            kept
        };
        let look_at = (position + distance * forward).to_array();
        let turned = self.looking_at(look_at)?;
        let turned = turned.as_ref();
        let upright = turned.unwrap_or(self).with_up(up.to_array())?;
        Ok(upright.or(turned.cloned()))
    }

    /// With the rotation that follows from position, look-at point and upright direction.
    fn upright(mut self) -> Result<Self> {
        let toward = DVec3::from(self.look_at) - DVec3::from(self.position);
        let Some(z) = toward.try_normalize() else {
            return Err(invalid("camera look_at", "it is where the camera is"));
        };
        let up = DVec3::from(self.up_direction);
        if up == DVec3::ZERO {
            return Err(invalid("camera up_direction", "it has no length"));
        }
        // The part of a direction across the view; the camera's y points down.
        let down = |up: DVec3| (up.dot(z) * z - up).try_normalize();
        let previous = -(DQuat::from(self.wxyz) * DVec3::Y);
        let least = z.abs().min_element();
        let across = z.to_array().map(|c| f64::from(u8::from(c.abs() == least)));
        let y = down(up)
            .or_else(|| down(previous))
            .or_else(|| down(across.into()))
            .unwrap_or(DVec3::Y);
        let rotation = DMat3::from_cols(y.cross(z), y, z);
        self.wxyz = DQuat::from_mat3(&rotation).into();
        self.updated = SystemTime::now();
        Ok(self)
    }
}

/// Whether numbers are as close as NumPy's `allclose` asks for: within 1e-8, or 1e-5 of the second.
pub(crate) fn is_close(a: f64, b: f64) -> bool {
    a == b || (b.is_finite() && (a - b).abs() <= 1e-8 + 1e-5 * b.abs())
}

fn all_close(a: [f64; 3], b: [f64; 3]) -> bool {
    a.into_iter().zip(b).all(|(a, b)| is_close(a, b))
}

fn invalid(what: &'static str, reason: impl Into<String>) -> Error {
    Error::InvalidValue {
        what,
        reason: reason.into(),
    }
}

/// Numbers must be finite.
pub(crate) fn check_finite(what: &'static str, numbers: &[f64]) -> Result<()> {
    finite_all("it", numbers).map_err(|reason| invalid(what, reason))
}

/// A number must be finite and above 0.
pub(crate) fn check_positive(what: &'static str, number: f64) -> Result<()> {
    if number > 0.0 && number.is_finite() {
        return Ok(());
    }
    Err(invalid(
        what,
        format!("{number}, expected a finite number above 0"),
    ))
}

/// A field of view must be between 0 and π.
pub(crate) fn check_fov(fov: f64) -> Result<()> {
    if fov > 0.0 && fov < PI {
        return Ok(());
    }
    Err(invalid("camera fov", format!("{fov}, expected 0 to π")))
}

/// The least orbit distance must not be above the greatest.
pub(crate) fn check_order(min: f64, max: f64) -> Result<()> {
    if min <= max {
        return Ok(());
    }
    Err(invalid(
        "orbit distance",
        format!("the least one, {min}, is above the greatest, {max}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> View {
        View::said(
            ViewerCamera {
                wxyz: Wxyz([0.5, -0.5, 0.5, -0.5]),
                position: [3.0, 3.0, 3.0],
                fov: 1.3,
                near: 0.01,
                far: 1000.0,
                image_height: 720,
                image_width: 1280,
                look_at: [0.0; 3],
                up_direction: [0.0, 0.0, 1.0],
            },
            None,
        )
    }

    fn assert_close(a: &[f64], b: &[f64]) {
        assert!(
            a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9),
            "{a:?} is not {b:?}"
        );
    }

    /// The rotation that a recorded viser server sent for these calls.
    #[test]
    fn position_and_look_at_give_viser_s_rotation() {
        let moved = view().at_position([1.0, 2.0, 3.0]).unwrap().unwrap();
        assert_close(&moved.look_at, &[-2.0, -1.0, 0.0]);
        let looking = moved.looking_at([0.0, 0.0, 1.0]).unwrap().unwrap();
        let recorded = [
            -0.093_796_237_042_540_06,
            0.209_734_762_060_802_88,
            0.888_450_709_334_306_1,
            -0.397_327_236_145_882_94,
        ];
        let sign = (looking.wxyz.0[0] / recorded[0]).signum();
        assert_close(&looking.wxyz.0.map(|c| sign * c), &recorded);
    }

    #[test]
    fn what_changes_nothing_is_nothing() {
        let view = view();
        assert_eq!(view.at_position([3.0 + 1e-7, 3.0, 3.0]).unwrap(), None);
        assert_eq!(view.looking_at([0.0, 0.0, 1e-9]).unwrap(), None);
        assert_eq!(view.with_up([0.0, 0.0, 1.0]).unwrap(), None);
        assert!(is_close(f64::INFINITY, f64::INFINITY) && !is_close(1.0, f64::INFINITY));
    }

    #[test]
    fn a_rotation_moves_the_look_at_point_and_may_keep_the_upright_direction() {
        let view = view();
        // Looks along +X, with +Z up.
        let rotation = DMat3::from_cols(DVec3::NEG_Y, DVec3::NEG_Z, DVec3::X);
        let turned = view
            .turned(DQuat::from_mat3(&rotation).into())
            .unwrap()
            .unwrap();
        let distance = 27.0_f64.sqrt();
        assert_close(&turned.look_at, &[3.0 + distance, 3.0, 3.0]);
        assert_close(&turned.up_direction, &[0.0, 0.0, 1.0]);
        // The same, upside down.
        let rotation = DMat3::from_cols(DVec3::Y, DVec3::Z, DVec3::X);
        let flipped = view
            .turned(DQuat::from_mat3(&rotation).into())
            .unwrap()
            .unwrap();
        assert_close(&flipped.up_direction, &[0.0, 0.0, -1.0]);
        let matrix = DMat3::from_quat(flipped.wxyz.into());
        assert_close(&matrix.y_axis.to_array(), &[0.0, 0.0, 1.0]);
    }

    #[test]
    fn a_camera_that_looks_straight_up_keeps_its_last_upright_direction() {
        let view = view().looking_at([3.0, 3.0, 9.0]).unwrap().unwrap();
        let matrix = DMat3::from_quat(view.wxyz.into());
        assert_close(&matrix.z_axis.to_array(), &[0.0, 0.0, 1.0]);
        assert!((matrix.determinant() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        let view = view();
        let errors = [
            view.looking_at([3.0; 3]).unwrap_err(),
            view.with_up([0.0; 3]).unwrap_err(),
            view.turned(Wxyz([0.0; 4])).unwrap_err(),
            view.at_position([f64::NAN, 0.0, 0.0]).unwrap_err(),
            check_fov(4.0).unwrap_err(),
            check_order(2.0, 1.0).unwrap_err(),
        ];
        let texts = errors.map(|error| error.to_string());
        assert_eq!(
            texts,
            [
                "camera look_at: it is where the camera is",
                "camera up_direction: it has no length",
                "camera wxyz: it is zero, expected a rotation",
                "camera position: it is NaN, expected a finite number",
                "camera fov: 4, expected 0 to π",
                "orbit distance: the least one, 2, is above the greatest, 1",
            ]
        );
    }
}
