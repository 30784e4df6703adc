//! Pictures that a viewer draws for the program.

use super::Client;
use crate::{
    camera::{check_finite, check_fov},
    error::{Error, Result},
    scene::Position,
};
use bytes::Bytes;
use image::{DynamicImage, ImageFormat, ImageReader};
use scenecast_protocol::{
    Wxyz,
    camera::{GetRenderRequest, RenderFormat},
};
use std::{io::Cursor, time::Duration};

/// The largest side of a picture, pixels: more than browsers draw.
const MAX_SIDE: u32 = 16_384;

/// JPEG quality, as viser asks for.
const QUALITY: i64 = 80;

/// A picture to be drawn by a viewer.
#[derive(Debug, Clone, PartialEq)]
pub struct Render {
    width: u32,
    height: u32,
    position: Option<[f64; 3]>,
    wxyz: Option<Wxyz>,
    fov: Option<f64>,
    format: RenderFormat,
    timeout: Option<Duration>,
}

impl Render {
    /// A picture of this size, pixels, of what the viewer's camera sees; JPEG, on white. At most
    /// 16,384 pixels a side.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            position: None,
            wxyz: None,
            fov: None,
            format: RenderFormat::Jpeg,
            timeout: None,
        }
    }

    /// Seen from this position in the world.
    #[must_use]
    pub fn position(mut self, position: impl Into<Position>) -> Self {
        self.position = Some(position.into().0);
        self
    }

    /// With this rotation, `R_world_camera`: +Z is where the camera looks, +Y is down.
    #[must_use]
    pub fn wxyz(mut self, wxyz: impl Into<Wxyz>) -> Self {
        self.wxyz = Some(wxyz.into());
        self
    }

    /// With this vertical field of view, radians.
    #[must_use]
    pub fn fov(mut self, fov: f64) -> Self {
        self.fov = Some(fov);
        self
    }

    /// As PNG: nothing is lost, the background is transparent, and it takes longer.
    #[must_use]
    pub fn png(mut self) -> Self {
        self.format = RenderFormat::Png;
        self
    }

    /// How long the viewer has for it; any time unless set. A page that nobody looks at may not
    /// draw at all.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    fn check(&self) -> Result<()> {
        let sides = [self.width, self.height];
        if sides.iter().any(|side| !(1..=MAX_SIDE).contains(side)) {
            return Err(Error::InvalidValue {
                what: "render size",
                reason: format!(
                    "{} by {} pixels, expected 1 to {MAX_SIDE} a side",
                    self.width, self.height
                ),
            });
        }
        if let Some(position) = &self.position {
            check_finite("render position", position)?;
        }
        if let Some(wxyz) = &self.wxyz {
            check_finite("render wxyz", &wxyz.0)?;
        }
        self.fov.map_or(Ok(()), check_fov)
    }
}

impl Client {
    /// A picture of the scene, drawn by the viewer. It shows what has been said before the call;
    /// images and glTF that the browser is still loading may be missing. Waits for it, so that in
    /// async code [`get_render_async`](Self::get_render_async) is the one to call.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use scenecast::{Render, Server};
    /// # let server = Server::builder().start()?;
    /// for client in server.clients() {
    ///     let picture = client.get_render(Render::new(1280, 720))?;
    ///     picture.save(format!("viewer-{}.jpg", client.id()))?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The size or pose makes no sense, the viewer leaves, does not answer in time, or cannot draw.
    /// In an atomic block: the viewer is not asked before its end.
    pub fn get_render(&self, render: Render) -> Result<DynamicImage> {
        self.check_render(&render)?;
        let requests = &self.inner.renders;
        let payload = requests.wait(self, render.timeout, |uuid| self.ask(&render, uuid))?;
        self.decode(&render, payload)
    }

    /// Like [`get_render`](Self::get_render), for async code.
    ///
    /// # Errors
    /// As for [`get_render`](Self::get_render).
    pub async fn get_render_async(&self, render: Render) -> Result<DynamicImage> {
        self.check_render(&render)?;
        let requests = &self.inner.renders;
        let asked = requests.wait_async(self, render.timeout, |uuid| self.ask(&render, uuid));
        let payload = asked.await?;
        let client = self.clone();
        let decoding = self
            .runtime()
            .spawn_blocking(move || client.decode(&render, payload));
        let stopped = Error::Disconnected { client: self.id() };
        decoding.await.unwrap_or(Err(stopped))
    }

    fn check_render(&self, render: &Render) -> Result<()> {
        render.check()?;
        self.check_not_atomic("render")
    }

    fn ask(&self, render: &Render, render_uuid: String) {
        let camera = self.camera();
        let outbox = &self.inner.scene.inner.scope.outbox;
        // What has been said to all so far belongs into the picture.
        outbox.follow_broadcast(self.id());
        self.inner.scene.inner.scope.send(GetRenderRequest {
            format: render.format,
            height: render.height.into(),
            width: render.width.into(),
            quality: QUALITY,
            wxyz: render.wxyz.unwrap_or_else(|| camera.wxyz()),
            position: render.position.unwrap_or_else(|| camera.position()),
            fov: render.fov.unwrap_or_else(|| camera.fov()),
            render_uuid,
        });
        outbox.flush();
    }

    fn decode(&self, render: &Render, payload: Bytes) -> Result<DynamicImage> {
        let failed = |reason: String| Error::Viewer {
            client: self.id(),
            what: "draw",
            reason,
        };
        if payload.is_empty() {
            return Err(failed("it sent no picture".to_owned()));
        }
        let format = match render.format {
            RenderFormat::Jpeg => ImageFormat::Jpeg,
            RenderFormat::Png => ImageFormat::Png,
        };
        let mut reader = ImageReader::with_format(Cursor::new(payload), format);
        // A few bytes must not claim to be a picture that fills the memory.
        let mut limits = image::Limits::default();
        limits.max_image_width = Some(render.width);
        limits.max_image_height = Some(render.height);
        reader.limits(limits);
        let picture = reader.decode();
        picture.map_err(|error| failed(format!("its picture is broken: {error}")))
    }
}
