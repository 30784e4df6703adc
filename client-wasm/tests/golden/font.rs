//! Glyphs from a font file.

use std::error::Error;

use fontdue::{Font, FontSettings};
use scenecast_client::render::text::{FONT_PX, FontMetrics, GlyphBitmap, GlyphSource};

/// Where Debian's fonts-liberation has the font that the reference pictures show.
const PLACES: [&str; 2] = [
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
];

/// Liberation Sans.
pub(crate) struct FontFile(Font);

impl FontFile {
    /// Reads the font.
    pub(crate) fn read() -> Result<Self, Box<dyn Error>> {
        let bytes = PLACES
            .iter()
            .find_map(|place| std::fs::read(place).ok())
            .ok_or("Liberation Sans is missing (Debian: fonts-liberation)")?;
        Ok(Self(Font::from_bytes(bytes, FontSettings::default())?))
    }
}

impl GlyphSource for FontFile {
    fn metrics(&mut self) -> FontMetrics {
        let line = self.0.horizontal_line_metrics(FONT_PX);
        line.map_or(
            FontMetrics {
                ascent: FONT_PX,
                descent: 0.0,
            },
            |line| FontMetrics {
                ascent: line.ascent,
                descent: -line.descent,
            },
        )
    }

    fn advance(&mut self, text: &str) -> f32 {
        text.chars()
            .map(|c| self.0.metrics(c, FONT_PX).advance_width)
            .sum()
    }

    fn rasterize(&mut self, cluster: &str) -> Option<GlyphBitmap> {
        let (metrics, coverage) = self.0.rasterize(cluster.chars().next()?, FONT_PX);
        Some(GlyphBitmap {
            left: metrics.xmin,
            top: metrics.ymin + metrics.height as i32,
            width: metrics.width,
            height: metrics.height,
            coverage,
        })
    }
}
