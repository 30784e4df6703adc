//! Cameras: where viewers start, and where they are.

mod initial;
mod view;

pub use initial::InitialCamera;

pub(crate) use initial::InitialView;
pub(crate) use view::{View, check_finite, check_fov};

use crate::{
    client::{Client, Render},
    error::Result,
    infra::callbacks::CallbackId,
    scene::Position,
};
use image::DynamicImage;
use scenecast_protocol::{
    Wxyz,
    camera::{
        SetCameraFar, SetCameraFov, SetCameraLookAt, SetCameraMaxOrbitDistance,
        SetCameraMinOrbitDistance, SetCameraNear, SetCameraPosition, SetCameraUpDirection,
    },
};
use std::{future::Future, time::SystemTime};

/// The camera of one viewer. Cloning is cheap.
///
/// It has OpenCV's axes: +Z is where it looks, +X is right, +Y is down. What is read is what the
/// viewer last said, or what has been set since; setting something that is close to it (within
/// 1e-5 of its size) does nothing.
#[derive(Debug, Clone)]
#[doc(alias = "CameraHandle")]
pub struct Camera {
    client: Client,
}

impl Camera {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// The viewer.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    fn read<R>(&self, read: impl FnOnce(&View) -> R) -> R {
        self.client.inner.read_view(read)
    }

    /// Applies `change`, which says what the viewer must be told.
    fn write(&self, change: impl FnOnce(&View) -> Result<Option<View>>) -> Result<()> {
        self.client.inner.write_view(|old| {
            let Some(new) = change(old)? else {
                return Ok(None);
            };
            let scope = &self.client.inner.scene.inner.scope;
            if new.position != old.position {
                scope.send(SetCameraPosition {
                    position: new.position,
                    initial: false,
                });
            }
            if new.look_at != old.look_at {
                scope.send(SetCameraLookAt {
                    look_at: new.look_at,
                    initial: false,
                });
            }
            if new.up_direction != old.up_direction {
                scope.send(SetCameraUpDirection {
                    position: new.up_direction,
                    initial: false,
                });
            }
            Ok(Some(new))
        })
    }

    /// Position in the world.
    pub fn position(&self) -> [f64; 3] {
        self.read(|view| view.position)
    }

    /// Moves the camera, and the point that it looks at with it: its rotation stays. To look at a
    /// fixed point from elsewhere, set [`look_at`](Self::set_look_at) afterwards.
    ///
    /// # Errors
    /// The position is not finite.
    pub fn set_position(&self, position: impl Into<Position>) -> Result<()> {
        let position = position.into().0;
        self.write(|view| view.at_position(position))
    }

    /// The point that it orbits, in the world.
    pub fn look_at(&self) -> [f64; 3] {
        self.read(|view| view.look_at)
    }

    /// Turns the camera towards a point, which it orbits from now on.
    ///
    /// # Errors
    /// The point is not finite, or where the camera is.
    pub fn set_look_at(&self, look_at: impl Into<Position>) -> Result<()> {
        let look_at = look_at.into().0;
        self.write(|view| view.looking_at(look_at))
    }

    /// The direction that is upright on the screen.
    pub fn up_direction(&self) -> [f64; 3] {
        self.read(|view| view.up_direction)
    }

    /// Sets the direction that is upright on the screen; its length does not matter.
    ///
    /// # Errors
    /// The direction is not finite, or has no length.
    pub fn set_up_direction(&self, direction: impl Into<Position>) -> Result<()> {
        let direction = direction.into().0;
        self.write(|view| view.with_up(direction))
    }

    /// Rotation, `R_world_camera`.
    pub fn wxyz(&self) -> Wxyz {
        self.read(|view| view.wxyz)
    }

    /// Turns the camera. The point that it looks at keeps its distance; the upright direction stays
    /// as far as the rotation allows.
    ///
    /// # Errors
    /// The rotation is not finite, or zero.
    pub fn set_wxyz(&self, wxyz: impl Into<Wxyz>) -> Result<()> {
        let wxyz = wxyz.into();
        self.write(|view| view.turned(wxyz))
    }

    /// Vertical field of view, radians.
    pub fn fov(&self) -> f64 {
        self.read(|view| view.fov)
    }

    /// Sets the vertical field of view, radians.
    ///
    /// # Errors
    /// It is not between 0 and π.
    pub fn set_fov(&self, fov: f64) -> Result<()> {
        view::check_fov(fov)?;
        let message = SetCameraFov {
            fov,
            initial: false,
        };
        self.set_number(|view| &mut view.fov, fov, message);
        Ok(())
    }

    /// Distance of the near plane: nothing nearer is drawn.
    pub fn near(&self) -> f64 {
        self.read(|view| view.near)
    }

    /// Sets the distance of the near plane.
    ///
    /// # Errors
    /// It is not above 0.
    pub fn set_near(&self, near: f64) -> Result<()> {
        view::check_positive("camera near", near)?;
        let message = SetCameraNear {
            near,
            initial: false,
        };
        self.set_number(|view| &mut view.near, near, message);
        Ok(())
    }

    /// Distance of the far plane: nothing farther is drawn.
    pub fn far(&self) -> f64 {
        self.read(|view| view.far)
    }

    /// Sets the distance of the far plane.
    ///
    /// # Errors
    /// It is not above 0.
    pub fn set_far(&self, far: f64) -> Result<()> {
        view::check_positive("camera far", far)?;
        let message = SetCameraFar {
            far,
            initial: false,
        };
        self.set_number(|view| &mut view.far, far, message);
        Ok(())
    }

    /// How near the viewer can come to the point that it orbits; 0.01 unless set.
    pub fn min_orbit_distance(&self) -> f64 {
        self.read(|view| view.min_orbit_distance)
    }

    /// Sets how near the viewer can come to the point that it orbits.
    ///
    /// # Errors
    /// It is not above 0, or above the greatest distance.
    pub fn set_min_orbit_distance(&self, distance: f64) -> Result<()> {
        view::check_positive("min_orbit_distance", distance)?;
        self.read(|view| view::check_order(distance, view.max_orbit_distance))?;
        let message = SetCameraMinOrbitDistance {
            min_orbit_distance: distance,
        };
        self.set_number(|view| &mut view.min_orbit_distance, distance, message);
        Ok(())
    }

    /// How far the viewer can go from the point that it orbits; 10,000 unless set.
    pub fn max_orbit_distance(&self) -> f64 {
        self.read(|view| view.max_orbit_distance)
    }

    /// Sets how far the viewer can go from the point that it orbits; infinity for any distance.
    ///
    /// # Errors
    /// It is not above 0, or below the least distance.
    pub fn set_max_orbit_distance(&self, distance: f64) -> Result<()> {
        if distance != f64::INFINITY {
            view::check_positive("max_orbit_distance", distance)?;
        }
        self.read(|view| view::check_order(view.min_orbit_distance, distance))?;
        let message = SetCameraMaxOrbitDistance {
            max_orbit_distance: distance,
        };
        self.set_number(|view| &mut view.max_orbit_distance, distance, message);
        Ok(())
    }

    /// Sets a number and tells the viewer, unless it is close to that already.
    fn set_number(
        &self,
        field: impl Fn(&mut View) -> &mut f64,
        number: f64,
        message: impl Into<scenecast_protocol::Message>,
    ) {
        let written = self.client.inner.write_view(|old| {
            let mut new = old.clone();
            let field = field(&mut new);
            if view::is_close(*field, number) {
                return Ok(None);
            }
            *field = number;
            new.updated = SystemTime::now();
            self.client.inner.scene.inner.scope.send(message);
            Ok(Some(new))
        });
        debug_assert!(written.is_ok(), "a number that was checked is refused");
    }

    /// Width of the drawing divided by its height; 1 where it has no height.
    pub fn aspect(&self) -> f64 {
        self.read(|view| match view.image_height {
            0 => 1.0,
            height => view.image_width as f64 / height as f64,
        })
    }

    /// Width of the drawing, pixels.
    pub fn image_width(&self) -> u32 {
        self.read(|view| view.image_width.try_into().unwrap_or_default())
    }

    /// Height of the drawing, pixels.
    pub fn image_height(&self) -> u32 {
        self.read(|view| view.image_height.try_into().unwrap_or_default())
    }

    /// When the viewer last said where its camera is, or it was last set.
    pub fn update_timestamp(&self) -> SystemTime {
        self.read(|view| view.updated)
    }

    /// Calls `callback` whenever the viewer says where its camera is: when it has moved.
    pub fn on_update(&self, callback: impl Fn(&Camera) + Send + Sync + 'static) -> CallbackId {
        let callbacks = &self.client.inner.on_camera;
        callbacks.add(move |client: &Client| callback(&client.camera()))
    }

    /// Like [`on_update`](Self::on_update), for an async callback.
    pub fn on_update_async<F>(
        &self,
        callback: impl Fn(Camera) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let callbacks = &self.client.inner.on_camera;
        callbacks.add_async(move |client: Client| callback(client.camera()))
    }

    /// Stops calling a callback; `false` if it is not known.
    pub fn remove_update_callback(&self, id: CallbackId) -> bool {
        self.client.inner.on_camera.remove(id)
    }

    /// What this camera sees, drawn by the viewer: see [`Client::get_render`].
    ///
    /// # Errors
    /// As for [`Client::get_render`].
    pub fn get_render(&self, render: Render) -> Result<DynamicImage> {
        self.client.get_render(render)
    }

    /// Like [`get_render`](Self::get_render), for async code.
    ///
    /// # Errors
    /// As for [`Client::get_render`].
    pub async fn get_render_async(&self, render: Render) -> Result<DynamicImage> {
        self.client.get_render_async(render).await
    }
}
