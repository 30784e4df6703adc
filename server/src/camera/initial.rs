//! Where viewers' cameras start.

use super::view::{check_finite, check_fov, check_positive};
use crate::{error::Result, scene::Position, scope::Scope};
use scenecast_protocol::camera::{
    SetCameraFar, SetCameraFov, SetCameraLookAt, SetCameraNear, SetCameraPosition,
    SetCameraUpDirection,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What has been set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct InitialView {
    position: [f64; 3],
    look_at: [f64; 3],
    up_direction: Option<[f64; 3]>,
    fov: f64,
    near: f64,
    far: f64,
}

impl Default for InitialView {
    fn default() -> Self {
        Self {
            position: [3.0; 3],
            look_at: [0.0; 3],
            up_direction: None,
            fov: 75_f64.to_radians(),
            near: 0.01,
            far: 1000.0,
        }
    }
}

/// Where the cameras of viewers start, and return to on a double click. Viewers that are there
/// already, or whose URL says otherwise, stay where they are.
#[derive(Debug, Clone)]
pub struct InitialCamera {
    pub(crate) scope: Scope,
    pub(crate) view: Arc<Mutex<InitialView>>,
}

impl InitialCamera {
    // Held while a message is sent, so that viewers hear the last of two calls last.
    fn lock(&self) -> MutexGuard<'_, InitialView> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The position; (3, 3, 3) unless set.
    pub fn position(&self) -> [f64; 3] {
        self.lock().position
    }

    /// Sets the position.
    ///
    /// # Errors
    /// It is not finite.
    pub fn set_position(&self, position: impl Into<Position>) -> Result<()> {
        let position = position.into().0;
        check_finite("initial camera position", &position)?;
        let mut view = self.lock();
        view.position = position;
        self.scope.send(SetCameraPosition {
            position,
            initial: true,
        });
        Ok(())
    }

    /// The point to look at; the origin unless set.
    pub fn look_at(&self) -> [f64; 3] {
        self.lock().look_at
    }

    /// Sets the point to look at.
    ///
    /// # Errors
    /// It is not finite.
    pub fn set_look_at(&self, look_at: impl Into<Position>) -> Result<()> {
        let look_at = look_at.into().0;
        check_finite("initial camera look_at", &look_at)?;
        let mut view = self.lock();
        view.look_at = look_at;
        self.scope.send(SetCameraLookAt {
            look_at,
            initial: true,
        });
        Ok(())
    }

    /// The direction to keep upright; `None`, that of the scene, unless set.
    #[doc(alias = "up")]
    pub fn up_direction(&self) -> Option<[f64; 3]> {
        self.lock().up_direction
    }

    /// Sets the direction to keep upright.
    ///
    /// # Errors
    /// It is not finite.
    pub fn set_up_direction(&self, direction: impl Into<Position>) -> Result<()> {
        let direction = direction.into().0;
        check_finite("initial camera up_direction", &direction)?;
        let mut view = self.lock();
        view.up_direction = Some(direction);
        self.scope.send(SetCameraUpDirection {
            position: direction,
            initial: true,
        });
        Ok(())
    }

    /// The vertical field of view, radians; 75° unless set.
    pub fn fov(&self) -> f64 {
        self.lock().fov
    }

    /// Sets the vertical field of view, radians.
    ///
    /// # Errors
    /// It is not between 0 and π.
    pub fn set_fov(&self, fov: f64) -> Result<()> {
        check_fov(fov)?;
        let mut view = self.lock();
        view.fov = fov;
        self.scope.send(SetCameraFov { fov, initial: true });
        Ok(())
    }

    /// The distance of the near plane; 0.01 unless set.
    pub fn near(&self) -> f64 {
        self.lock().near
    }

    /// Sets the distance of the near plane.
    ///
    /// # Errors
    /// It is not above 0.
    pub fn set_near(&self, near: f64) -> Result<()> {
        check_positive("initial camera near", near)?;
        let mut view = self.lock();
        view.near = near;
        self.scope.send(SetCameraNear {
            near,
            initial: true,
        });
        Ok(())
    }

    /// The distance of the far plane; 1000 unless set.
    pub fn far(&self) -> f64 {
        self.lock().far
    }

    /// Sets the distance of the far plane.
    ///
    /// # Errors
    /// It is not above 0.
    pub fn set_far(&self, far: f64) -> Result<()> {
        check_positive("initial camera far", far)?;
        let mut view = self.lock();
        view.far = far;
        self.scope.send(SetCameraFar { far, initial: true });
        Ok(())
    }
}
