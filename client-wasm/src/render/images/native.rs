//! Images without a browser.

use std::io::Cursor;

use scenecast_gl::Pixels;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{Compressed, ImageSource, Outcome};

/// Decodes images at once, on the thread that asks.
#[derive(Default)]
pub struct NativeImages(Vec<Outcome>);

impl ImageSource for NativeImages {
    fn begin(&mut self, job: u32, image: Compressed) {
        let decoded = if image.bytes.starts_with(b"\x89PNG") {
            png(&image.bytes)
        } else {
            jpeg(&image.bytes)
        };
        let pixels = decoded.map(|bytes| shrunk(bytes, image.size, image.fit));
        self.0.push((job, pixels));
    }

    fn take(&mut self) -> Vec<Outcome> {
        std::mem::take(&mut self.0)
    }
}

fn png(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("it is too large")?];
    let info = reader
        .next_frame(&mut pixels)
        .map_err(|error| error.to_string())?;
    pixels.truncate(info.buffer_size());
    Ok(match info.color_type {
        png::ColorType::Rgba => pixels,
        png::ColorType::Rgb => rgba(&pixels, |&[r, g, b]: &[u8; 3]| [r, g, b, 255]),
        png::ColorType::GrayscaleAlpha => rgba(&pixels, |&[v, a]: &[u8; 2]| [v, v, v, a]),
        // Palettes have been expanded.
        png::ColorType::Grayscale | png::ColorType::Indexed => {
            rgba(&pixels, |&[v]: &[u8; 1]| [v, v, v, 255])
        }
    })
}

fn rgba<const N: usize>(pixels: &[u8], convert: impl Fn(&[u8; N]) -> [u8; 4]) -> Vec<u8> {
    pixels.as_chunks().0.iter().flat_map(convert).collect()
}

fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode().map_err(|error| error.to_string())
}

/// Leaves out rows and columns where there are too many for the device.
fn shrunk(bytes: Vec<u8>, size: [u32; 2], fit: [u32; 2]) -> Pixels {
    let [width, height] = fit;
    let bytes = if size == fit {
        bytes
    } else {
        let pixels = bytes.as_chunks::<4>().0;
        let from =
            |to: u32, axis: usize| u64::from(to) * u64::from(size[axis]) / u64::from(fit[axis]);
        (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .filter_map(|(x, y)| {
                pixels.get((from(y, 1) * u64::from(size[0]) + from(x, 0)) as usize)
            })
            .flatten()
            .copied()
            .collect()
    };
    Pixels::Rgba {
        width,
        height,
        bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_images_are_shrunk_evenly() {
        let bytes = (0u8..16).flat_map(|i| [i; 4]).collect();
        let Pixels::Rgba { bytes, .. } = shrunk(bytes, [8, 2], [4, 1]);
        assert_eq!(bytes, [0, 2, 4, 6].map(|i: u8| [i; 4]).as_flattened());
    }
}
