//! Images that nodes show, and how they are compressed.

use super::{
    kind::SceneNode,
    placed::{Place, Placed},
};
use crate::error::{Error, Result};
use bytes::Bytes;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage, RgbaImage};
use image::{codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};
use scenecast_protocol::{
    scene::{CameraFrustum, Image},
    types::ImageFormat,
};
use std::{fmt, sync::Arc};

/// JPEG quality unless asked for another.
const QUALITY: u8 = 75;

/// How an image is compressed on its way to viewers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// PNG if it has an alpha channel, else JPEG of quality 75.
    #[default]
    Auto,
    /// PNG: nothing is lost.
    Png,
    /// JPEG of this quality, 1 to 100. An alpha channel is left out.
    Jpeg(u8),
}

/// An image with 8 bits for each channel, for a node or the background. Cloning is cheap.
///
/// ```
/// use scenecast::scene::{Image, Picture, ShowsPicture};
/// # fn main() -> scenecast::Result<()> {
/// let red = Picture::rgb(2, 1, [255, 0, 0, 255, 0, 0])?;
/// let image = Image::new(2.0, 1.0).with_image(red.png())?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// RGB or RGBA.
    pixels: Arc<DynamicImage>,
    /// `None` for what the node's picture had before, if there was one.
    encoding: Option<Encoding>,
}

impl Picture {
    /// From three bytes for each pixel, row by row from the top: `[H, W, 3]`.
    ///
    /// # Errors
    /// There are more or fewer bytes than pixels need.
    pub fn rgb(width: u32, height: u32, pixels: impl Into<Vec<u8>>) -> Result<Self> {
        let pixels = sized(width, height, 3, pixels.into())?;
        let image = RgbImage::from_raw(width, height, pixels);
        image.map(Into::into).ok_or_else(empty)
    }

    /// From four bytes for each pixel, row by row from the top: `[H, W, 4]`.
    ///
    /// # Errors
    /// There are more or fewer bytes than pixels need.
    pub fn rgba(width: u32, height: u32, pixels: impl Into<Vec<u8>>) -> Result<Self> {
        let pixels = sized(width, height, 4, pixels.into())?;
        let image = RgbaImage::from_raw(width, height, pixels);
        image.map(Into::into).ok_or_else(empty)
    }

    /// Compressed as PNG.
    #[must_use]
    pub fn png(self) -> Self {
        self.encoding(Encoding::Png)
    }

    /// Compressed as JPEG of this quality, 1 to 100.
    #[must_use]
    pub fn jpeg(self, quality: u8) -> Self {
        self.encoding(Encoding::Jpeg(quality))
    }

    /// Compressed in this way.
    #[must_use]
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// The pixels, RGB or RGBA.
    pub fn pixels(&self) -> &DynamicImage {
        &self.pixels
    }

    /// How it is compressed.
    pub(crate) fn chosen(&self) -> Encoding {
        self.encoding.unwrap_or_default()
    }

    /// With the encoding of an earlier picture, unless it has one of its own.
    pub(crate) fn after(mut self, earlier: Option<&Picture>) -> Self {
        self.encoding = self.encoding.or(earlier.and_then(|p| p.encoding));
        self
    }

    /// Compresses it.
    ///
    /// # Errors
    /// It has no pixels, or too many for the format.
    pub(crate) fn encode(&self) -> Result<(ImageFormat, Bytes)> {
        if self.pixels.width() == 0 || self.pixels.height() == 0 {
            return Err(empty());
        }
        let has_alpha = self.pixels.color().has_alpha();
        let quality = match self.chosen() {
            Encoding::Png => None,
            Encoding::Auto if has_alpha => None,
            Encoding::Auto => Some(QUALITY),
            Encoding::Jpeg(quality) => Some(quality.clamp(1, 100)),
        };
        let (width, height) = (self.pixels.width(), self.pixels.height());
        let mut out = Vec::new();
        let (format, result) = match quality {
            None => {
                let color = self.pixels.color().into();
                let encoder = PngEncoder::new(&mut out);
                let bytes = self.pixels.as_bytes();
                (
                    ImageFormat::Png,
                    encoder.write_image(bytes, width, height, color),
                )
            }
            Some(quality) => {
                let mut encoder = JpegEncoder::new_with_quality(&mut out, quality);
                let result = match self.pixels.as_rgb8() {
                    Some(rgb) => encoder.encode(rgb, width, height, ExtendedColorType::Rgb8),
                    None => {
                        let rgb = self.pixels.to_rgb8();
                        encoder.encode(&rgb, width, height, ExtendedColorType::Rgb8)
                    }
                };
                (ImageFormat::Jpeg, result)
            }
        };
        result.map_err(|error| Error::InvalidValue {
            what: "image",
            reason: format!("{width} by {height} pixels: {error}"),
        })?;
        Ok((format, out.into()))
    }
}

fn sized(width: u32, height: u32, channels: u64, pixels: Vec<u8>) -> Result<Vec<u8>> {
    let expected = u64::from(width) * u64::from(height) * channels;
    if pixels.len() as u64 == expected {
        return Ok(pixels);
    }
    Err(Error::InvalidValue {
        what: "image",
        reason: format!(
            "{} bytes are given for {width} by {height} pixels of {channels} channels, expected \
             {expected}",
            pixels.len()
        ),
    })
}

fn empty() -> Error {
    Error::InvalidValue {
        what: "image",
        reason: "it has no pixels".to_owned(),
    }
}

impl From<RgbImage> for Picture {
    fn from(image: RgbImage) -> Self {
        DynamicImage::ImageRgb8(image).into()
    }
}

impl From<RgbaImage> for Picture {
    fn from(image: RgbaImage) -> Self {
        DynamicImage::ImageRgba8(image).into()
    }
}

impl From<DynamicImage> for Picture {
    /// Other pixels than RGB and RGBA of 8 bits are converted.
    fn from(image: DynamicImage) -> Self {
        let pixels = match image {
            DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => image,
            other if other.color().has_alpha() => DynamicImage::ImageRgba8(other.to_rgba8()),
            other => DynamicImage::ImageRgb8(other.to_rgb8()),
        };
        Self {
            pixels: Arc::new(pixels),
            encoding: None,
        }
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (width, height) = (self.pixels.width(), self.pixels.height());
        write!(f, "Picture({width} x {height}, {:?})", self.chosen())
    }
}

/// A node that shows an image.
pub trait ShowsPicture: SceneNode {
    /// Puts a compressed image in, or takes it out.
    #[doc(hidden)]
    fn put(&mut self, compressed: Option<(ImageFormat, Bytes)>);

    /// With this image.
    ///
    /// # Errors
    /// The image has no pixels, or too many for its format.
    fn with_image(mut self, picture: impl Into<Picture>) -> Result<Placed<Self>> {
        let picture = picture.into();
        self.put(Some(picture.encode()?));
        let mut placed = self.placed();
        placed.picture = Some(picture);
        Ok(placed)
    }
}

impl ShowsPicture for Image {
    fn put(&mut self, compressed: Option<(ImageFormat, Bytes)>) {
        if let Some((format, data)) = compressed {
            (self.format, self.data) = (format, data);
        }
    }
}

impl ShowsPicture for CameraFrustum {
    fn put(&mut self, compressed: Option<(ImageFormat, Bytes)>) {
        let (format, data) = match compressed {
            Some((format, data)) => (format, Some(data)),
            None => (self.format, None),
        };
        (self.format, self.image_data) = (format, data);
    }
}
