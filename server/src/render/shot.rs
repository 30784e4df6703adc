//! A picture that is to be drawn.

use super::Viewpoint;
use crate::camera::{Camera, InitialCamera};
use image::{DynamicImage, RgbImage, RgbaImage};
use scenecast_client::render::Snapshot;
use scenecast_protocol::Rgb;
use std::time::Duration;

/// A picture to be drawn by the server: from where, and on what.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    pub(super) viewpoint: Viewpoint,
    /// Nothing for a transparent picture.
    background: Option<Rgb>,
    pub(super) timeout: Option<Duration>,
}

impl Shot {
    /// A picture on white.
    pub fn new(viewpoint: impl Into<Viewpoint>) -> Self {
        Self {
            viewpoint: viewpoint.into(),
            background: Some(Rgb::WHITE),
            timeout: None,
        }
    }

    /// On this colour instead.
    #[must_use]
    pub fn background(mut self, color: impl Into<Rgb>) -> Self {
        self.background = Some(color.into());
        self
    }

    /// With a transparent background: the image has an alpha channel, which is straight.
    #[must_use]
    pub fn transparent(mut self) -> Self {
        self.background = None;
        self
    }

    /// How long it may take, pictures that are asked for before included; any time unless set. The
    /// driver cannot be interrupted: what takes too long is drawn to its end and dropped.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// What has been drawn, on the background.
    pub(super) fn develop(&self, drawn: &Snapshot) -> Option<DynamicImage> {
        let (width, height) = (drawn.width, drawn.height);
        Some(match self.background {
            Some(Rgb(color)) => RgbImage::from_raw(width, height, drawn.on_color(color))?.into(),
            None => RgbaImage::from_raw(width, height, drawn.straight())?.into(),
        })
    }
}

impl From<Viewpoint> for Shot {
    fn from(viewpoint: Viewpoint) -> Self {
        Self::new(viewpoint)
    }
}

/// As that viewer sees it, in shape the picture's own.
impl From<&Camera> for Shot {
    fn from(camera: &Camera) -> Self {
        Self::new(
            Viewpoint::default()
                .position(camera.position())
                .wxyz(camera.wxyz())
                .fov(camera.fov())
                .planes(camera.near(), camera.far()),
        )
    }
}

impl From<Camera> for Shot {
    fn from(camera: Camera) -> Self {
        Self::from(&camera)
    }
}

/// As viewers see it when they come.
impl From<InitialCamera> for Shot {
    fn from(camera: InitialCamera) -> Self {
        let viewpoint = Viewpoint::default()
            .position(camera.position())
            .look_at(camera.look_at())
            .fov(camera.fov())
            .planes(camera.near(), camera.far());
        Self::new(Viewpoint {
            up_direction: camera.up_direction(),
            ..viewpoint
        })
    }
}
