//! An image behind the scene.

use super::{BackgroundImage, Encoding, Picture, Scene};
use crate::error::{Error, Result};
use bytes::Bytes;
use scenecast_protocol::types::ImageFormat;

/// Steps of depth in a scene unit.
const DEPTH_STEPS: f32 = 100_000.0;

/// The greatest depth, in steps: 24 bits, about 168 scene units.
const MAX_DEPTH: f32 = 16_777_215.0;

/// An image behind the scene, perhaps with depth, so that nodes can be in front of it or behind.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::scene::{Background, Picture};
/// # let server = scenecast::Server::builder().port(0).start()?;
/// let gray = Picture::rgb(2, 1, [128; 6])?;
/// let wall = Background::from(gray).depth(2, 1, &[3.0, 5.0])?;
/// server.scene().set_background_image(wall)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Background {
    image: Option<Picture>,
    depth: Option<Bytes>,
}

impl From<Picture> for Background {
    fn from(image: Picture) -> Self {
        Self {
            image: Some(image),
            depth: None,
        }
    }
}

impl Background {
    /// With the depth of each pixel: distances along the camera's view in scene units, row by row
    /// from the top, `[H, W]`. They travel in steps of 0.00001, up to 167.77.
    ///
    /// # Errors
    /// There are more or fewer numbers than pixels, or no pixels.
    pub fn depth(mut self, width: u32, height: u32, depth: &[f32]) -> Result<Self> {
        if depth.len() as u64 != u64::from(width) * u64::from(height) {
            return Err(Error::InvalidValue {
                what: "depth",
                reason: format!("{} numbers are given for {width} by {height}", depth.len()),
            });
        }
        let pixels = depth.iter().flat_map(|depth| {
            let steps = (depth * DEPTH_STEPS).clamp(0.0, MAX_DEPTH) as u32;
            let [low, middle, high, none] = steps.to_le_bytes();
            // The alpha channel is not read.
            [high, middle, low, none]
        });
        let picture = Picture::rgba(width, height, pixels.collect::<Vec<_>>())?;
        let (_, png) = picture.encoding(Encoding::Png).encode()?;
        self.depth = Some(png);
        Ok(self)
    }
}

impl Scene {
    /// Shows an image behind the scene, stretched over the whole drawing.
    ///
    /// # Errors
    /// The image has no pixels, or too many for its format.
    pub fn set_background_image(&self, background: impl Into<Background>) -> Result<()> {
        let background = background.into();
        let (format, rgb_data) = match background.image {
            Some(image) => {
                let (format, data) = image.encode()?;
                (format, Some(data))
            }
            None => (ImageFormat::Png, None),
        };
        self.inner.scope.send(BackgroundImage {
            format,
            rgb_data,
            depth_data: background.depth,
        });
        Ok(())
    }

    /// Shows no image behind the scene.
    pub fn clear_background_image(&self) {
        self.inner.scope.send(BackgroundImage {
            format: ImageFormat::Png,
            rgb_data: None,
            depth_data: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_spread_over_three_channels() {
        let background = Background::default().depth(3, 1, &[0.0, 1.0, 1e9]).unwrap();
        let png = image::load_from_memory(&background.depth.unwrap()).unwrap();
        let rgba = png.into_rgba8().into_raw();
        // 100,000 is 0x01_86_a0.
        assert_eq!(rgba, [0, 0, 0, 0, 0x01, 0x86, 0xa0, 0, 255, 255, 255, 0]);
        let wrong = Background::default().depth(2, 2, &[0.0; 3]);
        assert_eq!(
            wrong.unwrap_err().to_string(),
            "depth: 3 numbers are given for 2 by 2"
        );
    }
}
