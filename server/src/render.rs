//! Pictures that the server draws by itself, without a browser, a window or a screen.
//!
//! They look as the browser client's do: it is the same renderer, on the machine's OpenGL. EGL and
//! an OpenGL driver must be installed; Mesa's software driver will do, so that no graphics card is
//! needed. Text is in an installed font.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use scenecast::{Server, Shot, Viewpoint};
//! # let server = Server::builder().start()?;
//! let above = Viewpoint::default().position([0.0, -2.0, 4.0]).look_at([0.0; 3]);
//! server.render(above.clone(), [1280, 720])?.save("above.png")?;
//! server.render(Shot::new(above).transparent(), [1280, 720])?.save("cut-out.png")?;
//! # Ok(())
//! # }
//! ```

mod painter;
mod shot;

pub use scenecast_client::{
    camera::{Viewpoint, ViewpointError},
    headless::HeadlessError,
};
pub use shot::Shot;

pub(crate) use painter::Painter;

use crate::{error::Result, infra::fan_out::Audience, server::Server};
use image::DynamicImage;
use scenecast_client::render::{self, MAX_PIXELS};
use std::time::Duration;

/// The largest side of a picture, pixels.
pub const MAX_SIDE: u32 = 16_384;

/// Why the server could not draw a picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// There is nothing to draw with.
    #[error("cannot draw: {0}")]
    NoGraphics(#[from] HeadlessError),
    /// The camera is none.
    #[error(transparent)]
    Viewpoint(#[from] ViewpointError),
    /// There are no pictures of that size.
    #[error(
        "a picture of {width} by {height} pixels, expected 1 to {max_side} a side and at most \
         {MAX_PIXELS} in all"
    )]
    Size {
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
        /// The most that can be drawn here.
        max_side: u32,
    },
    /// The graphics driver refused.
    #[error("cannot draw: {0}")]
    Driver(String),
    /// The system gave no thread.
    #[error("there is no thread to draw on: {0}")]
    NoThread(std::io::Error),
    /// Too many pictures wait to be drawn.
    #[error("{limit} pictures wait to be drawn already; ask again when some are done")]
    Busy {
        /// How many may wait.
        limit: usize,
    },
    /// It took too long.
    #[error("the picture was not drawn within {0:?}")]
    Timeout(Duration),
    /// The server was stopped, or drawing ended in a panic.
    #[error("the picture was not drawn: whoever draws has ended")]
    Ended,
}

impl From<render::RenderError> for RenderError {
    fn from(error: render::RenderError) -> Self {
        match error {
            render::RenderError::Size {
                width,
                height,
                max_side,
            } => Self::Size {
                width,
                height,
                max_side: max_side.min(MAX_SIDE),
            },
            render::RenderError::Graphics(error) => Self::Driver(error.to_string()),
        }
    }
}

impl Server {
    /// A picture of the scene as all viewers see it, drawn by the server itself: no browser is
    /// needed. `camera` is a [`Viewpoint`], a viewer's [`Camera`](crate::Camera), or a [`Shot`] with
    /// more to say; `size` is width and height in pixels, at most [`MAX_SIDE`] a side and 33 million
    /// in all. The picture is on white unless the shot says otherwise.
    ///
    /// It shows what has been said before the call, apart from an atomic block that is still open.
    /// The first call starts a thread, which keeps what it has drawn with for the next ones until
    /// the server ends. Calls from several threads wait for each other; at most 16 may. Waits for
    /// the picture, so that in async code [`render_async`](Self::render_async) is the one to call.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use scenecast::{Server, Viewpoint};
    /// # let server = Server::builder().start()?;
    /// let picture = server.render(Viewpoint::default(), [1280, 720])?;
    /// picture.save("as-viewers-start.png")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Render`](crate::Error::Render), which says what is missing on this machine, or wrong with
    /// camera or size.
    pub fn render(
        &self,
        camera: impl Into<Shot>,
        size: impl Into<[u32; 2]>,
    ) -> Result<DynamicImage> {
        let shot = camera.into();
        let picture = self.inner.painter.wait(self.job(shot, size.into())?)?;
        Ok(picture)
    }

    /// Like [`render`](Self::render), for async code of whatever runtime.
    ///
    /// # Errors
    /// As for [`render`](Self::render).
    pub async fn render_async(
        &self,
        camera: impl Into<Shot>,
        size: impl Into<[u32; 2]>,
    ) -> Result<DynamicImage> {
        let job = self.job(camera.into(), size.into())?;
        let waiting = self.inner.painter.wait_async(job, &self.inner.core.runtime);
        Ok(waiting.await?)
    }

    fn job(&self, shot: Shot, size: [u32; 2]) -> Result<painter::Order, RenderError> {
        shot.viewpoint.check()?;
        check_size(size)?;
        let entries = self.inner.core.outbox.entries(Audience::Everyone);
        Ok(painter::Order {
            shot,
            size,
            messages: entries.into_iter().map(|(_, message)| message).collect(),
        })
    }
}

/// Whether there can be a picture of that width and height, pixels.
///
/// # Errors
/// [`Size`](RenderError::Size).
pub fn check_size([width, height]: [u32; 2]) -> Result<(), RenderError> {
    let fits = (1..=MAX_SIDE).contains(&width) && (1..=MAX_SIDE).contains(&height);
    match fits && width * height <= MAX_PIXELS {
        true => Ok(()),
        false => Err(RenderError::Size {
            width,
            height,
            max_side: MAX_SIDE,
        }),
    }
}
