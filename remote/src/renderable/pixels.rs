//! What aitviewer's remote viewer lacks: clouds of points, and pictures.

use super::frames::Frames;
use crate::arguments::Arguments;
use crate::refused::Refused;
use crate::sequence::Sequence;

/// Points without shading.
#[derive(Clone, Debug)]
pub struct PointClouds {
    /// `[N, 3]` in each frame.
    pub positions: Sequence,
    /// `[N, 3]` or `[N, 4]`, 0 to 1, in each frame or one for all.
    pub colors: Option<Sequence>,
    /// Radius of a point. Default 0.01.
    pub point_size: f32,
}

impl PointClouds {
    pub(super) fn new(arguments: &mut Arguments) -> Result<Self, Refused> {
        let positions = Sequence::new("positions", &*arguments.array("positions")?, 2)?;
        let positions = positions.expect(&[None, Some(3)])?;
        let count = positions.shape()[0];
        let colors = match arguments.optional_array("colors")? {
            None => None,
            Some(colors) => {
                let colors = Sequence::new("colors", &colors, 2)?;
                let colors = unit(colors.expect(&[Some(count), None])?);
                if !matches!(colors.shape(), [_, 3 | 4]) {
                    return Err(Refused::new(format!(
                        "`colors` must have the shape [{count}, 3] or [{count}, 4], not {:?}",
                        colors.shape()
                    )));
                }
                Some(colors)
            }
        };
        Ok(Self {
            positions,
            colors,
            point_size: arguments.number("point_size", 0.01)?,
        })
    }
}

impl Frames for PointClouds {
    fn names(&self) -> &'static [&'static str] {
        &["positions"]
    }

    fn sequences(&mut self) -> Vec<&mut Sequence> {
        vec![&mut self.positions]
    }
}

/// A picture on a rectangle: upright in the node's xy plane, seen from +z, its middle at the
/// origin.
#[derive(Clone, Debug)]
pub struct Images {
    /// `[H, W, C]` in each frame: grey, or red, green, blue, perhaps with opacity. 0 to 255 if
    /// integers came, else 0 to 1.
    pub images: Sequence,
    /// Width in the scene. Default 1.
    pub width: f32,
    /// Height in the scene. By default as the picture's sides say.
    pub height: f32,
}

impl Images {
    pub(super) fn new(arguments: &mut Arguments) -> Result<Self, Refused> {
        let images = Sequence::new("images", &*arguments.array("images")?, 3)?;
        let &[rows, columns, 1 | 3 | 4] = images.shape() else {
            return Err(Refused::new(format!(
                "`images` must have the shape [F, H, W, C] or [H, W, C] with 1, 3 or 4 channels, \
                 not {:?} in each frame",
                images.shape()
            )));
        };
        let sides = 1..=16_384;
        if !sides.contains(&rows) || !sides.contains(&columns) {
            return Err(Refused::new(format!(
                "`images` must have 1 to 16384 rows and columns, not {rows} and {columns}"
            )));
        }
        let width = arguments.number("width", 1.0)?;
        let height = arguments.number("height", width * rows as f32 / columns as f32)?;
        Ok(Self {
            images,
            width,
            height,
        })
    }

    /// The picture in a frame: columns, rows, and four bytes for each pixel.
    pub fn rgba(&self, frame: usize) -> Option<(u32, u32, Vec<u8>)> {
        let &[rows, columns, channels] = self.images.shape() else {
            return None;
        };
        let byte = |value: f32| match self.images.is_integer() {
            true => value as u8,
            false => (value * 255.0).round() as u8,
        };
        let pixels = self.images.at(frame)?.chunks_exact(channels);
        let pixels = pixels.flat_map(|pixel| match *pixel {
            [grey] => [byte(grey), byte(grey), byte(grey), 255],
            [r, g, b, a] => [r, g, b, a].map(byte),
            _ => [byte(pixel[0]), byte(pixel[1]), byte(pixel[2]), 255],
        });
        Some((columns as u32, rows as u32, pixels.collect()))
    }
}

impl Frames for Images {
    fn names(&self) -> &'static [&'static str] {
        &["images"]
    }

    fn sequences(&mut self) -> Vec<&mut Sequence> {
        vec![&mut self.images]
    }
}

/// Integers from 0 to 255 as numbers from 0 to 1.
fn unit(mut colors: Sequence) -> Sequence {
    if colors.is_integer() {
        colors.map(|numbers| numbers.iter_mut().for_each(|number| *number /= 255.0));
    }
    colors
}
