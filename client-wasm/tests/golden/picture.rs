//! Pictures: drawn, read, written, compared.

use std::error::Error;
use std::path::Path;

use scenecast_client::render::{Camera, DrawStats, Renderer, Target, Viewport};
use three_d::core::{Context, RenderTargetMultisample};

/// Samples for each pixel, as browsers take for a canvas.
const SAMPLES: u32 = 4;

/// An RGBA image with straight alpha.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pixels: Vec<[u8; 4]>,
}

impl Picture {
    /// Draws what the renderer shows.
    pub(crate) fn draw(
        context: &Context,
        renderer: &mut Renderer,
        camera: &Camera,
        [width, height]: [u32; 2],
    ) -> Result<(Self, DrawStats), Box<dyn Error>> {
        let target = RenderTargetMultisample::new(context, width, height, SAMPLES);
        let viewport = Viewport {
            width,
            height,
            pixel_ratio: 1.0,
        };
        let stats = renderer.draw(Target::Multisampled(&target), camera, viewport)?;
        let resolved = target.resolve_color();
        let pixels = resolved.as_color_target(None).read::<[u8; 4]>();
        let straight = |[r, g, b, a]: [u8; 4]| {
            let divide = |c: u8| match a {
                0 => 0,
                a => ((u32::from(c) * 255 + u32::from(a) / 2) / u32::from(a)).min(255) as u8,
            };
            [divide(r), divide(g), divide(b), a]
        };
        Ok((
            Self {
                width,
                height,
                pixels: pixels.into_iter().map(straight).collect(),
            },
            stats,
        ))
    }

    /// Reads an RGBA or RGB PNG.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let file = std::io::BufReader::new(std::fs::File::open(path)?);
        let mut reader = png::Decoder::new(file).read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size().ok_or("too large")?];
        let info = reader.next_frame(&mut bytes)?;
        let pixels = match info.color_type {
            png::ColorType::Rgba => bytes.as_chunks::<4>().0.to_vec(),
            png::ColorType::Rgb => bytes
                .as_chunks::<3>()
                .0
                .iter()
                .map(|&[r, g, b]| [r, g, b, 255])
                .collect(),
            other => return Err(format!("{}: {other:?} is not read", path.display()).into()),
        };
        Ok(Self {
            width: info.width,
            height: info.height,
            pixels,
        })
    }

    /// Writes a PNG.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Box<dyn Error>> {
        let file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let mut encoder = png::Encoder::new(file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder
            .write_header()?
            .write_image_data(self.pixels.as_flattened())?;
        Ok(())
    }

    /// Over a white page.
    pub(crate) fn rgb(&self) -> Vec<[f64; 3]> {
        let over_white = |&[r, g, b, a]: &[u8; 4]| {
            let alpha = f64::from(a) / 255.0;
            [r, g, b].map(|c| (f64::from(c) * alpha + 255.0 * (1.0 - alpha)).round())
        };
        self.pixels.iter().map(over_white).collect()
    }
}
